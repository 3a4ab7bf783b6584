"""Two records that are one person: which values may be chosen, and when a merge is refused (PROF-31, SEC-03); pure."""

from __future__ import annotations

from collections.abc import Mapping

from hearth.kernel.refusals import Refused

# What may be taken from either record, with its words; the record that stays keeps its reference.
CHOSEN = {
    "title": "Title",
    "given_name": "Given names",
    "family_name": "Family name",
    "born_on": "Date of birth",
    "email": "Email address",
    "phone": "Telephone",
    "mobile": "Mobile telephone",
    "postal_address": "Where letters go",
    "standing": "Standing",
    "online": "Has the internet",
    "guardian": "Guardian",
}
ONE, OTHER = "one", "other"


def check_mergeable(*, same: bool, merged: bool, anonymised: bool, accounts: int, markers: int) -> None:
    """Refuse to merge what cannot be one person's records, or what a person must settle first.

    `accounts` and `markers` are how many of the two sign in, and carry the marker "contact safely": neither may be
    lost, and no program may choose between two.
    """
    if same:
        raise Refused("These are the same record.")
    if merged:
        raise Refused("One of these records has been merged into another already.")
    if anonymised:
        raise Refused("One of these records has been made anonymous, so nobody can tell whose it was.")
    if accounts > 1:
        raise Refused("Both records belong to somebody who signs in. Close one of the accounts first.")
    if markers > 1:
        raise Refused("Both records are marked “contact safely”. Ask somebody who is cleared to lift one first.")


def chosen(kept: Mapping[str, object], gone: Mapping[str, object], choices: Mapping[str, str]) -> dict[str, object]:
    """The values of the record that stays: what was chosen, else its own, else the other's where it has none.

    `choices` say ONE (the record that stays) or OTHER of a field of CHOSEN. Raises Refused for other fields.
    """
    for name, side in choices.items():
        if name not in CHOSEN or side not in (ONE, OTHER):
            raise Refused("This page is out of date. Open it again.")
    found = {}
    for name in CHOSEN:
        side = choices.get(name) or (OTHER if kept[name] in ("", None) else ONE)
        found[name] = gone[name] if side == OTHER else kept[name]
    return found
