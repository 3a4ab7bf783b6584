"""The programs that turn words into Braille and speech: Debian's liblouis-bin and espeak-ng.

They are run with an argument list, no shell, a time limit, and a folder of their own that is gone afterwards. Where
one is missing, the feature says so in a plain sentence.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from hearth.kernel.refusals import Refused

BRAILLE_PROGRAM, BRAILLE_PACKAGE = "lou_translate", "liblouis-bin"
SPEECH_PROGRAM, SPEECH_PACKAGE = "espeak-ng", "espeak-ng"
# Grade 2 (contracted) Unified English Braille, written in the Braille ASCII that embossers read.
BRAILLE_TABLES = "en-us-brf.dis,en-ueb-g2.ctb"


def missing(program: str, package: str, what: str) -> str:
    """Why `what` cannot be made on this machine; empty if it can."""
    if shutil.which(program):
        return ""
    return f"{what} cannot be made here: ask your administrator to install the program {package}."


def missing_for_braille() -> str:
    """Why Braille cannot be made; empty if it can."""
    return missing(BRAILLE_PROGRAM, BRAILLE_PACKAGE, "Braille")


def missing_for_speech() -> str:
    """Why audio cannot be made; empty if it can."""
    return missing(SPEECH_PROGRAM, SPEECH_PACKAGE, "Audio")


def to_braille(lines: list[str], *, backward: bool = False, timeout: float = 60) -> list[str]:
    """Each line in contracted UEB as Braille ASCII (or back again); a line stays a line."""
    if why := missing_for_braille():
        raise Refused(why, field="format")
    way = "--backward" if backward else "--forward"
    given = ("\n".join(lines) + "\n").encode()
    made = _run([BRAILLE_PROGRAM, way, BRAILLE_TABLES], given, timeout, "Braille").decode(errors="replace")
    got = made.removesuffix("\n").split("\n")
    if len(got) != len(lines):
        raise Refused("The Braille file could not be made. Try again, and tell your administrator if it stays so.")
    return got


def to_speech(text: str, *, language: str = "en-gb", words_a_minute: int = 150, timeout: float = 600) -> bytes:
    """The text read out, as a WAV file (16 bit, one channel)."""
    if why := missing_for_speech():
        raise Refused(why, field="format")
    with tempfile.TemporaryDirectory(prefix="hearth-audio-") as folder:
        out = Path(folder) / "speech.wav"
        arguments = [SPEECH_PROGRAM, "-v", language, "-s", str(words_a_minute), "-b", "1", "-w", str(out)]
        _run([*arguments, "--stdin"], text.encode(), timeout, "audio")
        return out.read_bytes()


def to_mp3(speech: bytes, *, bit_rate: int, timeout: float = 600) -> bytes:
    """A WAV file as MP3 by `lame` or `ffmpeg`, or nothing where neither is installed. Kilobits a second."""
    if shutil.which("lame"):
        return _run(["lame", "--quiet", "-m", "m", "-b", str(bit_rate), "-", "-"], speech, timeout, "audio")
    if shutil.which("ffmpeg"):
        quiet = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-i", "pipe:0"]
        return _run([*quiet, "-b:a", f"{bit_rate}k", "-f", "mp3", "pipe:1"], speech, timeout, "audio")
    return b""


def _run(arguments: list[str], given: bytes, timeout: float, what: str) -> bytes:
    program = shutil.which(arguments[0]) or arguments[0]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, a fixed program, words only on its input
            [program, *arguments[1:]], input=given, capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"The {what} file took too long to make. Try again with a shorter paper.") from None
    if done.returncode != 0:
        raise Refused(f"The {what} file could not be made. Try again, and tell your administrator if it stays so.")
    return done.stdout
