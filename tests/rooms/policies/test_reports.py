"""Reports to formal bodies: opened by what is attached, sent with recommendations, decided upon."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.kernel.refusals import Refused
from tests.factories.pages import text_of

Make = Callable[..., Any]


@pytest.fixture
def offer(officer: Any, post: Any) -> Make:
    """`offer(document)`: a review's findings go to the committee. Any record may stand for the review."""
    from hearth.policies import services

    def give(document: Any, **said: Any) -> Any:
        given = {"subject": post, "body": "Housing Cabinet Committee", "findings": "Leaflets in large print",
                 "title": "CAR-2023-0001", "by": officer}  # fmt: skip
        return services.offer_to_report(**{**given, "document": document, **said})

    return give


@pytest.mark.requirement("CAR-36", "GOV-05", "GOV-09")
def test_findings_open_a_draft_to_the_body_by_any_of_its_names_and_the_file_goes_with_them(
    revised: Make, offer: Make, cabinet: Any, officer: Any, client: Any, post: Any
) -> None:
    from hearth.documents import services as files
    from hearth.policies import queries, services

    document = revised()
    attachment = offer(document)
    assert (attachment.report.body, attachment.report.document) == (cabinet, document)
    file = files.keep(name="review.docx", body=b"A review", purpose="test", by=officer)
    services.attach_file(attachment=attachment, file=file, by=officer)
    found = queries.report_attachment(post)
    assert found == attachment
    assert found.report.decided_on is None
    page = text_of(client.page("policies:report", pk=attachment.report_id))
    assert "Leaflets in large print" in page
    assert "review.docx" in page
    given = client.page("policies:attachment", pk=attachment.report_id, attachment=attachment.pk)
    assert given.content == b"A review"


def test_the_same_findings_again_renew_the_draft_and_a_second_review_joins_it(
    revised: Make, offer: Make, cabinet: Any
) -> None:
    from hearth.policies.models import CommitteeReport

    document = revised()
    first = offer(document)
    again = offer(document, findings="And an audio version")
    other = offer(document, subject=cabinet, body="housing services cabinet committee")
    assert again.pk == first.pk
    assert again.findings == "And an audio version"
    assert other.report_id == first.report_id
    assert CommitteeReport.objects.count() == 1


def test_a_body_that_nobody_knows_is_kept_as_named_and_must_be_chosen_before_sending(
    revised: Make, offer: Make, officer: Any, client: Any
) -> None:
    from hearth.policies import services

    report = offer(revised(), body="The Grand Committee").report
    assert report.body is None
    assert "The Grand Committee" in text_of(client.page("policies:report", pk=report.pk))
    with pytest.raises(Refused, match="Choose the body"):
        services.send_report(report=report, on=date(2023, 3, 1), by=officer)


def test_findings_without_a_document_open_a_report_under_their_own_title(offer: Make) -> None:
    assert offer(None).report.title == "CAR-2023-0001"


def write(report: Any, by: Any, **said: Any) -> None:
    from hearth.policies import services

    given = {"title": report.title, "body": report.body, "document": report.document, "meeting_on": None,
             "findings": "It works", "recommendations": "Approve the strategy", "consultation": ""}  # fmt: skip
    services.change_report(report=report, **{**given, **said}, by=by)


@pytest.mark.requirement("GOV-04", "GOV-08")
def test_a_report_is_sent_with_recommendations_and_the_documents_review_only(
    revised: Make, offer: Make, clear: Make, cabinet: Any, officer: Any
) -> None:
    from hearth.policies import services

    document = revised()
    report = offer(document).report
    write(report, officer, recommendations="")
    with pytest.raises(Refused) as refused:
        services.send_report(report=report, on=date(2023, 3, 5), by=officer)
    assert refused.value.field == "recommendations"
    write(report, officer)
    with pytest.raises(Refused, match="Customer Access Review"):
        services.send_report(report=report, on=date(2023, 3, 5), by=officer)
    clear(document)
    services.send_report(report=report, on=date(2023, 3, 5), by=officer)
    document.refresh_from_db()
    assert report.sent_on == date(2023, 3, 5)
    assert document.status == "submitted"
    with pytest.raises(Refused, match="was sent"):
        write(report, officer, findings="Something else")


@pytest.mark.requirement("GOV-08")
@pytest.mark.parametrize(
    ("outcome", "status"), [("approved", "approved"), ("returned", "revised"), ("noted", "submitted")]
)
def test_the_decision_moves_the_document(
    revised: Make, offer: Make, clear: Make, cabinet: Any, officer: Any, director: Any, outcome: str, status: str
) -> None:
    from hearth.policies import services

    document = revised()
    clear(document)
    report = offer(document).report
    write(report, officer)
    services.send_report(report=report, on=date(2023, 3, 5), by=officer)
    with pytest.raises(Refused):
        services.record_decision(
            report=report, decision="It was agreed", outcome=outcome, on=date(2023, 3, 4), by=director
        )
    services.record_decision(
        report=report, decision="It was agreed", outcome=outcome, on=date(2023, 3, 20), by=director
    )
    document.refresh_from_db()
    assert document.status == status
    assert report.decided_on == date(2023, 3, 20)


@pytest.mark.requirement("GOV-09", "SYS-01")
def test_a_report_lands_with_its_body_and_with_its_own_landlord_only(
    offer: Make, cabinet: Any, client: Any, within: Any, other_landlord: Any
) -> None:
    from hearth.policies.models import CommitteeReport

    offer(None)
    assert "CAR-2023-0001" in text_of(client.page("policies:reports", query={"body": cabinet.pk}))
    with within(other_landlord):
        assert not CommitteeReport.objects.exists()


def test_a_report_is_begun_written_attached_to_and_sent_through_its_pages(client: Any, cabinet: Any) -> None:
    from hearth.policies.models import CommitteeReport

    began = client.send("policies:add_report", {"title": "Yearly report", "body": cabinet.pk})
    report = CommitteeReport.objects.get(title="Yearly report")
    assert began.status_code == 302
    said = {"title": "Yearly report", "body": cabinet.pk, "findings": "Well", "recommendations": "Note it"}
    assert client.send("policies:change_report", said, pk=report.pk).status_code == 302
    upload = SimpleUploadedFile("figures.txt", b"Figures of the year.", "text/plain")
    assert client.send("policies:add_file", {"title": "Figures", "upload": upload}, pk=report.pk).status_code == 302
    sent = {"on-day": 1, "on-month": 3, "on-year": 2024}
    assert client.send("policies:send_report", sent, pk=report.pk).status_code == 302
    report.refresh_from_db()
    assert report.sent_on == date(2024, 3, 1)
    assert "Figures" in text_of(client.page("policies:report", pk=report.pk))
