"""Counting the register: profiles, what is not known, campaigns, who took part, and who has the internet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.models import Campaign as CampaignModel
from hearth.equality.rules import Population
from hearth.equality.views.base import Crumbs, Seen, address, crumb
from hearth.register import permissions as register_permissions
from hearth.register import queries as register
from hearth.ui.views import DeedView, ListPage


class CountProfile(Seen, DeedView):
    """Count a population of the register into a profile (PROF-05, PROF-16)."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.CountProfile
    title = "Count a profile from the register"
    button = "Count"
    lead = "Hearth counts what people told, as it stood on the day. The basis is said on the profile."
    success_message = "The profile has been counted."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def get_form(self) -> Any:
        form = super().get_form()
        form.offer("area", queries.areas(by=self.request.actor))
        return form

    def do(self, *, area: str | None, **answers: Any) -> Any:
        return services.count_profile(**answers, area=area or "", by=self.request.actor)

    def get_success_url(self) -> str:
        return address("profile", pk=self.done.pk)

    def cancel(self) -> str:
        return address("evidence")


class Chosen(Seen):
    """A page about one population of the register, chosen in the query string."""

    def load(self, **kwargs: Any) -> None:
        asked = self.request.GET or {"population": Population.LEAD_TENANTS.value}
        self.chooser: Any = forms.ChoosePopulation(asked)
        chosen = self.chooser.cleaned_data.get("population") if self.chooser.is_valid() else ""
        self.population = Population(chosen or Population.LEAD_TENANTS)

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]


class Gaps(Chosen):
    """Of how many people something is not known: work to do (PROF-11, PROF-30)."""

    template_name = "equality/gaps.jinja"
    title = "What is not known"
    tab = "gaps"

    def context(self) -> dict[str, Any]:
        found = queries.gaps(self.population, on=self.today, by=self.request.actor)
        asked = queries.questions_on(self.today)
        return {
            "chooser": self.chooser,
            "population": self.population,
            "table": pages.gaps_table(found, asked, self.population, may_keep=self.request.actor.may(permissions.KEEP)),
        }


class Campaigns(Seen, ListPage):
    """Campaigns to ask the people of whom something is missing."""

    template_name = "equality/campaigns.jinja"
    title = "Campaigns"
    tab = "gaps"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("What is not known", "gaps")]

    def items(self) -> Any:
        return queries.campaigns(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {"found": [(one, queries.progress_of(one), pages.asked_words(one)) for one in self.found]}


class AddCampaign(Seen, DeedView):
    """Begin a campaign."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.Campaign
    title = "Start a campaign"
    button = "Start"
    lead = "A list is made of the people who were not asked yet or of whom the answer is not known."
    success_message = "The campaign has been started."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("What is not known", "gaps"), crumb("Campaigns", "campaigns")]

    def get_initial(self) -> dict[str, Any]:
        asked, population = self.request.GET.get("ask", ""), self.request.GET.get("population", "")
        return {"characteristics": [asked] if asked else [], "population": population}

    def get_form(self) -> Any:
        form = super().get_form()
        asked = queries.questions_on(self.today)
        form.offer("characteristics", [(code, rules.title_of(code)) for code in asked])
        return form

    def do(self, **answers: Any) -> Any:
        return services.start_campaign(**answers, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("campaign", pk=self.done.pk)

    def cancel(self) -> str:
        return address("campaigns")


class OfCampaign(Seen):
    """A page about one campaign."""

    def load(self, **kwargs: Any) -> None:
        found = CampaignModel.objects.filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.campaign: CampaignModel = found

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Campaigns", "campaigns"), crumb(self.campaign.title, "campaign", pk=self.campaign.pk)]

    def cancel(self) -> str:
        """Back to the campaign."""
        return address("campaign", pk=self.campaign.pk)

    def get_success_url(self) -> str:
        """Back to the campaign."""
        return self.cancel()


class Campaign(OfCampaign):
    """How far a campaign is; no names."""

    template_name = "equality/campaign.jinja"

    def get_title(self) -> str:
        return self.campaign.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        return {
            "campaign": self.campaign,
            "progress": queries.progress_of(self.campaign),
            "asked": pages.asked_words(self.campaign),
            "population": Population(self.campaign.population).label,
            "may_collect": self.request.actor.may(permissions.COLLECT),
        }


class WorkList(OfCampaign, ListPage):
    """Who is still to be asked, by name, for staff who collect; never what anybody told."""

    permission: ClassVar[str | None] = permissions.COLLECT
    template_name = "equality/work_list.jinja"
    page_size = 50

    def get_title(self) -> str:
        return f"Still to ask: {self.campaign.title}"

    def items(self) -> Any:
        return queries.work_list(self.campaign, by=self.request.actor)

    def context(self) -> dict[str, Any]:
        if not self.request.actor.may(register_permissions.SEE):
            return {"found": [], "may_see": False}
        found = queries.open_questions(list(self.found), self.campaign, by=self.request.actor)
        return {"found": found, "may_see": True}


class Tried(OfCampaign, DeedView):
    """Somebody was asked and has not answered yet."""

    permission: ClassVar[str | None] = permissions.COLLECT
    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Asked, and no answer yet"
    button = "Note this"
    success_message = "It has been noted."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.place = get_object_or_404(self.campaign.people, pk=kwargs["place"])

    def do(self, **answers: Any) -> None:
        services.note_tried(place=self.place, on=self.today, by=self.request.actor)

    def get_success_url(self) -> str:
        return address("work_list", pk=self.campaign.pk)


class CloseCampaign(OfCampaign, DeedView):
    """Close a campaign."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.Confirm
    title = "Close this campaign"
    button = "Close"
    success_message = "The campaign has been closed."

    def do(self, **answers: Any) -> None:
        services.close_campaign(campaign=self.campaign, on=self.today, by=self.request.actor)


class Coverage(Seen, DeedView):
    """Whether those who took part in something stand for the people of the register (PROF-28, INC-02)."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "equality/coverage.jinja"
    form_class = forms.Took
    title = "Who took part"
    button = "Compare"
    tab = "coverage"

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def context(self) -> dict[str, Any]:
        return {"found": None, "lacking": []}

    def post(self, *args: Any, **kwargs: Any) -> Any:
        """Show the comparison; nothing is kept."""
        form = self.get_form()
        if not form.is_valid():
            return self.form_page(form, status=422)
        keys = list(dict.fromkeys(form.cleaned_data["references"].split()))
        people = dict(register.people(by=self.request.actor).filter(key__in=keys).values_list("key", "pk"))
        found = queries.coverage(
            list(people.values()), against=form.cleaned_data["against"], on=timezone.localdate(), by=self.request.actor
        )
        lacking = [key for key in keys if key not in people]
        sections = [pages.coverage_table(one) for one in found.sections]
        return self.form_page_with(form, found=found, lacking=lacking, sections=sections)

    def form_page_with(self, form: Any, **more: Any) -> Any:
        """The page with the form as it was sent and the comparison below it."""
        return self.page(form=form, button=self.button, lead="", warning=False, cancel="", **more)


class Online(Chosen):
    """Who has the internet, by band of age, and who wants help (PROF-18)."""

    template_name = "equality/online.jinja"
    title = "Internet access"
    tab = "online"

    def context(self) -> dict[str, Any]:
        actor = self.request.actor
        may_see = actor.may(register_permissions.SEE)
        found = queries.crossed(self.population, down="age", across="online", on=self.today, by=actor)
        return {
            "chooser": self.chooser,
            "population": self.population,
            "may_see": may_see,
            "wanting": queries.wants_help_online(on=self.today, by=actor) if may_see else [],
            **pages.internet(found.grids[0], self.population, self.today),
        }


class Crossed(Chosen):
    """One characteristic by area, tenure or another, protected together with both (PROF-26)."""

    template_name = "equality/crossed.jinja"
    title = "One characteristic by another"
    tab = "crossed"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        held = {**queries.HELD_BY_THE_REGISTER, **{c: rules.title_of(c) for c in queries.questions_on(self.today)}}
        self.chooser = forms.Cross(self.request.GET or None, about=held)
        said = self.chooser.cleaned_data if self.chooser.is_bound and self.chooser.is_valid() else {}
        self.population = Population(said.get("population") or Population.LEAD_TENANTS)
        self.down, self.across = said.get("down") or "", said.get("across") or ""

    def context(self) -> dict[str, Any]:
        found: dict[str, Any] = {"chooser": self.chooser, "message": "", "tables": [], "cost": None}
        if not self.down or not self.across:
            return found
        if self.down == self.across:
            return {**found, "message": "Choose two different ones."}
        done = queries.crossed(
            self.population, down=self.down, across=self.across, on=self.today, by=self.request.actor
        )
        tables = pages.linked_tables(done, self.population, self.today)
        return {**found, "tables": tables, "cost": done.cost}
