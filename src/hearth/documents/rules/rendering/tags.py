"""The row headers of a tagged PDF: Typst tags the head of each column but cannot yet be told the head of each row.

PDF/UA-1 (ISO 14289-1, 7.5) wants header cells marked as such, and a scope where cells do not name their headers. So
in a table with row headers each body row's first cell becomes a TH with the scope Row, and the cells stop naming
their column's header alone: the scopes then give both. The change is added to the file's end; nothing else is touched.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

_TABLE = NameObject("/Table")


def head_rows(body: bytes, tables: Sequence[bool]) -> bytes:
    """The PDF with its row headers tagged; `tables` says of each table, in order, whether its rows have heads."""
    if not any(tables):
        return body
    writer = PdfWriter(io.BytesIO(body), incremental=True)
    root = writer._root_object["/StructTreeRoot"].get_object()
    assert isinstance(root, DictionaryObject)
    for table, row_headers in zip(_found(root, "/Table"), tables, strict=True):
        if row_headers:
            _mark(table)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _mark(table: DictionaryObject) -> None:
    for part in _children(table):
        if part.get("/S") != "/TBody":
            continue
        for row in _children(part):
            for place, cell in enumerate(_children(row)):
                if place == 0:
                    cell[NameObject("/S")] = NameObject("/TH")
                _set_scope(cell, head=place == 0)


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
