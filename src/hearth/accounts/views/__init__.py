"""The pages about people, the posts that they fill, and one's own account."""

from hearth.accounts.views.own import OwnAccount, TakeUp
from hearth.accounts.views.people import (
    CloseAccount,
    EndRole,
    GiveRole,
    InviteAgain,
    InvitePerson,
    People,
    Person,
)
from hearth.accounts.views.posts import AddPost, ChangePost, FillPost, LeavePost, Post, Posts

__all__ = [
    "AddPost",
    "ChangePost",
    "CloseAccount",
    "EndRole",
    "FillPost",
    "GiveRole",
    "InviteAgain",
    "InvitePerson",
    "LeavePost",
    "OwnAccount",
    "People",
    "Person",
    "Post",
    "Posts",
    "TakeUp",
]
