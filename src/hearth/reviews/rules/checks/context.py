"""What a check may know beyond the review's own words: the facts around it on the day it is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hearth.reviews.rules.content import Content


@dataclass(frozen=True)
class SignOff:
    """One signature. `name` is None where the print shows only an image; `on` is None where no date could be read."""

    post: str
    on: date | None = None
    name: str | None = None
    verb: str = ""
    printed_on: str = ""
    image: bool = False


@dataclass(frozen=True)
class Citation:
    """A law, standard, guidance or plan as the landlord's register knows it."""

    title: str
    aliases: tuple[str, ...] = ()
    draft: bool = False
    in_force_from: date | None = None
    in_force_to: date | None = None
    replaced_by: str = ""
    confirm: bool = False  # the register's own date is not confirmed: word the finding with care


@dataclass(frozen=True)
class Screening:
    """What the screening decided: the aims it found relevant."""

    aims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Neighbour:
    """Another review: an earlier one that a comparison needs, or an open one that touches the same groups."""

    title: str
    year: int
    content: Content
    open: bool = False


@dataclass(frozen=True)
class Context:
    """The facts around a review. None means "not held", which is different from no."""

    today: date
    sign_offs: tuple[SignOff, ...] = ()
    decided_on: date | None = None
    report_attached: bool | None = None  # is the review attached to a committee report?
    screening: Screening | None = None
    register: tuple[Citation, ...] = ()
    earlier: tuple[Neighbour, ...] = ()  # earlier reviews of this landlord, newest first
    others_open: tuple[Neighbour, ...] = ()
    policy_title: str = ""  # the title of the document under review in the register
    rule_based: bool = False  # the policy decides by rule: eligibility, residence, banding
    unknown_limit: float = 20.0  # per cent of "unknown" above which "no impact" is doubted
    threshold: int = 10  # smallest count that may be published of a sensitive characteristic
    threshold_other: int = 5  # the same for characteristics that are not sensitive
    settings_source: str = ""
    overrides: dict[str, str] = field(default_factory=dict)  # reasons recorded, by check code
