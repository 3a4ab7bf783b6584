"""What somebody is to the landlord on a day: tenant of which kind, leaseholder, neighbour (PROF-31); pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hearth.kernel.kinds import Kind
from hearth.register.rules.kinds import LOW_COST_OWNERSHIP, LOW_COST_RENTAL, Standing, Tenure


class TenureKind(Kind):
    """The tenure kinds of requirement PROF-31, the closest tie to the landlord first."""

    GENERAL_NEEDS = "general_needs", "General needs tenant"
    SUPPORTED = "supported", "Supported or independent living tenant"
    TEMPORARY = "temporary", "Tenant in temporary accommodation"
    INTERMEDIATE = "intermediate", "Intermediate rent tenant"
    SHARED_OWNER = "shared_owner", "Shared owner"
    LEASEHOLDER = "leaseholder", "Leaseholder"
    HOUSEHOLD = "household", "Household member"
    TRAVELLER_SITE = "traveller_site", "Gypsy and traveller resident on a managed site"
    TRAVELLER_SETTLED = "traveller_settled", "Gypsy and traveller resident, settled"
    PRIVATE = "private", "Private or other-tenure resident"
    APPLICANT = "applicant", "Applicant"
    FORMER = "former", "Former tenant or leaseholder"
    COMMUNITY = "community", "Community member"


OF_TENURE = {
    Tenure.GENERAL_NEEDS: TenureKind.GENERAL_NEEDS,
    Tenure.SUPPORTED: TenureKind.SUPPORTED,
    Tenure.TEMPORARY: TenureKind.TEMPORARY,
    Tenure.INTERMEDIATE: TenureKind.INTERMEDIATE,
    Tenure.SHARED_OWNERSHIP: TenureKind.SHARED_OWNER,
}
OF_STANDING = {
    Standing.TRAVELLER_SITE: TenureKind.TRAVELLER_SITE,
    Standing.TRAVELLER_SETTLED: TenureKind.TRAVELLER_SETTLED,
    Standing.PRIVATE: TenureKind.PRIVATE,
}
# Who may be counted in the regulator's tenant measures: low-cost rental and low-cost ownership, nobody else
# (reference on tenant satisfaction measures, 1.3).
IN_RENTAL_MEASURES = frozenset(OF_TENURE[tenure] for tenure in LOW_COST_RENTAL)
IN_OWNERSHIP_MEASURES = frozenset(OF_TENURE[tenure] for tenure in LOW_COST_OWNERSHIP)


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included; None is open."""

    started_on: date | None = None
    ended_on: date | None = None

    def holds(self, on: date) -> bool:
        """Whether a day lies within."""
        return (self.started_on is None or self.started_on <= on) and (self.ended_on is None or on <= self.ended_on)

    def over(self, on: date) -> bool:
        """Whether it has ended before a day."""
        return self.ended_on is not None and self.ended_on < on


@dataclass(frozen=True)
class Ties:
    """All by which somebody is tied to the landlord, at any time."""

    tenancies: tuple[tuple[Tenure, Span], ...] = ()
    leases: tuple[Span, ...] = ()
    households: tuple[Span, ...] = ()
    applications: tuple[Span, ...] = ()
    standing: Standing = Standing.NONE


def tenure_of(ties: Ties, *, on: date) -> TenureKind:
    """What somebody is on a day: the closest tie that holds; nobody is without one (PROF-31).

    A tenant who has applied for a transfer is a tenant; somebody with a standing of their own who lives in a tenant's
    household is a household member. Whom nothing ties is a community member.
    """
    holding = {OF_TENURE[tenure] for tenure, span in ties.tenancies if span.holds(on)}
    if _any(ties.leases, on):
        holding.add(TenureKind.LEASEHOLDER)
    if _any(ties.households, on):
        holding.add(TenureKind.HOUSEHOLD)
    if ties.standing in OF_STANDING:
        holding.add(OF_STANDING[ties.standing])
    if _any(ties.applications, on):
        holding.add(TenureKind.APPLICANT)
    past = [span for _, span in ties.tenancies] + list(ties.leases)
    if ties.standing != Standing.COMMUNITY and any(span.over(on) for span in past):
        holding.add(TenureKind.FORMER)
    holding.add(TenureKind.COMMUNITY)
    return next(kind for kind in TenureKind if kind in holding)


def in_tenant_measures(kind: TenureKind) -> bool:
    """Whether somebody of this kind is counted in the tenant measures: renters and shared owners only."""
    return kind in IN_RENTAL_MEASURES or kind in IN_OWNERSHIP_MEASURES


def _any(spans: Iterable[Span], on: date) -> bool:
    return any(span.holds(on) for span in spans)
