"""Changing governed documents, what they answer to, and the reports that take them to a formal body."""

from hearth.policies.services.documents import (
    add_document,
    change_document,
    move,
    new_version,
    record_clearance,
    start_review,
    warn_of_reviews,
)
from hearth.policies.services.reporting import (
    add_file,
    add_report,
    attach_file,
    change_report,
    offer_to_report,
    record_decision,
    send_report,
)
from hearth.policies.services.sources import (
    add_aim,
    add_indicator,
    add_law,
    add_plan,
    change_law,
    law_changed,
    replace_law,
)

__all__ = [
    "add_aim",
    "add_document",
    "add_file",
    "add_indicator",
    "add_law",
    "add_plan",
    "add_report",
    "attach_file",
    "change_document",
    "change_law",
    "change_report",
    "law_changed",
    "move",
    "new_version",
    "offer_to_report",
    "record_clearance",
    "record_decision",
    "replace_law",
    "send_report",
    "start_review",
    "warn_of_reviews",
]
