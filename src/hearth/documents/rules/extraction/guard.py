"""What stands at the door: a file is judged by its content, before any reader opens it (SYS-06).

Each refusal is one sentence that says what to do. A name never makes a file something that it is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath

from hearth.kernel.refusals import Refused

from .gather import KIND_WORDS, MEGABYTE, Kind, Limits

ACCEPTED = "Word (.docx), OpenDocument (.odt), PDF, web page (.html) or plain text (.txt)"
DAMAGED = "The file is damaged and cannot be read. Open it where it was made, save it again and try once more."

_RUNNABLE = {
    "app",
    "bat",
    "bin",
    "cmd",
    "com",
    "cpl",
    "dll",
    "docm",
    "dotm",
    "exe",
    "hta",
    "jar",
    "js",
    "jse",
    "lnk",
    "msi",
    "msix",
    "ps1",
    "py",
    "reg",
    "scr",
    "sh",
    "vb",
    "vbe",
    "vbs",
    "wsf",
    "xlsm",
}
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|title|table|div|p|h[1-6]|ul|ol|span|section|main)\b", re.I)
_DECLARATION = re.compile(b"<!(DOCTYPE|ENTITY)|<\x00!\x00(D\x00O\x00C\x00T|E\x00N\x00T)", re.IGNORECASE)
_SUFFIXES = {
    "docx": Kind.DOCX, "odt": Kind.ODT, "pdf": Kind.PDF, "html": Kind.HTML, "htm": Kind.HTML, "txt": Kind.TEXT,
    "md": Kind.TEXT, "text": Kind.TEXT,
}  # fmt: skip


def sniff(name: str, body: bytes, limits: Limits) -> Kind:
    """What the file is, by its content; refuses what cannot be read or should not be opened."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if len(body) > limits.size:
        raise Refused(f"The file is larger than {limits.size / MEGABYTE:g} MB. Make it smaller, for example "
                      "by taking out pictures, and try again.", field="file")  # fmt: skip
    if not body.strip(b"\x00 \t\r\n\x0c\xef\xbb\xbf\xff\xfe"):
        raise Refused("The file is empty. Choose the file again, or ask for a new copy.", field="file")
    if suffix in _RUNNABLE or body.startswith(_PROGRAMS):
        raise Refused(f"Files that can run a program or macro are not accepted. Use {ACCEPTED}.", field="file")
    if body.startswith(_ZIP):
        return _inside_zip(body, limits)
    if b"%PDF-" in body[:1024]:
        return Kind.PDF
    _refuse_others(body)
    head = body[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"")
    markup = _HTML.search(head)
    if markup and (markup.start() == 0 or head.startswith((b"<?xml", b"<!--")) or suffix in {"html", "htm"}):
        return Kind.HTML
    return Kind.TEXT


def mismatch(name: str, kind: Kind) -> str:
    """A warning where the name promises another kind of file; empty if it does not."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if not suffix or _SUFFIXES.get(suffix) is kind:
        return ""
    return f"The name of the file ends in .{suffix[:12]}, but it is {KIND_WORDS[kind]} and was read as that."


def _refuse_others(body: bytes) -> None:
    if body.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in body:
            raise Refused(
                "The file has a password. Take the password off in Word, save it and try again.", field="file"
            )
        raise Refused("This is an older Office file. Open it, save it as a Word document (.docx) and try again.",
                      field="file")  # fmt: skip
    if body.startswith(b"{\\rtf"):
        raise Refused("This is a rich text file. Open it, save it as a Word document (.docx) and try again.",
                      field="file")  # fmt: skip
    if body.startswith(_PICTURES) or body[4:12] in {b"ftypheic", b"ftypmif1"} or body[8:12] == b"WEBP":
        raise Refused("This is a picture, so its words cannot be read. Use the document that it was made from, "
                      "or type the text in.", field="file")  # fmt: skip
    if body.startswith(_ARCHIVES):
        raise Refused(f"This is an archive of files. Unpack it and choose one file: {ACCEPTED}.", field="file")


def _inside_zip(body: bytes, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            infos = packed.infolist()
            _check_sizes(infos, limits)
            kind = _zip_kind(packed, [info.filename for info in infos])
            _read_through(packed, infos, limits)
    except Refused:
        raise
    except Exception as error:  # zipfile and zlib raise many things on damaged files
        raise Refused(DAMAGED, field="file") from error
    return kind


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """By what the archive says of itself; `_read_through` then checks that it did not lie."""
    bomb = Refused("The file unpacks to far more than a document needs, so it was not opened. "
                   "Save it again where it was made and try once more.", field="file")  # fmt: skip
    if len(infos) > limits.entries or sum(info.file_size for info in infos) > limits.unpacked:
        raise bomb
    for info in infos:
        if info.flag_bits & 0x1:
            raise Refused("The file has a password. Take the password off, save it and try again.", field="file")
        if info.file_size > MEGABYTE and info.file_size > limits.ratio * max(info.compress_size, 1):
            raise bomb


def _zip_kind(packed: zipfile.ZipFile, names: list[str]) -> Kind:
    low = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")) for name in low):
        raise Refused("The file holds macros, which can run a program. Save it without macros (.docx or .odt) "
                      "and try again.", field="file")  # fmt: skip
    if "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        media = packed.read("mimetype").strip()
        if media == b"application/vnd.oasis.opendocument.text":
            if "META-INF/manifest.xml" in names and b"encryption-data" in packed.read("META-INF/manifest.xml"):
                raise Refused("The file has a password. Take the password off, save it and try again.", field="file")
            return Kind.ODT
    if "[Content_Types].xml" in names:
        types = packed.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise Refused("The file can hold macros. Save it as an ordinary Word document (.docx) and try again.",
                          field="file")  # fmt: skip
        if b"wordprocessingml.document.main" in types or "word/document.xml" in low:
            return Kind.DOCX
        raise Refused(f"This Office file is not a text document. Use {ACCEPTED}.", field="file")
    raise Refused(f"This is an archive of files. Unpack it and choose one file: {ACCEPTED}.", field="file")


def _read_through(packed: zipfile.ZipFile, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Unpacks every part once, a piece at a time, so that sizes and checksums are known to be true."""
    whole = 0
    for info in infos:
        last = b""
        with packed.open(info) as part:
            first = True
            while piece := part.read(65536):
                whole += len(piece)
                if whole > limits.unpacked:
                    raise Refused("The file unpacks to far more than a document needs, so it was not opened.",
                                  field="file")  # fmt: skip
                if first and piece.startswith((b"PK\x03\x04", *_ARCHIVES)) and not _embedded(info.filename):
                    raise Refused("The file has an archive packed inside it. Save it again without it and try "
                                  "once more.", field="file")  # fmt: skip
                first = False
                if info.filename.lower().endswith((".xml", ".rels")):
                    if _DECLARATION.search(last + piece):
                        raise Refused("The file holds declarations that a document does not need, so it was not "
                                      "opened. Save it again in Word and try once more.", field="file")  # fmt: skip
                    last = piece[-16:]


def _embedded(name: str) -> bool:
    """Office puts the sheet behind a chart in such a folder; it is never opened here."""
    return "embeddings/" in name.lower() or name.lower().startswith(("object", "objectreplacements/"))
