"""What may be done with actions. Whoever holds the responsible post may always work on its own actions."""

from hearth.kernel.permits import Actor, Forbidden

READ = "actions.read"
WORK = "actions.work"  # start, check, complete and move any action
ADD = "actions.add"  # add an action by hand, from a source that Hearth does not keep


def may_work(by: Actor, officer_id: int | None) -> bool:
    """Whether somebody may change an action: by their role, or because they hold its responsible post."""
    return by.may(WORK) or (by.may(READ) and officer_id is not None and officer_id in by.posts)


def check_work(by: Actor, officer_id: int | None) -> None:
    """Refuse unless `by` may change the action. Raises Forbidden."""
    if not may_work(by, officer_id):
        raise Forbidden(f"{by.name or 'Nobody'} may not change this action ({WORK}).")
