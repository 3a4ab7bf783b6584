"""Every answer that the matrix takes can be drawn on the public page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.publications import published

ANSWERS: dict[str, dict[str, Any]] = {
    "Positive": {"positive": "Level paths help."},
    "Negative": {"negative": "The plot is far away."},
    "No impact": {"no_impact": True},
    "Unknown": {"unknown": True},
    "Not applicable": {"not_applicable": True},
}


@pytest.mark.parametrize("mark", ANSWERS)
def test_every_answer_of_the_matrix_has_its_mark_on_the_public_page(mark: str, inside: Any, client_as: Any) -> None:
    made = published()[0]
    made.parts["impacts.age"] = {"characteristic": "age", **ANSWERS[mark]}
    made.save()
    page = client_as().page("public:review", slug=made.slug)
    assert page.status_code == 200
    overview = page.content.decode().partition("Impact on people with each protected characteristic")[2]
    assert mark in overview
