"""The states of a promise and the moves between them (ACT-15; data/states.yaml, action)."""

from enum import StrEnum


class Status(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    COMPLETE = "complete"
    DEFERRED = "deferred"
    DROPPED = "dropped"
    SUPERSEDED = "superseded"


MOVES = {
    Status.NOT_STARTED: {Status.IN_PROGRESS, Status.OVERDUE, Status.DEFERRED, Status.DROPPED, Status.SUPERSEDED},
    Status.IN_PROGRESS: {
        Status.OVERDUE,
        Status.COMPLETE,
        Status.DEFERRED,
        Status.DROPPED,
        Status.SUPERSEDED,
    },
    Status.OVERDUE: {Status.COMPLETE, Status.DEFERRED, Status.DROPPED, Status.SUPERSEDED},
    Status.DEFERRED: {Status.IN_PROGRESS, Status.DROPPED, Status.SUPERSEDED},
}
FINISHED = {Status.COMPLETE, Status.DROPPED, Status.SUPERSEDED}
