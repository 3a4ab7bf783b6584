"""PDFs of many layouts, made with Typst for the tests of the PDF reader."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Sequence

import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from hearth.documents.rules import extract
from hearth.kernel.passages import Image, Line, Passage, Row

_START = """
#let data = json(bytes(sys.inputs.data))
#let words(it) = it.split("\\n").map(l => l).join(parbreak())
"""


def made(body: str, data: object = None, *, tags: bool = True) -> bytes:
    """The PDF of a Typst text; `data` is at hand in it as `data`. `words(text)` makes paragraphs of lines."""
    source = (_START + body).encode()
    return typst.compile(source, format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_tags=tags)


def passages(body: bytes) -> tuple[Passage, ...]:
    return extract("a.pdf", body).passages


def rows(body: bytes) -> list[tuple[str, ...]]:
    return [passage.cells for passage in passages(body) if isinstance(passage, Row)]


def lines(body: bytes) -> list[str]:
    return [passage.text for passage in passages(body) if isinstance(passage, Line) and not passage.running]


def text_of(found: Sequence[Passage]) -> str:
    """All words that were read, in their order."""
    texts = []
    for passage in found:
        if isinstance(passage, Line):
            texts.append(passage.text)
        elif isinstance(passage, Row):
            texts += passage.cells
        elif isinstance(passage, Image):
            texts.append("[image]")
    return "\n".join(texts)


def table(data: Sequence[Sequence[str]], *, columns: str, page: str = 'paper: "a4"', more: str = "",
          before: str = "", tags: bool = True) -> bytes:  # fmt: skip
    """A ruled table of texts; a line of a text is a paragraph of its cell. `more` are arguments of the table."""
    body = f"""
#set page({page})
#set text(size: 11pt)
#set par(spacing: 1.1em)
{before}
#table(columns: {columns}, {more} ..data.flatten().map(words))
"""
    return made(body, [list(row) for row in data], tags=tags)


def with_fields(body: bytes, fields: Sequence[tuple[str, str, str, tuple[float, float, float, float]]]) -> bytes:
    """A PDF with form fields on its first page: kind (Btn or Tx), name, value, box from the lower left corner."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(body)))
    page = writer.pages[0]
    kids = ArrayObject()
    for kind, name, value, box in fields:
        field = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject(f"/{kind}"), NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(x) for x in box]),
        })  # fmt: skip
        if kind == "Btn":
            field[NameObject("/AS")] = NameObject(f"/{value}")
        else:
            field[NameObject("/V")] = TextStringObject(value)
        kids.append(writer._add_object(field))
    page[NameObject("/Annots")] = kids
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    header = (1).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
