"""Results of a survey with small numbers hidden: all that anybody but those who build surveys ever sees (PROF-26).

A percentage of few is a number of few, so percentages go with the counts that they stand for. How good the two best
answers of five did in all is the headline and always told where the whole is large enough; within it, and within the
rest, small answers are hidden with enough others; every group is one row of a table (good answers, the rest) in which
all groups of a question are protected together. Equality questions and groups by them have the higher threshold.
Weights do not hide anybody, so it is the responses that are counted. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hearth.kernel.counts import (
    Cell,
    Grid,
    Policy,
    Reason,
    Table,
    TreatedCell,
    TreatedGrid,
    round_to,
    treat,
    treat_linked,
)

Plain = dict[str, Any]

GOOD, REST, TOTAL, NO_ANSWER = "Good answers", "The rest", "Total", "No answer"
WITHHELD = "not shown: too few people to show this safely"
FIGURES = ("pct", "se", "low", "high", "margin", "weighted", "n", "mean")
FEW_BY_MODE = 50  # as the regulator hides results by method (reference 1.2, [S])
REPORTED = ("method", "converged", "sentences", "weights")  # of the report on weights; the rest counts people
ONE_DECIMAL_FROM = 1_000  # responses from which a group's percentage is printed to one decimal place


def treated(result: Mapping[str, Any], policy: Policy) -> Plain:
    """A whole result fit to show; the promise of `kernel.counts` holds for every table of it."""
    return {**result, "parts": [_part(part, policy) for part in result["parts"]]}


def _part(part: Mapping[str, Any], policy: Policy) -> Plain:
    if part["responses"] < policy.other:
        few = {"questions": [], "measures": [], "withheld": True, "weighting": {}, "represented": [], "change": []}
        return {**part, **few, "responses": None, "margin": None, "rate": None}
    return {
        **part,
        "questions": [_question(one, policy) for one in part["questions"]],
        "measures": [_measure(one, policy) for one in part["measures"]],
        "weighting": {name: value for name, value in part["weighting"].items() if name in REPORTED},
        "represented": [_represented(one, policy) for one in part["represented"]],
        "change": [_change(one) for one in part["change"] if _enough(one, policy)],
    }


def _represented(one: Mapping[str, Any], policy: Policy) -> Plain:
    """Shares of the responses and of the population; where few are in a category, with enough others hidden too."""
    names = [line["category"] for line in one["lines"]]
    answered = _hidden(names, [line["responses"] for line in one["lines"]], one["unknown"], policy)
    there = _hidden(names, [round(line["population"]) for line in one["lines"]], 0, policy)
    lines = []
    for line in one["lines"]:
        told = {"responses": round_to(line["responses"], policy.rounding), "achieved": round(line["achieved"], 1)}
        told |= {"population": round_to(round(line["population"]), policy.rounding)}
        if line["category"] in answered:
            told |= {"responses": None, "achieved": None, "points": None}
        if line["category"] in there:
            told |= {"population": None, "expected": None, "points": None}
        lines.append(line | told)
    said = one["plain"] if answered or there else one["sentence"]  # a figure in it could be the one that is hidden
    return {**one, "lines": lines, "unknown": round_to(one["unknown"], policy.rounding), "sentence": said}


def _hidden(names: Sequence[str], counts: Sequence[int], unknown: int, policy: Policy) -> set[str]:
    """The categories of a table whose number is not told."""
    cells = [Cell(name, count) for name, count in zip(names, counts, strict=True)]
    cells += [Cell(UNPLACED, unknown, unknown=True)] if unknown else []
    done = treat([Table("counts", tuple(cells), sensitive=False)], sum(counts) + unknown, policy).tables[0]
    return {cell.label for cell in done.cells if cell.hidden}


def _enough(change: Mapping[str, Any], policy: Policy) -> bool:
    """Whether both waves have answers enough, the good ones and the others."""
    for which in ("before", "after"):
        base = sum(line[f"responses_{which}"] for line in change["modes"])
        good = change["raw"][which] * base / 100
        if min(good, base - good) < policy.other:
            return False
    return True


def _change(one: Mapping[str, Any]) -> Plain:
    """A change with the mix of ways of answering; a way that few used has a share, and no percentage of its own."""
    modes = [
        {
            **{name: round(line[name], 1) for name in ("share_before", "share_after", "common_share")},
            "mode": line["mode"],
            "pct_before": line["pct_before"] if line["responses_before"] >= FEW_BY_MODE else None,
            "pct_after": line["pct_after"] if line["responses_after"] >= FEW_BY_MODE else None,
        }
        for line in one["modes"]
    ]
    few = [word for word in one["warnings"] if not word.startswith(("Only", "Nobody"))]
    return {**one, "modes": modes, "warnings": few}


def _measure(one: Mapping[str, Any], policy: Policy) -> Plain:
    """A measure by its percentage; the counts behind it are for the return to the regulator."""
    few = one["base"] < policy.other
    kept = {name: one[name] for name in ("code", "words", "pct", "printed", "margin", "unweighted_pct", "modes")}
    base = round_to(one["base"], policy.rounding)
    if few:
        kept |= {"pct": None, "printed": "", "margin": None, "unweighted_pct": None, "modes": []}
    return {**kept, "base": None if few else base, "hidden": WITHHELD if few else ""}


def _question(one: Mapping[str, Any], policy: Policy) -> Plain:
    threshold = policy.sensitive if one["sensitive"] else policy.other
    found: Plain = {**one, "asked": round_to(one["asked"], policy.rounding), "hidden": ""}
    if one["base"] < threshold:
        return {
            **{name: value for name, value in found.items() if name not in ("unweighted", "mean")},
            "base": None, "no_answer": None, "outside": [], "hidden": WITHHELD, "top": None, "modes": [], "groups": [],
            "options": [_bare(option, WITHHELD) for option in one.get("options", ())],
        }  # fmt: skip
    found["base"] = round_to(one["base"], policy.rounding)
    found["no_answer"] = round_to(one["no_answer"], policy.rounding)
    found["outside"] = [{**line, "n": round_to(line["n"], policy.rounding)} for line in one.get("outside", ())]
    if "options" in one:
        found["options"] = list(_options(one, policy))
    if one.get("top"):
        found["top"] = _rounded(one["top"], policy)
        found.pop("unweighted", None)
        found |= _apart(one, policy)
    return found


def _options(one: Mapping[str, Any], policy: Policy) -> Iterator[Plain]:
    """The answers, each with its figures or why it has none."""
    if one["kind"] == "many":  # answers that do not add up: each by itself, with those who did not choose it
        for option in one["options"]:
            threshold = policy.sensitive if one["sensitive"] else policy.other
            few = 0 < option["n"] < threshold or 0 < one["base"] - option["n"] < threshold
            yield _bare(option, WITHHELD) if few else _rounded(option, policy)
        return
    why = dict(_reasons(one, policy))
    for option in one["options"]:
        cell = why[option["code"]]
        yield _rounded(option, policy) if cell is None else _bare(option, cell)


def _reasons(one: Mapping[str, Any], policy: Policy) -> Iterator[tuple[str, str | None]]:
    """Why each answer is hidden; None where it is shown."""
    options = one["options"]
    if one["sensitive"]:
        beside = [Cell(line["code"], line["n"], unknown=True) for line in one.get("outside", ())]
        beside.append(Cell(NO_ANSWER, one["no_answer"], unknown=True))
        groups = [([*(Cell(option["code"], option["n"]) for option in options), *beside], True)]
    elif one.get("top"):
        cells = [Cell(option["code"], option["n"]) for option in options]
        groups = [(cells[:2], False), (cells[2:], False)]
    else:
        groups = [([Cell(option["code"], option["n"]) for option in options], False)]
    for cells, sensitive in groups:
        base = sum(cell.count for cell in cells)
        if not base:
            yield from ((cell.label, None) for cell in cells)
            continue
        done = treat([Table(one["code"], tuple(cells), sensitive)], base, policy).tables[0]
        yield from ((cell.label, cell.printed if cell.hidden else None) for cell in done.cells)


def _apart(one: Mapping[str, Any], policy: Policy) -> Plain:
    """Results by way of answering and by group, protected together."""
    good, base = one["top"]["n"], one["base"]
    if any(0 < number < policy.other for number in (good, base - good)):
        return {"modes": [], "groups": [], "apart_hidden": WITHHELD}
    modes = [{"category": line["mode"], **line} for line in one.get("modes", ())]
    sets: list[tuple[str, Sequence[Mapping[str, Any]], bool]] = [("mode", modes, False)]
    sets += [(group["trait"], group["lines"], group["sensitive"]) for group in one.get("groups", ())]
    if any(0 < number < policy.sensitive for number in (good, base - good)):
        sets = [one for one in sets if not one[2]]
    grids = [_grid(name, lines, sensitive, good, base) for name, lines, sensitive in sets]
    shown: dict[str, TreatedGrid] = {}
    for sensitive in (False, True):
        some = [grid for grid in grids if grid.sensitive == sensitive]
        if some:
            shown |= {grid.name: grid for grid in treat_linked((), some, policy).grids}
    lines_of = {name: list(_lines(lines, shown[name], policy)) for name, lines, _ in sets}
    return {
        "modes": lines_of["mode"],
        "groups": [
            {**group, "lines": lines_of[group["trait"]]}
            for group in one.get("groups", ())
            if group["trait"] in lines_of
        ],
    }


def _grid(name: str, lines: Sequence[Mapping[str, Any]], sensitive: bool, good: int, base: int) -> Grid:
    """Groups by good answers and the rest; whoever is in no group has a row of their own."""
    rows = [(str(line["category"]), line["n"], line["base"] - line["n"]) for line in lines]
    left = (good - sum(row[1] for row in rows), base - good - sum(row[2] for row in rows))
    return Grid(
        name,
        (*(row[0] for row in rows), UNPLACED),
        (GOOD, REST),
        (*((row[1], row[2]) for row in rows), left),
        sensitive=sensitive,
        down=name,
        across="answer",
    )


UNPLACED = "(not known)"


def _lines(lines: Sequence[Mapping[str, Any]], grid: TreatedGrid, policy: Policy) -> Iterator[Plain]:
    """The lines of a grid as printed. The engine may have made one of rows, or of columns, that are too small."""
    found = {row: dict(zip(grid.columns, cells, strict=True)) for row, cells in zip(grid.rows, grid.cells, strict=True)}
    for line in lines:
        cells = found.get(str(line["category"]), {})
        total, good, rest = (cells.get(column) for column in (TOTAL, GOOD, REST))
        if total is None or total.hidden:
            yield {**_bare(line, total.printed if total else WITHHELD), "base": None}
        elif good is None or rest is None or good.hidden or rest.hidden:
            yield {**_bare(line, _why(good, rest)), "base": total.shown}
        elif not line["base"]:
            yield {**_bare(line, "nobody answered"), "base": 0}
        else:
            places = 1 if line["base"] >= ONE_DECIMAL_FROM else 0
            yield {**_rounded(line, policy), "pct": round(line["pct"], places), "base": total.shown}


def _why(good: TreatedCell | None, rest: TreatedCell | None) -> str:
    """Why the figures of a line are hidden; which of both is the small one is not told."""
    hidden = [cell for cell in (good, rest) if cell is not None and cell.hidden]
    return hidden[0].printed if hidden and all(cell.reason is Reason.PROTECTS for cell in hidden) else WITHHELD


def _bare(line: Mapping[str, Any], why: str) -> Plain:
    """A line without its figures."""
    return {**{name: value for name, value in line.items() if name not in FIGURES}, "pct": None, "hidden": why}


def _rounded(line: Mapping[str, Any], policy: Policy) -> Plain:
    """A line whose percentage is told, and whose counts are rounded."""
    kept = {**line, "n": round_to(line["n"], policy.rounding), "hidden": ""}
    for name in ("weighted", "se"):
        kept.pop(name, None)
    for name in ("pct", "margin"):
        if kept.get(name) is not None:
            kept[name] = round(kept[name], 1)
    if "base" in kept:
        kept["base"] = round_to(line["base"], policy.rounding)
    return kept


# --- beside what was published before


def small_changes(before: Mapping[str, Any], now: Mapping[str, Any], policy: Policy) -> list[str]:
    """The questions of which a reader of two publications could work out the answers of a few, by subtraction.

    A figure that changed by 1 to t-1 responses since it was published; both results are exact (reference 5.5 no. 5).
    """
    then = dict(_counts(before))
    return sorted(
        {
            code
            for (code, *path), number in _counts(now)
            if 0 < abs(number - then.get((code, *path), number)) < policy.other
        }
    )


def _counts(result: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], int]]:
    for part in result["parts"]:
        for one in part["questions"]:
            yield (one["code"], part["key"], "base"), one["base"]
            for option in one.get("options", ()):
                yield (one["code"], part["key"], "option", option["code"]), option["n"]
            for group in one.get("groups", ()):
                for line in group["lines"]:
                    yield (one["code"], part["key"], group["trait"], line["category"]), line["n"]
                    yield (one["code"], part["key"], group["trait"], line["category"], "base"), line["base"]
