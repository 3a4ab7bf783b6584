"""Population and sample of a survey, and what a survey firm is given."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse

from hearth.register import queries as register
from hearth.surveys import permissions, queries, services
from hearth.surveys.forms import sample as sample_forms
from hearth.surveys.models import Exclusion, Survey
from hearth.surveys.pages import building, sample
from hearth.surveys.rules.kinds import Draw as Method
from hearth.surveys.rules.kinds import State
from hearth.surveys.views.base import OfSurvey
from hearth.ui import exports
from hearth.ui.views import DeedView


class Sample(OfSurvey):
    """Whom the survey speaks for, who was drawn, and how far the asking has come."""

    template_name = "surveys/sample/sample.jinja"
    title = "Population and sample"
    tab = "surveys:sample"

    def context(self) -> dict[str, Any]:
        frozen = queries.population(self.survey)
        return {
            "frozen": frozen,
            "facts": sample.facts(frozen) if frozen else [],
            "tables": sample.trait_tables(frozen) if frozen else [],
            "progress": sample.progress_table(queries.progress(self.survey)),
            "left_out": sample.left_out_table(self.survey),
            "is_draft": self.survey.state == State.DRAFT,
            "is_open_to_all": self.survey.draw == Method.OPEN,
            "may_share": self.request.actor.may(permissions.FIELD) and bool(self.survey.firm),
        }


class _Building(OfSurvey, DeedView):
    """A deed on the population or the sample."""

    permission: ClassVar[str | None] = permissions.BUILD
    tab = "surveys:sample"

    def cancel(self) -> str:
        return building.address("sample", self.survey)

    def get_success_url(self) -> str:
        return building.address("sample", self.survey)


class Freeze(_Building):
    """Freeze the population from the register."""

    form_class = sample_forms.Freeze
    title = "Freeze the population"
    button = "Freeze the population"
    lead = "The survey will speak for these households. Freezing again begins afresh, until the survey is open."

    def get_initial(self) -> dict[str, Any]:
        shared = self.survey.stock == "lcho"
        rented = [one for one in register.Tenure if one != register.Tenure.SHARED_OWNERSHIP]
        chosen = [register.Tenure.SHARED_OWNERSHIP] if shared else rented
        return {"on": self.today, "tenures": [one.value for one in chosen]}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"estates": [(one.pk, one.name) for one in register.estates(by=self.request.actor)]}

    def do(self, *, on: Any, tenures: list[str], characteristics: list[str], estates: list[int] | None = None) -> Any:
        return services.freeze_population(
            survey=self.survey, on=on, tenures=tenures, estates=estates or (), characteristics=characteristics,
            by=self.request.actor,
        )  # fmt: skip

    def get_success_message(self) -> str:
        return f"The population is frozen: {self.done.size:,} households."


class LeaveOut(_Building):
    """Leave a household out of the frame."""

    form_class = sample_forms.LeaveOut
    title = "Leave a household out"
    template_name = "surveys/sample/leave_out.jinja"
    button = "Leave this household out"
    lead = (
        "Only where somebody has significant capacity issues, or asking would be a risk to health and safety that "
        "cannot reasonably be overcome. The number of households and the broad reason are published."
    )

    def context(self) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        may = self.request.actor.may("register.see")
        found = queries.units_found(self.survey, words, by=self.request.actor) if words and may else []
        rows = sample.exclusion_rows(queries.exclusions(self.survey, by=self.request.actor))
        return {"may_search": may, "words": words, "found": found, "left": rows}

    def do(self, *, number: int, why: str, text: str) -> Any:
        return services.leave_out(survey=self.survey, number=number, why=why, text=text, by=self.request.actor)

    def get_success_message(self) -> str:
        return "The household is left out. Draw the sample again."

    def get_success_url(self) -> str:
        return self.request.path


class PutBack(_Building):
    """Put a household back into the frame."""

    form_class = sample_forms.Form
    title = "Put a household back"
    button = "Put it back"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        found = queries.exclusions(self.survey, by=self.request.actor).filter(pk=kwargs["exclusion"]).first()
        if found is None:
            raise Http404
        self.exclusion: Exclusion = found

    def do(self) -> Any:
        services.take_back(survey=self.survey, exclusion=self.exclusion, by=self.request.actor)

    def get_success_message(self) -> str:
        return "The household is back in the population. Draw the sample again."


class Draw(_Building):
    """Draw the sample, perhaps by groups: the characteristic comes from the address, the numbers from the form."""

    form_class = sample_forms.Draw
    title = "Draw the sample"
    template_name = "surveys/sample/draw.jinja"
    button = "Draw"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.method = Method(self.survey.draw)
        self.by_groups = self.method in (Method.STRATIFIED, Method.QUOTA)
        self.strata = queries.strata(self.survey) if self.by_groups else {}
        asked = self.request.GET.get("by", "")
        self.stratum = asked if asked in self.strata else next(iter(self.strata), "")
        self.groups = self.strata.get(self.stratum, {})

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            "whole": self.method is Method.CENSUS,
            "groups": self.groups if self.by_groups else None,
            "quotas": self.method is Method.QUOTA,
        }

    def context(self) -> dict[str, Any]:
        frozen = queries.population(self.survey)
        return {
            "frozen": frozen,
            "needed": sample.needed(frozen) if frozen else "",
            "method": self.method.label,
            "choices": [(name, sample.name_of(name)) for name in self.strata],
            "stratum": self.stratum,
        }

    def get_form(self) -> Any:
        self.form = super().get_form()
        return self.form

    def do(self, *, seed: str, size: int | None = None, **groups: Any) -> Any:
        return services.draw_sample(
            survey=self.survey, size=size or 0, stratum=self.stratum, sizes=self.form.sizes(self.groups) or None,
            seed=seed, by=self.request.actor,
        )  # fmt: skip

    def get_success_message(self) -> str:
        return f"{self.done.draw['size']:,} households are drawn."


class DrawnFile(OfSurvey):
    """The draw as a file, so that an auditor can repeat it: places, numbers and groups, no households."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = queries.drawn_list(self.survey, by=request.actor)  # type: ignore[attr-defined]
        headers = ["Place in the draw", "Number in the population", "Group", "Stock"]
        return exports.as_csv(f"{self.survey.slug}-draw.csv", headers, rows)


class HandOver(OfSurvey, DeedView):
    """What a survey firm is given; the file comes back as the answer to the form."""

    permission: ClassVar[str | None] = permissions.FIELD
    form_class = sample_forms.HandOver
    title = "Sample for the survey firm"
    template_name = "surveys/sample/hand_over.jinja"
    button = "Download the sample"
    tab = "surveys:sample"

    def find(self, number: int) -> Survey | None:
        return queries.survey_with_a_firm(number)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"strata": [(name, sample.name_of(name)) for name in queries.strata(self.survey)]}

    def context(self) -> dict[str, Any]:
        return {"before": queries.handovers(self.survey, by=self.request.actor)}

    def do(self, *, ways: list[str], strata: list[str]) -> Any:
        return services.hand_over(survey=self.survey, ways=ways, strata=strata, at=self.now, by=self.request.actor)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answered = super().post(request, *args, **kwargs)
        given = getattr(self, "done", None)
        if given is None:
            return answered
        return exports.as_csv(f"{self.survey.slug}-sample.csv", given.headers, given.rows)


class FirmSurveys(OfSurvey):
    """What a survey firm sees when it signs in: the surveys that it works on."""

    permission: ClassVar[str | None] = permissions.FIELD
    template_name = "surveys/sample/firm.jinja"
    title = "Surveys for you"

    def load(self, **kwargs: Any) -> None:
        """No survey of its own: a list."""

    def breadcrumbs(self) -> list[dict[str, str]]:
        return []

    def page(self, status: int = 200, **more: Any) -> HttpResponse:
        return super(OfSurvey, self).page(status, **more)

    def context(self) -> dict[str, Any]:
        return {"surveys": queries.surveys_with_a_firm()}
