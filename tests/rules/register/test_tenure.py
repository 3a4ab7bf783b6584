"""What somebody is to the landlord: the closest tie that holds on the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.register.rules import Span, Standing, Tenure, TenureKind, Ties, in_tenant_measures, tenure_of

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2027, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first, last = draw(st.none() | DAYS), draw(st.none() | DAYS)
    return Span(last, first) if first and last and last < first else Span(first, last)


TIES = st.builds(
    Ties,
    tenancies=st.lists(st.tuples(st.sampled_from(list(Tenure)), spans()), max_size=3).map(tuple),
    leases=st.lists(spans(), max_size=2).map(tuple),
    households=st.lists(spans(), max_size=2).map(tuple),
    applications=st.lists(spans(), max_size=2).map(tuple),
    standing=st.sampled_from(list(Standing)),
)


@given(TIES, DAYS)
def test_only_a_tenancy_that_holds_on_the_day_counts_in_the_tenant_measures(ties, on):
    holds = any(span.holds(on) for _, span in ties.tenancies)
    assert in_tenant_measures(tenure_of(ties, on=on)) == holds


@given(TIES, DAYS)
def test_whoever_holds_something_is_never_called_former_or_community(ties, on):
    kind = tenure_of(ties, on=on)
    everything = [*(span for _, span in ties.tenancies), *ties.leases, *ties.households, *ties.applications]
    if any(span.holds(on) for span in everything):
        assert kind not in (TenureKind.FORMER, TenureKind.COMMUNITY)


@given(TIES, DAYS)
def test_more_ties_never_make_somebody_less(ties, on):
    order = list(TenureKind)
    more = Ties(
        (*ties.tenancies, (Tenure.GENERAL_NEEDS, Span())),
        ties.leases,
        ties.households,
        ties.applications,
        ties.standing,
    )
    assert order.index(tenure_of(more, on=on)) <= order.index(tenure_of(ties, on=on))


def test_the_last_day_of_a_tenancy_belongs_to_it():
    ties = Ties(tenancies=((Tenure.SUPPORTED, Span(date(2026, 4, 1), date(2026, 4, 30))),))
    said = [tenure_of(ties, on=date(2026, 4, 1) + timedelta(days=n)) for n in (-1, 0, 29, 30)]
    assert said == [TenureKind.COMMUNITY, TenureKind.SUPPORTED, TenureKind.SUPPORTED, TenureKind.FORMER]


@pytest.mark.requirement("PROF-31")
def test_a_private_resident_is_none_of_the_tenants_who_are_measured():
    kind = tenure_of(Ties(standing=Standing.PRIVATE), on=date(2026, 4, 1))
    assert kind.label == "Private or other-tenure resident"
    assert not in_tenant_measures(kind)


@pytest.mark.requirement("PROF-31")
def test_every_kind_that_the_requirement_names_can_be_said():
    words = {kind.label for kind in TenureKind}
    assert {
        "General needs tenant", "Supported or independent living tenant", "Leaseholder", "Applicant",
        "Private or other-tenure resident", "Gypsy and traveller resident on a managed site",
        "Gypsy and traveller resident, settled", "Community member",
    } <= words  # fmt: skip


def test_a_tenant_who_asked_for_a_transfer_is_a_tenant():
    ties = Ties(tenancies=((Tenure.GENERAL_NEEDS, Span()),), applications=(Span(),), standing=Standing.PRIVATE)
    assert tenure_of(ties, on=date(2026, 4, 1)) == TenureKind.GENERAL_NEEDS
