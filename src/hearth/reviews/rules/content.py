"""What a Customer Access Review says, whoever wrote it, on whatever form.

A review is kept in parts, so that several officers can work at once. The parts together are the `Content`, which the
checks, the signatures and every printed format read. A form (see `form`) puts a number and a wording to each part.
Nothing here is ever filled in by default: an answer that nobody gave is empty.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

import cattrs


class State(StrEnum):
    """What is decided about one characteristic (question 8). BLANK until somebody decides; never a default."""

    BLANK = "blank"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    MIXED = "mixed"  # positive and negative both
    NO_IMPACT = "no_impact"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    CONTRADICTORY = "contradictory"  # a tick beside a text, or two ticks


@dataclass(frozen=True)
class Details:
    area: str = ""
    assessed: str = ""  # as printed: "March 2026", "5th July 2011"
    directorate: str = ""
    managers: tuple[str, ...] = ()  # posts
    officer: str = ""  # post


@dataclass(frozen=True)
class Aims:
    text: str = ""
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Affected:
    groups: tuple[str, ...] = ()  # codes of the form's groups
    text: str = ""


@dataclass(frozen=True)
class Contribution:
    no_indicator: bool = False  # "No KPI related to this activity"
    indicators: tuple[str, ...] = ()  # codes: "HPI-16"
    indicators_text: str = ""
    objectives: tuple[str, ...] = ()  # codes or texts of corporate aims
    text: str = ""


@dataclass(frozen=True)
class Dictated:
    laws: tuple[str, ...] = ()  # titles of Acts, standards and guidance
    text: str = ""
    discretion: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as it stands in an answer: the first row of a printed table without headings is a row like any other."""

    caption: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Figure:
    """One printed figure. `printed` is kept as it stands ("6.45%"); `count` only where it was printed or is held."""

    label: str
    printed: str = ""
    count: int | None = None
    unknown: bool = False  # "unknown", "not stated", "prefer not to say"


@dataclass(frozen=True)
class Snapshot:
    """A profile of one characteristic, frozen when it was put into the review."""

    characteristic: str
    figures: tuple[Figure, ...] = ()
    base: int | None = None
    population: str = ""  # "tenants", "residents of the borough"
    basis: str = ""  # "Tenant 1 data"
    as_at: str = ""
    source: str = ""
    category_set: str = ""
    held: bool = True  # False prints "not held"


@dataclass(frozen=True)
class Statistic:
    """An outside statistic with the words that tell where it comes from."""

    text: str
    publisher: str = ""
    title: str = ""
    period: str = ""
    published: str = ""
    characteristic: str = ""


@dataclass(frozen=True)
class Profile:
    text: str = ""
    tables: tuple[Grid, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    statistics: tuple[Statistic, ...] = ()


@dataclass(frozen=True)
class Consulted:
    """One exercise: who was asked, how, when, and what they said."""

    who: str
    groups: tuple[str, ...] = ()
    when: str = ""
    how: str = ""
    responses: int | None = None
    findings: str = ""


@dataclass(frozen=True)
class Consultation:
    text: str = ""
    exercises: tuple[Consulted, ...] = ()


@dataclass(frozen=True)
class Gap:
    gap: str
    planned: str = ""  # the research or consultation that will close it
    groups: tuple[str, ...] = ()  # who will be asked
    reason: str = ""  # why nothing will be done


@dataclass(frozen=True)
class Gaps:
    text: str = ""
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class Duty:
    """Before the matrix: the relevant aims (a, b, c), existing or new, and whether employment is touched."""

    aims: tuple[str, ...] = ()
    activity: str = ""  # "existing" or "new"
    employment: bool = False


@dataclass(frozen=True)
class Impact:
    """One row of the matrix. Texts and ticks are kept as given; `state` reads them."""

    characteristic: str
    positive: str = ""
    negative: str = ""
    no_impact: bool = False
    unknown: bool = False
    not_applicable: bool = False
    positive_aims: tuple[str, ...] = ()
    negative_aims: tuple[str, ...] = ()
    promise: str = ""  # the service promise that delivers the positive impact
    alternatives: str = ""  # what else was considered where the impact is negative
    severity: int | None = None
    likelihood: int | None = None
    unknown_reason: str = ""  # typed when "no impact" is kept although much is unknown

    @property
    def typed_not_applicable(self) -> bool:
        """Whether "Not applicable" was typed into the text columns in place of a state (importer trap T18)."""
        texts = [text for text in (self.positive.strip(), self.negative.strip()) if text]
        return bool(texts) and all(text.lower().startswith("not applicable") for text in texts)

    @property
    def state(self) -> State:
        ticks = [self.no_impact, self.unknown, self.not_applicable]
        if self.typed_not_applicable:
            return State.CONTRADICTORY if self.no_impact or self.unknown else State.NOT_APPLICABLE
        said = bool(self.positive.strip() or self.negative.strip())
        if sum(ticks) > 1 or (said and any(ticks)):
            return State.CONTRADICTORY
        if self.positive.strip() and self.negative.strip():
            return State.MIXED
        for tick, state in (
            (self.positive.strip(), State.POSITIVE),
            (self.negative.strip(), State.NEGATIVE),
            (self.no_impact, State.NO_IMPACT),
            (self.unknown, State.UNKNOWN),
            (self.not_applicable, State.NOT_APPLICABLE),
        ):
            if tick:
                return state
        return State.BLANK


@dataclass(frozen=True)
class Text:
    text: str = ""


@dataclass(frozen=True)
class Partner:
    name: str
    circumstances: str = ""


@dataclass(frozen=True)
class Partners:
    none: bool = False  # "no known circumstances"
    partners: tuple[Partner, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class ActionRow:
    """A row of table 12a or 12b. In 12b `need` is the identified impact and `affected` says who is affected."""

    need: str = ""
    action: str = ""
    outcome: str = ""
    due: str = ""  # as printed: "October/November 2023"
    monitoring: str = ""
    officer: str = ""
    affected: str = ""


@dataclass(frozen=True)
class ActionTable:
    rows: tuple[ActionRow, ...] = ()
    none: bool = False  # "N/A"


@dataclass(frozen=True)
class Approval:
    text: str = ""
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Committee:
    yes: bool = False
    no: bool = False
    body: str = ""


@dataclass(frozen=True)
class Monitoring:
    text: str = ""
    every_months: int | None = None


@dataclass(frozen=True)
class NextReview:
    text: str = ""
    on: str = ""  # ISO date


@dataclass(frozen=True)
class Content:
    """Everything that a review says. Field names are the keys of the parts; each impact is a part of its own."""

    details: Details = Details()
    aims: Aims = Aims()
    affected: Affected = Affected()
    contribution: Contribution = Contribution()
    dictated: Dictated = Dictated()
    profile: Profile = Profile()
    consultation: Consultation = Consultation()
    gaps: Gaps = Gaps()
    duty: Duty = Duty()
    impacts: tuple[Impact, ...] = ()
    explanation: Text = Text()
    partners: Partners = Partners()
    comments: Text = Text()
    information_actions: ActionTable = ActionTable()
    impact_actions: ActionTable = ActionTable()
    approval: Approval = Approval()
    committee: Committee = Committee()
    monitoring: Monitoring = Monitoring()
    next_review: NextReview = NextReview()
    extra: Mapping[str, str] = field(default_factory=dict)  # questions that only some forms ask

    def impact(self, characteristic: str) -> Impact:
        """The row of one characteristic; blank where nobody has touched it."""
        return next((i for i in self.impacts if i.characteristic == characteristic), Impact(characteristic))

    def with_part(self, key: str, value: Any) -> Content:
        """The same review with one part replaced (`value` as an object of the part's class, or its plain form)."""
        parts = to_parts(self)
        parts[key] = value if isinstance(value, (dict, str)) else to_plain(value)
        return from_parts(parts)

    def digest(self) -> str:
        """The SHA-256 of everything said: what a signature binds to (SEC-09)."""
        plain = json.dumps(to_parts(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


PART_CLASSES: dict[str, type] = {
    f.name: type(getattr(Content(), f.name)) for f in fields(Content) if f.name not in {"impacts", "extra"}
}


def to_plain(value: Any) -> Any:
    """A part as JSON can hold it: tuples become lists."""
    return json.loads(json.dumps(asdict(value)))


def part_of(key: str, value: Mapping[str, Any] | None) -> Any:
    """One part from its plain form; unknown keys are ignored, missing ones are empty.

    `key` is a field of `Content`, or "impacts.age". Raises KeyError for a key that no review has.
    """
    if key.startswith("impacts."):
        return cattrs.structure({**(value or {}), "characteristic": key.removeprefix("impacts.")}, Impact)
    return cattrs.structure(dict(value or {}), PART_CLASSES[key])


def from_parts(parts: Mapping[str, Any]) -> Content:
    """Put the parts together: {"aims": {...}, "impacts.age": {...}, "extra.budget": "…"}."""
    named = {k: part_of(k, v) for k, v in parts.items() if "." not in k}
    impacts = tuple(part_of(k, v) for k, v in parts.items() if k.startswith("impacts."))
    extra = {k.removeprefix("extra."): v for k, v in parts.items() if k.startswith("extra.")}
    extra = {k: v if isinstance(v, str) else v.get("text", "") for k, v in extra.items()}
    return replace(Content(), **named, impacts=impacts, extra=extra)


def to_parts(content: Content) -> dict[str, Any]:
    """Take a review apart again, in a fixed order."""
    parts = {key: to_plain(getattr(content, key)) for key in PART_CLASSES}
    parts |= {f"impacts.{impact.characteristic}": to_plain(impact) for impact in content.impacts}
    return parts | {f"extra.{key}": text for key, text in content.extra.items()}
