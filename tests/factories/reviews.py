"""Forms and reviews for tests: a landlord's form stored, a review begun, an answer given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

EDITIONS = Path(__file__).parents[2] / "src" / "hearth" / "reviews" / "editions"
EDITION_NAMES = sorted(path.stem for path in EDITIONS.glob("*.yaml"))

# An answer for each part that stops nothing: enough for a review that may be submitted.
WHOLE: dict[str, dict[str, Any]] = {
    "details": {
        "area": "Garden waste service",
        "assessed": "March 2026",
        "directorate": "Housing and Public Protection",
        "managers": ["Housing Maintenance Manager", "Tenancy Services Manager"],
        "officer": "Policy Officer",
    },
    "aims": {"text": "To keep gardens tidy.", "objectives": ["Collect fortnightly", "Help those who cannot lift"]},
    "affected": {"groups": ["tenants"], "text": "Tenants with a garden."},
    "contribution": {"no_indicator": True, "text": "It serves clean estates."},
    "dictated": {"laws": ["Equality Act 2010"], "discretion": "How often it is collected."},
    "profile": {"text": "The profile of tenants is kept by the landlord."},
    "consultation": {"text": "Tenants were asked by a survey in February 2026 while the proposal could be changed."},
    "gaps": {"text": "There are no gaps."},
    "duty": {"aims": ["b"], "activity": "existing", "employment": False},
    "partners": {"none": True},
    "comments": {"text": "None."},
    "information_actions": {"none": True},
    "impact_actions": {"none": True},
    "approval": {"text": "Head of Legal Services"},
    "committee": {"no": True},
    "monitoring": {"text": "Every year, by protected characteristic.", "every_months": 12},
    "next_review": {"on": "2028-03-31"},
}
POSITIVE = {
    "positive": "Help with lifting is offered to everybody who asks.",
    "positive_aims": ["b"],
    "promise": "Help with lifting",
}


def definition(name: str = "dartford") -> dict[str, Any]:
    """A form that is shipped, in its plain form."""
    found: dict[str, Any] = yaml.safe_load((EDITIONS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def store_form(name: str = "dartford") -> Any:
    """A shipped form, stored for the landlord that the test is inside."""
    from hearth.db import wall
    from hearth.db.jobs import system
    from hearth.reviews import services

    return services.store_form(
        definition=definition(name),
        holds_from=date(2000, 1, 1),
        by=system(wall.current()),  # type: ignore[arg-type]
    )


def begun(by: Any, *, title: str = "Garden waste service", form: Any = None, on: date = date(2026, 3, 2)) -> Any:
    """A review that is being screened."""
    from hearth.reviews import services

    return services.begin(title=title, on=on, form=form, by=by)


def drafting(by: Any, **said: Any) -> Any:
    """A review whose full assessment is open."""
    from django.utils import timezone

    from hearth.reviews import services

    review = begun(by, **said)
    services.skip_screening(review=review, reason="It plainly touches disabled tenants.", at=timezone.now(), by=by)
    review.refresh_from_db()
    return review


def answer(review: Any, key: str, value: Mapping[str, Any], *, by: Any, seen: int | None = None) -> Any:
    """Save one part of a review; `seen` is its version as it stands, unless said otherwise."""
    from django.utils import timezone

    from hearth.reviews import queries, services

    if seen is None:
        part = queries.parts_of(review).get(key)
        seen = part.number if part else 0
    return services.save_part(review=review, key=key, value=value, seen=seen, at=timezone.now(), by=by)


def answer_all(review: Any, *, by: Any) -> None:
    """Answer everything that the review's form asks, so that nothing is missing."""
    from hearth.reviews import queries

    form = queries.form_of(review)
    for key in queries.part_keys(form):
        if key.startswith("impacts."):
            row = form.characteristic(key.removeprefix("impacts."))
            answer(review, key, {"not_applicable": True} if row.employment_only else POSITIVE, by=by)
        elif key.startswith("extra."):
            answer(review, key, {"text": "Nothing to add."}, by=by)
        elif key != "explanation":
            answer(review, key, WHOLE[key], by=by)
