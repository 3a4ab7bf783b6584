"""People who may be kept twice: compared side by side, merged, taken apart again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from hearth.register import permissions, queries, services
from hearth.register.forms import imports as forms
from hearth.register.models import Merge, Pair, Person
from hearth.register.pages import imports as pages
from hearth.register.views.places import Crumbs, Seen, crumb
from hearth.ui.views import DeedView, ListPage


class Pairs(Seen, ListPage):
    """Records that may be one person, the likeliest first."""

    permission: ClassVar[str | None] = permissions.MERGE
    template_name = "register/pairs.jinja"
    title = "People who may be kept twice"
    tab = "pairs"

    def items(self) -> Any:
        return queries.pairs(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {"table": pages.pairs_table(self.found)}


class LookFor(Seen, DeedView):
    """Look for people who are kept twice now, instead of waiting for Sunday night."""

    permission: ClassVar[str | None] = permissions.MERGE
    form_class = forms.Nothing
    title = "Look for people who are kept twice"
    lead = "All people are compared with one another. With a large register it takes a few minutes."
    button = "Look"
    success_message = "People are being compared. Come back in a few minutes."

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Kept twice?", "pairs")]

    def do(self) -> None:
        services.ask_for_duplicates(by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:pairs")

    def cancel(self) -> str:
        return self.get_success_url()


class _Two(Seen, DeedView):
    """Two records side by side, and which of their values stay. Each look at a person is recorded (SEC-03)."""

    permission: ClassVar[str | None] = permissions.MERGE
    template_name = "register/two.jinja"
    form_class = forms.MergeForm
    button = "Merge into one record"
    success_message = "The two records are one now. You can undo this under “Merged records”."
    one: Person
    other: Person
    pair: Pair | None = None

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Kept twice?", "pairs")]

    def get_title(self) -> str:
        return f"Are these one person? {self.one.name} and {self.other.name}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"one": self.one, "other": self.other}

    def get_initial(self) -> dict[str, Any]:
        """The older record stays, with its values where it has any."""
        found: dict[str, Any] = {"stays": self.one.pk}
        for name in forms.MergeForm(one=self.one, other=self.other).differ:
            found[name] = self.one.pk if queries.shown_value(self.one, name) else self.other.pk
        return found

    def context(self) -> dict[str, Any]:
        both = [self.one, self.other]
        for person in both:
            services.note_seen(person=person, by=self.request.actor)
        kinds, homes = queries.tenures_of(both, on=self.today), queries.living_at(both)
        return {"table": pages.compared(self.one, self.other, homes, kinds), "pair": self.pair}

    def do(self, *, stays: int, **answers: Any) -> Merge:
        kept, gone = (self.one, self.other) if stays == self.one.pk else (self.other, self.one)
        choices = self.get_form().choices({"stays": stays, **answers})
        return services.merge(kept=kept, gone=gone, choices=choices, at=timezone.now(), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:person", kwargs={"pk": self.done.kept_id})

    def cancel(self) -> str:
        return reverse("register:pairs")


class OnePair(_Two):
    """Two records that the comparison has found."""

    def load(self, **kwargs: Any) -> None:
        self.pair = queries.pair(kwargs["pk"], by=self.request.actor)
        if self.pair is None or self.pair.one.merged_into_id or self.pair.other.merged_into_id:
            raise Http404
        self.one, self.other = self.pair.one, self.pair.other


class TwoPeople(_Two):
    """Two records that somebody has found."""

    def load(self, **kwargs: Any) -> None:
        by = self.request.actor
        found = [queries.person(kwargs[name], by=by) for name in ("pk", "other")]
        if None in found or found[0] == found[1] or any(one and one.merged_into_id for one in found):
            raise Http404
        self.one, self.other = sorted((one for one in found if one), key=lambda one: one.pk)


class Different(Seen, DeedView):
    """They are two people."""

    permission: ClassVar[str | None] = permissions.MERGE
    form_class = forms.Nothing
    title = "These are two people"
    lead = "They are not shown together again."
    button = "They are two people"
    success_message = "It is recorded that these are two people."

    def load(self, **kwargs: Any) -> None:
        found = queries.pair(kwargs["pk"], by=self.request.actor)
        if found is None:
            raise Http404
        self.pair: Pair = found

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Kept twice?", "pairs")]

    def do(self) -> None:
        services.say_different(pair=self.pair, at=timezone.now(), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:pairs")

    def cancel(self) -> str:
        return reverse("register:pair", kwargs={"pk": self.pair.pk})


class Merges(Seen, ListPage):
    """Every merge, which can be undone."""

    permission: ClassVar[str | None] = permissions.MERGE
    template_name = "register/merges.jinja"
    title = "Merged records"
    tab = "pairs"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Kept twice?", "pairs")]

    def items(self) -> Any:
        return queries.merges(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        return {"table": pages.merges_table(self.found)}


class UndoMerge(Seen, DeedView):
    """Make two records of one again."""

    permission: ClassVar[str | None] = permissions.MERGE
    form_class = forms.Nothing
    button = "Make two records again"
    success_message = "There are two records again, each with what it had. What was changed since then stays changed."

    def load(self, **kwargs: Any) -> None:
        self.merge = get_object_or_404(queries.merges(by=self.request.actor), pk=kwargs["pk"])

    def get_title(self) -> str:
        return f"Undo the merge of {self.merge.gone.name} into {self.merge.kept.name}"

    def breadcrumbs(self) -> Crumbs:
        return [*super().breadcrumbs(), crumb("Merged records", "merges")]

    def do(self) -> None:
        services.undo_merge(merge=self.merge, at=timezone.now(), by=self.request.actor)

    def get_success_url(self) -> str:
        return reverse("register:merges")

    def cancel(self) -> str:
        return self.get_success_url()
