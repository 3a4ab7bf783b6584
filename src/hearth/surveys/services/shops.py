"""Mystery shops: giving one to a shopper, its result, telling the service, and what is improved."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from hearth.accounts import queries as accounts
from hearth.actions import queries as known_actions
from hearth.actions import services as actions
from hearth.audit import services as audit
from hearth.kernel.choices import check_move
from hearth.kernel.permits import Actor, Forbidden, check
from hearth.kernel.refusals import Refused
from hearth.notifications import services as notifications
from hearth.register import queries as register
from hearth.surveys import permissions
from hearth.surveys.models import MysteryShop
from hearth.surveys.rules import shops
from hearth.surveys.rules.shops import Shop

SHOPPER = "A mystery shopper"  # who did it, as everybody but the organiser sees it


@transaction.atomic
def assign_shop(
    *,
    scenario: str,
    service: str,
    post: Any,
    standard: str,
    channel: str,
    shopper: str,
    due_on: date,
    pass_score: int,
    by: Actor,
) -> MysteryShop:
    """Give a scenario to a resident, by their reference in the register. The service that is tried sees nothing of it.

    Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    meant = register.referred(person=shopper.strip())
    if meant.person is None:
        raise Refused("The register knows no person with this reference.", field="shopper")
    if not 0 <= pass_score <= shops.BEST:
        raise Refused(f"The standard is a score between 0 and {shops.BEST}.", field="pass_score")
    made = MysteryShop.objects.create(
        scenario=scenario, service=service, post=post, standard=standard, channel=channel, shopper=meant.person,
        due_on=due_on, pass_score=pass_score,
    )  # fmt: skip
    audit.record(by=by, deed="surveys.shop_assigned", subject=made)
    return made


@transaction.atomic
def complete_shop(*, shop: MysteryShop, score: int, comment: str, done_on: date, today: date, by: Actor) -> MysteryShop:
    """Record what came of a shop, by the shopper or by an officer for them, and tell the service at once (SUR-13).

    Raises Refused, Forbidden.
    """
    shop = MysteryShop.objects.select_for_update(of=("self",)).select_related("post", "shopper").get(pk=shop.pk)
    _check_who(shop, by)
    check_move(shops.MOVES, Shop(shop.state), Shop.DONE, what="This shop")
    shops.check_result(score=score, comment=comment, done_on=done_on, today=today)
    shop.score, shop.comment, shop.done_on = score, comment.strip(), done_on
    shop.state = Shop.DONE
    shop.save(update_fields=["score", "comment", "done_on", "state"])
    audit.record(by=_hidden(by), deed="surveys.shop_done", subject=shop, score=score)
    _feed_back(shop, today=today, by=by)
    return shop


def _check_who(shop: MysteryShop, by: Actor) -> None:
    person = register.person_of_user(by.user_id)
    if by.may(permissions.BUILD) or (person is not None and person.pk == shop.shopper_id):
        return
    raise Forbidden("Only the shopper can say what happened.")


def _hidden(by: Actor) -> Actor:
    """Who did it, without telling who: an organiser stands for themselves."""
    return by if by.may(permissions.BUILD) else Actor(landlord_id=by.landlord_id, name=SHOPPER)


def _feed_back(shop: MysteryShop, *, today: date, by: Actor) -> None:
    """Tell the department on the day, without the shopper."""
    holding = accounts.holders(shop.post_id, on=today) if shop.post_id else ()
    for held in holding:
        if held.user is None or not held.user.is_active:
            continue
        notifications.send(
            key=f"surveys.shop.{shop.pk}.{held.user.pk}",
            to_name=held.user.name,
            to_address=held.user.email,
            subject=f"A mystery shop of {shop.service}: {shop.score} of {shops.BEST}",
            body=(
                f"What was tried: {shop.standard}\n\nScore: {shop.score} of {shops.BEST}; the standard is "
                f"{shop.pass_score}.\n\nWhat happened: {shop.comment}\n\n"
                "Sign in to Hearth and open “Mystery shops” to say what will be improved."
            ),
            about=shop,
            by=_hidden(by),
        )
    shop.told_on, shop.state = today, Shop.FED_BACK
    shop.save(update_fields=["told_on", "state"])


@transaction.atomic
def improve(*, shop: MysteryShop, text: str, due: str, officer_title: str, by: Actor) -> Any:
    """Promise an improvement that follows from a shop; gives the action. Raises Refused, Forbidden."""
    check(by, permissions.BUILD)
    shop = MysteryShop.objects.select_for_update().get(pk=shop.pk)
    if not text.strip():
        raise Refused("Say what will be improved.", field="text")
    if Shop(shop.state) is not Shop.IMPROVEMENT:
        check_move(shops.MOVES, Shop(shop.state), Shop.IMPROVEMENT, what="This shop")
        shop.state = Shop.IMPROVEMENT
        shop.save(update_fields=["state"])
    number = len(known_actions.of_source(shop)) + 1
    action = actions.promise(
        source=shop, source_key=f"improvement {number}", kind="other", need=f"{shop.service}: {shop.standard}",
        affected="", text=text.strip(), outcome="", due=due, monitoring="", officer_title=officer_title, by=by,
    )  # fmt: skip
    audit.record(by=by, deed="surveys.shop_improved", subject=shop)
    return action


@transaction.atomic
def close_shop(*, shop: MysteryShop, no_change: str = "", by: Actor) -> None:
    """Close a shop, once what it found is being improved or it is said why nothing changes (SUR-15).

    Raises Refused, Forbidden.
    """
    check(by, permissions.BUILD)
    shop = MysteryShop.objects.select_for_update().get(pk=shop.pk)
    check_move(shops.MOVES, Shop(shop.state), Shop.CLOSED, what="This shop")
    improvements = len(known_actions.of_source(shop))
    shops.check_closing(
        score=shop.score or 0, pass_score=shop.pass_score, actions=improvements, no_change=no_change
    )  # fmt: skip
    shop.no_change, shop.state = no_change.strip(), Shop.CLOSED
    shop.save(update_fields=["no_change", "state"])
    audit.record(by=by, deed="surveys.shop_closed", subject=shop)
