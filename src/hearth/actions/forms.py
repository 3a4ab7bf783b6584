"""The shapes of answers about actions."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from hearth.actions import queries
from hearth.actions.models import Action
from hearth.actions.rules import OUTCOMES, Status
from hearth.landlords.queries import posts
from hearth.ui.fields import Choice, DateField, FileField, LongText, Option, TextField, YesNo
from hearth.ui.forms import FilterForm, Form
from hearth.ui.subjects import subject

KINDS_OF_FILE = ("docx", "odt", "pdf", "html", "txt")


def _today() -> date:
    return timezone.localdate()


def _posts() -> list[Option]:
    return [Option(str(post.pk), post.title) for post in posts()]


def _titles() -> list[Option]:
    return [Option(post.title, post.title) for post in posts()]


def _officers() -> list[Option]:
    return [Option("none", "No owner"), *_posts()]


def _sources() -> list[Option]:
    found = [(kind, subject(kind)) for kind in queries.source_kinds()]
    return [Option(kind, known.many if known else "Other sources") for kind, known in found]


def _states() -> list[Option]:
    return [Option("open", "All that are open"), *(Option(status.value, status.label) for status in Status)]


class Narrow(FilterForm):
    """What to look for in the register."""

    words = TextField("Words")
    status = Choice("State", options=_states, as_list=True, empty_text="Any")
    only = Choice("Show only", options=[("late", "Overdue"), ("quiet", "Long without an update")], as_list=True,
                  empty_text="All")  # fmt: skip
    source = Choice("Where it comes from", options=_sources, as_list=True, empty_text="Anywhere")
    officer = Choice("Responsible officer", options=_officers, as_list=True, empty_text="Anybody")


class Start(Form):
    """Work begins."""

    text = LongText("What happens first?", rows=3, required=False)


class Check(Form):
    """What a check found."""

    on = DateField("Date of the check", latest=_today)
    text = LongText("What did you find?", rows=4)
    evidence = LongText(
        "What shows it?", rows=3, required=False, hint="For example a page, a set of minutes or a figure."
    )
    upload = FileField("A document that shows it", kinds=KINDS_OF_FILE, required=False)


class Complete(Form):
    """It is done."""

    evidence = LongText("What shows that it was done?", rows=4, required=False,
                        hint="Say it here, or attach a document.")  # fmt: skip
    upload = FileField("A document that shows it", kinds=KINDS_OF_FILE, required=False)
    outcome_reached = Choice("Was the intended outcome reached?", options=list(OUTCOMES.items()))
    text = LongText("Anything to add?", rows=3, required=False)


class Defer(Form):
    """It is put off."""

    due_on = DateField("New date", earliest=_today)
    reason = LongText("Why is it put off?", rows=3)
    agreed_by = Choice("Who agreed to this?", options=_titles, as_list=True)


class ChangeDate(Form):
    """Another day by which it is due."""

    due_on = DateField("New date", earliest=_today)
    reason = LongText("Why does the date change?", rows=3)


class End(Form):
    """It will not be done."""

    how = Choice(
        "What happens with this action?",
        options=[("drop", "It is dropped"), ("supersede", "Another action replaces it")],
    )
    reason = LongText("Why?", rows=3, hint="If another action replaces it, say which.")
    agreed_by = Choice("Who agreed to this?", options=_titles, as_list=True)


class NameOfficer(Form):
    """Who answers for it."""

    officer = Choice("Responsible officer", options=_posts, as_list=True)
    manager = Choice("Responsible manager", options=_posts, as_list=True, required=False, empty_text="Nobody",
                     hint="Is told when the action is overdue.")  # fmt: skip


class Add(Form):
    """An action from a source that is not kept here."""

    source_title = TextField("Where does it come from?", most=300, hint="For example a meeting and its date.")
    kind = Choice("What kind of action is it?", options=Action.Kind.choices, as_list=True)
    need = LongText("Information need, or impact", rows=3, required=False)
    affected = LongText("Who is affected?", rows=2, required=False)
    text = LongText("What is to be done?", rows=3)
    outcome = LongText("What should it achieve?", rows=3)
    due = TextField("When is it due?", most=120, hint="A day, month, season or year, such as Autumn 2027.",
                    required=False)  # fmt: skip
    ongoing = YesNo("Does it go on without an end?")
    monitoring = LongText("How will it be checked?", rows=3)
    officer = Choice("Responsible officer", options=_posts, as_list=True)
    manager = Choice("Responsible manager", options=_posts, as_list=True, required=False, empty_text="Nobody")
