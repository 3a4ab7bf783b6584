"""Files that somebody might send by mistake or on purpose, made while the tests run."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from pypdf import PdfWriter

from hearth.documents.rules import Format, render
from hearth.kernel.papers import Paper, Paragraph

WORD_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def small(fmt: Format) -> bytes:
    return render(Paper("A small paper", "Example Council", (Paragraph("Words."),)), fmt).body


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return out.getvalue()


def parts_of(body: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return {info.filename: packed.read(info) for info in packed.infolist() if not info.is_dir()}


def word_with(**changed: bytes | str) -> bytes:
    """A Word file with parts added or replaced; "word__x" stands for "word/x"."""
    parts = parts_of(small(Format.DOCX))
    return zipped(parts | {name.replace("__", "/").replace("_dot_", "."): body for name, body in changed.items()})


def bomb() -> bytes:
    """One part of 15 MB of nothing."""
    return word_with(word__blob_dot_xml=b"\0" * (15 * 1024 * 1024))


def lying_bomb() -> bytes:
    """A part that says that it is 10 bytes long and is 5 MB."""
    body = bytearray(word_with(word__blob_dot_xml=b"a" * (5 * 1024 * 1024)))
    real = struct.pack("<I", 5 * 1024 * 1024)
    place = body.find(real)
    while place >= 0:
        body[place : place + 4] = struct.pack("<I", 10)
        place = body.find(real)
    return bytes(body)


def entity_bomb() -> bytes:
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    document = parts_of(small(Format.DOCX))["word/document.xml"]
    assert isinstance(document, bytes)
    head, rest = document.split(b"?>", 1)
    return word_with(word__document_dot_xml=head + b"?>" + lol.encode() + rest)


def locked_pdf(password: str = "secret", body: bytes | None = None) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(body or small(Format.PDF)))
    writer.encrypt(password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf(pages: int = 1) -> bytes:
    """A PDF whose pages are pictures."""
    picture = zlib.compress(b"\x80" * (60 * 80))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + b" ".join(b"%d 0 R" % (5 + n) for n in range(pages)) + b"] /Count %d >>" % pages,
        b"<< /Type /XObject /Subtype /Image /Width 60 /Height 80 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n" % len(picture) + picture + b"\nendstream",
        b"<< /Length 29 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream",
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /I 3 0 R >> >> >>"
    )
    return pdf_of(objects + [page] * pages)


def pdf_bomb(twice: bool = False) -> bytes:
    """A page whose content unpacks to 25 MB."""
    stream = zlib.compress(b" " * (25 * 1024 * 1024))
    stream = zlib.compress(stream) if twice else stream
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        ]
    )


def double_pdf_bomb() -> bytes:
    """The same, packed twice."""
    return pdf_bomb(twice=True)


def locked_pdf_bomb() -> bytes:
    """The same, behind a lock that needs no password."""
    return locked_pdf("", pdf_bomb())


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
