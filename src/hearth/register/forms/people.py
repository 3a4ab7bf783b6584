"""Questions about people, tenancies, leases and applications."""

from __future__ import annotations

from typing import Any

from hearth.register.models import TenancyHolder
from hearth.register.rules.kinds import ApplicationKind, Standing, Tenure
from hearth.ui import fields
from hearth.ui.forms import Form

WHO = "Their reference, as it stands on their page, or their whole name if nobody else has it"


class PersonForm(Form):
    """What is known of somebody."""

    title = fields.TextField("Title", most=30, width=10, required=False)
    given_name = fields.TextField("Given names", most=120, width=20, required=False)
    family_name = fields.TextField("Family name", most=120, width=20)
    born_on = fields.DateField("Date of birth", required=False)
    email = fields.Email(required=False)
    mobile = fields.TextField("Mobile telephone", width=20, required=False)
    phone = fields.TextField("Telephone", width=20, required=False)
    postal_address = fields.LongText("Where letters go, if not to their home", rows=4, required=False)
    standing = fields.Choice(
        "What are they to the landlord?",
        options=[(one.value or "none", one.label) for one in Standing],
        coerce=lambda text: "" if text == "none" else text,
    )
    key = fields.TextField("Reference in the housing management system", most=60, width=20, required=False)


class ChangePerson(PersonForm):
    """The same, and when they died."""

    died_on = fields.DateField("Date of death", required=False)


class TenancyForm(Form):
    """A tenancy that begins."""

    tenure = fields.Choice("Tenure", options=Tenure)
    started_on = fields.DateField("First day")
    lead = fields.TextField("Lead tenant", hint=WHO, width=20)
    second = fields.TextField("Joint tenant", hint=WHO, width=20, required=False)
    third = fields.TextField("Another joint tenant", width=20, required=False)
    key = fields.TextField("Reference of the tenancy", most=60, width=20, required=False)


class LeaseForm(Form):
    """A lease that begins."""

    started_on = fields.DateField("First day", required=False)
    lead = fields.TextField("Leaseholder", hint=WHO, width=20)
    second = fields.TextField("Another leaseholder", width=20, required=False)
    key = fields.TextField("Reference of the lease", most=60, width=20, required=False)


class EndTenancy(Form):
    """The last day of a tenancy."""

    on = fields.DateField("Last day of the tenancy")
    reason = fields.TextField("Why it ends", most=120, width=20, required=False)


class Lead(Form):
    """Who is the lead tenant."""

    person = fields.Choice("Lead tenant", options=(), coerce=int)

    def __init__(self, *args: Any, holders: list[TenancyHolder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", [(str(one.person_id), one.person.name) for one in holders])


class Join(Form):
    """Somebody who becomes a joint tenant."""

    who = fields.TextField("Who", hint=WHO, width=20)
    on = fields.DateField("From which day")


class JoinHousehold(Join):
    """Somebody who lives there."""

    relation = fields.TextField("Relation to the lead tenant", most=60, width=20, required=False)


class ApplicationForm(Form):
    """What somebody applied for."""

    kind = fields.Choice("For what", options=ApplicationKind)
    started_on = fields.DateField("Day of the application")
    key = fields.TextField("Reference of the application", most=60, width=20, required=False)
