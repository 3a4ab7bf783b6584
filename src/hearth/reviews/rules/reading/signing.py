"""The sign-off block: who signed, for which post, on which day, and whether only a picture tells (trap T14)."""

from __future__ import annotations

import re

from hearth.reviews.rules.checks.context import SignOff
from hearth.reviews.rules.reading.dates import days_in
from hearth.reviews.rules.reading.gathered import Gathered, Signing
from hearth.reviews.rules.reading.words import plain_words, says_nothing

_LABELLED = re.compile(r"^(?:name|signed|signature|date|dated|print name)\s*[:.]?\s*", re.IGNORECASE)


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
        elif says_nothing(said):
            found.furniture.append(said)
        elif name is None and re.search(r"[A-Za-z]", said) and not re.search(r"\d{3}", said):
            name = said
        else:
            found.unplaced.append(said)
    found.furniture.append(signing.post)
    if on is None and name is None and not signing.image:
        found.furniture.append(signing.verb)
        return None
    in_block = not signing.inline  # "Agreed by X – 3 October 2022" has no room for a picture
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
