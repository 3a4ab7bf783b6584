"""Measure the last evening of a survey: the public form under load, and write the figures into docs/speed.md.

    .venv/bin/python bench/survey_load.py      (--seconds 10; --print to leave docs/speed.md as it is; --at 8 for one)

Everything is as in service: gunicorn as `make run` starts it, a PostgreSQL that waits until each answer is on the disk,
the landlord wall, the audit trail. Server, database and load run on the same machine and share its processors.

A response is what a fresh visitor does, on a connection of their own: fetch the form, post the answers with its token,
fetch the page that thanks. The words of each page are checked; afterwards the rows in the database are counted, one
response, one comment and one event of the audit for each thanks.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import os
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from tests.house.evening import ASK, FORM, PREPARE, look, respond  # noqa: E402

PAGE = ROOT / "docs" / "speed.md"
HEADING = "## The last evening of a survey"
AT_ONCE = (1, 8, 32)
MOST_CODES = 600  # a second: more than can be answered
# Medians of quiet rounds on 2 processors of the same machine, taken on 20 and 21 November 2026 with the same questions:
# five closed ones and a free text (design notes, dependencies, section 8). They are not measured again here.
PEERS = (
    ("LimeSurvey 6.4, as installed", "2.8, 6.2, 5.7", "2.6, 5.6, 3.4", "1,398 / 2,360", "1,490 kB, 29"),
    ("LimeSurvey 6 with its expression cache", "11, 22, 24", "7.1, 13.7, 15.7", "574 / 728", "1,490 kB, 29"),
    ("mein.berlin (adhocracy4)", "17, 39, 38", "2.2, 4.2, 4.3", "1,907 / 2,309", "790 kB, 19"),
    ("a small Django survey application", "38, 79, 77", "15, 30, 30", "260 / 328", "180 kB, 9"),
)


@dataclass
class Round:
    """What came of one round."""

    at_once: int
    seconds: float
    times: list[float] = field(default_factory=list)  # seconds of each thing done

    @property
    def rate(self) -> float:
        """Things done a second."""
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of them was done."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load(work: Callable[[int], None], port: int, *, at_once: int, seconds: float) -> Round:
    """So many visitors at once, each followed by the next, for so long."""
    done: list[float] = []
    errors: list[BaseException] = []
    end = time.perf_counter() + seconds

    def one() -> None:
        try:
            while (began := time.perf_counter()) < end:
                work(port)
                done.append(time.perf_counter() - began)
        except BaseException as error:
            errors.append(error)

    began = time.perf_counter()
    threads = [threading.Thread(target=one) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise SystemExit(f"{type(errors[0]).__name__}: {errors[0]}")
    return Round(at_once, time.perf_counter() - began, done)


# ── the weight of the first page ──────────────────────────────────────────────────────────────────────────


def weight(port: int) -> tuple[int, int, int]:
    """Requests, bytes as sent and bytes unpacked of the first page with everything that it names."""
    import urllib.request

    def get(path: str) -> tuple[int, bytes]:
        asked = urllib.request.Request(f"http://localhost:{port}{path}", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=30) as answer:
            body, packed = answer.read(), answer.headers.get("Content-Encoding") == "gzip"
            head = len(str(answer.headers).encode()) + 17
            return len(body) + head, gzip.decompress(body) if packed else body

    sent, page = get(FORM)
    named = re.findall(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"', page.decode())
    found = [(sent, page), *(get(path) for path in named)]
    return len(found), sum(size for size, _ in found), sum(len(body) for _, body in found)


# ── the house, as in service ──────────────────────────────────────────────────────────────────────────────


def counts(url: str) -> tuple[int, int, int, int]:
    """Responses, different forms among them, comments, and events of the audit; from the database itself."""
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute("select set_config('hearth.landlord', (select id::text from landlords_landlord), true)")
        row = connection.execute(
            "select (select count(*) from surveys_response), (select count(distinct nonce) from surveys_response),"
            " (select count(*) from surveys_comment), (select count(*) from audit_event)"
        ).fetchone()
    assert row
    return tuple(row)  # type: ignore[return-value]


def processor_seconds(parents: dict[str, int]) -> dict[str, float]:
    """User and system time so far of web and database (a process and its children, also those that ended), and ours."""
    ticks, found = os.sysconf("SC_CLK_TCK"), dict.fromkeys(parents, 0.0)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = stat.read_text().rpartition(")")[2].split()
            for name, parent in parents.items():
                if int(words[1]) == parent:
                    found[name] += sum(int(part) for part in words[11:13]) / ticks
                if int(stat.parent.name) == parent:
                    found[name] += sum(int(part) for part in words[11:15]) / ticks
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {**found, "load": used.ru_utime + used.ru_stime}


def main() -> int:
    """Measure, print, and write the section of docs/speed.md."""
    said = argparse.ArgumentParser(description="Measure the public form of a survey under load.")
    said.add_argument("--seconds", type=float, default=10.0, help="how long each round lasts")
    said.add_argument("--print", action="store_true", help="leave docs/speed.md as it is")
    said.add_argument("--at", type=int, action="append", help="so many at once, instead of 1, 8 and 32")
    asked = said.parse_args()
    from tests.house.processes import RealHearth

    from hearth.db import postgres

    with tempfile.TemporaryDirectory(prefix="hearth-load-") as folder:
        server = postgres.start(
            Path(folder) / "postgres", durable=True, template=ROOT / ".hearth" / "postgres-template"
        )
        try:
            env = {"WEB_CONCURRENCY": os.environ.get("WEB_CONCURRENCY", "2")}
            with RealHearth(server.url, Path(folder) / "data", env=env) as hearth:
                hearth.prepare()
                hearth.manage("shell", "-c", PREPARE)
                hearth.start_web()
                report = measure(hearth, server, asked.at or AT_ONCE, asked.seconds)
        finally:
            server.remove()
    print(report)
    if not asked.print:
        write(report)
    return 0


def measure(hearth: Any, server: Any, rounds: Any, seconds: float) -> str:
    """All rounds; the section of the page."""
    port, url = hearth.port, server.url
    parents = {
        "web": hearth._processes["web"].pid,
        "database": int((server.data_dir.resolve() / "postmaster.pid").read_text().split()[0]),
    }
    busy = os.getloadavg()[0]
    for _ in range(20):
        respond(port)  # the processes draw the page and read the questionnaire
    pages = [load(look, port, at_once=number, seconds=seconds / 2) for number in rounds]
    spent = processor_seconds(parents)
    before = counts(url)
    answers = [load(respond, port, at_once=number, seconds=seconds) for number in rounds]
    used = {name: value - spent[name] for name, value in processor_seconds(parents).items()}
    by_code = asked_by_code(hearth, seconds)
    done = sum(len(one.times) for one in (*answers, by_code))
    gained = tuple(now - then for now, then in zip(counts(url), before, strict=True))
    if gained != (done,) * 4:
        raise SystemExit(f"{done} were thanked, and the database gained {gained}.")
    requests, sent, whole = weight(port)
    return told(pages, answers, by_code, used, done, (requests, sent, whole), busy)


def asked_by_code(hearth: Any, seconds: float) -> Round:
    """Eight at once who were asked, each with a code of their own."""
    script = ASK.replace("MANY", str(int(MOST_CODES * seconds)))
    codes = iter(hearth.manage("shell", "-c", script).partition("CODES ")[2].split())

    def answer(port: int) -> None:
        respond(port, path=f"/bench/surveys/r/{next(codes)}/")

    answer(hearth.port)
    found = load(answer, hearth.port, at_once=8, seconds=seconds)
    found.times.append(found.times[0])  # the first one, above, is in the database too
    return found


def told(
    pages: list[Round],
    answers: list[Round],
    by_code: Round,
    used: dict[str, float],
    done: int,
    first: tuple[int, int, int],
    busy: float,
) -> str:
    """The section in words and tables."""
    rows = [
        f"| {one.at_once} | {page.rate:,.0f} | {page.percentile(0.5):,.1f} / {page.percentile(0.95):,.1f} "
        f"| {one.rate:,.0f} | {one.percentile(0.5):,.1f} / {one.percentile(0.95):,.1f} |"
        for page, one in zip(pages, answers, strict=True)
    ]
    open_link = sum(len(one.times) for one in answers)
    each = ", ".join(f"{name} {1000 * value / open_link:.1f}" for name, value in used.items())
    eight = next((one for one in answers if one.at_once == 8), answers[-1])
    ours = (
        "**Hearth**", ", ".join(f"{one.rate:,.0f}" for one in pages), ", ".join(f"{one.rate:,.0f}" for one in answers),
        f"{eight.percentile(0.5):,.0f} / {eight.percentile(0.95):,.0f}", f"{first[1] / 1000:,.0f} kB, {first[0]}",
    )  # fmt: skip
    peers = [f"| {' | '.join(row)} |" for row in (*PEERS, ours)]
    return "\n".join(
        [
            HEADING,
            "",
            f"Written by `bench/survey_load.py`: {os.cpu_count()} processors, on which others' work had a load of "
            f"{busy:.1f} before it began (nice {os.nice(0)}).",
            "gunicorn as `make run` starts it; PostgreSQL waits until each answer is on the disk; wall, audit and one",
            "response a form are on. Server, database and whoever asks share the processors. Six questions, as in the",
            "second table. A response is three requests of a fresh visitor: the form, the answers with its token, the",
            "thanks; the words of each page are checked.",
            "",
            "| at once | pages a second | ms, median / 95 % | responses a second | ms, median / 95 % |",
            "|---:|---:|---:|---:|---:|",
            *rows,
            "",
            f"By a code of one's own (looked up, marked, one a household), 8 at once: {by_code.rate:,.0f} responses a "
            f"second, {by_code.percentile(0.5):,.1f} / {by_code.percentile(0.95):,.1f} ms.",
            "",
            f"{done:,} responses were thanked for; the database gained as many responses, comments and audit events,",
            f"no more and no fewer. Milliseconds of processor for a response by the open link: {each}.",
            "Queries for a page: none while it is kept for a second, else two; for a response: three (the answer, its",
            "comment, the trail), else five.",
            f"The first page with everything: {first[0]} requests, {first[1] / 1000:,.1f} kB as sent "
            f"({first[2] / 1000:,.1f} kB unpacked).",
            "",
            "Beside what people use instead, measured on such a machine in November 2026 (quoted, not measured again):",
            "",
            "| | pages a second at 1, 8, 32 | responses a second at 1, 8, 32 | ms at 8, median / 95 % | first page |",
            "|---|---:|---:|---:|---:|",
            *peers,
            "",
        ]
    )


def write(report: str) -> None:
    """Put the section into docs/speed.md, in place of the one that is there."""
    page = PAGE.read_text(encoding="utf-8")
    start = page.find(HEADING)
    if start < 0:
        page = page.rstrip("\n") + "\n\n" + report
    else:
        end = page.find("\n## ", start + 1)
        page = page[:start] + report + ("" if end < 0 else page[end:])
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
