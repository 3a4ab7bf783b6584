"""What officers say about results: weights, the summary of survey approach, comments, prizes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hearth.surveys.rules.approach import HEADINGS
from hearth.surveys.services.weighting import METHODS
from hearth.ui.fields import Choice, Choices, LongText, Number, Option, TextField
from hearth.ui.forms import FilterForm, Form


class Weigh(Form):
    """How responses are weighted, and why."""

    method = Choice(
        "How are responses weighted?",
        options=[Option(value, words) for value, words in METHODS.items()],
    )
    characteristics = Choices(
        "By which characteristics?",
        options=(),
        required=False,
        hint="Up to five. Each is named when results are published",
    )
    low = Number("No weight less than", places=2, required=False, width=5, least=Decimal("0"),
                 hint="As a share of an equal weight, like 0.3. Raking only")  # fmt: skip
    high = Number("No weight more than", places=2, required=False, width=5, hint="Like 3. Raking only")
    join = Number(
        "Join groups with fewer responses than", required=False, width=3, least=0, greatest=100,
        hint="With the group beside them. Nobody can stand for a group in which nobody answered",
    )  # fmt: skip
    why = TextField("Why?", most=500, hint="The reason is published with the results")

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offered:
            del self.fields["characteristics"]
            return
        self.offer("characteristics", [Option(name, words) for name, words in offered])


class Approach(Form):
    """What is added to the summary of survey approach, and what was done about the results."""

    did = LongText(
        "What are you doing about the results?", required=False, most=4000,
        hint="Published with the results, and sent to those who were asked",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for letter, heading in HEADINGS.items():
            self.fields[letter] = LongText(f"{letter}. {heading}: anything to add?", required=False, most=2000, rows=3)


class CheckComment(Form):
    """Whether a comment may be shown."""

    verdict = Choice(
        "May this comment be shown?",
        options=[
            Option("shown", "Yes, as it is"),
            Option("mended", "Yes, as mended below"),
            Option("kept_back", "No"),
        ],
        reveals={"mended": ("shown",)},
    )
    shown = LongText("The words to be shown", rows=5, required=False)
    themes = TextField("Themes", required=False, most=300, hint="With commas between, like repairs, damp")


class Draw(Form):
    """A draw for an incentive."""

    winners = Number("How many winners?", least=1, width=3)
    prize = TextField("What does each win?", most=200)
    seed = TextField(
        "Seed", required=False, most=64, hint="Leave it empty to have one made. Entered again, it draws the same"
    )


class ThemeFilter(FilterForm):
    """Comments of one theme."""

    theme = Choice("Theme", options=(), required=False, as_list=True, empty_text="All")

    def __init__(self, *args: Any, themes: Sequence[tuple[str, int]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("theme", [Option(name, f"{name} ({count})") for name, count in themes])
