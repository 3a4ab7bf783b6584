"""Category sets as data: what makes one right, and how the answers of one stand for those of another (PROF-06, -07)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hearth.equality.rules.figures import CHARACTERISTICS, check_names, title_of
from hearth.kernel.figures import check_bands, read_band
from hearth.kernel.refusals import Refused


@dataclass(frozen=True)
class Meaning:
    """The answer of another set that an answer counts as; `differs` says where they do not mean the same people."""

    set_key: str
    label: str
    differs: str = ""


@dataclass(frozen=True)
class Described:
    """One answer of a described set."""

    label: str
    code: str = ""
    unknown: bool = False
    means: tuple[Meaning, ...] = ()


@dataclass(frozen=True)
class SetDescription:
    """A set as a reference file describes it."""

    key: str
    characteristic: str
    name: str
    source: str
    holds_from: date
    categories: tuple[Described, ...]
    address: str = ""
    note: str = ""
    confirm: bool = False
    several: bool = False
    sensitive: bool = field(default=True)


def check_set(*, characteristic: str, labels: Sequence[str]) -> None:
    """Refuse a set that names an answer twice, or whose bands of age overlap or leave a gap (PROF-06, PROF-23)."""
    if not labels:
        raise Refused("Give at least one answer.", field="categories")
    check_names(labels, what=title_of(characteristic))
    if characteristic == "age":
        try:
            check_bands(tuple(labels))
        except Refused as refused:
            raise Refused(refused.message, field="categories") from None


def ages_of(label: str) -> tuple[int | None, int | None]:
    """The first and last age of a band, or nothing where the label names none; no last age where it is open."""
    band = read_band(label)
    if band is None:
        return None, None
    open_end = not band.closed and band.low > 0  # closed bands have both ends; the youngest one has no lower end
    return band.low, None if open_end else band.high


def described(raw: Mapping[str, Any], file: str) -> SetDescription:
    """One set of a reference file. Raises Refused that names the file and the set."""
    where = f"{file}: {raw.get('key', 'a set without a key')}"
    needed = ("key", "characteristic", "name", "source", "holds_from", "categories")
    if missing := [name for name in needed if not raw.get(name)]:
        raise Refused(f"{where} lacks {', '.join(missing)}.")
    if raw["characteristic"] not in CHARACTERISTICS:
        raise Refused(f"{where} is about “{raw['characteristic']}”, which is not known.")
    if not isinstance(raw["holds_from"], date):
        raise Refused(f"{where}: holds_from must be a date.")
    plain = ("key", "characteristic", "name", "source", "holds_from", "address", "note", "confirm", "several")
    given = {name: raw[name] for name in (*plain, "sensitive") if name in raw}
    return SetDescription(**given, categories=tuple(_category(one, where) for one in raw["categories"]))


def _category(raw: Any, where: str) -> Described:
    if isinstance(raw, str):
        return Described(raw)
    if not raw.get("label"):
        raise Refused(f"{where} has an answer without a label.")
    means = []
    for key, meant in (raw.get("means") or {}).items():
        label, differs = (meant, "") if isinstance(meant, str) else (meant["label"], meant.get("differs", ""))
        means.append(Meaning(key, label, differs))
    return Described(raw["label"], str(raw.get("code", "")), bool(raw.get("unknown", False)), tuple(means))
