"""What happens to a request as a whole: its landlord, its transaction, and what is shown when it fails."""

import pytest
from django.db import connection
from django.http import Http404, HttpResponse
from django.urls import get_resolver, path

from hearth.kernel.permits import PUBLIC, Forbidden
from hearth.landlords.models import Closure
from tests.factories.pages import text_of


@pytest.fixture
def view():
    """`view(function)` gives an address to a function for the length of a test."""
    patterns, added = get_resolver().url_patterns, []

    def route(function):
        function.permission = PUBLIC
        added.append(path("trial/", function))
        patterns.append(added[-1])

    yield route
    for one in added:
        patterns.remove(one)


def keep():
    Closure.objects.create(first_on="2024-12-27", last_on="2024-12-27", reason="Trial")


def test_what_is_answered_has_happened(view, client_as):
    def done(request):
        keep()
        return HttpResponse("done", content_type="text/plain")

    view(done)
    client_as().page("/trial/")
    assert Closure.objects.count() == 1


@pytest.mark.parametrize(
    ("raised", "status", "words"),
    [
        (Http404(), 404, "Page not found"),
        (Forbidden("No."), 403, "You may not open this page"),
        (RuntimeError("broken"), 500, "Sorry, something went wrong here"),
    ],
)
def test_what_failed_has_not_happened_and_the_page_says_what_to_do(view, client_as, raised, status, words):
    def failing(request):
        keep()
        raise raised

    view(failing)
    client = client_as(raise_request_exception=False)
    response = client.page("/trial/")
    assert response.status_code == status
    assert words in response.content.decode()
    assert Closure.objects.count() == 0


def test_a_request_that_broke_the_database_transaction_still_gets_its_page(view, client_as):
    def failing(request):
        with connection.cursor() as cursor:
            cursor.execute("select 1 / 0")

    view(failing)
    response = client_as(raise_request_exception=False).page("/trial/")
    assert response.status_code == 500
    assert "Thornbridge Borough Council" in response.content.decode()


@pytest.mark.requirement("SYS-01")
def test_each_landlord_answers_below_its_own_word_with_its_own_name_and_colour(client_as, inside, other_landlord):
    other_landlord.colour = "#7a1f5c"
    client = client_as()
    ours = client.get("/thornbridge/account/sign-in/").content.decode()
    theirs = client.get("/calderwick/account/sign-in/").content.decode()
    assert "Thornbridge Borough Council" in ours
    assert "Calderwick Homes" not in ours
    assert "Calderwick Homes" in theirs
    assert "Thornbridge" not in theirs


@pytest.mark.requirement("SYS-01")
def test_a_landlord_may_have_a_host_name_of_its_own(landlord, client_as, settings):
    settings.ALLOWED_HOSTS = ["homes.example.org"]
    response = client_as().get("/account/sign-in/", headers={"host": "homes.example.org"})
    assert response.status_code == 404  # no landlord has it yet
    client = client_as()
    with connection.cursor() as cursor:
        cursor.execute("update landlords_landlord set hostname = 'homes.example.org' where id = %s", [landlord.pk])
    page = client.get("/account/sign-in/", headers={"host": "homes.example.org"})
    assert "Thornbridge Borough Council" in text_of(page) or page.status_code == 200
    assert "/thornbridge/" not in page.content.decode()


def test_the_root_lists_the_landlords_and_an_unknown_word_is_not_found(client_as, other_landlord):
    client = client_as()
    root = client.get("/")
    assert "Calderwick Homes" in text_of(root)
    assert 'href="/thornbridge/"' in root.content.decode()
    unknown = client.get("/nowhere/people/")
    assert unknown.status_code == 404
    assert "Page not found" in text_of(unknown)


def test_a_word_without_its_slash_leads_on(client_as):
    assert client_as().get("/thornbridge")["Location"] == "/thornbridge/"


def test_a_machine_may_ask_whether_the_service_is_up(client_as):
    assert client_as().get("/health").content == b"ok"
