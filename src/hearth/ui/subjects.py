"""From a record's kind and number to its page, without importing its room: the table is in the settings."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Subject:
    """A kind of record in words, one and several of it, and the name of its page, which takes its number."""

    one: str
    many: str
    page: str


def subject(kind: str) -> Subject | None:
    """What the settings say of a kind such as "reviews.review"; None where they say nothing."""
    found: Subject | None = import_string(settings.HEARTH_SUBJECTS).get(kind)
    return found


def words_for(kind: str) -> str:
    """A kind in words: "Customer Access Review"."""
    found = subject(kind)
    return found.one if found else "Other"


def address_of(kind: str, number: int | None) -> str:
    """The address of a record's page; empty where it has none."""
    found = subject(kind)
    if found is None or number is None:
        return ""
    try:
        return reverse(found.page, args=[number])
    except NoReverseMatch:
        return ""
