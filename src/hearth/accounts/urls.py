"""The addresses of this room. Of the sign-in library only what stands here can be reached."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path, re_path

from hearth.accounts import forms, views
from hearth.kernel.permits import PUBLIC, SIGNED_IN


def _open(permission: str, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of the library with the permission that this house asks of every view."""

    def named(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    named.permission = permission  # type: ignore[attr-defined]
    return named


# The names are those by which the library finds its own pages.
sign_in = [
    path("sign-in/", _open(PUBLIC, account.login), name="account_login"),
    path("sign-in/code/", _open(PUBLIC, second.authenticate), name="mfa_authenticate"),
    path("sign-out/", _open(PUBLIC, account.logout), name="account_logout"),
    path("closed/", _open(PUBLIC, account.account_inactive), name="account_inactive"),
    path("password/forgotten/", _open(PUBLIC, account.password_reset), name="account_reset_password"),
    path("password/letter-sent/", _open(PUBLIC, account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _open(PUBLIC, account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/done/",
        _open(PUBLIC, account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("password/change/", _open(SIGNED_IN, account.password_change), name="account_change_password"),
    path("again/", _open(SIGNED_IN, account.reauthenticate), name="account_reauthenticate"),
    path("again/code/", _open(SIGNED_IN, second.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", _open(SIGNED_IN, passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("second-factor/", _open(SIGNED_IN, second.index), name="mfa_index"),
    path("second-factor/app/", _open(SIGNED_IN, totp.activate_totp), name="mfa_activate_totp"),
    path("second-factor/app/remove/", _open(SIGNED_IN, totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second-factor/codes/", _open(SIGNED_IN, recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        _open(SIGNED_IN, recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/download/",
        _open(SIGNED_IN, recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/passkeys/", _open(SIGNED_IN, passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", _open(SIGNED_IN, passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        _open(SIGNED_IN, passkeys.RemoveWebAuthnView.as_view(form_class=forms.NoAnswer)),
        name="mfa_remove_webauthn",
    ),
]

own = [
    path("account/", views.OwnAccount.as_view(), name="own"),
    path("account/invitation/<str:token>/", views.TakeUp.as_view(), name="take_up"),
    path("people/", views.People.as_view(), name="people"),
    path("people/invite/", views.InvitePerson.as_view(), name="invite"),
    path("people/<int:pk>/", views.Person.as_view(), name="person"),
    path("people/<int:pk>/invite/", views.InviteAgain.as_view(), name="invite_again"),
    path("people/<int:pk>/close/", views.CloseAccount.as_view(), name="close"),
    path("people/<int:pk>/roles/give/", views.GiveRole.as_view(), name="give_role"),
    path("people/<int:pk>/roles/<int:holding>/end/", views.EndRole.as_view(), name="end_role"),
    path("posts/", views.Posts.as_view(), name="posts"),
    path("posts/add/", views.AddPost.as_view(), name="add_post"),
    path("posts/<int:pk>/", views.Post.as_view(), name="post"),
    path("posts/<int:pk>/change/", views.ChangePost.as_view(), name="change_post"),
    path("posts/<int:pk>/fill/", views.FillPost.as_view(), name="fill_post"),
    path("posts/<int:pk>/holders/<int:holding>/end/", views.LeavePost.as_view(), name="leave_post"),
]

urlpatterns = [path("account/", include(sign_in)), path("", include((own, "accounts")))]
