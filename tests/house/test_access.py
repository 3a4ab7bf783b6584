"""Who may open what: every address is visited by every role and by nobody, and compared with docs/access.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from hearth.db.management.commands import access_table
from tests.factories.people import PASSWORD

DOC = Path(__file__).parents[2] / "docs" / "access.md"
# What stands in for a part of an address. No record has this number, so that an open door leads to "not found".
STANDING_IN = {"int": "987654321", "str": "no-such-thing", "slug": "no-such-thing", "path": "no/such/thing"}
NO_UUID = "00000000-0000-4000-8000-000000000000"


def written():
    """The table of the document: {(address, who): may}."""
    rows = [line.strip("|").split(" | ") for line in DOC.read_text().splitlines() if line.startswith("|")]
    heads = [head.strip() for head in rows[0]]
    found = {}
    for row in rows[2:]:
        cells = [cell.strip() for cell in row]
        for head, cell in zip(heads[3:], cells[3:], strict=True):
            found[cells[1].strip("`").replace("\\|", "|"), head] = cell == "Yes"
    return found


def address(path):
    """An address with something in the place of each of its parts."""
    path = re.sub(r"\(\?P<\w+>\[0-9A-Za-z\]\+\)-\(\?P<\w+>\.\+\)", "abc-no-such-thing", path)
    path = re.sub(r"<uuid:\w+>", NO_UUID, path)
    return re.sub(r"<(?:(\w+):)?\w+>", lambda part: STANDING_IN.get(part.group(1) or "str", "1"), path)


def opened(client, path):
    """Whether the door opens: anything but a refusal or the way to the sign-in page."""
    response = client.page(path)
    assert response.status_code < 500, f"{path} fails with {response.status_code}"
    refused = response.status_code == 403
    sent_to_sign_in = response.status_code == 302 and "/account/sign-in/?next=" in response["Location"]
    return not refused and not sent_to_sign_in


def test_the_document_says_what_the_code_says():
    said = access_table.table()
    assert DOC.read_text() == said, "run `python manage.py access_table > docs/access.md`"


def test_every_view_names_a_permission_that_some_role_gives_or_that_is_open():
    given = {permission for role in access_table.roles().values() for permission in role.permissions}
    known = given | {access_table.PUBLIC, access_table.SIGNED_IN}
    shut = [path for path, _, permission in access_table.pages() if permission not in known]
    assert shut == []


@pytest.mark.requirement("SEC-01")
@pytest.mark.parametrize("role", [None, *access_table.roles()])
def test_each_role_opens_what_the_document_allows_and_nothing_else(role, client_as, user_with):
    said = written()
    who = access_table.roles()[role].label if role else "Nobody"
    client = client_as(user_with(roles=[role], password=PASSWORD)) if role else client_as()
    wrong = []
    for path, name, _ in access_table.pages():
        if name == "account_logout":
            continue  # opened last, below
        if opened(client, address(path)) != said[path, who]:
            wrong.append(f"{who} at {path}")
    assert wrong == []
    assert opened(client, "/account/sign-out/")


@pytest.mark.requirement("SEC-01")
def test_a_signed_in_person_without_a_role_opens_only_their_own_account(client_as, user_with):
    client = client_as(user_with(password=PASSWORD))
    for path, name, permission in access_table.pages():
        if name != "account_logout":
            expected = permission in (access_table.PUBLIC, access_table.SIGNED_IN)
            assert opened(client, address(path)) == expected, path


def test_sending_a_form_is_refused_where_the_page_is(client_as, user_with):
    client = client_as(user_with(roles=["auditor"], password=PASSWORD))
    for path, _, permission in access_table.pages():
        if permission and not access_table.allowed(permission, "auditor"):
            assert client.send(address(path)).status_code == 403, path


def test_a_view_that_names_no_permission_stays_shut(client_as, user_with):
    def forgotten(request):
        raise AssertionError("the view was called")

    pattern = URLPattern(get_resolver().url_patterns[0].pattern.__class__("forgotten/"), forgotten)
    resolver = get_resolver()
    resolver.url_patterns.append(pattern)
    try:
        for role in access_table.roles():
            assert client_as(user_with(roles=[role], password=PASSWORD)).page("/forgotten/").status_code == 403
        assert client_as().page("/forgotten/").status_code == 302
    finally:
        resolver.url_patterns.remove(pattern)
