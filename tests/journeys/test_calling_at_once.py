"""Eight interviewers press "Call the next person" at the same moment: each has a household of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house.processes import RealHearth

pytestmark = pytest.mark.xdist_group("journeys")
ROOT = Path(__file__).parents[2]
AT_ONCE = f"""
import json, sys, threading
sys.path.insert(0, {str(ROOT)!r})
from datetime import datetime, UTC
from django.db import connection
from hearth.db import wall
from hearth.landlords.models import Landlord
from hearth.surveys import services
from tests.factories import people, surveys as make
from tests.factories.tenants import tenant
landlord = Landlord.objects.get(slug="dartford").pk
noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
with wall.within(landlord):
    survey = make.survey(draw="census", modes=["telephone"])
    for number in range(801, 813):
        person = tenant(number, phone=f"+4416329608{{number - 800:02}}")
        make.invitation(survey, at=make.unit(survey, person=person, drawn=number), person=person)
    actors = [people.actor(people.user(roles=["interviewer"])) for _ in range(8)]
together, found = threading.Barrier(8), []
def press(actor):
    together.wait()
    try:
        with wall.within(landlord):
            held = services.next_call(survey=survey, at=noon, by=actor)
            found.append(held.invitation_id if held else None)
    finally:
        connection.close()
threads = [threading.Thread(target=press, args=(one,)) for one in actors]
for one in threads: one.start()
for one in threads: one.join()
print(json.dumps(found))
"""


def test_interviewers_who_press_at_once_have_a_household_each(hearth: RealHearth) -> None:
    found = json.loads(hearth.manage("shell", "-v", "0", "-c", AT_ONCE).strip().splitlines()[-1])
    assert None not in found
    assert len(set(found)) == len(found) == 8
