"""Profiles: the list, one profile with small numbers hidden, adding and filling one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse

from hearth.equality import forms, pages, permissions, queries, rules, services
from hearth.equality.models import CategorySet
from hearth.equality.views.base import Crumbs, OfProfile, Seen, address, crumb, csv_file
from hearth.ui.views import DeedView, ListPage


class Profiles(Seen, ListPage):
    """Every profile; the front page of the room."""

    template_name = "equality/profiles.jinja"
    title = "Evidence"
    tab = "evidence"

    def items(self) -> Any:
        return queries.every_profile(by=self.request.actor)

    def context(self) -> dict[str, Any]:
        floor = queries.policy_on(self.today).sensitive
        return {"bases": {p.pk: _base_words(p.base, floor) for p in self.found}}


def _base_words(base: int | None, floor: int) -> str:
    if base is None:
        return "Not stated"
    return f"{base:,}" if base >= floor else f"Fewer than {floor}"


class Profile(OfProfile):
    """One profile as everybody who may see profiles sees it: small numbers hidden (PROF-26)."""

    template_name = "equality/profile.jinja"

    def get_title(self) -> str:
        return self.profile.title

    def breadcrumbs(self) -> Crumbs:
        return super().breadcrumbs()[:1]

    def context(self) -> dict[str, Any]:
        policy = queries.policy_on(self.today)
        sections, done = pages.treated_sections(self.profile, self.today, policy)
        floor = policy.sensitive
        gaps = queries.not_held(self.profile, rules.PROTECTED)
        return {
            "profile": self.profile,
            "base": _base_words(self.profile.base, floor),
            "sections": sections,
            "hidden": done.cost,
            "gaps": [rules.title_of(code) for code in gaps],
            "averages": [(str(one), f"{one.value.normalize():f}") for one in self.profile.averages.all()],
            "roll_ups": self._roll_ups(),
        }

    def _roll_ups(self) -> dict[str, list[CategorySet]]:
        sets = queries.sets_of(self.profile)
        found = queries.full_roll_ups(list(sets.values()))
        return {code: found[kept.pk] for code, kept in sets.items()}


class ProfileFile(OfProfile):
    """The same as a CSV file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return csv_file(self.profile.title, *pages.csv_rows(self.profile, self.today))


class RolledUp(OfProfile):
    """One characteristic of a profile in the answers of another set (PROF-07)."""

    template_name = "equality/rolled_up.jinja"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        for code, kept in queries.sets_of(self.profile).items():
            for target, ways, labels in queries.roll_ups(kept):
                if target.pk == kwargs["kept"]:
                    self.code, self.target, self.ways, self.labels = code, target, ways, labels
                    return
        raise Http404

    def get_title(self) -> str:
        return f"{rules.title_of(self.code)} in another category set"

    def context(self) -> dict[str, Any]:
        side = pages.sides(self.profile, self.today)[self.code]
        table = pages.rolled_table(side, self.target, self.ways, self.labels)
        return {"table": table, "profile": self.profile, "source": pages.source_words(self.profile, side.base)}


class AddProfile(Seen, DeedView):
    """Begin a profile."""

    permission: ClassVar[str | None] = permissions.KEEP
    form_class = forms.Profile
    title = "Add a profile"
    success_message = "The profile has been added. Enter its figures now."

    def breadcrumbs(self) -> Crumbs:
        return [crumb("Evidence", "evidence")]

    def do(self, *, kind: str, **answers: Any) -> Any:
        return services.add_profile(**answers, counted=kind == "counted", by=self.request.actor)

    def get_success_url(self) -> str:
        return address("profile", pk=self.done.pk)

    def cancel(self) -> str:
        return address("evidence")


class ChangeProfile(OfProfile, DeedView):
    """Change what a profile says of itself."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.ChangeProfile
    title = "Change this profile"
    success_message = "The profile has been changed."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.profile, name) for name in forms.ChangeProfile.base_fields}

    def do(self, **answers: Any) -> None:
        services.change_profile(profile=self.profile, by=self.request.actor, **answers)


class ChooseSet(OfProfile, DeedView):
    """Choose the category set in which counts are entered."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.ChooseSet
    title = "Enter figures"
    button = "Continue"
    lead = "Choose the category set whose answers your figures follow. If none fits, add your own first."

    def get_form_kwargs(self) -> dict[str, Any]:
        sets = queries.category_sets(by=self.request.actor).filter(several=False)
        return {"sets": sorted(sets, key=lambda one: (one.about, one.name))}

    def do(self, *, kept: int) -> int:
        return kept

    def get_success_url(self) -> str:
        return address("counts", pk=self.profile.pk, kept=self.done)


class Counts(OfProfile, DeedView):
    """Enter a number for each answer of a category set."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "equality/counts.jinja"
    form_class = forms.Counts  # type: ignore[assignment]
    success_message = "The figures have been saved."

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        sets = queries.category_sets(by=self.request.actor).filter(several=False)
        found = sets.filter(pk=kwargs["kept"]).first()
        if found is None:
            raise Http404
        self.kept: CategorySet = found

    def get_title(self) -> str:
        return f"{self.kept.about}: enter figures"

    def context(self) -> dict[str, Any]:
        return {"profile": self.profile, "kept": self.kept}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"categories": self.kept.categories.all(), "counted": self.profile.counted}

    def get_initial(self) -> dict[str, Any]:
        """What stands there now, for officers who may see exact counts; that they were shown goes to the trail."""
        held = self.profile.cells.filter(characteristic=self.kept.characteristic, category_set=self.kept)
        asked = self.request.method == "GET" and self.request.actor.may(permissions.SEE_EXACT)
        if not asked or not held.exists():
            return {}
        why = f"To change the figures for {self.kept.about}."
        figures = services.look_at_exact(profile=self.profile, why=why, by=self.request.actor)
        values: dict[str, Any] = {}
        for one in figures:
            if one.characteristic == self.kept.characteristic:
                values = {a.label: a.printed if a.count is None else a.count for a in one.answers}
        return {f"answer_{c.pk}": values.get(c.label) for c in self.kept.categories.all()}

    def do(self, **answers: Any) -> None:
        services.set_figures(
            profile=self.profile, characteristic=self.kept.characteristic, answers=self.form.answers(),
            category_set=self.kept, by=self.request.actor,
        )  # fmt: skip

    def get_form(self) -> forms.Counts:
        self.form: forms.Counts = super().get_form()  # type: ignore[assignment]
        return self.form


class Upload(OfProfile, DeedView):
    """Paste or upload a sheet of counts."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "equality/upload.jinja"
    form_class = forms.Upload
    title = "Upload counts"
    button = "Upload"

    def load(self, **kwargs: Any) -> None:
        super().load(**kwargs)
        if not self.profile.counted:
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"sets": queries.known_sets(by=self.request.actor), "base": self.profile.base or 0}

    def context(self) -> dict[str, Any]:
        return {"profile": self.profile}

    def do(self, *, blocks: Any, **answers: Any) -> int:
        return services.set_blocks(profile=self.profile, blocks=blocks, by=self.request.actor)

    def get_success_message(self) -> str:
        return f"The counts of {self.done} {'characteristic' if self.done == 1 else 'characteristics'} have been saved."


class SetAverage(OfProfile, DeedView):
    """Give a profile a mean or a median (PROF-22)."""

    permission: ClassVar[str | None] = permissions.KEEP
    template_name = "ui/form.jinja"
    form_class = forms.Average
    title = "Add an average"
    success_message = "The average has been saved."

    def do(self, **answers: Any) -> None:
        services.set_average(profile=self.profile, by=self.request.actor, **answers)
