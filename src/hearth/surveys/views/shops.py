"""Mystery shops: the organiser's, the tested service's and the shopper's pages."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from hearth.actions import queries as actions
from hearth.kernel.permits import SIGNED_IN
from hearth.landlords import queries as landlords
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import shops as shop_forms
from hearth.surveys.models import MysteryShop
from hearth.surveys.rules.shops import Quarter, Shop
from hearth.ui.tables import Cell, Table
from hearth.ui.tags import state_tag
from hearth.ui.views import DeedView, ListPage, PageView

COLOURS = {
    Shop.ASSIGNED: "grey",
    Shop.DONE: "blue",
    Shop.FED_BACK: "blue",
    Shop.IMPROVEMENT: "yellow",
    Shop.CLOSED: "green",
}


def _quarter(rows: tuple[Quarter, ...]) -> Table:
    return Table(
        caption="This quarter, by service",
        headers=("Service", "Shops", "Average of ten", "Below the standard"),
        rows=tuple(
            (one.service, one.shops, one.average if one.shops else "Not tried this quarter", one.below) for one in rows
        ),
        stack=True,
        empty="No service has been tried yet.",
    )


class Shops(ListPage):
    """Every shop that one may see, and the quarter."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "surveys/shops/shops.jinja"
    title = "Mystery shops"

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [{"text": "Surveys", "href": reverse("surveys:surveys")}]

    def items(self) -> Any:
        return queries.shops(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        rows = tuple(
            (
                Cell(one.service, href=reverse("surveys:shop", kwargs={"pk": one.pk})),
                one.get_channel_display(),
                one.done_on or "",
                one.score if one.score is not None else "",
                state_tag(Shop(one.state), COLOURS),
            )
            for one in self.found
        )
        headers = ("Service", "How", "Done on", "Score of ten", "State")
        return {
            "table": Table(caption="Shops", headers=headers, rows=rows, stack=True),
            "quarter": _quarter(queries.quarter(timezone.localdate(), by=self.request.actor)),
            "may_build": self.request.actor.may(permissions.BUILD),
        }


class _OfShop(PageView):
    permission: ClassVar[str | None] = permissions.SEE

    def load(self, **kwargs: Any) -> None:
        found = queries.shop(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.shop: MysteryShop = found
        self.caption = found.service

    def breadcrumbs(self) -> list[dict[str, str]]:
        surveys = {"text": "Surveys", "href": reverse("surveys:surveys")}
        return [surveys, {"text": Shops.title, "href": reverse("surveys:shops")}]

    def own(self) -> str:
        """The address of the shop's own page."""
        return reverse("surveys:shop", kwargs={"pk": self.shop.pk})


class OneShop(_OfShop):
    """One shop: what was tried, what happened, what is improved. Never by whom."""

    template_name = "surveys/shops/shop.jinja"
    title = "Mystery shop"

    def context(self) -> dict[str, Any]:
        shop = self.shop
        facts = [
            ("What should happen", shop.standard),
            ("Post that hears of it", shop.post.title if shop.post else "None"),
            ("What was done", shop.scenario),
            ("How", shop.get_channel_display()),
            ("Score", f"{shop.score} of 10; the standard is {shop.pass_score}" if shop.score is not None else ""),
            ("What happened", shop.comment),
            ("Why nothing changes", shop.no_change),
        ]
        return {
            "facts": [{"key": {"text": key}, "value": {"text": value}} for key, value in facts if value],
            "state": state_tag(Shop(shop.state), COLOURS),
            "improvements": list(actions.of_source(shop)),
            "may_build": self.request.actor.may(permissions.BUILD),
            "shop": shop,
            "is_told": Shop(shop.state) in (Shop.FED_BACK, Shop.IMPROVEMENT),
            "is_assigned": Shop(shop.state) is Shop.ASSIGNED,
        }


class _Deed(_OfShop, DeedView):
    permission: ClassVar[str | None] = permissions.BUILD

    def cancel(self) -> str:
        return self.own()

    def get_success_url(self) -> str:
        return self.own()


class Assign(DeedView):
    """Give a scenario to a shopper."""

    permission: ClassVar[str | None] = permissions.BUILD
    form_class = shop_forms.Assign
    title = "Plan a mystery shop"
    success_message = "The shopper finds the scenario on their own page. The service sees nothing of it."

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [{"text": Shops.title, "href": reverse("surveys:shops")}]

    def get_initial(self) -> dict[str, Any]:
        return {"pass_score": 7}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"posts": [(one.pk, one.title) for one in landlords.posts()]}

    def get_success_url(self) -> str:
        return reverse("surveys:shops")

    def cancel(self) -> str:
        return reverse("surveys:shops")

    def do(self, *, post: int, **said: Any) -> Any:
        found = landlords.posts().get(pk=post)
        return services.assign_shop(post=found, **said, by=self.request.actor)


class Improve(_Deed):
    """Promise an improvement."""

    form_class = shop_forms.Improve
    title = "Add an improvement"
    success_message = "The improvement is among the actions."

    def do(self, **said: str) -> Any:
        return services.improve(shop=self.shop, **said, by=self.request.actor)


class Close(_Deed):
    """Close a shop."""

    form_class = shop_forms.Close
    title = "Close this mystery shop"
    button = "Close"
    success_message = "The mystery shop is closed."

    def do(self, *, no_change: str) -> Any:
        services.close_shop(shop=self.shop, no_change=no_change, by=self.request.actor)


class Result(_Deed):
    """What happened, keyed in for a shopper who told it by telephone or on paper."""

    form_class = shop_forms.Result
    title = "What happened?"
    success_message = "The service has been told, without the shopper."

    def do(self, *, score: int, comment: str, done_on: date) -> Any:
        return services.complete_shop(
            shop=self.shop, score=score, comment=comment, done_on=done_on, today=timezone.localdate(),
            by=self.request.actor,
        )  # fmt: skip


class OwnShops(PageView):
    """The resident's own scenarios."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "surveys/shops/own.jinja"
    title = "Your mystery shops"

    def context(self) -> dict[str, Any]:
        return {"shops": list(queries.own_shops(self.request.actor)), "assigned": Shop.ASSIGNED.value}


class OwnResult(Result):
    """What happened, told by the shopper."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "surveys/shops/own_result.jinja"
    success_message = "Thank you. The service is told what happened, and not who you are."

    def load(self, **kwargs: Any) -> None:
        found = queries.own_shops(self.request.actor).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.shop = found

    def breadcrumbs(self) -> list[dict[str, str]]:
        return [{"text": OwnShops.title, "href": reverse("surveys:own_shops")}]

    def own(self) -> str:
        return reverse("surveys:own_shops")

    def context(self) -> dict[str, Any]:
        return {"shop": self.shop}
