"""Measure the parts of Hearth that people wait for, print them, and write docs/speed.md.

    make bench                      (ARGS="--runs 10" for fewer runs, ARGS="--print" to leave docs/speed.md as it is)

Every figure is a median in milliseconds, with the fastest and the slowest run beside it, and the ratio to a yardstick:
a fixed piece of plain Python that is timed between the runs, so that figures of different machines, and of a busy and a
quiet one, can be compared.
The database is a scratch one, met as the web role and through the landlord wall, as in service.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
SEEDS = ROOT.parent / "shared" / "seeds"
EXAMPLES = ROOT / "docs" / "examples"
PAGE = ROOT / "docs" / "speed.md"
MANY = 10_000
TARGET = 100  # milliseconds of server time for the register, at the median
WORDS = "Run {0}: seating, raised beds and level paths, as residents asked for in survey {0}"


@dataclass
class Timing:
    """How long something took over all its runs, and the yardstick between them; seconds."""

    what: str
    times: list[float]
    sticks: list[float]
    note: str = ""

    @property
    def median(self) -> float:
        """The median, in milliseconds."""
        return statistics.median(self.times) * 1000

    @property
    def ratio(self) -> float:
        """How many yardsticks long it is."""
        return statistics.median(self.times) / statistics.median(self.sticks)

    def row(self) -> str:
        cells = [f"{self.median:,.1f}", f"{min(self.times) * 1000:,.1f}", f"{max(self.times) * 1000:,.1f}"]
        return f"| {self.what} | {' | '.join(cells)} | {self.ratio:,.2f} | {self.note} |"


def timed(what: str, work: Callable[[int], Any], *, runs: int, note: str = "") -> Timing:
    """Time a piece of work, once to warm up and then `runs` times; it is given the number of the run."""
    work(0)
    times, sticks = [], []
    for run in range(1, runs + 1):
        times.append(once(work, run))
        sticks.append(once(yardstick, run))
    timing = Timing(what, times, sticks, note)
    print(f"{timing.median:10.1f} ms {timing.ratio:8.2f}  {what}  {note}", flush=True)
    return timing


def once(work: Callable[[int], Any], run: int) -> float:
    """One run; seconds."""
    gc.collect()
    began = time.perf_counter()
    work(run)
    return time.perf_counter() - began


def yardstick(run: int) -> None:
    """Plain Python of the kind that Hearth does: words, dictionaries, JSON and a hash."""
    told = {str(number): WORDS.format(number).split() for number in range(4000)}
    text = json.dumps(told, sort_keys=True)
    again = json.loads(text)
    found = sorted((word for words in again.values() for word in words), key=str.lower)
    hashlib.sha256(" ".join(found).encode()).hexdigest()


# ── reading and checking: no database ─────────────────────────────────────────────────────────────────────


def documents() -> dict[str, bytes]:
    """The reviews to read: the three printed ones where they are at hand, and the example of the docs."""
    found = {f"seed {path.name[:3]}": path.read_bytes() for path in sorted(SEEDS.glob("00[012]_*.txt"))}
    return found | {path.stem: path.read_bytes() for path in sorted(EXAMPLES.glob("*.txt"))}


def reading_and_checking(runs: int) -> list[Timing]:
    """How long it takes to read a document into its parts, and to run every check on it."""
    import yaml

    from hearth.documents.services import passages_of
    from hearth.reviews.rules import checks, reading
    from hearth.reviews.rules.checks.context import Context
    from hearth.reviews.rules.form import form_from
    from hearth.reviews.services.reading import source_of

    shipped = ROOT / "src" / "hearth" / "reviews" / "editions" / "dartford.yaml"
    form = form_from(yaml.safe_load(shipped.read_text(encoding="utf-8")), landlord="Example Borough Council")
    found = []
    for name, body in documents().items():

        def read(run: int, name: str = name, body: bytes = body) -> Any:
            taken = passages_of(name=f"{name}.txt", body=body)
            return reading.read(source_of(taken.kind, taken.passages), form)

        said = read(0)
        context = Context(today=date_of("2026-11-01"), sign_offs=said.sign_offs)

        def check(run: int, said: Any = said, context: Context = context) -> Any:
            return checks.run(said.content, form, context)

        placed = sum(1 for text in said.answers.values() if text.strip())
        found.append(
            timed(f"read {name}", read, runs=runs, note=f"{len(body) / 1000:,.0f} kB, {placed} answers in words")
        )
        note = f"{len(checks.CATALOGUE)} checks, {len(check(0))} findings"
        found.append(timed(f"run all checks on {name}", check, runs=runs, note=note))
    return found


def date_of(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


# ── pages: with a scratch database, as the web role ───────────────────────────────────────────────────────


@contextmanager
def scratch() -> Iterator[None]:
    """A migrated database of this run's own, to which Django is connected as the web role."""
    import psycopg
    from django.core.management import call_command
    from django.db import connection
    from psycopg import sql

    from hearth.db import wall

    owner, name = dict(connection.settings_dict), f"hearth_bench_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        try:
            connection.settings_dict["NAME"] = name
            call_command("migrate", verbosity=0, interactive=False)
            call_command("landlords", "add", "bench", "Example Borough Council", stdout=io.StringIO())
            connection.close()
            connection.settings_dict.update(USER=wall.web_role(name), PASSWORD=wall.web_password())
            yield
        finally:
            connection.close()
            connection.settings_dict.update(owner)
            drop(admin, name)
            admin.execute(sql.SQL("drop role if exists {}").format(sql.Identifier(wall.web_role(name))))


def drop(admin: Any, name: str) -> None:
    """Drop the scratch database, once the server has stopped tidying up in it."""
    from psycopg import errors, sql

    for left in range(20, -1, -1):
        try:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
            return
        except errors.InsufficientPrivilege:
            if not left:
                raise
            time.sleep(3)


def pages(runs: int) -> tuple[list[Timing], dict[str, tuple[int, int]]]:
    """How long pages take on the server, and how many queries a register asks with few and with many reviews."""
    from django.test import Client
    from tests.factories import people

    from hearth.db import wall
    from hearth.landlords.queries import landlord_at

    landlord = landlord_at(slug="bench")
    assert landlord is not None
    with wall.within(landlord.pk):
        roles = ["housing_policy_officer", "policy_projects_officer"]
        officer = people.user(roles=roles)
        review, slug = largest(people.actor(officer))
    visitor, colleague = Client(), Client()
    with wall.within(landlord.pk):
        colleague.force_login(officer)
    registers = {
        "register of officers": (colleague, "/bench/reviews/"),
        "register of the public": (visitor, "/bench/published/"),
    }
    few: dict[str, int] = {}
    fill(landlord.pk, officer, 100)
    for name, (client, address) in registers.items():
        few[name] = queries_of(client, address)
    fill(landlord.pk, officer, MANY - 100)
    addresses = {
        "largest review, public page": (visitor, f"/bench/published/{slug}/"),
        "largest review, officer's preview": (colleague, f"/bench/reviews/{review}/preview/"),
        "largest review, all its checks on one page": (colleague, f"/bench/reviews/{review}/checks/"),
    }
    found = [timed(name, getting(*where), runs=runs) for name, where in addresses.items()]
    found.append(pdf_of(landlord.pk, slug, runs))
    counted: dict[str, tuple[int, int]] = {}
    for name, (client, address) in registers.items():
        counted[name] = (few[name], queries_of(client, address))
        note = f"{counted[name][1]} queries; target {TARGET} ms"
        found.append(timed(f"{name}, {MANY:,} reviews", getting(client, address), runs=max(30, runs), note=note))
        found.append(timed(f"{name}, searched", getting(client, f"{address}?words=garden"), runs=runs))
    return found, counted


def getting(client: Any, address: str) -> Callable[[int], bytes]:
    """The work of fetching a page."""
    return lambda run: fetch(client, address)


def fetch(client: Any, address: str) -> bytes:
    """A page, which must be whole: an error page is quick too."""
    response = client.get(address)
    body = bytes(response.content)
    if response.status_code != 200 or b"</html>" not in body:
        raise SystemExit(f"{address} answers {response.status_code}")
    return body


def queries_of(client: Any, address: str) -> int:
    """How many queries a page asks, once the process is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    fetch(client, address)
    with CaptureQueriesContext(connection) as caught:
        fetch(client, address)
    return len(caught)


def largest(by: Any) -> tuple[int, str]:
    """Keep the longest document as a review, approve and publish it; its number and public address."""
    import yaml
    from django.utils import timezone

    from hearth.reviews import queries, services
    from hearth.reviews.models import Review
    from hearth.reviews.rules.lifecycle import Status

    now = timezone.now()
    shipped = ROOT / "src" / "hearth" / "reviews" / "editions" / "dartford.yaml"
    definition = yaml.safe_load(shipped.read_text(encoding="utf-8"))
    from hearth.db.jobs import system

    services.store_form(definition=definition, holds_from=date_of("2000-01-01"), by=system(by.landlord_id))
    name, body = max(documents().items(), key=lambda one: len(one[1]))
    review = services.take_in(name=f"{name}.txt", body=body, at=now, by=by)
    for code in {finding.code for finding in queries.findings(review, on=now.date())}:
        with_reason(review, code, now.date(), by)
    Review.objects.filter(pk=review.pk).update(status=Status.APPROVED, approved_on=now.date())
    return review.pk, services.publish(review=review, at=now, by=by).slug


def with_reason(review: Any, code: str, on: Any, by: Any) -> None:
    """Set a finding aside where that may be done."""
    from hearth.kernel.refusals import Refused
    from hearth.reviews import services

    try:
        services.override(review=review, code=code, reason="This is a measurement and no decision.", on=on, by=by)
    except Refused:
        return


def fill(landlord_id: int, officer: Any, number: int) -> None:
    """More reviews, in every state, two in three of them published."""
    from django.utils import timezone

    from hearth.db import wall
    from hearth.reviews.models import FormEdition, Publication, Review
    from hearth.reviews.rules.lifecycle import LABELS, SIGNED, Status

    now, states = timezone.now(), list(Status)
    topics = ("Communal garden", "Pets", "Mobility scooters", "Damp and mould", "Moving home", "Parking")
    with wall.within(landlord_id):
        form, start = FormEdition.objects.get(), Review.objects.count()

        def review(place: int) -> Review:
            status = states[place % len(states)]
            day = date_of(f"{2018 + place % 9}-{1 + place % 12:02}-{1 + place % 28:02}")
            return Review(
                reference=f"CAR-{day.year}-{place:05}",
                title=f"{topics[place % len(topics)]} policy {place}",
                form=form,
                status=status,
                officer=officer,
                assessed_on=day,
                approved_on=day if status in SIGNED else None,
                next_review_on=day.replace(year=day.year + 3),
                published_at=now if place % 3 else None,
                route=["Head of Legal Services", "Deputy Chief Executive"],
            )

        def publication(one: Review) -> Publication:
            empty: dict[str, Any] = {"parts": {}, "sign_offs": [], "addenda": [], "overrides": [], "treatment": []}
            return Publication(
                review=one,
                number=1,
                slug=f"policy-{one.pk}",
                title=one.title,
                status_label=LABELS[Status(one.status)],
                directorate="Homes",
                assessed="March 2026",
                approved_on=one.approved_on,
                next_review_on=one.next_review_on,
                digest="0" * 64,
                at=now,
                by_name="A colleague",
                **empty,
            )

        kept = Review.objects.bulk_create(map(review, range(start, start + number)), batch_size=1000)
        Publication.objects.bulk_create([publication(one) for one in kept if one.published_at], batch_size=1000)
    analyse()


def analyse() -> None:
    """What PostgreSQL does by itself within minutes of such a load; only the owner of the tables may ask for it."""
    import psycopg
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    url = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("analyze")


def pdf_of(landlord_id: int, slug: str, runs: int) -> Timing:
    """The largest review as a tagged PDF; each run has its own words, because Typst remembers what it has set."""
    from dataclasses import replace

    from hearth.db import wall
    from hearth.documents.rules import Format, render
    from hearth.kernel.papers import Paragraph
    from hearth.reviews import queries

    with wall.within(landlord_id):
        published = queries.publication(slug)
        assert published is not None
        paper = queries.published_paper(published)

    def make(run: int) -> None:
        fresh = replace(paper, blocks=(Paragraph(f"Copy {run} of this measurement."), *paper.blocks))
        assert render(fresh, Format.PDF).body.startswith(b"%PDF")

    return timed("largest review as tagged PDF", make, runs=runs)


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────────


def beside(script: str) -> str:
    """What a script says that measures Hearth's way beside another's."""
    words = [sys.executable, f"bench/{script}", "7"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def report(rows: list[Timing], counted: dict[str, tuple[int, int]], papers: str, weights: str) -> str:
    """docs/speed.md, as Markdown."""
    import django
    from django.utils import timezone

    sticks = [stick for row in rows for stick in row.sticks]
    said = [
        "# Measured speed",
        "",
        "Written by `make bench`. Medians in milliseconds of one run on one machine; the ratio is to a yardstick of",
        "plain Python that is timed between the runs, so that figures of different machines, and of a busy and a quiet",
        "one, can be compared. Pages are fetched inside one process (no network), as the web role, through the wall",
        "between landlords.",
        "",
        f"{timezone.localdate():%-d %B %Y}: {os.cpu_count()} processors ({platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}, Django {django.get_version()}, PostgreSQL {server_version()}. "
        f"One yardstick: {statistics.median(sticks) * 1000:,.1f} ms.",
        "",
        "| what | median ms | fastest | slowest | ratio | |",
        "|---|---:|---:|---:|---:|---|",
        *[row.row() for row in rows],
        "",
        "## Queries do not grow with the register",
        "",
        "| page | queries with 100 reviews | with 10,000 |",
        "|---|---:|---:|",
        *[f"| {name} | {few} | {many} |" for name, (few, many) in counted.items()],
        "",
        "## The same PDF by two libraries, side by side in one run",
        "",
        "`bench/papers.py`; why Typst was chosen: [the decision](adr/0012-typst-makes-the-pdf.md).",
        "",
        "```text",
        papers,
        "```",
        "",
        "## The same survey weights by two libraries, side by side in one run",
        "",
        "`bench/weighting.py`; why the arithmetic is Hearth's own:",
        "[the decision](adr/0018-survey-weights-in-numpy.md).",
        "",
        "```text",
        weights,
        "```",
        "",
    ]
    return "\n".join(said)


def server_version() -> str:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"


def main() -> int:
    """Measure everything; 1 where a register misses its target or asks more queries of more rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--print", action="store_true", help="leave docs/speed.md as it is")
    options = parser.parse_args()
    import django

    django.setup()
    rows = reading_and_checking(options.runs)
    with scratch():
        made, counted = pages(options.runs)
    text = report([*rows, *made], counted, beside("papers.py"), beside("weighting.py"))
    print("\n" + text)
    if not options.print:
        PAGE.write_text(text, encoding="utf-8")
        # a Hearth of its own under load; it adds its section to the page
        subprocess.run([sys.executable, "bench/survey_load.py"], cwd=ROOT, check=True)
    grown = [name for name, (few, many) in counted.items() if many > few]
    late = [row.what for row in made if "target" in row.note and row.median > TARGET]
    for name in grown:
        print(f"The {name} asks more queries of more reviews.", file=sys.stderr)
    for name in late:
        print(f"{name} takes longer than {TARGET} ms.", file=sys.stderr)
    return 1 if grown or late else 0


if __name__ == "__main__":
    raise SystemExit(main())
