"""The register of posts, with who fills each of them on a day (GOV-12)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import forms, pages, permissions, queries, services
from hearth.landlords import permissions as landlord_permissions
from hearth.landlords import queries as landlords
from hearth.landlords import services as landlord_services
from hearth.ui.views import DeedView, ListPage, PageView

Crumbs = list[dict[str, str]]


class Posts(ListPage):
    """Every post, and who filled it on the day that is asked for."""

    permission: ClassVar[str | None] = landlord_permissions.SEE_SETTINGS
    template_name = "accounts/posts.jinja"
    title = "Posts"
    filter_form_class = forms.WhenHeld

    def items(self) -> Any:
        self.on: date = self.chosen.get("on") or timezone.localdate()
        words = self.chosen.get("words")
        return landlords.find_posts(words) if words else landlords.posts()

    def context(self) -> dict[str, Any]:
        holders = queries.holders_by_post(on=self.on)
        posts = [(post, [one.name for one in holders.get(post.pk, [])]) for post in self.found]
        may = self.request.actor.may(landlord_permissions.CONFIGURE)
        return {"posts": posts, "on": self.on, "may_change": may}


class _OfPost(PageView):
    """A page about one post."""

    permission: ClassVar[str | None] = landlord_permissions.CONFIGURE

    def load(self, **kwargs: Any) -> None:
        self.post_record = get_object_or_404(landlords.posts(), pk=kwargs["pk"])

    def breadcrumbs(self) -> Crumbs:
        own = {"text": self.post_record.title, "href": self.of_post()}
        return [{"text": "Posts", "href": reverse("accounts:posts")}, own]

    def of_post(self) -> str:
        """The address of the post's own page."""
        return reverse("accounts:post", kwargs={"pk": self.post_record.pk})


class _PostDeed(_OfPost, DeedView):
    """Something done to one post; it leads back to the post's page."""

    def get_success_url(self) -> str:
        return self.of_post()

    def cancel(self) -> str:
        return self.of_post()


class Post(_OfPost):
    """One post with everybody who filled it."""

    permission: ClassVar[str | None] = landlord_permissions.SEE_SETTINGS
    template_name = "accounts/post.jinja"

    def get_title(self) -> str:
        return self.post_record.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        holdings = queries.holdings().filter(post=self.post_record)
        return {
            "post": self.post_record,
            "holders": pages.holder_rows(holdings, on=timezone.localdate()),
            "may_change": self.request.actor.may(landlord_permissions.CONFIGURE),
            "may_fill": self.request.actor.may(permissions.MANAGE),
        }


def _said(aliases: str, **answers: Any) -> dict[str, Any]:
    names = [line.strip() for line in aliases.splitlines() if line.strip()]
    return {**answers, "aliases": names}


class AddPost(DeedView):
    """Add a post to the register."""

    permission: ClassVar[str | None] = landlord_permissions.CONFIGURE
    form_class = forms.Post
    title = "Add a post"
    success_message = "The post has been added."

    def breadcrumbs(self) -> Crumbs:
        return [{"text": "Posts", "href": self.cancel()}]

    def cancel(self) -> str:
        return reverse("accounts:posts")

    def do(self, **answers: Any) -> Any:
        return landlord_services.add_post(**_said(**answers), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("accounts:post", kwargs={"pk": self.done.pk})


class ChangePost(_PostDeed):
    """Change a post's title, aliases, team or duties."""

    form_class = forms.Post
    title = "Change this post"
    success_message = "The post has been changed."

    def get_initial(self) -> dict[str, Any]:
        post = self.post_record
        names = ("title", "team", "senior", "duties", "published")
        return {**{name: getattr(post, name) for name in names}, "aliases": "\n".join(post.aliases)}

    def do(self, **answers: Any) -> Any:
        return landlord_services.change_post(post=self.post_record, by=self.request.actor, **_said(**answers))


class FillPost(_PostDeed):
    """Record who fills a post."""

    permission: ClassVar[str | None] = permissions.MANAGE
    form_class = forms.FillPost
    title = "Record who fills this post"
    success_message = "The holder has been recorded."

    def get_initial(self) -> dict[str, Any]:
        return {"first_on": timezone.localdate()}

    def do(self, *, person: str | None, name: str, **days: Any) -> Any:
        user = queries.users().get(pk=int(person)) if person else None
        return services.fill_post(
            post_id=self.post_record.pk, name=user.name if user else name, user=user, **days, by=self.request.actor
        )


class LeavePost(_PostDeed):
    """Record the last day of somebody in a post."""

    permission: ClassVar[str | None] = permissions.MANAGE
    form_class = forms.LastDay
    title = "End somebody's time in this post"
    success_message = "The last day has been recorded."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.holding = get_object_or_404(queries.holdings(), pk=kwargs["holding"], post=self.post_record)
        self.caption = self.holding.name

    def get_initial(self) -> dict[str, Any]:
        return {"last_on": timezone.localdate()}

    def do(self, *, last_on: date) -> None:
        services.leave_post(holding=self.holding, last_on=last_on, by=self.request.actor)
