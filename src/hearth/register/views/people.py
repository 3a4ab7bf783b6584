"""People: found, seen, added, changed; and their tenancies, leases and applications."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hearth.kernel.refusals import Refused
from hearth.register import permissions, queries, services
from hearth.register.forms import people as forms
from hearth.register.forms.places import FindPeople, LastDay
from hearth.register.models import Application, HouseholdMember, Lease, Person, Tenancy, TenancyHolder
from hearth.register.pages import people as pages
from hearth.register.pages.sections import sections_of
from hearth.register.views.contact import Deed, OfPerson
from hearth.register.views.places import Crumbs, OfHome, Seen, crumb
from hearth.ui.views import DeedView, ListPage


class People(Seen, ListPage):
    """People by name, address, postcode or reference. Nobody is listed until somebody is looked for."""

    permission: ClassVar[str | None] = permissions.SEE
    template_name = "register/people.jinja"
    title = "People"
    tab = "people"
    filter_form_class = FindPeople

    def items(self) -> Any:
        words = self.chosen.get("words") or ""
        found = queries.people(by=self.request.actor, words=words)
        return found if words else found.none()

    def context(self) -> dict[str, Any]:
        table = pages.people_table(list(self.found), on=self.today, by=self.request.actor)
        return {"table": table, "looked": bool(self.chosen.get("words"))}


class OnePerson(OfPerson):
    """Everything about one person that this room keeps; every look is recorded (SEC-03)."""

    template_name = "register/person.jinja"

    def get_title(self) -> str:
        return self.person.name

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Homes and people", "front"), crumb("People", "people")]

    def load(self, **kwargs: Any) -> None:
        found = queries.person(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.person = found

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page; of a record that was merged, that of the record that stays."""
        if self.person.merged_into_id:
            return HttpResponseRedirect(pages.person_href(self.person.merged_into_id))
        services.note_seen(person=self.person, by=self.request.actor)
        return self.page()

    def context(self) -> dict[str, Any]:
        by, person = self.request.actor, self.person
        applications = list(queries.applications_of(person, by=by))
        return {
            "rows": pages.person_rows(person, queries.tenure_of(person, on=self.today)),
            "rights": pages.rights_of(
                queries.tenancies_of(person, by=by), queries.leases_of(person, by=by),
                queries.households_of(person, by=by),
            ),
            "applications": applications,
            "sections": sections_of(person, on=self.today, by=by),
            "may_work": by.may(permissions.WORK),
        }  # fmt: skip


class AddPerson(Seen, DeedView):
    """Add somebody by hand."""

    permission: ClassVar[str | None] = permissions.WORK
    form_class = forms.PersonForm
    title = "Add a person"
    lead = "Look first whether this person is kept already."
    success_message = "The person has been added."

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("People", "people")]

    def get_initial(self) -> dict[str, Any]:
        return {"standing": "none"}

    def do(self, **answers: Any) -> Person:
        said: dict[str, Any] = {name: value if name == "born_on" else value or "" for name, value in answers.items()}
        return services.keep_person(on=self.today, **said, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.person_href(self.done.pk)

    def cancel(self) -> str:
        return reverse("register:people")


class ChangePerson(Deed):
    """Change what is known of somebody."""

    form_class = forms.ChangePerson
    title = "Change details"
    success_message = "The details have been changed."

    def get_initial(self) -> dict[str, Any]:
        found = {name: getattr(self.person, name) for name in forms.ChangePerson.base_fields}
        for name in ("mobile", "phone"):
            found[name] = queries.shown_value(self.person, name)
        return {**found, "standing": found["standing"] or "none"}

    def do(self, **answers: Any) -> Person:
        days = ("born_on", "died_on")
        said = {name: value if name in days else value or "" for name, value in answers.items()}
        return services.keep_person(person=self.person, on=self.today, **said, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.person_href(self.person.pk)


class AddApplication(Deed):
    """Somebody has applied."""

    form_class = forms.ApplicationForm
    title = "Add an application"
    success_message = "The application has been added."

    def do(self, *, key: str | None, **answers: Any) -> Application:
        return services.add_application(person=self.person, key=key or "", **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.person_href(self.person.pk)


class EndApplication(Deed):
    """An application is closed."""

    form_class = LastDay
    title = "Close this application"
    success_message = "The application has been closed."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.application = get_object_or_404(
            queries.applications_of(self.person, by=self.request.actor), pk=kwargs["application"]
        )

    def do(self, **answers: Any) -> None:
        services.end_application(application=self.application, **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.person_href(self.person.pk)


class _AtHome(OfHome, DeedView):
    """Something done about a home by whoever works with people."""

    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb(str(self.kept), "home", pk=self.kept.pk)]

    def who(self, **said: str | None) -> list[Person]:
        """The people whom these answers mean, in their order. Raises Refused beside the answer that means nobody."""
        found = []
        for name, words in said.items():
            if words:
                try:
                    found.append(queries.person_called(words, by=self.request.actor))
                except Refused as refused:
                    raise Refused(refused.message, field=name) from None
        return found


class BeginTenancy(_AtHome):
    """Begin a tenancy of a home."""

    form_class = forms.TenancyForm
    title = "Begin a tenancy"
    success_message = "The tenancy has begun."

    def do(self, *, lead: str, second: str | None, third: str | None, key: str | None, **answers: Any) -> Tenancy:
        first, *others = self.who(lead=lead, second=second, third=third)
        return services.begin_tenancy(
            home=self.kept, lead=first, others=others, key=key or "", **answers, by=self.request.actor
        )


class BeginLease(_AtHome):
    """Begin a lease of a home."""

    form_class = forms.LeaseForm
    title = "Begin a lease"
    lead = "Of leaseholders, name and address are enough. Keep more only if they have volunteered it."
    success_message = "The lease has begun."

    def do(self, *, lead: str, second: str | None, key: str | None, **answers: Any) -> Lease:
        holders = self.who(lead=lead, second=second)
        return services.begin_lease(home=self.kept, holders=holders, key=key or "", **answers, by=self.request.actor)


class EndLease(Seen, DeedView):
    """A lease ends."""

    permission: ClassVar[str | None] = permissions.WORK
    form_class = LastDay
    title = "End this lease"
    success_message = "The lease has ended."

    def load(self, **kwargs: Any) -> None:
        found = queries.lease(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.lease: Lease = found

    def do(self, **answers: Any) -> None:
        services.end_lease(lease=self.lease, **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.home_href(self.lease.home_id)

    def cancel(self) -> str:
        return self.get_success_url()


class JoinHousehold(_AtHome):
    """Somebody lives in a home who holds no tenancy of it."""

    form_class = forms.JoinHousehold
    title = "Add somebody who lives here"
    success_message = "They have been added to the household."

    def do(self, *, who: str, relation: str | None, **answers: Any) -> None:
        (person,) = self.who(who=who)
        by = self.request.actor
        household = queries.households_at(self.kept.pk, by=by).filter(ended_on=None).first()
        if household is None:
            raise Refused("Nobody has a tenancy here, so there is no household. Begin a tenancy first.")
        services.join_household(household=household, person=person, relation=relation or "", **answers, by=by)


class LeaveHousehold(Seen, DeedView):
    """Somebody no longer lives in a household."""

    permission: ClassVar[str | None] = permissions.WORK
    form_class = LastDay
    success_message = "That they have left is recorded."

    def load(self, **kwargs: Any) -> None:
        found = queries.member(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.member: HouseholdMember = found

    def get_title(self) -> str:
        return f"{self.member.person.name} has left"

    def do(self, **answers: Any) -> None:
        services.leave_household(member=self.member, **answers, by=self.request.actor)

    def get_success_url(self) -> str:
        return pages.home_href(self.member.household.home_id)

    def cancel(self) -> str:
        return self.get_success_url()


class OfTenancy(Seen):
    """A page about one tenancy."""

    permission: ClassVar[str | None] = permissions.SEE
    tenancy: Tenancy

    def load(self, **kwargs: Any) -> None:
        found = queries.tenancy(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.tenancy = found

    def breadcrumbs(self) -> Crumbs:
        home = self.tenancy.home
        return [*super().breadcrumbs(), crumb("Homes", "homes"), crumb(str(home), "home", pk=home.pk)]

    def cancel(self) -> str:
        """Back to the tenancy."""
        return reverse("register:tenancy", kwargs={"pk": self.tenancy.pk})

    def get_success_url(self) -> str:
        """Back to the tenancy."""
        return self.cancel()

    def holders(self) -> list[TenancyHolder]:
        """Who holds the tenancy now."""
        return [one for one in self.tenancy.holders.all() if one.ended_on is None]


class OneTenancy(OfTenancy):
    """One tenancy: from when to when, and who holds it."""

    template_name = "register/tenancy.jinja"

    def get_title(self) -> str:
        return str(self.tenancy)

    def context(self) -> dict[str, Any]:
        services.note_residents_seen(home=self.tenancy.home, by=self.request.actor)
        return {"tenancy": self.tenancy, "holders": list(self.tenancy.holders.all())}


class _TenancyDeed(OfTenancy, DeedView):
    permission: ClassVar[str | None] = permissions.WORK
    template_name = "ui/form.jinja"


class EndTenancy(_TenancyDeed):
    """A tenancy ends."""

    form_class = forms.EndTenancy
    title = "End this tenancy"
    lead = "Whoever held it has moved out. The tenancy stays in the register."
    success_message = "The tenancy has ended."

    def do(self, *, reason: str | None, **answers: Any) -> None:
        services.end_tenancy(tenancy=self.tenancy, reason=reason or "", **answers, by=self.request.actor)


class ChangeLead(_TenancyDeed):
    """Another tenant is the lead tenant."""

    form_class = forms.Lead
    title = "Change the lead tenant"
    success_message = "The lead tenant has been changed."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"holders": self.holders()}

    def do(self, *, person: int) -> None:
        chosen = next(one.person for one in self.holders() if one.person_id == person)
        services.change_lead(tenancy=self.tenancy, person=chosen, by=self.request.actor)


class JoinTenancy(_TenancyDeed):
    """Somebody becomes a joint tenant."""

    form_class = forms.Join
    title = "Add a joint tenant"
    success_message = "The joint tenant has been added."

    def do(self, *, who: str, **answers: Any) -> None:
        try:
            person = queries.person_called(who, by=self.request.actor)
        except Refused as refused:
            raise Refused(refused.message, field="who") from None
        services.join_tenancy(tenancy=self.tenancy, person=person, **answers, by=self.request.actor)


class LeaveTenancy(_TenancyDeed):
    """A joint tenant leaves."""

    form_class = LastDay
    success_message = "That they have left the tenancy is recorded."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.holder = next((one for one in self.holders() if one.pk == kwargs["holder"]), None)
        if self.holder is None:
            raise Http404

    def get_title(self) -> str:
        return f"{self.holder.person.name} leaves the tenancy" if self.holder else ""

    def do(self, **answers: Any) -> None:
        assert self.holder is not None
        services.leave_tenancy(holder=self.holder, **answers, by=self.request.actor)
