"""Demonstration data for trying Hearth: two landlords, their people, and reviews at every stage of their life."""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from hearth.accounts import queries as accounts
from hearth.accounts import services as accounts_kept
from hearth.config.demo import answers as demo_answers
from hearth.config.demo import measures as demo_measures
from hearth.config.demo import register as demo_register
from hearth.config.demo import rights as demo_rights
from hearth.config.demo import surveys as demo_surveys
from hearth.db import wall
from hearth.db.jobs import system
from hearth.equality import services as equality
from hearth.equality.rules import Answer
from hearth.kernel.permits import Actor
from hearth.landlords import queries as landlords
from hearth.landlords import services as landlords_kept
from hearth.landlords.models import Landlord
from hearth.policies import queries as policies
from hearth.policies import services as policies_kept
from hearth.reviews import queries as reviews
from hearth.reviews import services as reviews_kept
from hearth.surveys import permissions as surveys

HERE = Path(__file__).parents[2] / "demo"
EDITIONS = Path(__file__).parents[3] / "reviews" / "editions"
PASSWORD = "only-for-the-demonstration"  # noqa: S105 - printed on the terminal; never loaded where landlords exist


def told(name: str) -> Any:
    """One of the demonstration's files."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


class Command(BaseCommand):
    """demo [--even-if-used]: fill an empty installation; say the sign-ins. A second run changes nothing."""

    help = "Load the demonstration, if this installation has no landlord yet."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="only print the sign-ins")

    def handle(self, *args: Any, **options: Any) -> None:
        known = set(Landlord.objects.values_list("slug", flat=True))
        ours = {landlord["slug"] for landlord in told("landlords.yaml")}
        if known and not options["sign_ins"] and not known & ours:
            self.stdout.write("This installation has landlords of its own, so no demonstration was loaded.")
            return
        for landlord in told("landlords.yaml"):
            if landlord["slug"] not in known and not options["sign_ins"]:
                Loader(landlord).load()
        self._sign_ins()

    def _sign_ins(self) -> None:
        self.stdout.write(f"Demonstration sign-ins (password for all: {PASSWORD})")
        for landlord in told("landlords.yaml"):
            self.stdout.write(f"  {landlord['name']}, at /{landlord['slug']}/")
            for person in landlord["people"]:
                role = accounts.roles()[person["roles"][0]].label
                self.stdout.write(f"    {person['email']:<28} {person['name']}, {person.get('post', role)}")
            kept = landlords.landlord_at(slug=landlord["slug"])
            if kept is not None:
                with wall.within(kept.pk):
                    for user in accounts.users().filter(email=demo_rights.address()):
                        self.stdout.write(f"    {user.email:<28} {user.name}, resident")


class Loader:
    """Loads one landlord through the same services that its people use."""

    def __init__(self, plain: dict[str, Any]) -> None:
        self.plain = plain
        self.now = timezone.now()
        self.today = timezone.localdate()

    def load(self) -> None:
        """Everything, in one transaction: a landlord is there wholly or not at all."""
        names = ("slug", "name", "short_name", "colour", "phone", "email", "address", "forum_name")
        own = Landlord.objects.create(**{name: self.plain[name] for name in names})
        with wall.within(own.pk):
            self.by = system(own.pk)
            self.organisation()
            self.people()
            self.sources()
            call_command("reference", landlord=own.slug, verbosity=0, stdout=StringIO())
            self.form = reviews_kept.store_form(
                definition=yaml.safe_load((EDITIONS / self.plain["form"]).read_text(encoding="utf-8")),
                holds_from=date(2022, 1, 1), by=self.by,
            )  # fmt: skip
            demo_register.load(slug=own.slug, today=self.today, by=self.by)
            if self.plain["slug"] == "dartford":
                self.evidence()
                self.reviews()
            demo_answers.load(today=self.today, by=self.by)
            demo_measures.load(slug=own.slug, today=self.today, at=self.now, by=self.by)
            demo_surveys.load(today=self.today, by=self.by, owner=self.officer_of_surveys())
            demo_rights.load(today=self.today, now=self.now, password=PASSWORD, by=self.by)

    def officer_of_surveys(self) -> Actor:
        """Whoever may build surveys and comes first."""
        builders = (self.actor(name) for name in self.person)
        return next((one for one in builders if one.may(surveys.BUILD)), self.by)

    def organisation(self) -> None:
        for post in self.plain["posts"]:
            landlords_kept.add_post(**post, by=self.by)
        for body in self.plain["bodies"]:
            landlords_kept.add_body(**body, by=self.by)
        for route in self.plain["routes"]:
            landlords_kept.set_value(
                key="reviews.approval_route", value=route["posts"], holds_from=date.fromisoformat(route["from"]),
                source="Read off the sign-off blocks of earlier reviews", owner="Head of Legal Services", confirm=True,
                by=self.by,
            )  # fmt: skip

    def people(self) -> None:
        self.person: dict[str, Any] = {}
        since = date(2022, 1, 1)
        for plain in self.plain["people"]:
            user = accounts_kept.open_account(name=plain["name"], email=plain["email"], by=self.by)
            accounts_kept.set_password(user=user, password=PASSWORD)
            for role in plain["roles"]:
                accounts_kept.give_role(user=user, role=role, first_on=since, by=self.by)
            post = landlords.post_called(plain.get("post", ""))
            if post:
                accounts_kept.fill_post(post_id=post.pk, name=user.name, user=user, first_on=since, by=self.by)
            self.person[plain["name"]] = user

    def actor(self, name: str) -> Actor:
        """One of the people, with what their roles and posts allow today."""
        return accounts.actor(self.person[name], on=self.today)

    def sources(self) -> None:
        plain = told("evidence.yaml")
        later = {}
        for law in plain["laws"]:
            kept = policies_kept.add_law(
                title=law["title"], kind=law["kind"], issuer=law["issuer"], from_on=_day(law.get("from")),
                to_on=_day(law.get("to")), confirm=law.get("confirm", False), by=self.by,
            )  # fmt: skip
            later[law["title"]] = (kept, law.get("replaced_by"))
        for kept, replaced_by in later.values():
            if replaced_by:
                kept.replaced_by = later[replaced_by][0]
                kept.save(update_fields=["replaced_by"])
        for one in plain["plans"]:
            starts, ends = date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"])
            plan = policies_kept.add_plan(title=one["title"], starts_on=starts, ends_on=ends, by=self.by)
            for aim in one["aims"]:
                policies_kept.add_aim(plan=plan, code=aim["code"], text=aim["text"], by=self.by)
        for one in plain["indicators"]:
            policies_kept.add_indicator(**one, by=self.by)
        for one in plain["documents"]:
            policies_kept.add_document(
                title=one["title"], kind=one["kind"], starts_on=_day(one.get("starts")), ends_on=_day(one.get("ends")),
                on=self.today, by=self.by,
            )  # fmt: skip

    def evidence(self) -> None:
        plain = told("evidence.yaml")
        told_of = dict(plain["profile"])
        figures, as_at = told_of.pop("figures"), date.fromisoformat(told_of.pop("as_at"))
        self.profile = equality.add_profile(**told_of, as_at=as_at, by=self.by)
        for characteristic, answers in figures.items():
            rows = [Answer(label, count, label.lower().startswith("unknown")) for label, count in answers]
            categories = [{"label": row.label, "unknown": row.unknown} for row in rows]
            used = equality.add_category_set(
                characteristic=characteristic,
                name=f"Tenant profile of {as_at.year}, {characteristic.replace('_', ' ')}",
                source=told_of["source"],
                holds_from=as_at,
                categories=categories,
                by=self.by,
            )
            equality.set_figures(
                profile=self.profile, characteristic=characteristic, answers=rows, category_set=used, by=self.by
            )
        for statistic in plain["statistics"]:
            equality.add_statistic(**statistic, by=self.by)

    def reviews(self) -> None:
        officer = self.actor("Nadia Okafor")
        self.finished(officer)
        self.waiting(officer)
        self.drafting(officer)
        self.left_out(officer)

    def begun(self, title: str, officer: Actor, **changes: Any) -> Any:
        document = policies.documents(by=officer).filter(title=title).first()
        review = reviews_kept.begin(title=title, on=self.today, document=document, by=officer)
        form = reviews.form_of(review)
        answers = {
            "kind": "policy", "activity": "new", "aims": ["a", "b"], "resources": "no", "relations": "no",
            "use": "All tenants use it.", "numbers": "Some 4,000 households.",
            "adverse": {c.code: "unknown" for c in form.characteristics}, **changes,
        }  # fmt: skip
        reviews_kept.screen(review=review, answers=answers, at=self.now, by=officer)
        review.refresh_from_db()
        return review

    def fill(self, review: Any, parts: dict[str, Any], officer: Actor) -> None:
        for key, value in parts.items():
            part = review.parts.filter(key=key).first()
            reviews_kept.save_part(
                review=review, key=key, value=value, seen=part.number if part else 0, at=self.now, by=officer
            )
        review.refresh_from_db()

    def complete(self, title: str, officer: Actor, assessed: str) -> Any:
        review = self.begun(title, officer)
        parts = told("pets.yaml")
        parts["details"] = {**parts["details"], "area": title, "assessed": assessed}
        parts["profile"] = reviews.profile_part(
            self.profile, form=reviews.form_of(review), text=parts["profile"]["text"]
        )
        self.fill(review, parts, officer)
        equality.freeze(profile=self.profile, at=self.now, by=officer)
        return review

    def finished(self, officer: Actor) -> None:
        """Signed, sent on, monitored and published."""
        review = self.complete("Pets in Council Homes Policy", officer, f"{self.today - timedelta(days=60):%B %Y}")
        self.set_aside(review, officer)
        reviews_kept.submit(review=review, at=self.now, by=officer)
        for name in ("Priya Raman", "Graham Ellwood"):
            review.refresh_from_db()
            reviews_kept.sign(review=review, on=self.today, at=self.now, by=self.actor(name))
        keeper = self.actor("Tom Sayer")
        reviews_kept.dispatch(review=review, at=self.now, by=keeper)
        review.refresh_from_db()
        reviews_kept.publish(review=review, at=self.now, by=keeper)

    def set_aside(self, review: Any, officer: Actor) -> None:
        """Give a reason for each check that stops, where a reason may set it aside."""
        found = reviews.findings(review, on=self.today)
        for code in {finding.code for finding in reviews.stopping(found, review)}:
            reason = "An example of a reason that an officer may give in the demonstration."
            reviews_kept.override(review=review, code=code, reason=reason, on=self.today, by=officer)

    def waiting(self, officer: Actor) -> None:
        """Submitted, and waiting for Legal Services."""
        title = "Mobility Scooter Storage and Charging Policy"
        review = self.complete(title, officer, f"{self.today:%B %Y}")
        self.set_aside(review, officer)
        reviews_kept.submit(review=review, at=self.now, by=officer)

    def drafting(self, officer: Actor) -> None:
        """Half written, with something for the checks to say."""
        review = self.begun("Damp and Mould Procedure", officer)
        parts = told("pets.yaml")
        some = {
            "aims": {
                "text": "The procedure says how the Council finds, treats and prevents damp and mould.",
                "objectives": ["Answer every report within ten working days"],
            },
            "affected": {"groups": ["tenants", "leaseholders"], "text": "Tenants and leaseholders."},
            "impacts.age": {"no_impact": True},
            "impacts.disability": {"positive": "This policy will have a positive impact on disabled people."},
            "profile": {
                "text": "• Age – 6.2% of tenants are aged up to 35 years; 35.4% are aged 35 to 55 years; 34.4% are "
                "aged 55 to 75 years; and 13.7% are aged 75 years plus."
            },
            "monitoring": {"text": "It will be monitored on a regular basis."},
            "contribution": parts["contribution"],
        }
        self.fill(review, some, officer)

    def left_out(self, officer: Actor) -> None:
        """Screened, and agreed not to need a full assessment."""
        title = "New typeface for tenancy letters"
        review = reviews_kept.begin(title=title, on=self.today, by=officer)
        form = reviews.form_of(review)
        answers = {
            "kind": "service", "activity": "changed", "aims": [], "resources": "no", "relations": "no",
            "adverse": {c.code: "no" for c in form.characteristics},
        }  # fmt: skip
        reviews_kept.screen(review=review, answers=answers, at=self.now, by=officer)
        review.refresh_from_db()
        reason = "The letters stay the same; only their typeface is easier to read."
        reviews_kept.agree_not_required(review=review, reason=reason, on=self.today, by=self.actor("Priya Raman"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
