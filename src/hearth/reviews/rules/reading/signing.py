"""The sign-off block: who signed, for which post, on which day, and whether only a picture tells (trap T14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.reading.dates import days_in
from hearth.reviews.rules.reading.gathered import Gathered, Signing
from hearth.reviews.rules.reading.words import plain_words, says_nothing, squeezed

_SIGNED = re.compile(
    r"^\W*(agreed|reviewed|approved|authorised|authorized|endorsed|signed(?:\s+off)?)\s+by\b[\s:]*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DATE_TAIL = re.compile(r"^(?P<post>.+?)\s*(?:[–—:,]|\s-\s|\bon\b)\s*(?P<tail>[^–—]*\d{2}\W*)$", re.DOTALL)
_LABELLED = re.compile(r"^(?:name|signed|signature|date|dated|print name)\s*[:.]?\s*", re.IGNORECASE)


_HEADS = {
    "post": {"post", "role", "jobtitle", "position", "title", "officer"},
    "name": {"name", "signature", "signed", "signedby", "printname"},
    "date": {"date", "dated", "signedon", "dateofsignature"},
    "verb": {"asprinted", "action", "decision", "stage"},
}


class SigningTable:
    """A table of signatures: post, name and date in columns, in any order."""

    def __init__(self, found: Gathered) -> None:
        self.found = found
        self.columns: dict[str, int] = {}

    def opens(self, cells: Sequence[str]) -> bool:
        """Whether these are the heads of such a table; they are then taken."""
        found = {
            name: place for name, heads in _HEADS.items() for place, text in enumerate(cells) if squeezed(text) in heads
        }
        if not {"post", "date"} <= set(found):
            return False
        self.columns = found
        self.found.keep(*cells)
        return True

    def take(self, cells: Sequence[str]) -> bool:
        """Take a row; a repeated head row is only put aside."""
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in self.columns.items()}
        if squeezed(values["post"]) in _HEADS["post"]:
            self.found.keep(*cells)
            return True
        if not values["post"]:
            return False
        verb = values.get("verb", "") if _SIGNED.match(f"{values.get('verb', '')} x") else ""
        signing = Signing(verb or "Signed by", values["post"], typed=True)
        name = values.get("name", "")
        unnamed = squeezed(name) in {"namenotheld", "notheld"}
        signing.lines = [text for text in ("" if unnamed else name, values["date"]) if text]
        self.found.keep(*([name] if unnamed else []))
        used = set(self.columns.values()) - ({self.columns["verb"]} if "verb" in self.columns and not verb else set())
        self.found.lose(*(text for place, text in enumerate(cells) if place not in used))
        self.found.signings.append(signing)
        return True


def open_signing(found: Gathered, said: Sequence[str]) -> bool:
    """Begin a block where a text reads "Reviewed by <post>", with or without a date behind it."""
    match = _SIGNED.match(said[0])
    if not match or len(said[0]) > 200:
        return False
    verb, rest = match.group(1).capitalize() + " by", match.group(2).strip()
    first, *lines = rest.split("\n")
    tail = _DATE_TAIL.match(first)
    signing = Signing(verb, first.strip().rstrip(":").strip())
    if tail and days_in(tail["tail"]):
        signing = Signing(verb, tail["post"].strip().rstrip(":").strip(), inline=tail["tail"].strip())
    found.signings.append(signing)
    add_lines(found, [*lines, *said[1:]])
    return True


def add_lines(found: Gathered, said: Sequence[str]) -> None:
    """Add what is printed under the last "Reviewed by …"."""
    signing = found.signings[-1]
    for line in "\n".join(said).split("\n"):
        if line.strip().lower().startswith("[image"):
            signing.image = True
            found.keep(line)
        elif line.strip():
            signing.lines.append(line.strip())


def sign_offs(found: Gathered) -> tuple[SignOff, ...]:
    """The signatures in printed order. A block with neither name, picture nor date is not signed and is left out."""
    read = [_sign_off(signing, found) for signing in found.signings]
    return tuple(signature for signature in read if signature is not None)


def _sign_off(signing: Signing, found: Gathered) -> SignOff | None:
    name: str | None = None
    on, printed = None, ""
    for line in [signing.inline, *signing.lines]:
        said = _LABELLED.sub("", line).strip() if len(line) <= 80 else line.strip()
        if said != line.strip():
            found.furniture.append(line.strip()[: len(line.strip()) - len(said)])
        days = days_in(said)
        if not said:
            continue
        if len(plain_words(said)) > 10 or (printed and days):
            found.unplaced.append(said)
        elif days:
            on, printed = days[0][0], said
            before = said.split(days[0][1])[0].strip(" ,–—-:")
            name = name or (before if len(plain_words(before)) >= 1 and re.search(r"[A-Z]", before) else None)
        elif says_nothing(said) or squeezed(said) == "notdated":
            found.furniture.append(said)
        elif name is None and re.search(r"[A-Za-z]", said) and not re.search(r"\d{3}", said):
            name = said
        else:
            found.unplaced.append(said)
    found.furniture.append(signing.post)
    if on is None and name is None and not signing.image:
        found.furniture.append(signing.verb)
        return None
    in_block = not signing.inline and not signing.typed  # "Agreed by X – 3 October 2022" has no room for a picture
    image = signing.image or (in_block and name is None)
    if image and name is None:
        message = (
            f"The signature for {signing.post} is a picture or is missing from the text, so the name is not known."
        )
        found.doubt("T14", "sign_offs", message, printed)
    if on is None:
        message = f"No date could be read beside the signature for {signing.post}."
        found.doubt("T15", "sign_offs", message)
    return SignOff(signing.post, on, name, signing.verb, printed, image)
