"""Profiles as question 5 takes them: frozen blocks with base, basis, day and source (CAR-10, CAR-11)."""

from __future__ import annotations

from typing import Any

from hearth.equality import queries as equality
from hearth.kernel.days import spoken
from hearth.reviews.rules.content import Figure, Profile, Snapshot, to_plain
from hearth.reviews.rules.form import Form


def snapshots_of(profile: Any, *, form: Form) -> tuple[Snapshot, ...]:
    """One block for each protected characteristic of the form; "not held" where the profile says nothing.

    `profile` is a profile of the equality room. Shares are computed from the counts, half-up to two places (PROF-13).
    """
    held = {figures.characteristic: figures for figures in equality.figures_of(profile)}
    found = []
    for characteristic in form.characteristics:
        if not characteristic.protected and characteristic.code not in held:
            continue
        figures = held.get(characteristic.code)
        if figures is None:
            found.append(Snapshot(characteristic.code, population=profile.population, held=False))
            continue
        answers = tuple(
            Figure(answer.label, f"{answer.share(figures.base)}%", answer.count, answer.unknown)
            for answer in figures.answers
        )
        found.append(
            Snapshot(
                characteristic.code, answers, figures.base, profile.population, profile.basis, spoken(profile.as_at),
                profile.source, figures.category_set,
            )
        )  # fmt: skip
    return tuple(found)


def profile_part(profile: Any, *, form: Form, text: str = "") -> dict[str, Any]:
    """The plain answer to question 5 with every block of a profile in it."""
    return to_plain(Profile(text=text, snapshots=snapshots_of(profile, form=form)))
