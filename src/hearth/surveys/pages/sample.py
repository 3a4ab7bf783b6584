"""What the pages about population and sample show."""

from __future__ import annotations

from typing import Any

from hearth.kernel.refusals import Refused
from hearth.surveys import queries
from hearth.surveys.models import Population, Survey
from hearth.surveys.queries import Progress
from hearth.surveys.rules import margins, population
from hearth.surveys.rules.kinds import Draw
from hearth.ui.tables import Cell, Table
from hearth.ui.words import day, number

MOST_GROUPS = 40  # of one trait on a page


def name_of(trait: str) -> str:
    """A trait as people call it."""
    return population.NAMES.get(trait, trait.replace("_", " ").capitalize())


def trait_tables(frozen: Population) -> list[Table]:
    """The population by each trait of the register, with how many of each were drawn.

    What is counted of equality data is for weighting and is not shown here.
    """
    drawn = frozen.draw.get("traits", {})
    headers = ("Group", "Households", "Drawn") if drawn else ("Group", "Households")
    found = []
    for trait, values in frozen.margins.items():
        if trait not in population.NAMES or len(values) > MOST_GROUPS:
            continue
        of = drawn.get(trait, {})
        rows = tuple((name, count, of.get(name, 0)) if drawn else (name, count) for name, count in values.items())
        found.append(Table(caption=name_of(trait), headers=headers, rows=rows, caption_size="s"))
    return found


def facts(frozen: Population) -> list[dict[str, Any]]:
    """The population and the draw, as the summary of survey approach will tell them."""
    rows: list[tuple[str, str]] = [
        ("Households in the population", f"{number(frozen.size)}, as on {day(frozen.on)}"),
        ("Left out of the frame (paragraph 63)", number(frozen.left_out)),
        ("Answers that are needed", needed(frozen)),
        ("Fingerprint", frozen.digest[:16]),
    ]
    if frozen.draw:
        rows += [
            ("Drawn", f"{number(frozen.draw['size'])} households: {Draw(frozen.draw['method']).label.lower()}"),
            ("Seed", str(frozen.draw["seed"])),
        ]
        if frozen.draw.get("stratum"):
            rows.append(("By", name_of(frozen.draw["stratum"])))
    return [{"key": {"text": key}, "value": {"text": value}} for key, value in rows]


def needed(frozen: Population) -> str:
    """How many answers the population needs, and to which accuracy."""
    try:
        wanted = margins.required_sample(max(frozen.size - frozen.left_out, 1), on=frozen.on)
    except Refused as refused:
        return str(refused)
    return f"{number(wanted.responses)}, for a margin of {wanted.accuracy:g} points either way, 19 times in 20"


def progress_table(progress: Progress) -> Table:
    """How far the asking has come."""
    rows = [
        ("Drawn", progress.drawn),
        ("Asked", progress.asked),
        ("Still to be asked", progress.waiting),
        ("Could not be sent", progress.failed),
        ("Not asked", progress.withheld),
        ("Do not wish to take part", progress.refused),
        ("Households that have answered", progress.answered),
        ("Answers in all", progress.responses),
    ]
    return Table(caption="Asked and answered", headers=("What", "Households"), rows=tuple(rows), caption_size="m")


def left_out_table(survey: Survey) -> Table:
    """Why households were not asked: numbers only."""
    rows = tuple((why, count, "Yes" if frame else "No") for why, count, frame in queries.left_out(survey))
    return Table(
        caption="Who was not asked, and why",
        headers=("Reason", "Households", "Left out of the frame"),
        rows=rows,
        caption_size="m",
        empty="Nobody has been left out.",
    )


def exclusion_rows(found: Any) -> tuple[tuple[Any, ...], ...]:
    """Households left out of the frame, each with the way to put it back."""
    return tuple(
        (
            f"Household {one.unit.number}" if one.unit else "",
            one.get_why_display(),
            one.text,
            Cell("Put back", href=str(one.pk)),
        )
        for one in found
    )
