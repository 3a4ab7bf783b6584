"""The browser of the journeys: found, installed where that may be done, or asked for in one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess

from commands.words import Trouble, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ["chromium", "fonts-liberation"]


def find() -> str | None:
    """The path of a Chromium on this machine; CHROMIUM names one that lies elsewhere."""
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def ensure() -> str:
    """The path of a Chromium, installed from Debian's packages where this account may."""
    if found := find():
        return found
    command = f"apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("Installing Chromium for the browser's tests …")
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["apt-get", "update", "-qq"], command.split()):
            subprocess.run(words, env=environment, capture_output=True, check=False)
        if found := find():
            return found
    who = "" if os.geteuid() == 0 else "sudo "
    raise Trouble(
        f"The browser's tests need Chromium: run `{who}{command}` (Debian, Ubuntu), or name one that you have, "
        "as in `make test CHROMIUM=/path/to/chrome`."
    )
