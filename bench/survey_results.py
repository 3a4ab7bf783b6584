"""Measure results: from a thousand to a million answers, what counting costs and what a page costs.

    .venv/bin/python bench/survey_results.py      (--most 100000 for fewer; --print to leave docs/speed.md as it is)

Answers to the prescribed measures are made in the database by one statement. The figures are worked out by the service
that the job calls, weighted by three characteristics with errors; then the officers' page and the public page are
fetched. Pages read what was worked out last, so that neither their queries nor their bytes grow with the answers.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

PAGE = ROOT / "docs" / "speed.md"
HEADING = "## Results from a thousand to a million answers"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
FETCHES = 25
MEASURES = [f"TP{number:02}" for number in range(1, 13)]
ANSWERS = """
    insert into surveys_response (
        landlord_id, recorded_at, id, survey_id, version_id, nonce, mode, language, stock, traits, answers, standing,
        why_set_aside, given_at
    )
    select %(landlord)s, now(), gen_random_uuid(), %(survey)s, %(version)s, 'n' || %(first)s + g,
        (array['telephone', 'telephone', 'web', 'paper'])[1 + floor(random() * 4)::int], 'en', 'lcra',
        jsonb_build_object(
            'age', (array['16-34', '35-54', '35-54', '55-74', '75+'])[1 + floor(random() * 5)::int],
            'stock_type', (array['General needs tenancy', 'Supported or independent living tenancy'])
                [1 + (random() < 0.2)::int],
            'area', 'Area ' || floor(random() * 8)::int,
            'length_of_tenancy', (array['Under 12 months', '12 months or more'])[1 + (random() < 0.9)::int]
        ),
        jsonb_build_object('TP02F', case when random() < 0.7 then 'yes' else 'no' end,
            'TP09F', case when random() < 0.2 then 'yes' else 'no' end,
            'TP10F', case when random() < 0.5 then 'yes' else 'no' end) || {said},
        'complete', '', now()
    from generate_series(1, %(number)s) g
"""


@dataclass
class Line:
    """What came of one size."""

    responses: int
    made: float
    counted: float
    memory: float
    officers: float
    public: float
    queries: tuple[int, int]
    weights: tuple[int, int]


def fill(survey: Any, version: Any, first: int, number: int) -> None:
    """So many more answers, by one statement, and tables that the planner knows."""
    from django.db import connection

    codes = ", ".join(f"'{code}', (1 + floor(random() * 5))::int::text" for code in MEASURES)
    statement = ANSWERS.replace("{said}", f"jsonb_build_object({codes})")
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {"landlord": survey.landlord_id, "survey": survey.pk, "version": version.pk, "first": first,
             "number": number},
        )  # fmt: skip
        cursor.execute("analyze surveys_response")


def fetched(get: Callable[[], Any]) -> tuple[float, int, int]:
    """Median seconds, queries and bytes of a page that is fetched again and again."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get()  # its picture is drawn and kept
    with CaptureQueriesContext(connection) as caught:
        body = get().content
    said = [query["sql"] for query in caught.captured_queries]
    asked = [words for words in said if not words.startswith(("SAVEPOINT", "RELEASE", "select set_config"))]
    times = []
    for _ in range(FETCHES):
        began = time.perf_counter()
        get()
        times.append(time.perf_counter() - began)
    return statistics.median(times), len(asked), len(body)


def measure(sizes: list[int]) -> list[Line]:
    """All sizes, each on top of the one before."""
    from django.test import Client
    from django.utils import timezone
    from tests.factories import people
    from tests.factories import responses as many
    from tests.factories import surveys as make

    from hearth.db import wall
    from hearth.db.jobs import system
    from hearth.surveys import queries, services
    from hearth.surveys.models import Result, Survey, Weighting

    landlord = people.landlord("bench", "Bench Council")
    found = []
    with wall.within(landlord.pk):
        by = system(landlord.pk)
        asked = queries.ready_instrument("tsm-2023", landlord="Bench Council", stock="lcra")
        survey = make.survey(
            asked, sort="tsm", locked_set="tsm-2023", stock="lcra", draw="census", state="analysed", slug="bench"
        )
        version = survey.versions.get()
        many.population(survey, 20_000)
        units = list(survey.units.values_list("pk", "traits"))
        for pk, traits in units:
            traits["area"] = f"Area {pk % 8}"
        survey.units.model.objects.bulk_update(
            [survey.units.model(pk=pk, traits=traits) for pk, traits in units], ["traits"], batch_size=5_000
        )
        Weighting.objects.create(
            survey=survey, at=timezone.now(), method="raking", characteristics=["age", "stock_type", "area"],
            why="To measure it", by_name="Bench",
        )  # fmt: skip
        officer = Client()
        officer.force_login(people.user(roles=["resident_involvement_officer"]))
        visitor, there = Client(), 0
        for number in sizes:
            began = time.perf_counter()
            fill(survey, version, there, number - there)
            made, there = time.perf_counter() - began, number
            survey.population.size = max(20_000, number * 5 // 4)
            survey.population.save(update_fields=["size"])
            began = time.perf_counter()
            services.compute(survey=survey, at=timezone.now(), by=by)
            counted = time.perf_counter() - began
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            Result.objects.filter(survey=survey).update(published_at=timezone.now())
            Survey.objects.filter(pk=survey.pk).update(state="results_published")
            one = fetched(lambda: officer.get(f"/bench/surveys/{survey.pk}/results/"))
            two = fetched(lambda: visitor.get(f"/bench/surveys/results/{survey.slug}/"))
            Survey.objects.filter(pk=survey.pk).update(state="analysed")
            Result.objects.filter(survey=survey).update(published_at=None)
            found.append(Line(number, made, counted, memory, one[0], two[0], (one[1], two[1]), (one[2], two[2])))
            print(found[-1], flush=True)
    return found


def told(lines: list[Line], busy: float) -> str:
    """The section in words and a table."""
    rows = [
        f"| {one.responses:,} | {one.counted:,.1f} | {one.memory:,.0f} | {1000 * one.officers:,.0f} | "
        f"{1000 * one.public:,.0f} | {one.queries[0]}, {one.queries[1]} | {one.weights[0] / 1000:,.0f}, "
        f"{one.weights[1] / 1000:,.0f} |"
        for one in lines
    ]
    return "\n".join(
        [
            HEADING,
            "",
            f"Written by `bench/survey_results.py`: {os.cpu_count()} processors, on which others' work had a load of "
            f"{busy:.1f} before it began.",
            "All twelve measures and their filters, raked by age, stock type and area, with errors, by four groups and",
            "three ways of answering, small numbers hidden. Counting is the job's; a page reads what was counted last.",
            "",
            "| answers | seconds to count | MB of memory at most | ms, officers' page | ms, public page "
            "| queries | kB unpacked |",
            "|---:|---:|---:|---:|---:|---:|---:|",
            *rows,
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


def main() -> int:
    """Measure, print, and write the section of docs/speed.md."""
    said = argparse.ArgumentParser(description="Measure the results of surveys of many answers.")
    said.add_argument("--most", type=int, default=SIZES[-1], help="no more answers than these")
    said.add_argument("--print", action="store_true", help="leave docs/speed.md as it is")
    asked = said.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    os.environ.setdefault("HEARTH_SECRET_KEY", "a key for measuring only")
    os.environ.setdefault("HEARTH_CONNECT_AS", "owner")
    import django

    django.setup()
    import environ
    from django.conf import settings
    from django.db import connection
    from tests.factories import database

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.ALLOWED_HOSTS = ["*"]
    busy = os.getloadavg()[0]
    url, server = database.owner_url()
    try:
        connection.settings_dict.update(environ.Env.db_url_config(url, engine=settings.DATABASES["default"]["ENGINE"]))
        with database.fresh(connection, url):
            report = told(measure([size for size in SIZES if size <= asked.most]), busy)
    finally:
        if server:
            server.stop()
    print(report)
    if not asked.print:
        write(report)
    return 0


if __name__ == "__main__":
    sys.exit(main())
