"""The pages on which officers log, review and answer requests, place holds and look ahead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.documents.queries import body_of
from hearth.register.models import ContactLog, DataRequest, LegalHold, OptOut, Person, RetentionRun
from hearth.register.services import retention, rights
from tests.factories.pages import text_of
from tests.rooms.register.residents import LONG_AGO, marked, resident


@pytest.fixture
def officer(user_with):
    return user_with(roles=["data_protection_officer"], name="Dora Officer")


@pytest.fixture
def client(client_as, officer):
    return client_as(officer)


@pytest.fixture
def cressida(inside):
    return resident("Cressida", key="HMS-4711", born_on=date(1970, 5, 17))


def logged(client, **said):
    answers = {
        "asks": "access", "asked_by": "Cressida", "whose": "HMS-4711", "how": "letter", "what": "",
        "received_on": timezone.localdate(), **said,
    }  # fmt: skip
    response = client.send("register:data_add", answers)
    return response, DataRequest.objects.order_by("-id").first()


@pytest.mark.requirement("SEC-05")
def test_a_request_goes_from_the_letter_to_the_copy_through_the_pages(client, cressida):
    marked(cressida, {"channel": "email", "to": "safe@example.org"})
    ContactLog.objects.create(
        person=cressida, at=timezone.now(), channel="phone", purpose="case", note="Sister Ivy rang", by_name="Una"
    )
    response, made = logged(client)
    assert response.status_code == 302
    assert made.person == cressida
    assert "Write down proof of identity" in text_of(client.page("register:data_request", pk=made.pk))
    proof = {"how": "Called back on the number that we have", "on": timezone.localdate()}
    client.send("register:data_proved", proof, pk=made.pk)
    page = text_of(client.page("register:data_request", pk=made.pk))
    assert "2 parts still to be reviewed" in page
    review = client.page("register:data_review", pk=made.pk).content.decode()
    assert "Sister Ivy rang" in review
    assert "safe@example.org" not in review  # what is sealed is not shown to whoever decides on it
    refused = client.send(
        "register:data_review", {"give_0": "no", "why_0": "", "give_1": "no", "why_1": ""}, pk=made.pk
    )
    assert refused.status_code == 422
    answers = {"give_0": "no", "why_0": "Would put her at risk", "give_1": "no", "why_1": "Names her sister"}
    client.send("register:data_review", answers, pk=made.pk)
    assert client.send("register:data_copy", pk=made.pk).status_code == 302
    made.refresh_from_db()
    copy = body_of(made.data).decode()
    assert "Cressida" in copy
    assert "Ivy" not in copy
    for kind, starts in (("pdf", b"%PDF"), ("json", b"{"), ("docx", b"PK")):
        file = client.page("register:data_file", pk=made.pk, format=kind)
        assert file.content.startswith(starts)
        assert "no-store" in file["Cache-Control"]
    client.send("register:data_answer", {"state": "partly", "answer": "Here is your copy.", "ground": ""}, pk=made.pk)
    made.refresh_from_db()
    assert (made.state, made.handled_by) == ("partly", "Dora Officer")


def test_a_copy_cannot_be_made_before_its_review(client, cressida):
    marked(cressida, {"channel": "email", "to": "safe@example.org"})
    _, made = logged(client)
    client.send("register:data_proved", {"how": "Passport seen here", "on": timezone.localdate()}, pk=made.pk)
    page = client.send("register:data_copy", pk=made.pk)
    assert page.status_code == 422
    assert "still to be reviewed" in text_of(page)
    answer = client.send("register:data_answer", {"state": "granted", "answer": "Here it is."}, pk=made.pk)
    assert "Make the copy first" in text_of(answer)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"whose": "nobody-at-all"}, "Nobody is found by"),
        ({"received_on": None}, "Received on"),
        ({"asks": "correction"}, "Say what is wrong"),
        ({"asks": "objection", "purposes": []}, "Choose at least one use"),
    ],
)
def test_a_request_that_is_logged_wrongly_says_what_to_do_and_is_not_kept(client, cressida, said, words):
    response, made = logged(client, **said)
    assert response.status_code == 422
    assert words in text_of(response)
    assert made is None


def test_whose_data_is_meant_is_never_guessed_between_two(client, cressida):
    resident("Cressida")
    response, _ = logged(client, whose="Cressida")
    assert "More than one person is found" in text_of(response)


def test_the_list_shows_what_is_open_by_due_date_and_what_is_late(client, cressida):
    _, late = logged(client, received_on=timezone.localdate() - timedelta(days=60))
    _, soon = logged(client, asks="restriction")
    _, done = logged(client, asks="portability")
    client.send("register:data_withdraw", pk=done.pk)
    page = text_of(client.page("register:data_requests"))
    assert page.index(f"DATA-{late.pk}") < page.index(f"DATA-{soon.pk}")
    assert "Late" in page
    assert "Data to take elsewhere" not in page
    assert "Data to take elsewhere" in text_of(client.page("register:data_requests", query={"open": "all"}))


def test_a_request_of_somebody_unknown_is_given_its_person_with_the_proof(client, cressida):
    _, made = logged(client, whose="")
    assert made.person is None
    client.send("register:data_identity", pk=made.pk)
    proof = {"how": "Two letters to the address", "on": timezone.localdate(), "whose": "HMS-4711"}
    client.send("register:data_proved", proof, pk=made.pk)
    made.refresh_from_db()
    assert (made.person, made.state) == (cressida, "working")


@pytest.mark.requirement("SEC-05", "COM-20")
def test_a_granted_objection_stops_the_use_through_the_page(client, cressida):
    _, made = logged(client, asks="objection", purposes=["survey"])
    client.send("register:data_proved", {"how": "Passport seen here", "on": timezone.localdate()}, pk=made.pk)
    client.send("register:data_answer", {"state": "granted", "answer": "We have stopped it."}, pk=made.pk)
    assert [one.purpose for one in OptOut.objects.filter(person=cressida)] == ["survey"]


def test_an_erasure_that_is_refused_asks_for_its_exception_and_keeps_the_words(client, cressida):
    _, made = logged(client, asks="erasure")
    client.send("register:data_proved", {"how": "Passport seen here", "on": timezone.localdate()}, pk=made.pk)
    page = client.send(
        "register:data_answer", {"state": "refused", "ground_refused": "", "answer": "We must keep it."}, pk=made.pk
    )
    assert page.status_code == 422
    assert "Choose the legal exception" in text_of(page)
    assert "We must keep it." in page.content.decode()
    answers = {"state": "refused", "ground_refused": "claims", "answer": "We must keep it."}
    client.send("register:data_answer", answers, pk=made.pk)
    made.refresh_from_db()
    assert (made.state, made.ground) == ("refused", "claims")


@pytest.mark.requirement("SEC-11")
def test_a_hold_is_placed_and_lifted_and_shown(client, cressida):
    answers = {"whose": "HMS-4711", "kind": "", "reason": "Claim about disrepair", "on": timezone.localdate()}
    client.send("register:hold_add", answers)
    held = LegalHold.objects.get()
    assert (held.person, held.set_by) == (cressida, "Dora Officer")
    assert "Claim about disrepair" in text_of(client.page("register:holds"))
    client.send("register:hold_lift", pk=held.pk)
    held.refresh_from_db()
    assert held.ended_on == timezone.localdate()
    assert client.page("register:hold_lift", pk=held.pk).status_code == 404
    assert client.send("register:hold_add", {**answers, "whose": "", "kind": ""}).status_code == 422


@pytest.mark.requirement("SEC-11")
def test_the_page_says_what_would_go_on_a_day_and_what_went(client, cressida, officer):
    from tests.factories.people import actor

    cressida.memberships.update(ended_on=date(2020, 6, 1))
    ahead = text_of(client.page("register:retention", query={"on-day": "1", "on-month": "7", "on-year": "2026"}))
    assert "What would go on 1 July 2026" in ahead
    assert "72 months (6 years) from the end of the last tenancy" in ahead
    assert Person.objects.get(pk=cressida.pk).anonymised_on is None
    retention.let_go(on=date(2026, 7, 2), by=actor(officer))
    page = text_of(client.page("register:retention"))
    assert "On 2 July 2026" in page
    assert RetentionRun.objects.count() == 1


def test_the_register_keeper_and_the_auditor_do_not_see_requests(client_as, user_with, cressida, officer):
    from tests.factories.people import actor

    made = rights.ask(
        person=cressida, asked_by="", asks="access", how="letter", received_on=LONG_AGO, on=LONG_AGO, by=actor(officer)
    )
    for role in ("register_keeper", "auditor", "safe_contact"):
        one = client_as(user_with(roles=[role]))
        assert one.page("register:data_request", pk=made.pk).status_code == 403
        assert one.page("register:data_file", pk=made.pk, format="pdf").status_code == 403


def test_what_is_due_stands_on_the_desk_of_whoever_answers_it_without_a_name(client, client_as, user_with, cressida):
    _, made = logged(client)
    page = text_of(client.page("desk:home"))
    assert f"A copy of my data, DATA-{made.pk}" in page
    assert "Cressida" not in page
    other = client_as(user_with(roles=["register_keeper"]))
    assert f"DATA-{made.pk}" not in text_of(other.page("desk:home"))
