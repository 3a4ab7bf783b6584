"""What may be done with the register of homes and people."""

from __future__ import annotations

from hearth.kernel.permits import Actor, check

SEE_HOMES = "register.see_homes"  # estates, buildings and homes, without people
SEE = "register.see"  # people, households, tenancies, how somebody may be reached, what somebody needs
WORK = "register.work"  # change contact wishes, needs, adjustments, advocates
IMPORT = "register.import"  # bring in files of the housing management system
MERGE = "register.merge"  # say that two records are one person, and undo it
MARK_SAFE = "register.mark_safe"  # set and lift the "contact safely" marker; cleared staff only
RIGHTS = "register.rights"  # subject access, correction, objection, erasure, retention and legal hold


def check_own(by: Actor, permission: str, own_user_id: int | None) -> None:
    """Refuse unless it is about oneself, or the permission is held. `own_user_id` is the account of the person."""
    if by.user_id is None or by.user_id != own_user_id:
        check(by, permission)
