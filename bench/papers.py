"""How long a large review takes as a tagged PDF: Typst, which Hearth uses, beside WeasyPrint, in one run.

    .venv/bin/python bench/papers.py [runs]

Both make PDF/UA-1 of the same invented paper of about 15 pages, by turns, so that a busy machine slows both alike.
Every run has its own words, because Typst remembers what it has set before. The first run of each, which also finds
its fonts, is told apart from the others.
"""

from __future__ import annotations

import html
import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from pypdf import PdfReader

from hearth.documents.rules import Format, render
from hearth.kernel.papers import Block, Bullets, Heading, Note, Pairs, Paper, Paragraph, Table

CHARACTERISTICS = (
    "Age",
    "Disability",
    "Gender reassignment",
    "Marriage and civil partnership",
    "Pregnancy and maternity",
    "Race",
    "Religion or belief",
    "Sex",
    "Sexual orientation",
)
STYLE = (
    "@page{size:A4;margin:2.6cm 2.2cm;@top-left{content:string(running)}"
    "@bottom-left{content:'Page ' counter(page) ' of ' counter(pages)}}"
    "body{font:12pt/1.5 'Open Sans','Liberation Sans','DejaVu Sans',sans-serif}.running{string-set:running content()}"
    "table{border-collapse:collapse;width:100%}td,th{border:.6pt solid;padding:.4em;text-align:left;vertical-align:top}"
)


def large_review(run: int) -> Paper:
    """Nine characteristics with text, points and a profile, and the summary table with long cells."""
    blocks: list[Block] = [
        Heading(2, "Step 1: what is reviewed"),
        Pairs("Details", (("Service", "Housing"), ("Assessed on", "1 May 2026"), ("Run", str(run)))),
    ]
    for name in CHARACTERISTICS:
        words = f"In run {run} we asked tenants how {name.lower()} bears on the way that they are heard. "
        bands = tuple((f"Band {n}", f"{100 * run + n:,}", f"{n}.{run % 10} %", words) for n in range(8))
        blocks += [
            Heading(2, name),
            Paragraph(words * 8),
            Bullets(tuple(f"{name}, point {n} of run {run}: letters, calls and visits" for n in range(5))),
            Table(f"{name}: profile", ("Group", "Tenants", "Share", "Remark"), bands),
            Note("Figures below 10 are hidden."),
        ]
    reasons = tuple((name, "No impact", f"Because of what was said in run {run}. " * 15) for name in CHARACTERISTICS)
    blocks += [Heading(2, "Summary"), Table("Impact on each group", ("Group", "Impact", "Reason"), reasons)]
    return Paper(f"Large review {run}", "Example Borough Council", tuple(blocks), "Large review", "Ring 01632 960000.")


def as_html(paper: Paper) -> str:
    """The same paper as a page for WeasyPrint."""
    parts = [f'<p class="running">{paper.running_title}</p><h1>{html.escape(paper.title)}</h1>']
    parts += [f"<p>{html.escape(text)}</p>" for text in (paper.landlord, paper.contact)]
    parts += [_block(block) for block in paper.blocks]
    head = f"<title>{html.escape(paper.title)}</title><style>{STYLE}</style>"
    return f'<!doctype html><html lang="{paper.language}"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{html.escape(text)}</h{level}>"
        case Paragraph(text) | Note(text):
            return f"<p>{html.escape(text)}</p>"
        case Bullets(items):
            return "<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>"
        case Pairs(caption, pairs):
            return _block(Table(caption, ("Item", "Details"), pairs))
        case Table(caption, headers, rows):
            heads = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in headers)
            body = "".join(
                f'<tr><th scope="row">{html.escape(row[0])}</th>'
                + "".join(f"<td>{html.escape(cell)}</td>" for cell in row[1:])
                + "</tr>"
                for row in rows
            )
            caption = f"<caption>{html.escape(caption)}</caption>"
            return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    return ""


def by_typst(paper: Paper) -> bytes:
    return render(paper, Format.PDF).body


def by_weasyprint(paper: Paper) -> bytes:
    from weasyprint import HTML

    made = HTML(string=as_html(paper)).write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(made, bytes)
    return made


def timed(make: Callable[[Paper], bytes], paper: Paper) -> tuple[float, bytes]:
    began = time.perf_counter()
    body = make(paper)
    return time.perf_counter() - began, body


def main(runs: int) -> int:
    makers: dict[str, Callable[[Paper], bytes]] = {"Typst": by_typst}
    try:
        import weasyprint  # noqa: F401

        makers["WeasyPrint"] = by_weasyprint
    except (ImportError, OSError) as error:
        print(f"WeasyPrint is left out because it cannot be loaded here ({type(error).__name__}); it needs Pango.")
    firsts: dict[str, float] = {}
    times: dict[str, list[float]] = {name: [] for name in makers}
    pages: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for run in range(runs + 1):
        for name, make in makers.items():
            took, body = timed(make, large_review(run))
            if run == 0:
                firsts[name], pages[name], sizes[name] = took, len(PdfReader(io.BytesIO(body)).pages), len(body)
            else:
                times[name].append(took)
    print(f"Median of {runs} runs; seconds for one large review as PDF/UA-1.")
    print(f"{'':12}{'pages':>7}{'kB':>7}{'first':>9}{'median':>9}{'fastest':>9}{'slowest':>9}")
    for name, took in times.items():
        middle = statistics.median(took)
        row = f"{firsts[name]:9.3f}{middle:9.3f}{min(took):9.3f}{max(took):9.3f}"
        print(f"{name:12}{pages[name]:7}{sizes[name] // 1000:7}{row}")
    if len(times) == 2:
        ratio = statistics.median(times["WeasyPrint"]) / statistics.median(times["Typst"])
        print(f"WeasyPrint takes {ratio:.1f} times as long as Typst.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
