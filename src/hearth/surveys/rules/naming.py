"""What in a comment might tell who is meant: suggestions for the person who checks it, never a decision.

Nothing is looked up in the register: what is found is found by its shape (telephone numbers, postcodes, email
addresses, house and flat numbers, runs of capitalised words, "my neighbour at…"). Pure.

Sources: CON-44 (personal details are taken out before anything is published), SEC-12 (nobody who answered is named).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hearth.kernel.refusals import Refused

KEPT = "[left out]"


class What(StrEnum):
    """What a passage may be."""

    EMAIL = "an email address"
    PHONE = "a telephone number"
    POSTCODE = "a postcode"
    ADDRESS = "an address"
    NAME = "a name"
    DATE = "a date of birth or another date"


@dataclass(frozen=True)
class Passage:
    """A passage that may tell of somebody: from the first character to the one after the last."""

    start: int
    end: int
    what: What


_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\w)(?:\+44|0)[\d\s().-]{8,14}\d(?!\w)")
_POSTCODE = re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b")
_STREETS = (
    r"(?:road|rd|street|st|avenue|ave|lane|ln|close|drive|dr|court|way|crescent|gardens?|place|walk|house|terrace|"
    r"grove|square|row|mews|hill|rise|green|park|estate|towers?)"
)
_ADDRESS = re.compile(
    rf"\b(?:(?:flat|number|no\.?|room|apartment)\s*\d+\w?\b|\d+[a-z]?,?\s+(?:[A-Z][\w'’]+\s+){{1,3}}{_STREETS}\b)",
    re.IGNORECASE,
)
_STREET = re.compile(rf"\b(?:[A-Z][\w'’]+\s+){{1,3}}(?i:{_STREETS})\b")
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}\b")
_TITLE = re.compile(r"\b(?:mr|mrs|ms|miss|mx|dr|sir|lady|cllr|councillor)\.?\s+[A-Za-z][\w'’-]+", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:called|named|name is|i am|i'm|signed|from|officer|manager|caretaker|neighbour|plumber|electrician)\s+"
    r"([A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+)?)"
)
_CAPITALS = re.compile(r"\b[A-Z][a-z'’-]+(?:\s+[A-Z][a-z'’-]+)*\b")
# Words that are often written with a capital and are nobody's name.
_COMMON_WORDS = """
I The A An And But Or So If It Its It's He She They We You My Our Your Their This That These Those There Here No Not
Yes Ok Okay Please Thank Thanks When Where Why How What Who Which Because Since After Before During Until While Very
Always Never Sometimes Often Every Some Any All Most Many Much More Less Too Also Just Only Still Again Once Council
Borough Housing Association Landlord Repairs Repair Team Service Services Staff Office Customer Tenant Tenants
Resident Residents Neighbour Neighbours Neighbourhood Communal Anti Social Behaviour ASB Monday Tuesday Wednesday
Thursday Friday Saturday Sunday January February March April May June July August September October November
December Christmas Easter English England British Covid NHS Facebook WhatsApp Kitchen Bathroom Boiler Heating
Windows Window Door Doors Roof Mould Damp Lift Lifts Parking Rent Good Bad Great Poor Nothing Everything Everyone
Nobody Someone Would Could Should Can Will Do Does Did Is Are Was Were Have Has Had Been Being On In At To For From
With Without By Of As Than Then Now Today Years Year Months Weeks Days Time Times One Two Three First Last New Old
Overall Generally Need Needs Needed Get Got Keep Kept Make Makes Made Take Takes Took Ask Asked Told Tell Said Say
Says Happy Unhappy Satisfied Dissatisfied Excellent Disgusting Terrible Lovely Nice Clean Cleaner Cleaning Better
Worse Let Let's Don't Didn't Doesn't Can't Won't Haven't Hasn't Isn't Aren't I'm I've I'd Being Both Each Even Ever
Few Having Her His Him Them Us Me Other Others Own Same Such Through Under Up Down Out Over Off Into About Above
Below Between Well Whole Waiting Wait Phone Phoned Email Emails Calls Call Called Contact Complaint Complaints
Report Reported Estate Flat House Building Block Stairs Garden Gardens Rubbish Bins Noise Police
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def passages(text: str) -> tuple[Passage, ...]:
    """What may tell of somebody, in order and without overlaps; the surer kind wins."""
    found: list[Passage] = []
    for what, start, end in _candidates(text):
        if not any(start < one.end and one.start < end for one in found):
            found.append(Passage(start, end, what))
    return tuple(sorted(found, key=lambda one: one.start))


def _candidates(text: str) -> Iterator[tuple[What, int, int]]:
    patterns = (
        (What.EMAIL, _EMAIL), (What.PHONE, _PHONE), (What.POSTCODE, _POSTCODE), (What.DATE, _DATE),
        (What.ADDRESS, _ADDRESS), (What.ADDRESS, _STREET), (What.NAME, _TITLE),
    )  # fmt: skip
    for what, pattern in patterns:
        for one in pattern.finditer(text):
            yield what, one.start(), one.end()
    for one in _CALLED.finditer(text):
        if one.group(1).split()[0] not in _COMMON:
            yield What.NAME, one.start(1), one.end(1)
    for one in _CAPITALS.finditer(text):
        yield from _names(text, one)


def _names(text: str, run: re.Match[str]) -> Iterator[tuple[What, int, int]]:
    """A run of capitalised words without those that are nobody's name; one word that begins a sentence is none."""
    words = list(re.finditer(r"\S+", run.group()))
    while words and words[0].group() in _COMMON:
        words.pop(0)
    while words and words[-1].group() in _COMMON:
        words.pop()
    if not words:
        return
    start, end = run.start() + words[0].start(), run.start() + words[-1].end()
    begins = not re.search(r"[^\s.!?:;•\-]\s*$", text[:start]) or text[:start].rstrip()[-1:] in (".", "!", "?", "")
    if len(words) == 1 and begins:
        return
    yield What.NAME, start, end


def pieces(text: str) -> tuple[tuple[str, str], ...]:
    """The text in pieces, each with what it may be ("" for ordinary words): for showing it with marks."""
    found: list[tuple[str, str]] = []
    at = 0
    for one in passages(text):
        if one.start > at:
            found.append((text[at : one.start], ""))
        found.append((text[one.start : one.end], str(one.what)))
        at = one.end
    if at < len(text):
        found.append((text[at:], ""))
    return tuple(found)


def mended(text: str) -> str:
    """The text with everything left out that may tell of somebody: a beginning for the person who checks it."""
    return "".join(KEPT if what else words for words, what in pieces(text))


def check_shown(original: str, shown: str) -> str:
    """The words that are to be shown. Refused where nothing is left, or where the mended text says more."""
    shown = shown.strip()
    if not shown:
        raise Refused("Nothing would be shown. Keep the comment back instead.", field="shown")
    if len(shown) > len(original) + 200:
        raise Refused("The mended text is longer than the comment. Take words out or replace them.", field="shown")
    return shown


def themes(text: str) -> list[str]:
    """Themes from "repairs, damp": each once, in lower case, no longer than 60 characters."""
    found = [" ".join(part.split()).lower()[:60] for part in re.split(r"[,;\n]+", text or "")]
    return list(dict.fromkeys(part for part in found if part))[:10]
