"""What somebody typed into a form after their session had ended: kept over the sign-in, and put before them again.

Only words are kept, never files or passwords, for an hour, for the one page to which they were sent.
"""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, QueryDict

KEY = "unsaved"
KEPT_SECONDS = 3600
MOST = 400_000  # characters; a longer form is not kept
SECRET = ("password", "token", "code", "csrf")
NOTICE = "You were signed out before this was saved. Check it and save again."


def keep(request: HttpRequest) -> None:
    """Keep what was posted, under its path, in the visitor's new session."""
    answers = {
        name: values for name, values in request.POST.lists() if not any(word in name.lower() for word in SECRET)
    }
    size = sum(len(name) + sum(len(value) for value in values) for name, values in answers.items())
    if answers and size <= MOST:
        request.session[KEY] = {"path": request.path, "at": int(time.time()), "answers": answers}


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for this page, once; None where nothing was, or where it is too old."""
    kept: dict[str, Any] | None = request.session.get(KEY) if hasattr(request, "session") else None
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[KEY]
    if time.time() - kept["at"] > KEPT_SECONDS:
        return None
    found = QueryDict(mutable=True)
    for name, values in kept["answers"].items():
        found.setlist(name, values)
    return found
