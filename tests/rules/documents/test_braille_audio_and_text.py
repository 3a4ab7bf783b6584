"""Braille, audio and plain text say everything that the paper says, tables row by row."""

from __future__ import annotations

import importlib.util
import io
import shutil
import wave

import pytest
from hypothesis import given, settings

from hearth.documents.rules import Format, available, render
from hearth.documents.rules.rendering import audio, braille, programs
from hearth.documents.rules.rendering.words import cleaned
from hearth.kernel.papers import Heading, Paper, Paragraph
from hearth.kernel.refusals import Refused

from .samples import of_text, review
from .test_word_and_opendocument import TEXTS

needs_braille = pytest.mark.skipif(
    shutil.which(programs.BRAILLE_PROGRAM) is None, reason="liblouis-bin is not installed on this machine"
)
needs_speech = pytest.mark.skipif(
    shutil.which(programs.SPEECH_PROGRAM) is None, reason="espeak-ng is not installed on this machine"
)


def back(body: bytes) -> str:
    """The Braille in letters again, without page heads."""
    pages = body.decode("ascii").split("\f")[:-1]
    lines = [line for page in pages for line in page.split("\n")[1:]]
    return " ".join(" ".join(programs.to_braille([" ".join(" ".join(lines).split())[:1500]], backward=True)).split())


@needs_braille
@pytest.mark.requirement("COM-04")
def test_braille_reads_back_as_the_same_words():
    paper = Paper("Lettings", "", (Heading(2, "What you told us"), Paragraph("The letters came late on 1 May 2026.")))
    assert "The letters came late on 1 May 2026." in back(render(paper, Format.BRAILLE).body)


@needs_braille
def test_braille_is_contracted():
    paper = Paper("T", "", (Paragraph("The children and the people can go with you for the day."),))
    text = paper.blocks[0].text
    assert len(programs.to_braille([text])[0]) < 0.8 * len(text)


@needs_braille
def test_braille_pages_have_forty_cells_and_twenty_five_lines_and_a_number_each():
    body = render(review(), Format.BRAILLE).body.decode("ascii")
    pages = body.split("\f")
    assert pages[-1] == ""
    assert len(pages) > 5
    for number, page in enumerate(pages[:-1], 1):
        lines = page.removesuffix("\n").split("\n")
        assert len(lines) <= 25
        assert max(map(len, lines)) <= 40
        digits = "".join("JABCDEFGHI"[int(digit)] for digit in str(number))
        assert lines[0].endswith(f"#{digits}")
        assert len(lines[0]) == 40


@needs_braille
def test_a_braille_heading_never_ends_a_page():
    paper = Paper("T", "", tuple(part for n in range(60) for part in (Heading(2, f"Part {n}"), Paragraph("Words."))))
    for page in render(paper, Format.BRAILLE).body.decode("ascii").split("\f")[:-1]:
        assert page.removesuffix("\n").split("\n")[-1].strip() == "  ,^WS4".strip()


@needs_braille
@given(TEXTS)
@settings(max_examples=15, deadline=None)
def test_any_text_goes_into_braille_within_its_page(text):
    body = render(of_text("begin " + text), Format.BRAILLE).body.decode("ascii")
    assert max(map(len, body.replace("\f", "\n").split("\n"))) <= 40
    assert "\\X" not in body.upper()  # liblouis writes what it does not know as \x1234


def test_braille_of_another_language_is_not_made_with_english_signs():
    with pytest.raises(Refused, match="only for papers in English"):
        render(Paper("Polityka", "", (), language="pl"), Format.BRAILLE)


def test_a_tick_and_an_emoji_are_said_in_words():
    assert braille.spoken_signs("☒ yes ☐ no 😀") == "[ticked] yes [not ticked] no [grinning face]"


@needs_speech
@pytest.mark.requirement("COM-04")
def test_audio_is_as_long_as_its_words(monkeypatch):
    monkeypatch.setattr(audio, "packed", lambda speech: (speech, *audio.WAV))
    made = render(review(), Format.AUDIO)
    assert (made.name_suffix, made.media_type) == (".wav", "audio/wav")
    with wave.open(io.BytesIO(made.body)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    words = len(audio.script(cleaned(review())).split())
    assert words / 4 < seconds < words  # between 60 and 240 words a minute


@needs_speech
@pytest.mark.skipif(importlib.util.find_spec("lameenc") is None, reason="the package lameenc is not installed")
def test_audio_is_packed_as_mp3_where_the_encoder_is_there():
    made = render(Paper("Short", "", ()), Format.AUDIO)
    assert (made.name_suffix, made.media_type) == (".mp3", "audio/mpeg")
    assert made.body[0] == 0xFF
    assert made.body[1] & 0xE0 == 0xE0


def test_audio_reads_tables_row_by_row_and_announces_headings():
    script = audio.script(cleaned(review()))
    assert "Heading: Step 1: what is reviewed." in script
    assert "Service: Housing." in script
    assert "Impact: No impact." in script
    assert "1: Ask." in script
    assert script.index("Impact: No impact.") < script.index("Reason: Tenants told us")


def test_plain_text_says_everything_in_order():
    text = render(review(), Format.TEXT).body.decode()
    parts = ("allocations policy", "01632 960000", "## Step 1", "- Letters", "1. Ask", "Service: Housing", "Signed by")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize("fmt", [Format.BRAILLE, Format.AUDIO])
def test_a_missing_program_is_said_in_a_plain_sentence(fmt):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shutil, "which", lambda *_, **__: None)
        why = available()[fmt]
        assert "ask your administrator to install" in why
        with pytest.raises(Refused, match="cannot be made here"):
            render(review(), fmt)


def test_formats_that_need_no_program_are_always_available():
    for fmt in (Format.DOCX, Format.ODT, Format.PDF, Format.LARGE_PRINT_18, Format.TEXT):
        assert available()[fmt] == ""
