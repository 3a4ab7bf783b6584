"""A review printed to PDF reads as its text does, whatever the page, the rulings and the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

import pytest

from hearth.documents.rules import extract
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.reading import Image, Line, PageBreak, Reading, Row, Source, read
from tests.rules.documents import pdfs
from tests.rules.reviews.reading.printing import printed_review
from tests.rules.reviews.reading.sources import source_of
from tests.rules.reviews.reading.words_kept import lost

LAYOUT = """
#set page(PAGE, header: [Customer Access Review – Full Assessment])
#set page(footer: context counter(page).display("1 of 1", both: true))
#set text(size: 10.5pt, lang: "en", LETTERS)
#set par(spacing: 1em, LINES)
#let inner(it) = {
  if it.contains("\\t") { let r = it.split("\\t"); table(columns: (1fr,) * r.len(), inset: 3pt, ..r) } else { par(it) }
}
#let cell(it) = for l in it.split("\\n") { inner(l) }
#for it in data {
  if it.kind == "line" { par(it.text) }
  else if it.kind == "image" { image(bytes(it.bytes), width: 40mm, height: 10mm, fit: "stretch") }
  else if it.kind == "break" { pagebreak(weak: true) }
  else { table(columns: it.widths.map(w => w * 1fr), RULES, ..it.rows.flatten().map(cell)) }
}
"""
STYLES = {
    "portrait": {"PAGE": 'paper: "a4"', "LETTERS": "", "LINES": "", "RULES": "stroke: 0.5pt"},
    "landscape": {"PAGE": 'paper: "a4", flipped: true', "LETTERS": "", "LINES": "", "RULES": "stroke: 0.5pt"},
    "justified": {"PAGE": "width: 180mm, height: 230mm, margin: 12mm", "LETTERS": "hyphenate: true",
                  "LINES": "justify: true", "RULES": "inset: 6pt"},
}  # fmt: skip


def blocks_of(source: Source) -> Iterator[dict]:
    rows: list[tuple[str, ...]] = []
    for item in [*source.items, None]:
        if isinstance(item, Row):
            if rows and len(rows[0]) != len(item.cells):
                yield table_of(rows)
                rows = []
            rows.append(item.cells)
            continue
        if rows:
            yield table_of(rows)
            rows = []
        if isinstance(item, Line):
            yield {"kind": "line", "text": item.text}
        elif isinstance(item, PageBreak):
            yield {"kind": "break"}
        elif isinstance(item, Image):
            yield {"kind": "image", "bytes": list(pdfs.png())}


def table_of(rows: list[tuple[str, ...]]) -> dict:
    """A table whose columns are as wide as what stands in them asks for."""
    widths = [max(8, min(60, max(len(cell) for cell in column))) for column in zip(*rows, strict=True)]
    return {"kind": "table", "rows": rows, "widths": widths}


def through_pdf(source: Source, form: Form, style: str, *, tags: bool = True) -> Reading:
    layout = LAYOUT
    for name, value in STYLES[style].items():
        layout = layout.replace(name, value)
    body = pdfs.made(layout, list(blocks_of(source)), tags=tags)
    return read(source_of(extract("review.pdf", body).passages), form)


def tidy(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["000", "001", "002"])
def test_a_printed_seed_reads_as_its_text(form: Form, printed: Callable[[str], str], name: str, style: str) -> None:
    source = Source.from_text(printed(name))
    before, after = read(source, form), through_pdf(source, form, style, tags=style != "landscape")
    for number, answer in before.answers.items():
        alike = SequenceMatcher(None, tidy(answer), tidy(after.answers.get(number, "")), autojunk=False).ratio()
        assert alike >= 0.98, number
    assert {i.characteristic: i.state for i in after.content.impacts} == {
        i.characteristic: i.state for i in before.content.impacts
    }
    for impact in before.content.impacts:
        assert tidy(after.content.impact(impact.characteristic).positive) == tidy(impact.positive)
    assert after.content.details == before.content.details
    for key in ("information_actions", "impact_actions"):
        one, other = getattr(before.content, key), getattr(after.content, key)
        assert one.none is other.none
        assert [[tidy(x) for x in vars(row).values()] for row in one.rows] == [
            [tidy(x) for x in vars(row).values()] for row in other.rows
        ]
    assert [(s.post, s.verb, s.name, s.on) for s in after.sign_offs] == [
        (s.post, s.verb, s.name, s.on) for s in before.sign_offs
    ]
    assert after.unplaced == ()


@pytest.mark.parametrize("style", STYLES)
def test_an_invented_review_printed_to_pdf_loses_nothing(form: Form, style: str) -> None:
    text = printed_review(form, tick="☒")
    source = Source.from_text(text)
    before, after = read(source, form), through_pdf(source, form, style)
    assert {number: tidy(answer) for number, answer in after.answers.items()} == {
        number: tidy(answer) for number, answer in before.answers.items()
    }
    assert after.content.impacts == before.content.impacts
    assert after.sign_offs == before.sign_offs
    assert after.unplaced == ()
    assert not lost(text.replace("☒", ""), after)
