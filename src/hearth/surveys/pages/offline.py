"""What an interviewer's device is given, and what the page about lists of visits shows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from hearth.kernel.permits import Actor
from hearth.register import queries as register
from hearth.surveys import queries
from hearth.surveys.models import Hold, Survey
from hearth.surveys.pages.answering import around
from hearth.surveys.pages.telephone import stock_of
from hearth.surveys.pages.words import SECRECY, language_name
from hearth.surveys.rules import building
from hearth.surveys.rules.instrument import EASY_READ, said
from hearth.surveys.rules.kinds import Draw, Secrecy
from hearth.ui.tables import Table
from hearth.ui.words import day

SCRIPTS = {
    "rules": "surveys/offline/rules.js",
    "store": "surveys/offline/store.js",
    "draw": "surveys/offline/draw.js",
    "server": "surveys/offline/sending.js",
}
PAGE = "surveys/offline/page.js"
LOOKS = ("hearth/govuk.css", "hearth/hearth.css", "hearth/start.js", "hearth/favicon.svg")


def shell(landlord: Any) -> str:
    """The page itself, the same for every interviewer: it names nobody, so that a device may keep it."""
    told = around(landlord, lambda: [])
    addresses = {
        "work": reverse("surveys:offline_work"),
        "in": reverse("surveys:offline_in"),
        "worker": reverse("surveys:offline_worker"),
        "manifest": reverse("surveys:offline_manifest"),
        "sign_in": f"{reverse('account_login')}?next={reverse('surveys:offline')}",
    }
    scripts = {name: static(path) for name, path in SCRIPTS.items()}
    return render_to_string(
        "surveys/offline/page.jinja",
        {**told, "title": "Ask at the door", "addresses": addresses, "modules": scripts, "page_script": static(PAGE)},
    )


def worker(landlord: Any) -> str:
    """The service worker: keeps the page and what it needs, by their hashed names, under a name of this edition."""
    page = reverse("surveys:offline")
    html = shell(landlord)
    files = [static(path) for path in (*LOOKS, PAGE, *SCRIPTS.values())]
    files.append(around(landlord, lambda: [])["theme_url"])
    edition = hashlib.sha256("\n".join([html, *files]).encode()).hexdigest()[:16]
    return render_to_string(
        "surveys/offline/worker.jinja",
        {
            "told": {
                "edition": edition,
                "home": get_script_prefix(),
                "page": page,
                "files": files,
                "signOut": reverse("account_logout"),
            }
        },
    )


def manifest(landlord: Any) -> dict[str, Any]:
    """What a telephone needs to put the page among its programs."""
    return {
        "name": f"Ask at the door: {landlord.name}",
        "short_name": "Ask at the door",
        "start_url": reverse("surveys:offline"),
        "scope": reverse("surveys:offline"),
        "display": "standalone",
        "lang": "en-GB",
        "background_color": "#ffffff",
        "theme_color": landlord.colour or "#1d4f5b",
        "icons": [{"src": static("hearth/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }


def work(landlord: Any, token: str, *, at: datetime, by: Actor) -> dict[str, Any]:
    """All that an interviewer needs where there is no signal: questionnaires, and the homes on their own list."""
    visits = queries.visits_of(at=at, by=by)
    addresses = register.addresses_of((one.invitation.person_id or 0 for one in visits), on=timezone.localdate(at))
    glances = register.at_a_glance_unasked(one.invitation.person_id for one in visits if one.invitation.person_id)
    reached = queries.visitable([one.invitation.person_id for one in visits if one.invitation.person_id], at=at)
    homes: dict[int, list[dict[str, Any]]] = {}
    for one in visits:
        person = one.invitation.person_id
        if person in reached and addresses.get(person or 0):  # a wish or a marker may have come since it was given
            address = addresses[person or 0]
            home = _home(one, address, reached[person].language, glances.get(person or 0, []))
            homes.setdefault(one.invitation.survey_id, []).append(home)
    return {
        "token": token,
        "user": {"id": by.user_id, "name": by.name},
        "landlord": landlord.name,
        "at": at.isoformat(),
        "surveys": [_survey(one, homes.get(one.pk, [])) for one in queries.surveys_to_visit(by=by)],
    }


def _survey(survey: Survey, homes: list[dict[str, Any]]) -> dict[str, Any]:
    version = queries.form_of(survey)
    instrument = queries.instrument(version)
    names = {code: "Easy words" if code == EASY_READ else language_name(code) for code in instrument.languages}
    return {
        "id": survey.pk,
        "version": version.pk,
        "title": survey.title,
        "content": building.dump(instrument),
        "languages": names,
        "secrecy": said(SECRECY[survey.secrecy]),
        "stock": survey.stock,
        "open_to_all": survey.draw == Draw.OPEN or survey.secrecy == Secrecy.ANONYMOUS,
        "visits": homes,
    }


def _home(hold: Hold, address: str, language: str, to_know: list[str]) -> dict[str, Any]:
    """A home without a name: where it is, and what whoever rings must know (PROF-19)."""
    return {
        "ref": queries.visit_ref(hold.invitation),
        "address": [line.strip() for line in address.splitlines() if line.strip()],
        "language": language,
        "stock": stock_of(hold.invitation, hold.invitation.survey),
        "to_know": to_know,
        "until": hold.until.isoformat(),
    }


def visits_table(survey: Survey, at: datetime) -> Table:
    """Who has how many homes to visit, and until when."""
    rows = tuple((name, number, day(until.date())) for name, number, until in queries.visit_lists(survey, at=at))
    return Table("Homes to visit", ("Interviewer", "Homes", "Until"), rows, empty="Nobody has homes to visit.")
