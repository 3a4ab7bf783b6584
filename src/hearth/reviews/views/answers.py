"""Writing one part of a review, with its notes, its findings, and its earlier versions beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import path

from hearth.policies import queries as policies
from hearth.reviews import forms, pages, permissions, queries, services
from hearth.reviews.forms.answers import Sources
from hearth.reviews.pages.panels import panels
from hearth.reviews.views.common import Crumbs, OfReview
from hearth.ui.fields import Option
from hearth.ui.forms import Form
from hearth.ui.views import DeedView

CONFLICT = 409  # somebody else saved the same answer in the meantime


class _Writing(OfReview):
    """A page that exists only while the review may be changed."""

    permission: ClassVar[str | None] = permissions.WRITE

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.parts = queries.parts_of(self.review)

    @property
    def activity(self) -> str:
        """Whether the activity is existing or new, as it was said."""
        duty = self.parts.get("duty")
        return str(duty.value.get("activity", "")) if duty else ""

    def found(self, *stems: str) -> list[Any]:
        """The findings of some parts, with their links."""
        every = queries.findings(self.review, on=self.today)
        mine = [f for f in every if f.part in stems]
        return pages.shown(mine, self.review, self.definition, self.overrides(), may_write=self.editable)


class Answer(_Writing, DeedView):
    """One part of the review: saved at any time, in pieces, without losing anybody's words."""

    template_name = "reviews/answer.jinja"
    form_class = forms.PartForm

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.key: str = kwargs["key"]
        if self.key not in queries.part_keys(self.definition):
            raise Http404
        self.place = pages.place_of(self.key, self.definition, activity=self.activity)
        self.part = self.parts.get(self.key)
        self.value = self.part.value if self.part else queries.empty(self.key)
        self.clash: services.Clash | None = None
        step = f" · {self.place.step}" if self.place.step else ""
        self.caption = f"{self.review.reference}{step}"

    def get_title(self) -> str:
        return self.place.heading

    def breadcrumbs(self) -> Crumbs:
        found = pages.breadcrumbs(self.review)
        if self.key == "duty" or self.key.startswith("impacts."):
            matrix = {"text": "Impacts", "href": pages.review_url(self.review, "matrix")}
            found.append(matrix)
        return found

    def get_form(self) -> Form:
        kwargs = {
            "key": self.key,
            "definition": self.definition,
            "sources": self.sources(),
            "value": self.value,
            "initial": {"seen": self.part.number if self.part else 0},
        }
        self.form = forms.form_for(self.key)(**kwargs, **self.given())
        return self.form

    def sources(self) -> Sources:
        """What this answer may choose from, asked only where it does."""
        duty = self.parts.get("duty")
        said = duty.value if duty else {}
        options: dict[str, Any] = {}
        if self.key == "dictated":
            options["laws"] = [
                Option(law.title, law.title, hint="Draft" if law.draft else "") for law in policies.laws()
            ]
        if self.key == "contribution":
            options["indicators"] = [Option(one.code, f"{one.code} {one.title}") for one in policies.indicators()]
            options["aims"] = [Option(f"{aim} ({aim.plan.title})", str(aim), aim.plan.title) for aim in policies.aims()]
        return Sources(
            **options,
            relevant=tuple(self.review.screening.get("aims", ())),
            employment=bool(said.get("employment")),
            fresh=self.part is None,
        )

    def do(self, **answers: Any) -> Any:
        try:
            return services.save_part(
                review=self.review,
                key=self.key,
                value=self.form.to_value(),
                seen=answers.get("seen") or 0,
                at=self.now,
                by=self.request.actor,
            )
        except services.Clash as clash:
            self.clash = clash
            raise

    def form_page(self, form: Form, status: int = 200) -> HttpResponse:
        if self.clash is not None:  # the next save is made in sight of both texts
            typed = self.request.POST.copy()
            typed["seen"] = str(self.clash.part.number)
            form.data = typed
            status = CONFLICT
        return super().form_page(form, status)

    def get_success_message(self) -> str:
        return f"{self.place.label} has been saved."

    def get_success_url(self) -> str:
        then = self.request.POST.get("then", "")
        if then == "after" and self.place.after:
            return pages.review_url(self.review, "part", key=self.place.after)
        if then in ("insert_profile", "add_evidence") and self.key == "profile":
            return pages.review_url(self.review, then)
        return self.request.path if then != "list" else pages.review_url(self.review)

    def context(self) -> dict[str, Any]:
        stems = [self.key, "impacts"] if self.key == "duty" else [self.key]
        clash = self.clash
        return {
            "review": self.review,
            "place": self.place,
            "part": self.part,
            "editable": self.editable,
            "findings": self.found(*stems),
            "clash": clash,
            "differences": pages.difference(clash.part.value, clash.mine, self.definition) if clash else (),
            "panel": panels(self.key, self.value, self.definition),
            "similar": self.similar(),
            "route": queries.route_on(self.review.assessed_on or self.today) if self.key == "approval" else (),
            "before": self._neighbour(self.place.before),
            "after": self._neighbour(self.place.after),
            "versions": self.part.number - 1 if self.part else 0,
        }

    def similar(self) -> list[queries.Measure]:
        """How earlier reviews treated this row of the matrix (CAR-26)."""
        if not self.key.startswith("impacts."):
            return []
        return queries.similar_measures(self.review, self.key.removeprefix("impacts."), on=self.today)

    def _neighbour(self, key: str) -> dict[str, str]:
        if not key:
            return {}
        label = pages.place_of(key, self.definition).label
        return {"href": pages.review_url(self.review, "part", key=key), "labelText": label}


class Matrix(_Writing):
    """All characteristics at a glance, each with its state; blank until somebody decides."""

    permission: ClassVar[str | None] = permissions.WRITE
    template_name = "reviews/matrix.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.place = pages.place_of("impacts", self.definition, activity=self.activity)
        self.caption = f"{self.review.reference} · {self.place.step}"

    def get_title(self) -> str:
        return f"{self.place.heading.partition(':')[0]}: impacts"

    def context(self) -> dict[str, Any]:
        content = queries.content_of(self.review)
        every = queries.findings(self.review, on=self.today, content=content)
        keys = ("impacts", "duty", *(f"impacts.{c.code}" for c in self.definition.characteristics))
        found = [f for f in every if f.part in keys]
        return {
            "review": self.review,
            "place": self.place,
            "table": pages.matrix_table(self.review, self.definition, content, self.parts, found, links=self.editable),
            "chart": pages.matrix_chart(self.definition, content),
            "findings": pages.shown(
                [f for f in found if f.part in ("impacts", "duty")], self.review, self.definition, self.overrides(),
                may_write=self.editable,
            ),
            "editable": self.editable,
            "activity": self.activity,
            "before": {"href": pages.review_url(self.review, "part", key="duty"), "labelText": "Before you begin"},
        }  # fmt: skip


class Versions(_Writing):
    """How an answer stood before: nothing that was saved is ever lost."""

    template_name = "reviews/versions.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.key = kwargs["key"]
        part = self.parts.get(self.key)
        if part is None:
            raise Http404
        self.part = part
        self.place = pages.place_of(self.key, self.definition)
        self.caption = f"{self.review.reference} · {self.place.label}"

    def get_title(self) -> str:
        return "Earlier versions"

    def breadcrumbs(self) -> Crumbs:
        href = pages.review_url(self.review, "part", key=self.key)
        return [*pages.breadcrumbs(self.review), {"text": self.place.label, "href": href}]

    def context(self) -> dict[str, Any]:
        earlier = [
            (one, pages.said(self.key, one.value, self.definition)) for one in queries.earlier_versions(self.part)
        ]
        return {
            "review": self.review,
            "part": self.part,
            "now": pages.said(self.key, self.part.value, self.definition),
            "earlier": earlier,
            "editable": self.editable,
        }


class Restore(Versions, DeedView):
    """Bring an earlier version back, as a new one."""

    form_class = forms.Nothing
    template_name = "reviews/restore.jinja"
    button = "Bring this version back"
    lead = "What stands now is kept as an earlier version."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        self.number: int = kwargs["number"]
        found = queries.earlier_versions(self.part).filter(number=self.number).first()
        if found is None:
            raise Http404
        self.earlier = found

    def get_title(self) -> str:
        return f"Bring back version {self.number}"

    def context(self) -> dict[str, Any]:
        return {"said": pages.said(self.key, self.earlier.value, self.definition), "earlier": self.earlier}

    def do(self) -> Any:
        return services.restore(part=self.part, number=self.number, at=self.now, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"Version {self.number} stands again."

    def get_success_url(self) -> str:
        return pages.review_url(self.review, "part", key=self.key)

    def cancel(self) -> str:
        return pages.review_url(self.review, "versions", key=self.key)


paths = [
    path("<int:pk>/impacts/", Matrix.as_view(), name="matrix"),
    path("<int:pk>/answers/<str:key>/", Answer.as_view(), name="part"),
    path("<int:pk>/answers/<str:key>/versions/", Versions.as_view(), name="versions"),
    path("<int:pk>/answers/<str:key>/versions/<int:number>/", Restore.as_view(), name="restore"),
]
