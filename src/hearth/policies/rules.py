"""The life of a governed document (GOV-02; data/states.yaml, policy_document)."""

from enum import StrEnum


class Status(StrEnum):
    DRAFT = "draft"
    INTERNAL_CONSULTATION = "internal_consultation"
    EXTERNAL_CONSULTATION = "external_consultation"
    REVISED = "revised"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PUBLISHED = "published"
    UNDER_REVIEW = "under_review"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


MOVES = {
    Status.DRAFT: {Status.INTERNAL_CONSULTATION, Status.WITHDRAWN},
    Status.INTERNAL_CONSULTATION: {Status.EXTERNAL_CONSULTATION},
    Status.EXTERNAL_CONSULTATION: {Status.REVISED},
    Status.REVISED: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.APPROVED, Status.REVISED, Status.WITHDRAWN},
    Status.APPROVED: {Status.PUBLISHED},
    Status.PUBLISHED: {Status.UNDER_REVIEW, Status.SUPERSEDED},
    Status.UNDER_REVIEW: {Status.DRAFT},
}
