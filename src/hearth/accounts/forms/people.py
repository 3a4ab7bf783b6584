"""What an administrator says about people and the posts that they fill."""

from __future__ import annotations

from hearth.accounts import queries
from hearth.accounts.forms.sign_in import LONG_ENOUGH
from hearth.accounts.rules import RESIDENT
from hearth.landlords.queries import posts
from hearth.ui.fields import Choice, Choices, DateField, Email, LongText, Option, Password, TextField, YesNo
from hearth.ui.forms import Form


def _roles() -> list[Option]:
    return [Option(role.key, role.label) for role in queries.roles().values() if role.key != RESIDENT]


def _posts() -> list[Option]:
    return [Option(str(post.pk), post.title) for post in posts()]


def _accounts() -> list[Option]:
    return [Option(str(user.pk), f"{user.name} ({user.email})") for user in queries.staff().filter(is_active=True)]


class Find(Form):
    """Words to look for in a list."""

    words = TextField("Name or email address", required=False, width=20)


class WhenHeld(Form):
    """A day on which to ask who filled which post, and words to look for."""

    words = TextField("Title or earlier title", required=False, width=20)
    on = DateField("Who held each post on", required=False)


class Invite(Form):
    """Who is invited, and what they will be."""

    name = TextField("Full name", most=160, autocomplete="off")
    email = Email("Email address", hint="The letter goes here, and they sign in with it.", autocomplete="off")
    roles = Choices("Roles", options=_roles, hint="Roles say what somebody may see and do.", missing="Select a role")
    posts = Choices("Posts that they fill", options=_posts, required=False)
    first_on = DateField("First day of the roles and posts")
    needs_second_factor = YesNo(
        "Must they use a second factor?", hint="A code from an app, or a passkey, besides the password."
    )


class GiveRole(Form):
    """A role and its days."""

    role = Choice("Role", options=_roles)
    first_on = DateField("First day")
    last_on = DateField("Last day", required=False, hint="Leave this empty if there is no last day yet.")


class LastDay(Form):
    """The last day of a role or post."""

    last_on = DateField("Last day", hint="That day still counts.")


class FillPost(Form):
    """Who fills a post, with or without an account here."""

    person = Choice(
        "Account",
        options=_accounts,
        as_list=True,
        required=False,
        empty_text="No account here",
        hint="Choose the account of whoever fills the post. Holders of earlier years may have none.",
    )
    name = TextField("Name", required=False, most=160, hint="Only if they have no account here.", autocomplete="off")
    first_on = DateField("First day")
    last_on = DateField("Last day", required=False, hint="Leave this empty if there is no last day yet.")


class Post(Form):
    """A post of the register."""

    title = TextField("Title", most=160)
    aliases = LongText(
        "Earlier and other titles", rows=3, required=False, hint="One on each line, as they stand in older papers."
    )
    team = TextField("Team", most=160, required=False)
    senior = YesNo("Is it a senior post?")
    duties = LongText("Duties", required=False, hint="What the post answers for, in a few plain sentences.")
    published = YesNo("Publish it on the “Who is who” page?")


class NoAnswer(Form):
    """Nothing to fill in: the button is the answer."""


class TakeUp(Form):
    """The password of a new account."""

    password = Password("Choose a password", new=True, hint=LONG_ENOUGH)
