"""The sign-in library's forms, with our fields and words: what they check and do stays the library's."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.recovery_codes import forms as recovery
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from hearth.ui.drawing import Drawn
from hearth.ui.fields import Email, Password, TextField
from hearth.ui.forms import Form

LONG_ENOUGH = "Use 12 characters or more. Three random words are easier to remember than odd characters."


class _Ours(Form):
    """Keeps the fields that we declared, in our order, whatever the library puts in their place."""

    ours: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: copy.deepcopy(self.base_fields[name]) for name in self.ours}


class _WithNewPassword(_Ours):
    """Holds a new password to the rules for passwords."""

    user: Any

    def clean_password1(self) -> str:
        return str(get_adapter().clean_password(self.cleaned_data["password1"], user=self.user))


class SignIn(_Ours, account.LoginForm):
    """Email address and password."""

    ours = ("login", "password")
    login = Email("Email address", autocomplete="username")  # type: ignore[assignment]
    password = Password("Password")


class ForgottenPassword(_Ours, account.ResetPasswordForm):
    """Where to send the letter for a new password."""

    ours = ("email",)
    email = Email("Email address", hint="The address that you sign in with.")


class NewPassword(_WithNewPassword, account.ResetPasswordKeyForm):
    """A new password, after a letter."""

    ours = ("password1",)
    password1 = Password("New password", new=True, hint=LONG_ENOUGH)


class ChangePassword(_WithNewPassword, account.ChangePasswordForm):
    """A new password, for who knows the old one."""

    ours = ("oldpassword", "password1")
    oldpassword = Password("Your password now", missing="Enter your password as it is now")
    password1 = Password("New password", new=True, hint=LONG_ENOUGH)


class PasswordAgain(_Ours, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    ours = ("password",)
    password = Password("Password")


def _code(label: str, hint: str) -> TextField:
    return TextField(
        label,
        hint=hint,
        width=10,
        autocomplete="one-time-code",
        spellcheck=False,
        missing="Enter the code",
    )


class Code(_Ours, codes.AuthenticateForm):
    """The second factor at sign-in: a code of the app, or a recovery code."""

    ours = ("code",)
    code = _code("Code", "The 6 digits that your app shows now, or one of your recovery codes.")


class CodeAgain(_Ours, codes.ReauthenticateForm):
    """The second factor once more, before something that matters."""

    ours = ("code",)
    code = _code("Code", "The 6 digits that your app shows now, or one of your recovery codes.")


class TurnOnCodes(_Ours, totp.ActivateTOTPForm):
    """Proof that the app has the secret."""

    ours = ("code",)
    code = _code("Code", "The 6 digits that the app shows now.")


class TurnOffCodes(Form, totp.DeactivateTOTPForm):
    """Nothing to fill in."""


class WriteNewCodes(Form, recovery.GenerateRecoveryCodesForm):
    """Nothing to fill in."""


class Credential(Drawn, forms.JSONField):
    """What a passkey answers, put there by the page's script."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, missing="Your browser did not hand over the passkey. Try again")

    def draw(self, bound: Any, changes: dict[str, Any]) -> str:
        """The bare input."""
        return str(bound.as_widget())


class _WithPasskey(_Ours):
    """Says in plain words that a passkey was not taken."""

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean() or {}
        except (ValidationError, ValueError):
            raise ValidationError("This passkey was not accepted. Try again, or use another way") from None


class UsePasskey(_Ours, webauthn.AuthenticateWebAuthnForm):
    """The second factor at sign-in: a passkey."""

    ours = ("credential",)
    credential = Credential()


class UsePasskeyAgain(_Ours, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""

    ours = ("credential",)
    credential = Credential()


class AddPasskey(_WithPasskey, webauthn.AddWebAuthnForm):
    """A new passkey and what to call it."""

    ours = ("name", "credential")
    name = TextField("Name of this passkey", hint="For example “Work laptop”.", required=False, width=20, most=100)
    credential = Credential()
