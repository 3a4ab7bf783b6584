"""What officers say about population and sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from hearth.register.queries import Tenure
from hearth.surveys.models import Exclusion
from hearth.ui.fields import Choice, Choices, DateField, Number, TextField
from hearth.ui.forms import Form

# What other rooms count of the same people; nothing of one person is kept with the survey.
COUNTED = [("sex", "Sex"), ("race", "Ethnicity"), ("disability", "Disability")]


class Freeze(Form):
    """Which households the survey speaks for."""

    on = DateField(
        "Households as on",
        hint="The register as it stands today, or as it stood before",
        latest=timezone.localdate,
    )
    tenures = Choices(
        "Which tenancies?",
        options=Tenure,
        hint="Low cost rental and shared ownership are measured apart. Leaseholders are in neither",
    )
    estates = Choices("Only some estates?", options=(), required=False, coerce=int, hint="None chosen: all of them")
    characteristics = Choices(
        "What else may answers be weighted by?",
        options=COUNTED,
        required=False,
        hint="Kept as counts of the whole population, never with a household",
    )

    def __init__(self, *args: Any, estates: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(estates)
        if not found:
            del self.fields["estates"]
            return
        self.offer("estates", found)


class LeaveOut(Form):
    """A household that cannot be asked (paragraph 63)."""

    number = Number("Number of the household in the population", least=1)
    why = Choice(
        "Why can they not be asked?",
        options=[(one.value, one.label) for one in (Exclusion.Why.CAPACITY, Exclusion.Why.RISK)],
    )
    text = TextField("The broad reason", hint="Published with the number of households. Name nobody", most=300)


class Draw(Form):
    """How many households are drawn, in all or of each group."""

    size = Number("How many households?", least=1)
    seed = TextField(
        "Seed",
        required=False,
        most=64,
        hint="Leave it empty to have one made. Entered again, it draws the same households from this population",
    )

    def __init__(
        self,
        *args: Any,
        whole: bool = False,
        groups: Mapping[str, int] | None = None,
        quotas: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if whole or quotas:
            del self.fields["size"]
        elif groups:
            self.fields["size"].required = False
            self.fields["size"].label = "How many households in all, in proportion to the groups?"
        for place, (name, there) in enumerate((groups or {}).items()):
            field = Number(f"{name}: how many?", required=False, least=0, hint=f"Of {there:,} households")
            self.fields[f"group_{place}"] = field

    def sizes(self, groups: Iterable[str]) -> dict[str, int]:
        """The numbers that were given for groups; those left empty are none."""
        found = {name: self.cleaned_data.get(f"group_{place}") for place, name in enumerate(groups)}
        return {name: int(value) for name, value in found.items() if value}


class HandOver(Form):
    """What the survey firm is given."""

    ways = Choices(
        "How does the firm ask people?",
        options=[("phone", "By telephone"), ("email", "By email"), ("sms", "By text message"), ("letter", "By post")],
    )
    strata = Choices("What does it need to know for its quotas?", options=(), required=False)

    def __init__(self, *args: Any, strata: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strata", list(strata))
