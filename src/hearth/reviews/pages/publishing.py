"""What is hidden before a review is published, and why, for officers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hearth.kernel.counts.tables import Reason
from hearth.reviews.pages.questions import place_of
from hearth.reviews.rules.form import Form
from hearth.reviews.rules.treatment import Hidden
from hearth.ui.tables import Table

WHY = {
    Reason.SMALL: "Fewer people than may be shown",
    Reason.PROTECTS: "Hidden so that a smaller figure cannot be worked out",
    Reason.CHANGE: "Beside what was published before, it would show that a few people changed",
    Reason.PARENT: "Part of something that is hidden",
    Reason.WITHHELD: "No part of this group can be printed safely",
}


def hidden_table(hidden: Iterable[Hidden | dict[str, Any]], form: Form) -> Table:
    """Every figure that the public does not see."""
    labels = {c.code: c.label for c in form.characteristics}
    rows = []
    for one in hidden:
        fact = one if isinstance(one, Hidden) else Hidden(**one)
        try:
            where = place_of(fact.part, form).label
        except KeyError:
            where = fact.part
        about = labels.get(fact.characteristic, fact.characteristic.replace("_", " ").capitalize())
        rows.append((fact.label, about, where, fact.printed or "A count", WHY.get(Reason(fact.why), fact.why)))
    return Table(
        "Figures that are hidden", ("Answer", "Characteristic", "Where", "As printed", "Why"), tuple(rows), stack=True,
        empty="No figure of this review has to be hidden.",
    )  # fmt: skip
