"""A review is published, read on a telephone by somebody who is nobody here, taken home, and asked for in Braille."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import odfdo
import pypdf
import pytest

from tests.journeys.visitor import TELEPHONE, Visitor

pytestmark = pytest.mark.xdist_group("journeys")
Arrive = Callable[..., Visitor]
Ask = Callable[..., list[tuple[Any, ...]]]
TITLE = "Pets in Council Homes Policy"  # of the demonstration, approved and published
# What the demonstration's profile counts of people of whom there are few, and the shares of its base of 4,230 that
# would give the counts back.
SMALL = {
    "Gay or lesbian": 9,
    "Bisexual": 6,
    "Another sexual orientation": 2,
    "Different from sex registered at birth": 3,
    "Other ethnic group": 8,
}
BASE = 4230


@pytest.mark.requirement("CAR-48", "PROF-26", "COM-04")
def test_a_published_review_is_read_on_a_telephone_taken_home_and_asked_for_in_braille(
    visitor: Arrive, rows: Ask
) -> None:
    tom = visitor("tom@dartford.example")
    when_the_review_is_published(tom, rows)

    reader = visitor(width=TELEPHONE, is_mobile=True, has_touch=True, device_scale_factor=2)
    when_the_register_is_searched(reader, "pets")
    then_the_review_is_read_question_by_question(reader)
    then_small_numbers_are_hidden_and_cannot_be_worked_out(reader)
    then_no_file_gives_them_away(reader)

    reference = when_braille_is_asked_for_by_post(reader)
    then_an_officer_finds_the_request(tom, reference)
    when_it_is_posted_the_officer_records_the_proof(tom)
    then_it_no_longer_waits(tom, reference)


def when_the_review_is_published(keeper: Visitor, rows: Ask) -> None:
    (found,) = rows("select id from reviews_review where title = %s", TITLE)
    keeper.goes_to(f"/reviews/{found[0]}/publish/").sees("Figures that are hidden", "Fewer people than may be shown")
    keeper.presses("Publish", exact=True)
    assert keeper.errors == ["Select that you have looked at the page"]
    keeper.tab.get_by_label("I have looked at the page").check()
    keeper.presses("Publish", exact=True).sees("The review is published.")


def when_the_register_is_searched(reader: Visitor, words: str) -> None:
    reader.goes_to("/").follows("Published reviews")
    reader.fills("Words in the title", words).presses("Apply filter").sees("1 review")
    reader.follows(TITLE)


def then_the_review_is_read_question_by_question(reader: Visitor) -> None:
    assert reader.heading == TITLE
    reader.sees("Approved on", "Next review", "Small numbers are not shown")
    headings = [" ".join(words.split()) for words in reader.tab.locator("main h2, main h3, main h4").all_inner_texts()]
    for group in ("Age", "Disability", "Sex", "Gender reassignment", "Race", "Religion/Belief", "Sexual Orientation"):
        assert any(heading.startswith(group) for heading in headings), f"{group} has no section of its own: {headings}"


def then_small_numbers_are_hidden_and_cannot_be_worked_out(reader: Visitor) -> None:
    seen = 0
    for table in reader.tab.locator("main table").all():
        lines = [" ".join(words.split()) for words in table.locator("tbody tr").all_inner_texts()]
        hidden = [line for line in lines if "fewer than" in line or "hidden" in line]
        assert len(hidden) != 1, f"One figure alone is hidden, so the others give it away: {lines}"
        seen += len([line for line in hidden if any(line.startswith(label) for label in SMALL)])
    assert seen >= len(SMALL)
    gives_nothing_away(reader.tab.content())


def gives_nothing_away(text: str) -> None:
    """No small count stands beside its label, and none of the shares from which it could be counted back."""
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    for label, count in SMALL.items():
        beside = re.findall(rf"{re.escape(label)}\W{{1,4}}([\d.,]+)", plain)
        assert str(count) not in beside, f"{label}: {count} can be read."
        for share in (f"{count / BASE:.2%}", f"{count / BASE:.1%}"):
            assert f"{label} {share}" not in plain, f"{label} can be counted back from {share}."
    assert "0.07%" not in plain
    assert "0.14%" not in plain


def then_no_file_gives_them_away(reader: Visitor) -> None:
    for name, suffix, text_of in (
        ("PDF", ".pdf", _pdf),
        ("Word document", ".docx", _docx),
        ("OpenDocument", ".odt", _odt),
    ):
        file = reader.downloads(name)
        assert file.suggested_filename.endswith(suffix)
        text = text_of(Path(file.path()).read_bytes())
        assert "Assistance animals need no permission" in text
        assert "fewer than 10" in text
        gives_nothing_away(text)


def _pdf(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages).split())


def _docx(body: bytes) -> str:
    document = docx.Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in document.paragraphs), *cells])


def _odt(body: bytes) -> str:
    return " ".join(str(odfdo.Document(io.BytesIO(body)).get_formatted_text()).split())


def when_braille_is_asked_for_by_post(reader: Visitor) -> str:
    """Returns the reference of the request."""
    reader.follows("Ask for another format or language")
    reader.presses("Send", exact=True)
    assert len(reader.errors) == 3
    reader.chooses("Which format do you need?", "Braille (contracted UEB)")
    reader.fills("Your name", "Rosalind Achebe").fills("Email address or postal address", "4 Example Row\nDartford")
    reader.presses("Send", exact=True).sees("Thank you. Your request has the reference", "We will send it to you by")
    found = re.search(r"FORMAT-\d+", reader.text)
    assert found
    return found[0]


def then_an_officer_finds_the_request(officer: Visitor, reference: str) -> None:
    officer.goes_to("/desk/").sees("Send Braille")
    officer.goes_to("/formats/").follows(TITLE)
    assert reference in officer.heading
    officer.sees("Rosalind Achebe", "4 Example Row")


def when_it_is_posted_the_officer_records_the_proof(officer: Visitor) -> None:
    officer.follows("Record that it was sent").presses(_last_button(officer))
    assert any("how it was sent" in error for error in officer.errors), officer.errors
    today = datetime.now(tz=UTC).date()
    officer.dates("Sent on", today.day, today.month, today.year)
    officer.fills("How was it sent?", "Articles for the blind, posted on the second floor")
    officer.presses(_last_button(officer))
    assert officer.errors == []


def _last_button(officer: Visitor) -> str:
    return officer.tab.locator("main button[type=submit]").last.inner_text().strip()


def then_it_no_longer_waits(officer: Visitor, reference: str) -> None:
    officer.sees("Articles for the blind")
    officer.goes_to("/desk/").does_not_see("Send Braille")
