"""Profiles of reviews of different years beside each other, with what keeps them from being compared (CAR-49).

A share of one year says nothing about that of another where the base, the bands or the categories differ: the page
shows both, and says so, instead of drawing a line between them (check D21, fault F-11).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hearth.kernel.figures import FigureSet, plain_label, read_band
from hearth.kernel.words import listed
from hearth.reviews.rules.checks.figures.profile import read_profile
from hearth.reviews.rules.content import Content
from hearth.reviews.rules.form import Form

Dated = tuple[str, int, Content]  # title, year, content


@dataclass(frozen=True)
class Column:
    """The figures that one review holds of a characteristic; `held` is False where it holds none."""

    title: str
    year: int
    people: str
    base: str
    figures: tuple[tuple[str, str], ...]  # label, as printed
    held: bool = True


@dataclass(frozen=True)
class Topic:
    """One characteristic across reviews; `notes` say why a difference may be none."""

    label: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Every category of every column, in the order in which they first stand."""
        found: dict[str, str] = {}
        for column in self.columns:
            for label, _ in column.figures:
                found.setdefault(_same(label), label)
        return tuple(found.values())

    def figure(self, column: Column, label: str) -> str:
        """What a column prints for a category; empty where it has none."""
        return next((printed for name, printed in column.figures if _same(name) == _same(label)), "")


def _same(label: str) -> str:
    """A category whatever its wording: "16-24" and "16 to 24" are one band."""
    band = read_band(label)
    return str(band) if band else plain_label(label)


def compared(own: Dated, earlier: Sequence[Dated], form: Form) -> list[Topic]:
    """Each characteristic of the form with the figures of this review and of earlier ones, newest first.

    The landlord's own people are preferred where a review gives several populations.
    """
    found = []
    for characteristic in form.characteristics:
        sets = [(dated, _set_of(dated[2], characteristic.code)) for dated in (own, *earlier)]
        if not any(one for _, one in sets):
            continue
        columns = tuple(_column(dated, one) for dated, one in sets)
        found.append(Topic(characteristic.label, columns, tuple(_notes([(d[1], one) for d, one in sets if one]))))
    return found


def _set_of(content: Content, topic: str) -> FigureSet | None:
    profile = read_profile(content)
    mine = [found for found in profile.sets if found.topic == topic and found.members]
    own = [found for found in mine if found in profile.own]
    return next(iter(own or mine), None)


def _column(dated: Dated, found: FigureSet | None) -> Column:
    title, year, _ = dated
    if found is None:
        return Column(title, year, "", "", (), held=False)
    people = ", ".join(words for words in (found.population, found.basis) if words)
    base = f"{found.base:,}" if found.base else ""
    return Column(title, year, people, base, tuple((f.label, f.printed) for f in found.members))


def _notes(sets: Sequence[tuple[int, FigureSet]]) -> list[str]:
    """Why each pair of neighbouring years cannot be compared as it stands."""
    found = []
    for (year, now), (before, then) in pairwise(sets):
        differ = _differences(then, now)
        if differ:
            found.append(f"{before} and {year} cannot be compared as they stand: {listed(differ)}.")
    return found


def _differences(then: FigureSet, now: FigureSet) -> list[str]:
    found = []
    if _heading(then) != _heading(now):
        found.append(f"the definition differs (“{then.heading}” and “{now.heading}”)")
    if _labels(then) != _labels(now):
        banded = any(read_band(figure.label) for figure in (*then.members, *now.members))
        found.append("the bands differ" if banded else "the categories differ")
    if then.has_unknown != now.has_unknown:
        found.append(f"people not known are counted only in {'the later' if now.has_unknown else 'the earlier'} one")
    if (then.base_homes, then.basis.lower()) != (now.base_homes, now.basis.lower()):
        found.append(f"the base differs ({_base(then)} and {_base(now)})")
    return found


def _heading(found: FigureSet) -> str:
    return plain_label(found.heading)


def _labels(found: FigureSet) -> frozenset[str]:
    """The categories but for the unknown, which are told of by themselves."""
    return frozenset(_same(figure.label) for figure in found.members if not figure.unknown)


def _base(found: FigureSet) -> str:
    words = found.base_words or ("homes" if found.base_homes else "people" if found.base else "not stated")
    return f"{words}, “{found.basis}”" if found.basis else words
