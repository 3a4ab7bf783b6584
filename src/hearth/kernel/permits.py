"""Who is asking, and whether they may: deny until a role allows."""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC = "public"  # a page that anybody may open, signed in or not
SIGNED_IN = "signed in"  # a page of one's own account: any signed-in person, about themselves only


class Forbidden(Exception):
    """The person who asked may not do this. Becomes a 403 page and an entry in the audit trail."""


@dataclass(frozen=True)
class Actor:
    """A person or the system itself, with the permissions that their roles give on the day of asking."""

    landlord_id: int | None
    user_id: int | None = None
    name: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    posts: frozenset[int] = frozenset()  # ids of the posts held today
    post_titles: tuple[str, ...] = ()
    system: bool = False

    def may(self, permission: str) -> bool:
        """Whether some role of this person gives the permission. The system may do what its own jobs call for."""
        if permission == PUBLIC or self.system:
            return True
        if permission == SIGNED_IN:
            return self.user_id is not None
        return permission in self.permissions


def check(by: Actor, permission: str) -> None:
    """Refuse unless `by` holds the permission. Raises Forbidden."""
    if not by.may(permission):
        raise Forbidden(f"{by.name or 'Nobody'} may not do this ({permission}).")
