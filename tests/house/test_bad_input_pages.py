"""Files as they really come (torn, locked, huge, hostile, the wrong one), through the page and the command line.

Whatever it is: one clear sentence that names the file, never an error page, and nothing half-saved.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import reviews
from tests.factories.pages import PageClient
from tests.rules.documents import hostile

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "example-review.txt"
MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600
LOCKED_WORD = OLE + "EncryptedPackage".encode("utf-16-le")
PROSE = (
    "Minutes of the garden club\n\nThe chair welcomed eleven members. The pump is mended. Two members asked for a "
    "bench, and it was agreed that the treasurer would ask for three quotations before the next meeting in May.\n"
)
# What is sent, under which name, and what is said about it.
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a torn Word file": ("plan.docx", lambda: hostile.small(hostile.Format.DOCX)[:3000], "damaged"),
    "a torn PDF": ("plan.pdf", lambda: hostile.small(hostile.Format.PDF)[:900], "damaged|no text"),
    "a Word file with a password": ("plan.docx", lambda: LOCKED_WORD, "password"),
    "a PDF with a password": ("plan.pdf", hostile.locked_pdf, "password"),
    "a scan without text": ("plan.pdf", hostile.scanned_pdf, "scan"),
    "50 MB": ("plan.pdf", lambda: b"%PDF-1.7\n" + b"x" * (50 * MEGABYTE), "larger than 20"),
    "a zip bomb": (
        "plan.docx",
        lambda: hostile.word_with(word__blob_dot_xml=b"\0" * (400 * MEGABYTE)),
        "far more than",
    ),
    "a file that lies about its size": ("plan.docx", hostile.lying_bomb, "damaged"),
    "an entity bomb": ("plan.docx", hostile.entity_bomb, "declarations"),
    "macros": ("plan.docx", lambda: hostile.word_with(word__vbaProject_dot_bin=b"x"), "macros"),
    "a program in disguise": ("plan.docx", lambda: b"MZ\x90\x00" + b"x" * 200, "run a program"),
    "a double extension": ("plan.pdf.exe", lambda: b"%PDF-1.7 or so", "run a program"),
    "a page that is all script": ("plan.html", lambda: b"<html><script>alert(1)</script></html>", "no words"),
    "binary rubbish": ("plan.txt", lambda: bytes(range(256)) * 40, "not a document"),
    "an empty file": ("plan.txt", lambda: b"", "empty"),
    "a file of spaces": ("plan.txt", lambda: b" \r\n\t ", "empty"),
}
ids = list(BAD)
cases = pytest.mark.parametrize(("name", "make", "says"), list(BAD.values()), ids=ids)


@pytest.fixture
def desk(inside: Any, user_with: Callable[..., Any], client_as: Callable[..., PageClient]) -> PageClient:
    """An officer at a landlord whose form is stored."""
    reviews.store_form("dartford")
    return client_as(user_with(roles=["housing_policy_officer"]))


@pytest.fixture
def upload(desk: PageClient) -> Callable[..., Any]:
    def send(*files: tuple[str, bytes]) -> Any:
        chosen = [SimpleUploadedFile(name, body) for name, body in files]
        return desk.send("reviews:read", {"documents": chosen} if chosen else {})

    return send


def rows() -> dict[str, int]:
    """How many rows every table has; what was refused is on the trail, and a session is nobody's document."""
    from django.apps import apps

    ours = [model for model in apps.get_models() if model.__module__.startswith("hearth.")]
    return {model._meta.label: model._default_manager.count() for model in ours}


def errors(response: Any) -> list[str]:
    page = bs4.BeautifulSoup(response.content, "html.parser")
    return [" ".join(one.get_text(" ").split()) for one in page.select(".govuk-error-summary li")]


def is_one_clear_sentence(said: str, name: str, words: str) -> None:
    assert said.startswith(name), said
    assert re.search(words, said), said
    assert said.endswith("."), said
    assert len(said) < 260, said
    assert not re.search(r"Traceback|Error\b|Exception|\bNone\b", said), said


@pytest.mark.requirement("SYS-06")
@cases
def test_a_bad_file_is_refused_on_the_page_and_nothing_is_saved(
    upload: Callable[..., Any], name: str, make: Callable[[], bytes], says: str
) -> None:
    before = rows()
    response = upload((name, make()))
    assert response.status_code == 422
    (said,) = errors(response)
    is_one_clear_sentence(said, name, says)
    assert rows() == before


def test_pressing_read_without_a_file_says_so(upload: Callable[..., Any]) -> None:
    before = rows()
    response = upload()
    assert response.status_code == 422
    assert errors(response) == ["Select at least one file"]
    assert rows() == before


def _kept_but_no_draft(response: Any, before: dict[str, int], name: str) -> None:
    assert response.status_code == 422
    (said,) = errors(response)
    assert said.startswith(f"{name} does not look like a Customer Access Review"), said
    changed = {label: many - before[label] for label, many in rows().items() if many != before[label]}
    assert changed.pop("audit.Event", 0) <= 1
    assert changed == {"documents.StoredFile": 1}


def test_prose_that_is_no_review_is_kept_but_makes_no_draft(upload: Callable[..., Any]) -> None:
    before = rows()
    _kept_but_no_draft(upload(("minutes.txt", PROSE.encode())), before, "minutes.txt")


@pytest.mark.parametrize("number", ["003", "004"])
def test_a_policy_of_a_council_is_not_taken_for_a_review(upload: Callable[..., Any], shared: Path, number: str) -> None:
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    before = rows()
    _kept_but_no_draft(upload((path.name, path.read_bytes())), before, path.name)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_another_encoding_loses_no_letter(upload: Callable[..., Any], encoding: str) -> None:
    from hearth.reviews.models import Part, Review

    text = EXAMPLE.read_text(encoding="utf-8").replace("Communal Garden Policy", "Café – “Garden” Policy")
    body = text.encode(encoding, errors="replace")
    assert upload(("plan.txt", body)).status_code == 302
    review = Review.objects.latest("id")
    assert review.title == "Café – “Garden” Policy"
    assert Part.objects.filter(review=review).count() > 20


def test_a_script_in_a_web_page_is_neither_run_nor_read(upload: Callable[..., Any], desk: PageClient) -> None:
    from hearth.reviews.models import Review

    lines = "".join(
        "<tr>" + "".join(f"<td onclick='steal()'>{cell}</td>" for cell in line.split("\t")) + "</tr>" if "\t" in line
        else f"<tr><td>{line}</td></tr>"
        for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.strip()
    )  # fmt: skip
    page = f"<html><script>steal('everything')</script><style>p {{}}</style><body><table>{lines}</table></body></html>"
    assert upload(("plan.html", page.encode())).status_code == 302
    shown = desk.page("reviews:reading", pk=Review.objects.latest("id").pk).content.decode()
    assert "steal" not in shown
    assert "Communal Garden Policy" in shown


def test_a_name_cannot_lead_out_of_the_folder_of_files(upload: Callable[..., Any]) -> None:
    from hearth.documents.models import StoredFile

    assert upload(("../../etc/<b>plan</b>.txt", EXAMPLE.read_bytes())).status_code == 302
    kept = StoredFile.objects.latest("id")
    assert "plan" not in kept.path
    assert ".." not in kept.path
    assert "/" not in kept.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the bad files, each in a folder of its own, since some share a name."""
    root = tmp_path_factory.mktemp("bad")
    for number, (name, make, _) in enumerate(BAD.values()):
        (root / str(number)).mkdir()
        (root / str(number) / name).write_bytes(make())
    return root


def test_the_command_line_names_each_bad_file_and_goes_on(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(PROSE, encoding="utf-8")
    paths = [folder / str(number) / name for number, (name, _, _) in enumerate(BAD.values())]
    missing = tmp_path / "nowhere.txt"
    command = [sys.executable, str(ROOT / "manage.py"), "reviews", "read", *map(str, paths)]
    done = subprocess.run(
        [*command, str(tmp_path / "minutes.txt"), str(missing), str(EXAMPLE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Communal Garden Policy" in done.stdout  # the good one among them
    said = done.stderr.strip().removeprefix("CommandError: ").splitlines()
    wanted = [(name, words) for name, _, words in BAD.values()]
    wanted += [("minutes.txt", "does not look like"), ("nowhere.txt", "No such file")]
    assert len(said) == len(wanted), said
    for line, (name, words) in zip(said, wanted, strict=True):
        assert line.startswith(name), line
        assert re.search(words, line), line
