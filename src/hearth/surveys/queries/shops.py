"""Mystery shops, as each may see them: the organiser all, others those that are done, without the shopper."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from hearth.kernel.permits import Actor, check
from hearth.register import queries as register
from hearth.surveys import permissions
from hearth.surveys.models import MysteryShop
from hearth.surveys.rules import shops as rules
from hearth.surveys.rules.shops import Shop


def shops(*, by: Actor) -> QuerySet[MysteryShop]:
    """The shops that somebody may see; none that waits, but for the organiser, so that no service is warned (SUR-12).

    The shopper is never loaded here. Raises Forbidden.
    """
    check(by, permissions.SEE)
    found = MysteryShop.objects.select_related("post").defer("shopper")
    return found if by.may(permissions.BUILD) else found.exclude(state=Shop.ASSIGNED)


def shop(pk: int, *, by: Actor) -> MysteryShop | None:
    """One of them, or None. Raises Forbidden."""
    return shops(by=by).filter(pk=pk).first()


def own_shops(by: Actor) -> QuerySet[MysteryShop]:
    """The scenarios of the resident who has signed in; none for anybody else."""
    person = register.person_of_user(by.user_id)
    if person is None:
        return MysteryShop.objects.none()
    return MysteryShop.objects.filter(shopper=person)


def quarter(day: date, *, by: Actor) -> tuple[rules.Quarter, ...]:
    """Shops and average score by service in the quarter of a day; services that were not tried are named (SUR-14)."""
    check(by, permissions.SEE)
    first, last = rules.quarter_of(day)
    done = MysteryShop.objects.filter(done_on__range=(first, last), score__isnull=False)
    services = MysteryShop.objects.order_by("service").values_list("service", flat=True).distinct()
    scores = [
        (service, score or 0, least) for service, score, least in done.values_list("service", "score", "pass_score")
    ]
    return rules.quarter(scores, services)
