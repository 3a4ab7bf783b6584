"""Languages that people in England most often name as their main one, and how hours are typed; pure.

Source: Office for National Statistics, Census 2021, main language (TS024). The codes are BCP 47. Another language may
be kept as well: these are what a page offers (PROF-17, COM-07).
"""

from __future__ import annotations

import re
from datetime import time

from hearth.kernel.refusals import Refused

LANGUAGES = {
    "en": "English", "sq": "Albanian", "ar": "Arabic", "bn": "Bengali", "bg": "Bulgarian", "yue": "Cantonese",
    "zh": "Chinese", "cs": "Czech", "fr": "French", "de": "German", "el": "Greek", "gu": "Gujarati", "hi": "Hindi",
    "hu": "Hungarian", "it": "Italian", "ku": "Kurdish", "lv": "Latvian", "lt": "Lithuanian", "ml": "Malayalam",
    "ne": "Nepali", "pa": "Panjabi", "ps": "Pashto", "fa": "Persian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "so": "Somali", "es": "Spanish", "ta": "Tamil",
    "ti": "Tigrinya", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "cy": "Welsh",
    "yo": "Yoruba",
}  # fmt: skip
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def language_words(code: str) -> str:
    """What a language is called; its code where no page offers it."""
    return LANGUAGES.get(code) or LANGUAGES.get(code.split("-")[0]) or code


def read_clock(text: str) -> time:
    """A time of day as people type it: "9am", "9:30", "14.15", "2:15 pm". Raises Refused with an example."""
    bare = {"midday": "12:00", "noon": "12:00", "midnight": "0:00"}.get(text.strip().lower(), text.strip())
    found = _CLOCK.fullmatch(bare)
    if found:
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half:
            hour = 99
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise Refused("Enter a time like 9:30am or 14:15.")
