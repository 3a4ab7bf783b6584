"""How long this room keeps what it keeps, and the job that lets go of it (SEC-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from hearth.audit import services as audit
from hearth.db import privacy
from hearth.documents import services as documents
from hearth.kernel.keeping import Fate, Kept
from hearth.kernel.permits import Actor, check
from hearth.register import permissions
from hearth.register.models import (
    AccountCode,
    Adjustment,
    Advocate,
    Application,
    ContactLog,
    DataRequest,
    HeldMessage,
    HouseholdMember,
    Import,
    ImportProblem,
    InterpreterBooking,
    LeaseHolder,
    Merge,
    Need,
    Person,
    RetentionRun,
    SafeContact,
    TenancyHolder,
)
from hearth.register.queries import rights as queries
from hearth.register.rules import retention as rules
from hearth.register.rules.kinds import ImportState
from hearth.register.rules.retention import Line
from hearth.register.rules.rights import OPEN
from hearth.register.services.erasing import NAMELESS, forget

CHUNK = 500  # rows that are let go of at a time
PERSON = "register.person"


# ── what is past its time ─────────────────────────────────────────────────────────────────────────────────


def _mine() -> dict[str, Any]:
    return {"person": OuterRef("pk")}


def _going_on(day: date) -> list[Exists]:
    """What ties somebody to a home or to an application after a day, or with no known end."""

    def later(prefix: str = "") -> Q:
        return Q(**{f"{prefix}ended_on": None}) | Q(**{f"{prefix}ended_on__gt": day})

    return [
        Exists(TenancyHolder.objects.filter(later() & later("tenancy__"), **_mine())),
        Exists(LeaseHolder.objects.filter(later() & later("lease__"), **_mine())),
        Exists(HouseholdMember.objects.filter(later() & later("household__"), **_mine())),
        Exists(Application.objects.filter(later(), **_mine())),
    ]


def _let_go(day: date) -> QuerySet[Person]:
    """People with nothing going on after a day, also in a record that was merged into theirs, and nothing asked."""
    found = Person.objects.filter(anonymised_on=None, merged_into=None, standing="")
    found = found.exclude(Exists(DataRequest.objects.filter(state__in=OPEN, **_mine())))
    for tie in _going_on(day):
        found = found.exclude(tie)
    for tie in _going_on(day):
        found = found.exclude(Exists(Person.objects.filter(tie, merged_into=OuterRef("pk"))))
    return found


def _had_a_home() -> Q:
    tenancy, lease, member = (
        Exists(of.objects.filter(**_mine())) for of in (TenancyHolder, LeaseHolder, HouseholdMember)
    )
    return Q(tenancy) | Q(lease) | Q(member)


def former_residents(day: date) -> QuerySet[Person]:
    """Who lived in or held a home, all of which ended on or before a day, whenever the record was made."""
    return _let_go(day).filter(_had_a_home())


def former_applicants(day: date) -> QuerySet[Person]:
    """Who only applied, and whose last application ended by a day; or is known since then for no reason on record."""
    applied = Exists(Application.objects.filter(**_mine()))
    return _let_go(day).exclude(_had_a_home()).filter(Q(applied) | Q(recorded_at__date__lte=day))


def _forget_all(rows: Any, by: Actor) -> int:
    people = list(rows)
    forget(people, on=_today(), by=by)
    return len(people)


def _delete(rows: Any, by: Actor) -> int:
    count = rows.count()
    rows.delete()
    return count


def _empty_imports(rows: Any, by: Actor) -> int:
    imports = list(rows.select_related("file"))
    for one in imports:
        documents.empty(file=one.file, on=_today(), by=by)
        one.samples = []
        one.save(update_fields=["samples"])
    return len(imports)


def _empty_copies(rows: Any, by: Actor) -> int:
    requests = list(rows.select_related("file", "data"))
    for one in requests:
        for file in (one.file, one.data):
            if file is not None:
                documents.empty(file=file, on=_today(), by=by)
    return len(requests)


def _unname_requests(rows: Any, by: Actor) -> int:
    blank = {"asked_by": NAMELESS, "what": "", "answer": "", "identity_how": "", "extension_reason": "", "review": []}
    return int(rows.update(person=None, **blank))


def _empty_merges(rows: Any, by: Actor) -> int:
    return int(rows.update(moved={}))


def _today() -> date:
    return timezone.localdate()


KEPT: list[Kept] = [
    Kept(
        "register.former_residents", "People who have left", PERSON, "register.keep_former_residents",
        "the end of the last tenancy, lease or household", Fate.ANONYMISED, former_residents, _forget_all,
    ),
    Kept(
        "register.former_applicants", "People who only applied", PERSON, "register.keep_applicants",
        "the end of the last application", Fate.ANONYMISED, former_applicants, _forget_all,
    ),
    Kept(
        "register.contacts", "Contacts with people", "register.contactlog", "register.keep_contacts", "the contact",
        Fate.DELETED, lambda day: ContactLog.objects.filter(at__date__lte=day), _delete,
    ),
    Kept(
        "register.needs", "Needs that have ended", "register.need", "register.keep_support", "the end of the need",
        Fate.DELETED, lambda day: Need.objects.filter(ended_on__lte=day), _delete,
    ),
    Kept(
        "register.adjustments", "Adjustments that have ended", "register.adjustment", "register.keep_support",
        "the end of the adjustment", Fate.DELETED, lambda day: Adjustment.objects.filter(ended_on__lte=day), _delete,
    ),
    Kept(
        "register.interpreters", "Interpreters booked", "register.interpreterbooking", "register.keep_support",
        "the day of the booking", Fate.DELETED, lambda day: InterpreterBooking.objects.filter(at__date__lte=day),
        _delete,
    ),
    Kept(
        "register.advocates", "Authorities that have ended", "register.advocate", "register.keep_support",
        "the end of the authority", Fate.DELETED, lambda day: Advocate.objects.filter(ended_on__lte=day), _delete,
    ),
    Kept(
        "register.markers", "Markers that were lifted", "register.safecontact", "register.keep_support",
        "the day on which it was lifted", Fate.DELETED, lambda day: SafeContact.objects.filter(ended_on__lte=day),
        _delete,
    ),
    Kept(
        "register.held_messages", "Messages that were held and settled", "register.heldmessage",
        "register.keep_working", "the day on which it was settled", Fate.DELETED,
        lambda day: HeldMessage.objects.filter(settled_at__date__lte=day), _delete,
    ),
    Kept(
        "register.import_problems", "Rows that could not be brought in", "register.importproblem",
        "register.keep_working", "the day of the file", Fate.DELETED,
        lambda day: ImportProblem.objects.filter(of__recorded_at__date__lte=day), _delete,
    ),
    Kept(
        "register.import_files", "Files that were brought in", "register.import", "register.keep_working",
        "the day of the file", Fate.ANONYMISED,
        lambda day: Import.objects.filter(recorded_at__date__lte=day, file__emptied_on=None).exclude(
            state__in=[ImportState.CHECKING, ImportState.RUNNING]
        ),
        _empty_imports,
    ),
    Kept(
        "register.merges", "What a merge would need to be undone", "register.merge", "register.keep_merges",
        "the merge", Fate.ANONYMISED, lambda day: Merge.objects.filter(at__date__lte=day).exclude(moved={}),
        _empty_merges,
    ),
    Kept(
        "register.codes", "Codes for opening an account", "register.accountcode", "register.keep_working",
        "the letter or email", Fate.DELETED, lambda day: AccountCode.objects.filter(sent_on__lte=day), _delete,
    ),
    Kept(
        "register.copies", "Copies of data that were given", "register.datarequest", "register.keep_copies",
        "the answer", Fate.ANONYMISED,
        lambda day: DataRequest.objects.filter(answered_on__lte=day).filter(
            Q(file__emptied_on=None, file__isnull=False) | Q(data__emptied_on=None, data__isnull=False)
        ),
        _empty_copies,
    ),
    Kept(
        "register.requests", "Requests about data", "register.datarequest", "register.keep_requests", "the answer",
        Fate.ANONYMISED,
        lambda day: DataRequest.objects.filter(answered_on__lte=day).exclude(asked_by=NAMELESS), _unname_requests,
    ),
]  # fmt: skip


# ── letting go ────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Asked:
    """One kind of record on a day: what is past its time, and what of it a hold keeps."""

    kind: Kept
    rule: str
    free: Any
    held: int

    def line(self, gone: int) -> Line:
        """The line of the report, with so many let go."""
        deleted, anonymised = (gone, 0) if self.kind.fate is Fate.DELETED else (0, gone)
        return Line(self.kind.key, self.kind.words, self.rule, deleted, anonymised, self.held)


def _asked(kind: Kept, holds: list[rules.Hold], *, on: date) -> _Asked:
    months = queries.months_kept(kind, on=on)
    rows = kind.past(rules.last_day(on, months))
    rule = rules.rule_in_words(months, kind.since)
    if rules.wholly_held(kind.kind, holds):
        return _Asked(kind, rule, rows.none(), rows.count())
    people = rules.people_held_at_all(holds) if kind.kind == PERSON else rules.held_people(kind.kind, holds)
    if not people:
        return _Asked(kind, rule, rows, 0)
    addresses = set(Person.objects.filter(pk__in=people).exclude(email="").values_list("email", flat=True))
    theirs = privacy.rows_about(rows.model, people=people, addresses=addresses)
    held = rows.filter(pk__in=theirs.values("pk"))
    return _Asked(kind, rule, rows.exclude(pk__in=held.values("pk")), held.count())


def preview(*, on: date, by: Actor) -> list[Line]:
    """What the job would let go of on a day, and what a hold would keep; nothing is changed. Raises Forbidden."""
    check(by, permissions.RIGHTS)
    holds = queries.holds_on(on)
    return [one.line(one.free.count()) for one in (_asked(kind, holds, on=on) for kind in queries.kinds_kept())]


@transaction.atomic
def let_go(*, on: date, by: Actor) -> RetentionRun:
    """Delete or make anonymous whatever is past its time on a day and under no hold, and report the counts.

    A second run for the same day finds nothing left and changes no figure of the report.
    """
    check(by, permissions.RIGHTS)
    holds, lines = queries.holds_on(on), []
    for kind in queries.kinds_kept():
        asked = _asked(kind, holds, on=on)
        lines.append(asked.line(_in_chunks(asked, by=by)))
    run, _ = RetentionRun.objects.select_for_update().get_or_create(on=on)
    run.report = rules.added(run.report, lines)
    run.save(update_fields=["report"])
    gone = sum(line.deleted + line.anonymised for line in lines)
    audit.record(by=by, deed="register.let_go", subject=run, gone=gone, held=sum(line.held for line in lines))
    return run


def _in_chunks(asked: _Asked, *, by: Actor) -> int:
    """Let go a few hundred at a time, in the order of their numbers, so that memory does not grow with the register."""
    gone, last = 0, 0
    model = asked.free.model
    while True:
        numbers = list(asked.free.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True).distinct()[:CHUNK])
        if not numbers:
            return gone
        gone += asked.kind.act(model._default_manager.filter(pk__in=numbers), by)
        last = numbers[-1]
