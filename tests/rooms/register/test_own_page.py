"""What somebody sees and changes of their own record, and how they come to an account."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone

from hearth.accounts.models import User
from hearth.kernel.refusals import Refused
from hearth.notifications.models import Message
from hearth.register.models import (
    AccountCode,
    Advocate,
    ContactLog,
    ContactWishes,
    DataRequest,
    HouseholdMember,
    Need,
    OptOut,
    Person,
    Tenancy,
    TenancyHolder,
)
from hearth.register.services import export, own, rights
from tests.factories.pages import text_of
from tests.rooms.register.residents import LONG_AGO, SECRET, marked, resident

ADDRESS = "https://homes.example/register/join/"
PASSWORD = "three plain words here"
BORN = date(1970, 5, 17)


@pytest.fixture
def keeper(actor):
    return actor("register_keeper")


@pytest.fixture
def ann(inside, user_with):
    """A resident with an account, who holds a tenancy with somebody else."""
    user = user_with(roles=["resident"], name="Ann Own", email="ann.own@example.org", password=PASSWORD)
    person = resident("Ann", user=user, born_on=BORN, key="P-1")
    home = person.memberships.get().household
    bob = resident("Bartholomew", family_name="Otherman", email="bob@example.org")
    HouseholdMember.objects.create(household=home, person=bob, started_on=LONG_AGO)
    held = Tenancy.objects.create(home=home.home, household=home, tenure="general_needs", started_on=LONG_AGO)
    TenancyHolder.objects.create(tenancy=held, person=person, lead=True, started_on=LONG_AGO)
    TenancyHolder.objects.create(tenancy=held, person=bob, started_on=LONG_AGO)
    return person


@pytest.fixture
def hers(ann, client_as):
    return client_as(ann.user)


# ── seeing ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("PROF-32")
def test_people_see_everything_that_is_kept_about_them_in_plain_words(ann, hers):
    Need.objects.create(person=ann, kind="access", what="Handrail by the stairs", told_by="self", started_on=LONG_AGO)
    Advocate.objects.create(
        person=ann, name="Ingrid Solomon", kind="advocate", scope=["repairs"], evidence="x", started_on=LONG_AGO
    )
    ContactLog.objects.create(
        person=ann,
        at=timezone.now(),
        channel="phone",
        purpose="case",
        note="Her sister Ivy rang",
        by_name="Una Officer",
    )
    said = text_of(hers.page("register:you"))
    for words in (
        ann.name, "17 May 1970", "P-1", ann.email, "07700 900001", "High Street", "General needs tenancy",
        "as lead tenant",
        "Handrail by the stairs", "Ingrid Solomon", "repairs", "Telephone", "You have not said",
    ):  # fmt: skip
        assert words in said, words
    for hidden in ("Ivy", "Una Officer"):
        assert hidden not in said


@pytest.mark.requirement("PROF-32", "SEC-05")
def test_their_page_names_nobody_else_of_the_household_and_shows_no_marker(ann, hers, user_with):
    marked(ann, {"channel": "phone", "to": "+441632960777"}, user=user_with())
    page = hers.page("register:you").content.decode()
    for words in ("Bartholomew", "Otherman", "bob@example.org", "960777", "Contact safely", "contact safely", SECRET):
        assert words not in page


def test_staff_without_a_record_are_told_that_there_is_none(client_as, user_with):
    client = client_as(user_with(roles=["administrator"]))
    assert "not joined to a record" in text_of(client.page("register:you"))
    assert client.page("register:own_details").status_code == 404
    assert "Your details" not in client.page("accounts:own").content.decode()


@pytest.mark.requirement("SEC-01")
def test_a_resident_opens_no_page_of_officers_nor_another_residents_request(ann, hers, actor):
    bob = Person.objects.get(family_name="Otherman")
    officer = actor("data_protection_officer")
    made = rights.ask(
        person=bob, asked_by="", asks="access", how="letter", received_on=LONG_AGO, on=LONG_AGO, by=officer
    )
    for page, said in [
        ("register:data_requests", {}), ("register:data_request", {"pk": made.pk}), ("register:holds", {}),
        ("register:retention", {}), ("register:send_code", {"pk": bob.pk}), ("register:change_wishes", {"pk": ann.pk}),
    ]:  # fmt: skip
        assert hers.page(page, **said).status_code == 403, page
    assert hers.page("register:own_request", pk=made.pk).status_code == 404
    assert hers.page("register:own_request_file", pk=made.pk, format="pdf").status_code == 404
    need = Need.objects.create(person=bob, kind="access", what="x", told_by="self", started_on=LONG_AGO)
    assert hers.send("register:own_end_need", need=need.pk).status_code == 404


def test_other_rooms_add_their_own_pages_by_the_wiring(hers, settings, monkeypatch):
    from hearth.config import navigation

    monkeypatch.setattr(navigation, "OWN_PAGES", [("More about your account", "accounts:own"), ("Gone", "no:such")])
    page = hers.page("register:you").content.decode()
    assert "More about your account" in page
    assert "Gone" not in page


# ── correcting ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("PROF-32")
def test_people_correct_how_they_are_reached_and_hear_of_it_by_the_old_way(ann, hers):
    before = ann.email
    said = {"title": "Dr", "email": "new@example.org", "mobile": "07700 900123", "phone": "", "postal_address": ""}
    hers.send("register:own_details", said)
    ann.refresh_from_db()
    assert (ann.title, ann.email, ann.mobile, ann.phone) == ("Dr", "new@example.org", "+447700900123", "")
    told = Message.objects.get()
    assert (told.to_address, "email address, telephone number" in told.body) == (before, True)
    assert "new@example.org" not in told.body


@pytest.mark.requirement("PROF-32", "SEC-03")
def test_the_trail_says_which_details_were_corrected_and_by_whom_but_not_what_they_say(ann, hers):
    from hearth.audit.models import Event

    hers.send("register:own_details", {"title": "", "email": "new@example.org", "mobile": "", "phone": ""})
    event = Event.objects.get(deed="register.details_corrected")
    assert (event.by_name, event.subject_name) == ("Ann Own", f"Person {ann.pk}")
    assert event.detail == {"fields": ["email", "phone", "mobile"]}


def test_a_wrong_number_is_said_beside_its_box_and_changes_nothing(ann, hers):
    response = hers.send("register:own_details", {"email": ann.email, "mobile": "12", "phone": "", "title": "Dr"})
    assert response.status_code == 422
    assert 'href="#id_mobile"' in response.content.decode()
    ann.refresh_from_db()
    assert ann.title == ""


@pytest.mark.requirement("PROF-17", "PROF-32", "COM-20")
def test_people_say_how_they_wish_to_hear_and_it_is_theirs(ann, hers):
    hers.send(
        "register:own_wishes",
        {
            "first": "email", "second": "letter", "third": "", "refused": ["sms"], "opted_out": ["news"],
            "frequency": "monthly", "level": "consulted", "language": "en", "interpreter": "", "format": "large_print",
            "online": "yes",
        },
    )  # fmt: skip
    said = ContactWishes.objects.get(person=ann)
    assert (said.format, said.level, said.told_by) == ("large_print", "consulted", "self")
    assert [one.purpose for one in OptOut.objects.filter(person=ann)] == ["news"]
    page = text_of(hers.page("register:you"))
    assert "Large print" in page
    assert "told by: you" in page


def test_a_service_notice_is_not_among_what_can_be_opted_out_of(ann, hers):
    page = hers.page("register:own_wishes").content.decode()
    offered = set(re.findall(r'name="opted_out"[^>]*value="(\w+)"', page))
    assert offered == {"survey", "consultation", "involvement", "news"}
    answer = hers.send(
        "register:own_wishes",
        {
            "first": "email", "opted_out": ["service"], "frequency": "monthly", "level": "informed", "language": "en",
            "format": "standard", "online": "yes",
        },
    )  # fmt: skip
    assert answer.status_code == 422
    assert not OptOut.objects.exists()


@pytest.mark.requirement("PROF-32")
def test_people_say_what_they_need_and_when_they_need_it_no_longer(ann, hers):
    hers.send("register:own_add_need", {"kind": "communication", "what": "Ring twice before you visit"})
    need = Need.objects.get(person=ann)
    assert (need.told_by, need.what) == ("self", "Ring twice before you visit")
    hers.send("register:own_end_need", need=need.pk)
    need.refresh_from_db()
    assert need.ended_on == timezone.localdate()
    assert "Ring twice" not in text_of(hers.page("register:you"))


# ── asking ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("SEC-05")
@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("access", {"what": ""}), ("portability", {"what": ""}), ("erasure", {"what": "All of it"}),
        ("restriction", {"what": ""}), ("correction", {"what": "My name is Anne with an e"}),
        ("objection", {"purposes": ["survey"], "what": ""}),
    ],
)  # fmt: skip
def test_people_ask_for_each_of_their_rights_and_see_by_when_they_are_answered(ann, hers, asks, said):
    assert hers.page("register:own_ask", asks=asks).status_code == 200
    assert hers.send("register:own_ask", said, asks=asks).status_code == 302
    made = DataRequest.objects.get(person=ann)
    assert (made.asks, made.how, made.state, made.identity_how) == (
        asks, "online", "received", "Signed in to their own account",
    )  # fmt: skip
    assert f"DATA-{made.pk}" in text_of(hers.page("register:you"))
    assert "We answer by" in text_of(hers.page("register:own_request", pk=made.pk))


def test_the_same_is_not_asked_twice_while_it_is_open_and_may_be_taken_back(ann, hers):
    hers.send("register:own_ask", {"what": ""}, asks="access")
    assert hers.send("register:own_ask", {"what": ""}, asks="access").status_code == 422
    made = DataRequest.objects.get()
    hers.send("register:own_withdraw", pk=made.pk)
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert hers.send("register:own_ask", {"what": ""}, asks="access").status_code == 302
    assert hers.page("register:own_ask", asks="nonsense").status_code == 404


@pytest.mark.requirement("SEC-05")
def test_people_fetch_their_copy_once_it_was_given(ann, hers, actor):
    officer = actor("data_protection_officer")
    hers.send("register:own_ask", {"what": ""}, asks="access")
    made = DataRequest.objects.get()
    rights.start(request=made, by=officer)
    export.make_copy(request=made, on=timezone.localdate(), by=officer)
    assert hers.page("register:own_request_file", pk=made.pk, format="pdf").status_code == 404  # not given yet
    rights.answer(request=made, state="granted", answer="Here is your copy.", at=timezone.now(), by=officer)
    file = hers.page("register:own_request_file", pk=made.pk, format="json")
    assert file.json()["about"] == ann.name
    assert "attachment" in file["Content-Disposition"]
    assert "Download the copy to read" in text_of(hers.page("register:own_request", pk=made.pk))


# ── accounts ──────────────────────────────────────────────────────────────────────────────────────────────


def code_in(message):
    return re.search(r"\b([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})\b", message.body)[1]


@pytest.fixture
def ivy(inside):
    return resident("Ivy", born_on=BORN)


def send(person, keeper):
    own.send_code(person=person, address=ADDRESS, at=timezone.now(), by=keeper)
    return code_in(Message.objects.latest("id"))


def answers(code, **said):
    return {"code": code, "born_on": BORN, "email": "ivy@example.org", "password": PASSWORD, **said}


@pytest.mark.requirement("PROF-32")
def test_a_code_opens_an_account_with_which_its_owner_signs_in_and_sees_only_their_own(ivy, keeper, client_as):
    code = send(ivy, keeper)
    assert AccountCode.objects.get().digest not in (code, code.replace("-", ""))
    visitor = client_as()
    assert visitor.send("register:join", answers(code.lower())).status_code == 302
    ivy.refresh_from_db()
    assert [one.role for one in ivy.user.role_holdings.all()] == ["resident"]
    response = visitor.send("account_login", {"login": "ivy@example.org", "password": PASSWORD})
    assert response["Location"].endswith("/register/you/")
    assert ivy.name in text_of(visitor.page("register:you"))
    links = visitor.page("register:you").content.decode()
    assert "My work" not in links
    assert visitor.send("register:join", answers(code, email="two@example.org")).status_code == 422


def test_a_letter_opened_by_somebody_else_opens_no_account(ivy, keeper, client_as):
    code = send(ivy, keeper)
    visitor = client_as()
    for _ in range(5):
        page = visitor.send("register:join", answers(code, born_on=date(1988, 1, 1)))
        assert "not the date of birth" in text_of(page)
    assert "cannot be used any longer" in text_of(visitor.send("register:join", answers(code)))
    assert not User.objects.filter(email="ivy@example.org").exists()


def test_an_unknown_an_old_and_an_earlier_code_open_nothing(ivy, keeper, client_as):
    first = send(ivy, keeper)
    second = send(ivy, keeper)
    visitor = client_as()
    assert "not known here" in text_of(visitor.send("register:join", answers(first)))
    assert "not known here" in text_of(visitor.send("register:join", answers("AAAA-AAAA-AAAA")))
    AccountCode.objects.update(sent_on=date(2020, 1, 1))
    assert "cannot be used any longer" in text_of(visitor.send("register:join", answers(second)))


@pytest.mark.requirement("INC-07")
def test_nobody_under_sixteen_gets_a_code_without_a_guardian(ivy, keeper):
    today = timezone.localdate()
    ivy.born_on = date(today.year - 12, 1, 1)
    ivy.save()
    with pytest.raises(Refused, match="under 16"):
        send(ivy, keeper)
    assert not AccountCode.objects.exists()
    ivy.born_on = None
    ivy.save()
    with pytest.raises(Refused, match="date of birth is not recorded"):
        send(ivy, keeper)


def test_a_code_for_somebody_with_a_marker_goes_only_by_their_safe_way(ivy, keeper):
    marked(ivy, {"channel": "email", "to": "safe@example.org"})
    send(ivy, keeper)
    assert [one.to_address for one in Message.objects.all()] == ["safe@example.org"]


def test_a_code_goes_to_nobody_who_acts_for_the_person(ivy, keeper):
    Advocate.objects.create(
        person=ivy, name="Ingrid Solomon", kind="attorney", scope=["everything"], email="ingrid@example.org",
        evidence="Lasting power", started_on=LONG_AGO,
    )  # fmt: skip
    Person.objects.filter(pk=ivy.pk).update(email="", mobile="", phone="")
    ivy.refresh_from_db()
    try:
        send(ivy, keeper)
    except Refused:
        assert not AccountCode.objects.exists()
    assert not Message.objects.filter(to_address="ingrid@example.org").exists()


def test_an_address_that_is_taken_is_said_and_the_code_stays_good(ivy, ann, keeper, client_as):
    code = send(ivy, keeper)
    page = client_as().send("register:join", answers(code, email="ANN.OWN@example.org"))
    assert "account with that email address already" in text_of(page)
    assert client_as().send("register:join", answers(code)).status_code == 302


def test_an_account_that_was_ended_opens_nothing_and_the_record_stays(ann, hers, keeper):
    own.end_account(person=ann, on=timezone.localdate(), by=keeper)
    assert Person.objects.get(pk=ann.pk).user is None
    assert hers.page("register:you").status_code == 302


def test_residents_stand_in_no_list_of_staff(ann, client_as, user_with):
    client = client_as(user_with(roles=["administrator"]))
    assert "Ann Own" not in client.page("accounts:people").content.decode()
    assert "ann.own@example.org" not in client.page("accounts:posts").content.decode()
    assert 'value="resident"' not in client.page("accounts:invite").content.decode()


def test_the_demonstration_has_a_resident_who_signs_in_and_requests_at_several_stages(inside, client_as, actor):
    from hearth.config.demo import rights as demo

    today = timezone.localdate()
    officer = actor("data_protection_officer", "register_keeper")
    assert demo.load(today=today, now=timezone.now(), password=PASSWORD, by=officer) is None
    for name in ("Ann", "Bob", "Cyd", "Dee"):
        person = resident(name, born_on=BORN)
        home = person.memberships.get().household.home
        held = Tenancy.objects.create(home=home, tenure="general_needs", started_on=LONG_AGO)
        TenancyHolder.objects.create(tenancy=held, person=person, lead=True, started_on=LONG_AGO)
    demo.load(today=today, now=timezone.now(), password=PASSWORD, by=officer)
    visitor = client_as()
    visitor.send("account_login", {"login": "resident@thornbridge.example", "password": PASSWORD})
    assert "DATA-" in text_of(visitor.page("register:you"))
    assert sorted(DataRequest.objects.values_list("asks", "state")) == [
        ("access", "received"), ("correction", "working"), ("erasure", "received"), ("objection", "working"),
    ]  # fmt: skip
