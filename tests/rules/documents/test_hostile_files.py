"""Whatever is sent, the answer is passages or one plain sentence that says what to do."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.documents.rules import Extracted, Format, Kind, Limits, extract
from hearth.kernel.refusals import Refused

from . import hostile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODT_LOCKED = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": b"\x00\x01",
    "META-INF/manifest.xml": "<manifest:manifest><manifest:encryption-data/></manifest:manifest>",
}
SMALL = 10 * 1024 * 1024  # so that the tests' bombs may be small too
REFUSALS = [
    ("nothing", "a.docx", b"", "empty"),
    ("only spaces", "a.txt", b" \r\n\t ", "empty"),
    ("a program", "a.docx", b"MZ\x90\x00" + b"x" * 100, "run a program"),
    ("a program's name", "setup.exe", b"just text", "run a program"),
    ("a script", "a.txt", b"#!/bin/sh\nrm -rf /\n", "run a program"),
    ("a picture", "scan.pdf", b"\x89PNG\r\n\x1a\n" + b"x" * 50, "picture"),
    ("a photo of a phone", "a.heic", b"\x00\x00\x00\x18ftypheic" + b"x" * 50, "picture"),
    ("an old Word file", "a.doc", OLE + b"x" * 600, r"\.docx"),
    ("a locked Word file", "a.docx", OLE + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    ("rich text", "a.rtf", b"{\\rtf1\\ansi Hello}", r"\.docx"),
    ("an archive", "a.zip", hostile.zipped({"a.txt": "x"}), "Unpack it"),
    ("another archive", "a.docx", b"7z\xbc\xaf\x27\x1c" + b"x" * 40, "Unpack it"),
    ("a torn Word file", "a.docx", hostile.small(Format.DOCX)[:3000], "damaged"),
    ("a torn PDF", "a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged|no text"),
    ("binary rubbish", "a.txt", bytes(range(256)) * 20, "not a document"),
    ("macros", "a.docx", hostile.word_with(word__vbaProject_dot_bin=b"x"), "macros"),
    ("a macro file by name", "a.docm", hostile.small(Format.DOCX), "macro"),
    ("a file in a file", "a.docx", hostile.word_with(word__x_dot_bin=hostile.zipped({"a": "b"})), "archive"),
    ("an entity bomb", "a.docx", hostile.entity_bomb(), "declarations"),
    ("a part that lies about its size", "a.docx", hostile.lying_bomb(), "damaged"),
    ("a spreadsheet", "a.docx", hostile.zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "x"}),
     "not a text document"),
    ("a locked OpenDocument", "a.odt", hostile.zipped(ODT_LOCKED), "password"),
    ("a locked PDF", "a.pdf", hostile.locked_pdf(), "password"),
    ("a scan", "a.pdf", hostile.scanned_pdf(), "This looks like a scan"),
    ("a web page of scripts", "a.html", b"<html><script>alert(1)</script></html>", "no words"),
]  # fmt: skip


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize(("name", "body", "says"), [case[1:] for case in REFUSALS], ids=[case[0] for case in REFUSALS])
def test_a_file_that_cannot_be_read_is_refused_with_one_sentence_that_says_what_to_do(name, body, says):
    with pytest.raises(Refused, match=says) as refused:
        extract(name, body)
    assert refused.value.field == "file"
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 220


@pytest.mark.requirement("SYS-06")
def test_a_file_over_the_limit_is_refused_before_it_is_looked_into():
    with pytest.raises(Refused, match=r"larger than 20 MB"):
        extract("a.docx", b"PK\x03\x04" + b"x" * (50 * 1024 * 1024))
    with pytest.raises(Refused, match=r"larger than 0\.5 MB"):
        extract("a.txt", b"words " * 100_000, limits=Limits(size=512 * 1024))


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize("make", [hostile.bomb, hostile.pdf_bomb, hostile.double_pdf_bomb])
def test_a_bomb_is_refused(make):
    body = make()
    with pytest.raises(Refused, match="far more than a document needs"):
        extract("a", body, limits=Limits(unpacked=SMALL))


def test_a_bomb_behind_a_lock_without_a_password_is_refused():
    with pytest.raises(Refused):
        extract("a.pdf", hostile.locked_pdf_bomb(), limits=Limits(unpacked=SMALL))


def test_a_pdf_that_is_only_locked_against_changes_is_read():
    assert "Words." in [line.text for line in extract("a.pdf", hostile.locked_pdf("")).lines]


def test_too_many_parts_in_a_file_are_refused():
    with pytest.raises(Refused, match="far more than a document needs"):
        extract("a.docx", hostile.zipped({f"{n}.xml": "x" for n in range(3000)}))


def test_too_many_pages_and_too_much_text_are_refused():
    with pytest.raises(Refused, match="more than 3 pages"):
        extract("a.pdf", hostile.scanned_pdf(pages=4), limits=Limits(pages=3))
    with pytest.raises(Refused, match="too much text"):
        extract("a.txt", b"word " * 1000, limits=Limits(characters=1000))


@pytest.mark.requirement("SYS-06")
def test_a_wrong_name_is_said_and_the_file_is_read_as_what_it_is():
    got = extract("minutes.pdf", hostile.small(Format.DOCX))
    assert got.kind is Kind.DOCX
    assert "ends in .pdf, but it is a Word document" in got.warnings[0]
    assert not extract("minutes.docx", hostile.small(Format.DOCX)).warnings


def test_deep_nesting_does_not_end_the_reader():
    for body in (b"<html>" + b"<div>" * 30_000 + b"words", b"<table><tr><td>" * 3000 + b"words"):
        answers_or_refuses("a.html", body)


def test_a_link_to_outside_is_not_followed_in_word():
    body = hostile.word_with(
        word__document_dot_xml=(
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p>'
            '<w:hyperlink r:id="rId99"><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p></w:body></w:document>'
        )
    )
    assert [line.text for line in extract("a.docx", body).lines] == ["a link"]


VALID = {fmt: hostile.small(fmt) for fmt in (Format.DOCX, Format.ODT, Format.PDF)} | {
    "html": b"<!doctype html><html><body><h1>A</h1><table><tr><td rowspan=2>b</td></tr></table></body></html>",
    "txt": "Plain words – £5.\n".encode() * 5,
}


def answers_or_refuses(name: str, body: bytes) -> None:
    try:
        got: Extracted | str = extract(name, body)
    except Refused as refused:
        got = refused.message
    assert re.fullmatch(r"[A-Z].{10,300}\.", got) if isinstance(got, str) else got.passages


@pytest.mark.requirement("SYS-06")
@given(st.sampled_from(["a.docx", "a.pdf", "a.html", "a.odt", "a", ""]), st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_random_bytes_are_read_or_refused(name, body):
    for start in (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>", b"\xff\xfe"):
        answers_or_refuses(name, start + body)


@pytest.mark.requirement("SYS-06")
@pytest.mark.parametrize("kind", list(VALID))
def test_torn_and_altered_files_are_read_or_refused(kind):
    chance = random.Random(20260501)
    body = VALID[kind]
    for _ in range(30):
        torn = body[: chance.randrange(len(body))]
        answers_or_refuses(f"a.{kind}", torn)
        altered = bytearray(body)
        for _ in range(chance.choice((1, 3, 40))):
            altered[chance.randrange(len(altered))] = chance.randrange(256)
        answers_or_refuses(f"a.{kind}", bytes(altered))


@pytest.mark.parametrize("kind", [Format.DOCX, Format.ODT])
def test_altered_parts_inside_a_sound_archive_are_read_or_refused(kind):
    chance = random.Random(20260502)
    parts = hostile.parts_of(VALID[kind])
    for _ in range(30):
        name = chance.choice([name for name in parts if name.endswith((".xml", ".rels")) and parts[name]])
        inner = bytearray(parts[name])
        for _ in range(chance.choice((1, 5))):
            at = chance.randrange(len(inner))
            inner[at : at + chance.randrange(3)] = chance.choice((b"<", b">", b"9", b'"', b"", b"\xff", b"</w:p>"))
        answers_or_refuses(f"a.{kind}", hostile.zipped(parts | {name: bytes(inner)}))
