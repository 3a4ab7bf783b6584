"""What the commands say: steps as they happen, and one plain sentence where something is in the way."""

from __future__ import annotations

import errno
import re
import sys
from pathlib import Path


class Trouble(Exception):
    """Something on this machine is in the way; the text is one plain sentence with the way out."""


def say(text: str) -> None:
    """One line to the terminal, at once."""
    print(text, flush=True)
    sys.stdout.flush()


# What a failed installation says, and what that means for the person in front of it. First match counts.
SIGNS = [
    (
        r"No space left on device|os error 28",
        "The disk is full: Hearth needs about 2 GB for its packages.",
    ),
    (
        r"(?i)dns error|name resolution|could not resolve|ENOTFOUND|EAI_AGAIN|connection refused|ECONNREFUSED"
        r"|connecterror|network is unreachable|ENETUNREACH|timed out|ETIMEDOUT|failed to fetch|error sending request"
        r"|NewConnectionError|No route to host|ProxyError|tunnel error|client error \(Connect\)",
        "{what} could not be fetched, because this machine does not reach the network: go online, or set the "
        "proxy or the package index of your network, and try again.",
    ),
    (
        r"(?i)unable to find .*compiler|no such file or directory: '?(cc|gcc|c\+\+|x86_64-linux-gnu-gcc|clang)"
        r"|command '[^']*(gcc|cc|c\+\+|clang)' failed|is not able to compile|Python\.h: No such file"
        r"|can't find (a )?rust compiler|linker `cc` not found",
        "{what} cannot be built here, because this machine has no compiler: run "
        "`apt-get install build-essential python3-dev` (Debian, Ubuntu) and try again.",
    ),
    (
        r"(?i)hash mismatch|do not match the hashes|EINTEGRITY",
        "{what} are not those that the lock file names, so nothing was installed: the index in between may be "
        "out of date or tampered with.",
    ),
    (
        r"(?i)permission denied|read-only file system|EACCES|EROFS",
        "{what} could not be written: this account may not write there.",
    ),
]


def explained(output: str, *, what: str, log: Path | None = None) -> Trouble:
    """The trouble behind a failed installation, in one sentence; `log` is named where no sign is known."""
    for sign, sentence in SIGNS:
        if re.search(sign, output):
            return Trouble(sentence.format(what=what))
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    last = f" ({lines[-1][:200]})" if lines else ""
    where = f"; the whole story is in {log}" if log else ""
    return Trouble(f"{what} could not be installed{last}{where}.")


def unwritable(error: OSError, place: Path) -> Trouble:
    """The trouble behind a folder that cannot be written."""
    if error.errno == errno.ENOSPC:
        return Trouble(f"The disk of {place} is full.")
    return Trouble(f"Hearth cannot write to {place}: copy it to a folder of your own, or make this one writable.")
