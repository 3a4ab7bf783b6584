"""Questions about estates, buildings and homes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hearth.register.models import Building
from hearth.register.models import Estate as EstateRow
from hearth.register.rules.kinds import HomeKind
from hearth.ui import fields
from hearth.ui.forms import FilterForm, Form


class Find(FilterForm):
    """Words to look for."""

    words = fields.TextField("Words", width=20)


class FindPeople(FilterForm):
    """Words to look for people by."""

    words = fields.TextField("Name, address, postcode, email or reference", width=20)


class Estate(Form):
    """An estate."""

    name = fields.TextField("Name", most=160, width="two-thirds")
    area = fields.TextField("Ward or area", most=120, width=20, required=False)
    key = fields.TextField("Reference in the housing management system", most=60, width=20, required=False)


KNOWN = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known yet")]


class BuildingForm(Form):
    """A building."""

    name = fields.TextField("Name", most=160, width="two-thirds")
    estate = fields.Choice("Estate", options=(), as_list=True, required=False, empty_text="None", coerce=int)
    height_m = fields.Number(
        "Height", hint="Metres, as the Building Safety Act measures it", places=1, least=Decimal(0),
        greatest=Decimal(499), width=5, suffix="metres", required=False,
    )  # fmt: skip
    storeys = fields.Number("Storeys", least=1, greatest=150, width=3, required=False)
    higher_risk = fields.Choice(
        "Is it a higher-risk building?",
        hint="As registered with the Building Safety Regulator, or as somebody competent has found",
        options=KNOWN,
    )
    accountable_person = fields.TextField("Accountable person", most=160, width=20, required=False)
    key = fields.TextField("Reference in the housing management system", most=60, width=20, required=False)

    def __init__(self, *args: Any, estates: list[EstateRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("estate", [(str(one.pk), one.name) for one in estates])


class Home(Form):
    """A home."""

    address = fields.TextField("Address, without the postcode", most=300, width="two-thirds")
    postcode = fields.TextField("Postcode", width=10, most=10)
    kind = fields.Choice("Kind of home", options=HomeKind, as_list=True)
    bedrooms = fields.Number("Bedrooms", least=0, greatest=30, width=2, required=False)
    building = fields.Choice("Building", options=(), as_list=True, required=False, empty_text="None", coerce=int)
    estate = fields.Choice(
        "Estate", hint="Only for a home outside a building", options=(), as_list=True, required=False,
        empty_text="None", coerce=int,
    )  # fmt: skip
    uprn = fields.TextField("UPRN", hint="Up to 12 digits", width=20, required=False, inputmode="numeric")
    key = fields.TextField("Reference in the housing management system", most=60, width=20, required=False)

    def __init__(self, *args: Any, buildings: list[Building], estates: list[EstateRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("building", [(str(one.pk), one.name) for one in buildings])
        self.offer("estate", [(str(one.pk), one.name) for one in estates])


class LastDay(Form):
    """The last day of something."""

    on = fields.DateField("Last day")
