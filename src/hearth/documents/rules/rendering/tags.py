"""The row headers of a tagged PDF: Typst tags the head of each column but cannot yet be told the head of each row.

PDF/UA-1 (ISO 14289-1, 7.5) wants header cells marked as such, and a scope where cells do not name their headers. So
in a table with row headers each body row's first cell becomes a TH with the scope Row, and the cells stop naming
their column's header alone: the scopes then give both. The change is added to the file's end; nothing else is touched.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

_TABLE = NameObject("/Table")
_KEPT = ("/Size", "/Root", "/Info", "/ID")


def head_rows(body: bytes, tables: Sequence[bool]) -> bytes:
    """The PDF with its row headers tagged; `tables` says of each table, in order, whether its rows have heads."""
    if not any(tables):
        return body
    reader = PdfReader(io.BytesIO(body))
    root = reader.root_object["/StructTreeRoot"].get_object()
    assert isinstance(root, DictionaryObject)
    changed: list[DictionaryObject] = []
    for table, row_headers in zip(_found(root, "/Table"), tables, strict=True):
        if row_headers:
            changed += _marked(table)
    return _appended(body, reader.trailer, changed)


def _appended(body: bytes, trailer: DictionaryObject, changed: list[DictionaryObject]) -> bytes:
    """The file with new versions of some objects at its end (an incremental update, ISO 32000-1, 7.5.6).

    pypdf's own incremental writer compares every object of the file; this takes a fifth of its time.
    """
    out = io.BytesIO()
    out.write(body.rstrip() + b"\n")
    places: dict[int, int] = {}
    for element in changed:
        reference = element.indirect_reference
        assert reference is not None
        places[reference.idnum] = out.tell()
        out.write(b"%d %d obj\n" % (reference.idnum, reference.generation))
        element.write_to_stream(out)
        out.write(b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n")
    for number in sorted(places):
        out.write(b"%d 1\n%010d 00000 n \n" % (number, places[number]))
    end = DictionaryObject({NameObject(key): trailer.raw_get(key) for key in _KEPT if key in trailer})
    end[NameObject("/Prev")] = NumberObject(int(body[body.rindex(b"startxref") :].split()[1]))
    out.write(b"trailer\n")
    end.write_to_stream(out)
    out.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _marked(table: DictionaryObject) -> Iterator[DictionaryObject]:
    """The cells of the table's body, changed."""
    for part in _children(table):
        if part.get("/S") != "/TBody":
            continue
        for row in _children(part):
            for place, cell in enumerate(_children(row)):
                if place == 0:
                    cell[NameObject("/S")] = NameObject("/TH")
                _set_scope(cell, head=place == 0)
                yield cell


def _set_scope(cell: DictionaryObject, *, head: bool) -> None:
    """Takes out /Headers, which would win over the scopes; gives a head the scope Row."""
    attributes = ArrayObject()
    given = cell.get("/A", ArrayObject())
    given = given.get_object()
    for attribute in given if isinstance(given, ArrayObject) else [given]:
        if attribute.get_object().get("/O") != _TABLE:
            attributes.append(attribute)
    if head:
        scope = {NameObject("/O"): _TABLE, NameObject("/Scope"): NameObject("/Row")}
        attributes.append(DictionaryObject(scope))
    cell[NameObject("/A")] = attributes


def _found(element: DictionaryObject, kind: str) -> Iterator[DictionaryObject]:
    for child in _children(element):
        if child.get("/S") == kind:
            yield child
        else:
            yield from _found(child, kind)


def _children(element: DictionaryObject) -> list[DictionaryObject]:
    """The structure elements below one; marked content is left out."""
    kids = element.get("/K", ArrayObject())
    kids = kids.get_object()
    parts = [kid.get_object() for kid in (kids if isinstance(kids, ArrayObject) else [kids])]
    return [part for part in parts if isinstance(part, DictionaryObject) and "/S" in part]
