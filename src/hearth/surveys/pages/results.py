"""What the pages of results show, for officers and for the public: charts, each with its table, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from hearth.kernel.days import spoken
from hearth.surveys.models import Survey
from hearth.surveys.rules.kinds import QuestionKind
from hearth.ui.charts import Bar, Chart, bar_chart
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import Tag
from hearth.ui.words import day, listed, number, plural

Plain = Mapping[str, Any]
Address = Callable[[str], str]

KINDS = {str(kind): kind.label for kind in QuestionKind}
FEW = "fewer than 50 responses"
SHORT = {
    "TP01": "Overall satisfaction",
    "TP02": "Repairs service",
    "TP03": "Time of last repair",
    "TP04": "Home well maintained",
    "TP05": "Home is safe",
    "TP06": "Listens and acts",
    "TP07": "Keeps informed",
    "TP08": "Fairness and respect",
    "TP09": "Complaints handling",
    "TP10": "Communal areas",
    "TP11": "Neighbourhood",
    "TP12": "Anti-social behaviour",
}  # the subjects of reference 1.4, in a few words


def per_cent(value: float | None, places: int = 1) -> str:
    """A percentage for a table; nothing where there is none."""
    return "" if value is None else f"{value:.{places}f}%"


def points(value: float | None) -> str:
    """A margin of error for a table."""
    return "" if value is None else f"± {value:.1f}"


def source(survey: Survey, result: Plain) -> str:
    """Where the figures come from, for below a table or chart."""
    when = spoken(survey.closes_on) if survey.closes_on else ""
    return f"Source: {survey.title}{f', to {when}' if when else ''}. {number(result['responses'])} responses."


def tiles(survey: Survey, result: Plain) -> list[Figure]:
    """The figures that stand out."""
    as_at = day(result["at"]) if result.get("at") else ""
    of = f"Responses to {survey.title}"
    found = [Figure(result["responses"], "Responses", of, as_at)]
    if result["rate"] is not None:
        found.append(Figure(per_cent(result["rate"]), "Response rate", of, as_at, base=result["asked"]))
    for part in result["parts"]:
        name = f", {part['words'].lower()}" if len(result["parts"]) > 1 else ""
        head = headline(part)
        if head is not None:
            found.append(Figure(per_cent(head["pct"]), f"{head['label']}{name}", of, as_at, base=head["base"]))
        if part["margin"] is not None:
            found.append(Figure(points(part["margin"]), f"Margin of error in points{name}", of, as_at))
    return found


def headline(part: Plain) -> Plain | None:
    """The first question of satisfaction, or TP01."""
    for one in part["measures"]:
        if one["code"] == "TP01" and one["pct"] is not None:
            return {"label": SHORT["TP01"], "pct": one["pct"], "base": one["base"]}
    for one in part["questions"]:
        if one.get("top") and one["top"]["pct"] is not None:
            return {"label": one["top"]["words"], "pct": one["top"]["pct"], "base": one["top"]["base"]}
    return None


def measures_chart(survey: Survey, result: Plain, part: Plain, address: Address) -> Chart | None:
    """The twelve measures of one tenure as bars; the table beside them has margins of error and the wording too."""
    told = [one for one in part["measures"] if one["pct"] is not None]
    if not told:
        return None
    drawn = bar_chart(
        title=f"Tenant satisfaction measures{_of(result, part)}",
        bars=[Bar(f"{one['code']} {SHORT[one['code']]}", round(one["pct"], 1)) for one in told],
        label_header="Measure",
        value_header="Satisfied or agree, per cent",
        description="The share of answers that were the best two of five.",
        source=source(survey, result),
    )
    rows = tuple(
        (
            Cell(f"{one['code']} {SHORT[one['code']]}", href=address(one["code"]), hint=one["words"]),
            per_cent(one["pct"]) or one.get("hidden") or "Nobody answered",
            points(one["margin"]),
            number(one["base"]),
        )
        for one in part["measures"]
    )
    return replace(drawn, headers=("Measure", "Satisfied or agree", "Margin, points", "Answers"), rows=rows)


def _of(result: Plain, part: Plain) -> str:
    return f": {part['words'].lower()}" if len(result["parts"]) > 1 else ""


def questions_table(result: Plain, part: Plain, address: Address) -> Table:
    """Every question with its base and headline, but the measures, which stand by themselves."""
    measures = {one["code"] for one in part["measures"]}
    rows = tuple(
        (
            Cell(one["words"], href=address(one["code"]), hint=_kind(one)),
            _headline(one),
            points((one.get("top") or {}).get("margin")),
            "" if one["base"] is None else number(one["base"]),
        )
        for one in part["questions"]
        if one["code"] not in measures
    )
    headers = ("Question", "Result", "Margin, points", "Answers")
    title = f"{'Other questions' if measures else 'Questions'}{_of(result, part)}"
    return Table(title, headers, rows, stack=True, numeric=frozenset({2, 3}))


def _kind(one: Plain) -> str:
    asked = f"asked of {number(one['asked'])}" if one.get("only_if") and one["asked"] is not None else ""
    return ", ".join(part for part in (one["code"], asked) if part)


def _headline(one: Plain) -> str:
    if one.get("hidden"):
        return str(one["hidden"])
    if one.get("top"):
        return f"{per_cent(one['top']['pct'])} {one['top']['words'].lower()}"
    if one.get("mean") is not None:
        return f"{one['mean']:.1f} on average"
    shown = [option for option in one.get("options", ()) if option.get("pct") is not None]
    if not shown:
        return f"{number(one['base'])} answers" if one["base"] else "No answers"
    most = max(shown, key=lambda option: option["pct"])
    return f"{per_cent(most['pct'])} {most['words']}"


def question_chart(survey: Survey, result: Plain, one: Plain) -> Chart | None:
    """All answers to one question as bars."""
    if not one.get("options"):
        return None
    share = f" ({one['share_of']})" if one.get("share_of") else ""
    return bar_chart(
        title="What people answered",
        bars=[
            Bar(option["words"], None if option.get("pct") is None else round(option["pct"], 1),
                shown=option.get("hidden") or ("" if option.get("pct") is not None else "nobody answered"))
            for option in one["options"]
        ],
        label_header="Answer",
        value_header=f"Per cent of answers{share}",
        source=source(survey, result),
    )  # fmt: skip


def facts_of_question(one: Plain) -> list[tuple[str, Any]]:
    """Base, no answer and what stands outside the base."""
    if one["base"] is None:
        return [("Answers", one["hidden"])]
    rows: list[tuple[str, Any]] = [
        ("Asked", number(one["asked"])),
        ("Answers that count (the base)", number(one["base"])),
        *((line["words"], number(line["n"])) for line in one.get("outside", ())),
        ("No answer", number(one["no_answer"])),
    ]
    if one.get("top"):
        rows.append((one["top"]["words"], f"{per_cent(one['top']['pct'])} {points(one['top']['margin'])}".strip()))
    if one.get("unweighted") and one["unweighted"]["pct"] != one["top"]["pct"]:
        rows.append(("The same without weights", per_cent(one["unweighted"]["pct"])))
    if one.get("mean") is not None:
        rows.append(("Average", f"{one['mean']:.1f}"))
    return rows


def mode_table(one: Plain) -> Table | None:
    """How the answer differs by the way in which it was given."""
    lines = one.get("modes") or ()
    if not lines:
        return None
    rows = tuple((line["words"], *_figures(line)) for line in lines)
    headers = ("Way of answering", one["top"]["words"], "Margin, points", "Answers")
    return Table("By way of answering", headers, rows, numeric=frozenset({1, 2, 3}), stack=True)


def group_tables(one: Plain) -> list[Table]:
    """How groups of respondents answered, where a group can be shown."""
    found = []
    for group in one.get("groups") or ():
        if not any(line["pct"] is not None for line in group["lines"]):
            continue
        rows = tuple((line["category"], *_figures(line)) for line in group["lines"])
        headers = ("Group", one["top"]["words"], "Margin, points", "Answers")
        found.append(Table(group["words"], headers, rows, numeric=frozenset({2, 3}), stack=True, caption_size="s"))
    return found


def groups_short(one: Plain) -> bool:
    """Whether groups of a trait hold clearly fewer answers than the question has."""
    base = one["base"] or 0
    return any(
        not group["sensitive"] and sum(line.get("base") or 0 for line in group["lines"]) < 0.95 * base
        for group in one.get("groups") or ()
    )


def groups_hidden(one: Plain) -> str:
    """By which groups nothing can be shown, in a sentence."""
    hidden = [
        group["words"].replace(", as they say themselves", "").lower()
        for group in one.get("groups") or ()
        if not any(line["pct"] is not None for line in group["lines"])
    ]
    return f"Too few answered to show safely how groups differ by {listed(hidden)}." if hidden else ""


def _figures(line: Plain) -> tuple[str, str, str]:
    if line["pct"] is None:
        return (line.get("hidden") or "nobody answered", "", "" if line.get("base") is None else number(line["base"]))
    alike = line["pct"] in (0, 100)  # where all answered alike the error is not known
    return (per_cent(line["pct"]), "" if alike else points(line.get("margin")), number(line["base"]))


def change_rows(part: Plain, code: str = "") -> list[Plain]:
    """What changed since last time, in sentences; of one question or of all."""
    return [one for one in part.get("change") or () if not code or one["code"] == code]


def change_table(part: Plain) -> Table | None:
    """All questions that both waves asked, side by side, at one mix of ways of answering."""
    lines = part.get("change") or ()
    if not lines:
        return None
    rows = tuple(
        (
            Cell(one["words"], hint="" if one["same_words"] else "The wording has changed."),
            per_cent(one["raw"]["before"]),
            per_cent(one["raw"]["after"]),
            f"{one['raw']['points']:+.1f}",
            f"{one['same_mix']['points']:+.1f}" if one["same_mix"] else "",
            Tag("More than chance", "blue") if one["raw"]["significant"] else "May be chance",
        )
        for one in lines
    )
    headers = ("Question", "Last time", "Now", "Change, points", "With one mix of methods", "Is it chance?")
    return Table("Since last time", headers, rows, stack=True, numeric=frozenset({1, 2, 3, 4}))


def modes_now_and_then(part: Plain) -> Table | None:
    """The mix of ways of answering in both waves: always beside a trend."""
    lines = next((one["modes"] for one in part.get("change") or ()), ())
    if not lines:
        return None
    rows = tuple(
        (line["mode"].capitalize(), per_cent(line["share_before"]), per_cent(line["share_after"])) for line in lines
    )
    headers = ("Way of answering", "Last time, share", "Now, share")
    return Table("How people answered, last time and now", headers, rows, numeric=frozenset({1, 2}), stack=True)


def represented_table(one: Plain) -> Table:
    """Responses beside the population by one characteristic."""
    rows = tuple(
        (
            line["category"],
            "fewer than can be shown" if line["responses"] is None else number(line["responses"]),
            per_cent(line["achieved"]),
            per_cent(line["expected"]),
            "" if line["points"] is None else f"{line['points']:+.1f}",
        )
        for line in one["lines"]
    )
    headers = ("Group", "Responses", "Share of responses", "Share of population", "Difference, points")
    return Table(one["words"], headers, rows, stack=True, numeric=frozenset({2, 3, 4}), caption_size="s")


def published_rows(found: Iterable[Survey]) -> tuple[tuple[Any, ...], ...]:
    """Surveys whose results are published, for a table."""
    return tuple(
        (
            Cell(one.title, href=reverse("surveys:published", kwargs={"slug": one.slug})),
            one.get_sort_display(),
            one.closes_on,
        )
        for one in found
    )


def comments_words(counts: Mapping[str, int]) -> str:
    """How far the checking of comments has come."""
    total, waiting = sum(counts.values()), counts.get("waiting", 0)
    if not total:
        return "Nobody has written a comment."
    if not waiting:
        return f"All {number(total)} comments have been checked."
    return f"{plural(waiting, 'comment')} of {number(total)} {'waits' if waiting == 1 else 'wait'} to be checked."


def return_tables(tenures: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[str, list[Table]]]:
    """The regulator's return as tables, by tenure and heading."""
    found = []
    for tenure, rows in tenures:
        headings: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            headings.setdefault(row.heading, []).append((row.question, row.answer))
        tables = [
            Table(heading, ("Question", "Answer"), tuple(lines), numeric=frozenset({1}), caption_size="s")
            for heading, lines in headings.items()
        ]
        found.append((tenure, tables))
    return found
