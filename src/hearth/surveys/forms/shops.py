"""What organisers and shoppers say about mystery shops."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from hearth.surveys.models import MysteryShop
from hearth.ui.fields import Choice, DateField, LongText, Number, TextField
from hearth.ui.forms import Form


class Assign(Form):
    """A scenario for a shopper."""

    scenario = LongText("What shall the shopper do?", hint="Write it so that it can be followed without asking")
    service = TextField("Which service is tried?", most=120, hint="For example, Repairs")
    post = Choice("Which post hears the result?", options=(), as_list=True, coerce=int, empty_text="Choose a post")
    standard = TextField("What should happen?", most=300, hint="The standard that is tested")
    pass_score = Number("Which score of ten meets the standard?", least=0, greatest=10)
    channel = Choice("How?", options=[(one.value, one.label) for one in MysteryShop.Channel])
    shopper = TextField("Who is the shopper?", most=60, hint="Their reference in the housing management system")
    due_on = DateField("By when?")

    def __init__(self, *args: Any, posts: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("post", [(str(number), title) for number, title in posts])


class Result(Form):
    """What happened."""

    done_on = DateField("When did you do it?", latest=timezone.localdate)
    score = Number("Your score, from 0 to 10", least=0, greatest=10, hint="10 is the best")
    comment = LongText("What happened?", hint="Name nobody, and nothing by which you could be known")


class Improve(Form):
    """An improvement that follows from a shop."""

    text = LongText("What will be improved?")
    officer_title = TextField("Who sees to it?", most=160, hint="The title of the post")
    due = TextField("By when?", most=120, hint="For example, 31 January 2027 or March 2027")


class Close(Form):
    """The end of a shop."""

    no_change = TextField("Why does nothing need to change?", required=False, most=300)
