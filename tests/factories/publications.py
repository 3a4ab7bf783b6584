"""Published reviews for tests, made directly so that there can be many."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from tests.factories import reviews

AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def published(many: int = 1, *, form: Any = None, title: str = "Garden waste service", **said: Any) -> list[Any]:
    """So many published reviews, approved on days that go back one by one; `said` are fields of the publications."""
    from hearth.reviews import queries
    from hearth.reviews.models import Publication, Review
    from hearth.reviews.rules.content import from_parts, to_parts

    form = form or reviews.store_form()
    definition = queries.form_from_edition(form)
    parts = {key: value for key, value in reviews.WHOLE.items() if key != "impacts"}
    parts |= {f"impacts.{c.code}": reviews.POSITIVE for c in definition.characteristics}
    plain = to_parts(from_parts(parts))
    start = Review.objects.count()
    rows = [
        Review(
            reference=f"CAR-2026-{start + n:05}",
            title=title if many == 1 else f"{title} {n}",
            form=form,
            status="monitoring" if n % 2 else "due_for_review",
            approved_on=date.fromordinal(date(2026, 5, 1).toordinal() - n),
            published_at=AT,
        )
        for n in range(1, many + 1)
    ]
    Review.objects.bulk_create(rows)
    made = [
        Publication(
            **{
                "review": row, "number": 1, "slug": f"review-{row.reference.lower()}", "title": row.title,
                "status_label": "Monitoring", "assessed": "March 2026", "approved_on": row.approved_on,
                "next_review_on": date(2028, 3, 31), "parts": plain, "digest": "d" * 64, "at": AT,
                "by_name": "Pip Keeper", **said,
            }
        )
        for row in rows
    ]  # fmt: skip
    return Publication.objects.bulk_create(made)
