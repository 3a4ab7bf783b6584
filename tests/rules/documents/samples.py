"""An invented review and helpers to look into the files that are made from it."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from hearth.kernel.papers import Bullets, Heading, Note, Numbers, Pairs, Paper, Paragraph, Table

LONG = "Tenants told us that the letters were hard to read and came too late to act on. " * 12
CHARACTERISTICS = ("Age", "Disability", "Gender reassignment", "Race", "Religion or belief", "Sex")


def review() -> Paper:
    """A paper with one of everything, in the order of a real review."""
    return Paper(
        title="Customer access review: allocations policy",
        landlord="Example Borough Council",
        blocks=(
            Heading(2, "Step 1: what is reviewed"),
            Heading(3, "Question 1: what is the aim?"),
            Paragraph("To let homes fairly.\nThe policy is #2 of $5 *and* <costs> £3,732."),
            Bullets(("Letters in plain English", "Calls back within a day")),
            Paragraph("In this order:"),
            Numbers(("Ask", "Listen", "Decide")),
            Numbers(("Begin again",)),
            Pairs("Details of the assessment", (("Service", "Housing"), ("Assessed on", "1 May 2026"))),
            Heading(3, "Question 8: who is affected?"),
            Table(
                "Impact on each group",
                ("Group", "Impact", "Reason"),
                tuple((name, "No impact", LONG) for name in CHARACTERISTICS),
            ),
            Table("Ticks", ("Group", "Impact"), (("Age", "no impact"), ("Race", "☒ positive")), row_headers=False),
            Note("Figures below 10 are hidden."),
            Heading(2, "Step 4: sign-off"),
            Paragraph("Signed by the Head of Housing, 2 May 2026."),
        ),
        running_title="Review of the allocations policy",
        contact="For large print, Braille or audio ring 01632 960000 (Relay UK: 18001 01632 960000).",
    )


def of_text(text: str) -> Paper:
    """The same text everywhere that a paper can hold one."""
    return Paper(
        text,
        text,
        (
            Heading(2, text),
            Paragraph(text),
            Bullets((text,)),
            Numbers((text,)),
            Pairs(text, ((text, text),)),
            Table(text, (text, "b", "c"), ((text, text, text), ("short row",))),
            Note(text),
        ),
        running_title=text,
        contact=text,
    )


def reader(body: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(body))


def elements(body: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The structure elements of a tagged PDF in reading order: kind and the element itself."""
    found: list[tuple[str, dict[str, Any]]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, dict):
            if "/S" in node:
                found.append((str(node["/S"])[1:], node))
            if "/K" in node:
                walk(node["/K"])
        elif isinstance(node, list):
            for kid in node:
                walk(kid)

    walk(reader(body).trailer["/Root"]["/StructTreeRoot"])
    return found


def scope(element: dict[str, Any]) -> str:
    """The scope that a header cell names."""
    given = element.get("/A", [])
    given = given.get_object()
    for attribute in given if isinstance(given, list) else [given]:
        if "/Scope" in attribute.get_object():
            return str(attribute.get_object()["/Scope"])[1:]
    return ""
