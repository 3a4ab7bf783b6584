"""The draw for an incentive: entries are kept apart from answers, and nothing joins the two."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from hearth.kernel.permits import Actor
from hearth.kernel.refusals import Refused
from hearth.surveys.models import PrizeEntry, Survey
from hearth.surveys.rules import answering
from hearth.surveys.services.answering import midnight


@transaction.atomic
def enter_draw(*, survey: Survey, nonce: str, name: str, contact: str, by: Actor) -> None:
    """Put somebody into the draw for the incentive, once for each `nonce`, which no answer carries.

    Neither the answer nor a time of day is kept with it.
    """
    name, contact = answering.cleaned(name).strip(), answering.cleaned(contact).strip()
    if not survey.incentive:
        raise Refused("There is no prize draw with this survey.")
    for value, field, longest, words in (
        (name, "name", 160, "your name"),
        (contact, "contact", 200, "a telephone number, an email address or an address"),
    ):
        if not value:
            raise Refused(f"Write {words}.", field=field)
        if len(value) > longest:
            raise Refused(f"Write {longest} characters or fewer.", field=field)
    entry = PrizeEntry(survey=survey, nonce=nonce, name=name, contact=contact)
    PrizeEntry.objects.bulk_create([entry], ignore_conflicts=True)
    PrizeEntry.objects.filter(survey=survey, nonce=nonce).update(recorded_at=midnight(timezone.now()))


def mix_entries(*, by: Actor) -> None:
    """Every night: write the entries of every prize draw anew, in the order of a lot that nobody keeps.

    The order in which they came would tell, beside the order of the answers, whose answer is whose.
    """
    table = PrizeEntry._meta.db_table
    columns = ", ".join(str(field.column) for field in PrizeEntry._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(
            f"with gone as (delete from {table} where won = '' returning *)"  # noqa: S608 - names of columns
            f" insert into {table} ({columns}) select {columns} from gone order by random()"
        )


__all__ = ["enter_draw", "mix_entries"]
