"""One's own account, and how a new one is set up."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import forms, pages, queries, services
from hearth.kernel.permits import PUBLIC, SIGNED_IN
from hearth.kernel.refusals import Refused
from hearth.ui.views import DeedView, PageView


class OwnAccount(PageView):
    """What Hearth knows about whoever is signed in, and how they sign in."""

    permission: ClassVar[str | None] = SIGNED_IN
    template_name = "accounts/own.jinja"
    title = "Your account"

    def context(self) -> dict[str, Any]:
        user, today, known = self.request.user, timezone.localdate(), queries.roles()
        return {
            "person": user,
            "roles": pages.role_rows(user.role_holdings.all(), on=today, known=known),
            "posts": pages.post_rows(user.post_holdings.select_related("post"), on=today),
            "second_factor": is_mfa_enabled(user),
        }


class TakeUp(DeedView):
    """The page that the letter of invitation leads to."""

    permission: ClassVar[str | None] = PUBLIC
    form_class = forms.TakeUp
    template_name = "accounts/take_up.jinja"
    title = "Set up your account"
    button = "Set up your account"
    success_message = "Your account is ready. Sign in with your email address and your new password."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, or why this letter is good no longer."""
        try:
            self.invited = services.invitation(self.kwargs["token"], at=timezone.now()).user
        except Refused as refused:
            return self.page(title="This invitation cannot be used", refused=str(refused), form=None, status=410)
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        return {"person": getattr(self, "invited", None), "refused": ""}

    def do(self, *, password: str) -> Any:
        return services.take_up(token=self.kwargs["token"], password=password, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("account_login")
