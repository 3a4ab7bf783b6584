"""For developers: every component and field in all states, on one page. It exists in development only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404

from hearth.kernel import papers
from hearth.kernel.findings import Finding, Level
from hearth.ui import charts, fields, forms
from hearth.ui.tables import Cell, Figure, Table
from hearth.ui.tags import COLOURS, Tag
from hearth.ui.views import PUBLIC, PageView


class ThingSeen(forms.Form):
    """One row."""

    what = fields.TextField("What it is")
    seen_on = fields.DateField("Date", required=False)


class Everything(forms.Form):
    """One field of each kind."""

    name = fields.TextField("Full name", size="m", hint="As it is on the tenancy", autocomplete="name")
    phone = fields.TextField("Telephone number", width=20, required=False, inputmode="tel")
    cost = fields.Number("Cost", prefix="£", places=2, width=5, least=0)
    share = fields.Number("Share", suffix="%", width=3, greatest=100)
    email = fields.Email()
    password = fields.Password(new=True, required=False)
    why = fields.LongText("Why are you doing this?", most=200, rows=4)
    short = fields.LongText("In a few words", most_words=20, rows=2, required=False)
    decided_on = fields.DateField("Date of decision", latest=date(2030, 12, 31), hint="For example, 27 3 2026")
    month = fields.MonthField("Month of the report", required=False)
    kind = fields.Choice("What kind of change is it?", options=["New", "Changed", "Stopped"], as_list=True)
    contact = fields.Choice(
        "How should we contact you?",
        size="m",
        options=[
            fields.Option("email", "Email"),
            fields.Option("post", "Post", hint="We can write in large print"),
            fields.Option("other", "Another way", divider="or"),
        ],
        reveals={"other": ("contact_other", "contact_from")},
    )
    contact_other = fields.LongText("Which way?", rows=3)
    contact_from = fields.DateField("From which day?", required=False)
    groups = fields.Choices(
        "Who will it affect?",
        options=[
            ("tenants", "Tenants"),
            ("leaseholders", "Leaseholders"),
            fields.Option("none", "Nobody", divider="or"),
        ],
        exclusive="none",
    )
    agreed = fields.YesNo("Has it been agreed?", reveals={"yes": ("agreed_by",)})
    agreed_by = fields.TextField("By whom?", width="one-half")
    document = fields.FileField("Document", kinds=("docx", "pdf"), most_megabytes=20, required=False)
    rows: ClassVar[dict[str, forms.Rows]] = {
        "things": forms.Rows(ThingSeen, "thing", legend="Things you have seen", hint="Up to five", least=1, most=5)
    }


class Narrow(forms.FilterForm):
    """A filter."""

    words = fields.TextField("Words", required=False)
    state = fields.Choices("State", options=["Draft", "Signed"], required=False, small=True)


TYPED_WRONGLY = {
    "wrong-name": "",
    "wrong-cost": "about ten",
    "wrong-share": "101",
    "wrong-email": "someone at home",
    "wrong-why": "First line\n   an indented line\n\n" + "and far too long, " * 12,
    "wrong-decided_on-day": "31",
    "wrong-decided_on-month": "February",
    "wrong-decided_on-year": "2026",
    "wrong-month-month": "10",
    "wrong-contact": "other",
    "wrong-groups": ["tenants", "none"],
    "wrong-things-rows": "2",
    "wrong-things-0-what": "A notice",
    "wrong-things-1-seen_on-year": "2026",
}

PAPER = papers.Paper(
    title="Review of the lettings policy",
    landlord="Example Borough Council",
    contact="To ask for this in another format, telephone 01234 567 890.",
    blocks=(
        papers.Heading(2, "Step 1: what is changing"),
        papers.Paragraph("The policy says who is offered a home first."),
        papers.Heading(3, "Who is affected?"),
        papers.Bullets(("Tenants who wish to move", "People on the register")),
        papers.Numbers(("Ask", "Decide", "Tell")),
        papers.Pairs("Details", (("Owner", "Housing Manager"), ("Agreed", "3 October 2022"))),
        papers.Table(
            "Age of tenants", ("Age", "Number", "Share"), (("16 to 24", "120", "4%"), ("75 and over", "810", "27%"))
        ),
        papers.Note("Figures are of 31 March 2022."),
    ),
)

STEPS = [
    {"title": "Begun", "state": "done", "when": date(2026, 3, 2), "by": "Policy Officer"},
    {"title": "Consulted", "state": "done", "when": date(2026, 5, 11), "text": "41 residents answered."},
    {"title": "Checked by the equality officer", "state": "now", "when": "due 9 July 2026"},
    {"title": "Signed", "state": "next"},
]

TABLE = Table(
    "Reviews in progress",
    ("Review", "State", "Due", "Homes"),
    (
        (Cell("Lettings policy", href="#", hint="Second review"), Tag("Draft", "blue"), date(2026, 7, 9), 4321),
        (Cell("Rent arrears", href="#"), Tag("Late", "red"), date(2026, 6, 1), 12045),
    ),
    source="Source: housing register, at 31 March 2026. Base: 16,366 homes.",
)


def all_charts() -> list[charts.Chart]:
    """One of each kind, with invented figures."""
    met, part, gap = (
        charts.Mark("Positive", "triangle-up", "#0f7a52"),
        charts.Mark("Neutral", "circle", "#484949"),
        charts.Mark("Negative", "triangle-down", "#b3262e"),
    )
    return [
        charts.bar_chart(
            title="Age of tenants",
            bars=[
                charts.Bar("16 to 24", 4.1, 9.8),
                charts.Bar("25 to 59", 55.2, 58.1),
                charts.Bar("60 and over", 40.7, 32.1),
                charts.Bar("Not known", None, shown="fewer than 5"),
            ],
            value_header="Tenants",
            comparison_header="Borough",
            source="Source: housing register, at 31 March 2026. Base: 4,321 tenants.",
        ),
        charts.matrix_overview(
            title="What the review found",
            columns=("Lettings", "Repairs", "Arrears"),
            cells=[
                ("Age", (met, part, gap)),
                ("Disability", (met, met, None)),
                ("Religion or belief", (part, part, part)),
            ],
        ),
        charts.timeline_chart(
            title="Actions of the review",
            events=[
                charts.Event("Publish the leaflet", date(2026, 2, 3)),
                charts.Event("Train the front desk", date(2026, 4, 1), date(2026, 6, 30), "In hand"),
                charts.Event("Ask residents again", date(2026, 9, 1), kind="To come"),
            ],
        ),
        charts.states_and_due(
            title="Reviews by state",
            counts=[charts.Due("Draft", 8, 2, 1), charts.Due("Consultation", 5), charts.Due("Legal check", 0, 1, 3)],
        ),
        charts.strip_chart(
            title="Where we stand",
            strips=[
                charts.Strip("Repairs", 41.0, 62.5, 70.1, 78.4, 93.0, 75.6, "above the middle"),
                charts.Strip("Complaints", 8.0, 25.0, 31.2, 36.8, 61.0),
            ],
            source="Source: invented. Base: 158 landlords.",
        ),
    ]


class Gallery(PageView):
    """The gallery; elsewhere than in development there is no such page."""

    permission: ClassVar[str | None] = PUBLIC
    template_name = "ui/gallery.jinja"
    title = "Gallery of components"

    def load(self, **kwargs: Any) -> None:
        """No such page in service."""
        if not settings.DEBUG:
            raise Http404

    def breadcrumbs(self) -> list[dict[str, str]]:
        """As a page has them."""
        return [{"text": "Home", "href": "/"}, {"text": "Reviews", "href": "#"}]

    def context(self) -> dict[str, Any]:
        """Everything that the template draws."""
        from django.utils.datastructures import MultiValueDict

        wrong = MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in TYPED_WRONGLY.items()})
        return {
            "wide": "wide" in self.request.GET,
            "notice": {"tag": "Try it", "text": "This page is for developers; its figures are invented."},
            "fresh": Everything(prefix="fresh", initial={"fresh": ""}),
            "form": Everything(wrong, prefix="wrong"),
            "narrow": Narrow({"filter-state": "Draft"}, prefix="filter"),
            "chosen": [{"text": "Draft", "href": "?"}],
            "colours": [Tag(colour.capitalize() or "No colour", colour) for colour in COLOURS],
            "table": TABLE,
            "stacked": Table(
                "Stacked on a small screen", TABLE.headers, TABLE.rows, stack=True, source="Source: invented."
            ),
            "empty": Table("Nothing in it", ("A", "B"), ()),
            "figures": [
                Figure(4321, "homes", "housing register", date(2026, 3, 31)),
                Figure("72.4%", "tenants satisfied overall", "tenant survey", "2025 to 2026", "611 tenants", "#"),
                Figure(3, "reviews are late", "this system", "today", 12),
            ],
            "steps": STEPS,
            "paper": PAPER,
            "charts": all_charts(),
            "page": Paginator(range(300), 25).get_page(self.request.GET.get("page", 5)),
            "findings": [
                Finding(
                    "D01", Level.BLOCK, "Say who was asked", quote="“Residents were consulted.”", source="Gunning 1"
                ),
                Finding(
                    "C07", Level.WARN, "The base of the figure is missing", suggestion="Add the number of tenants."
                ),
                Finding("S03", Level.INFORM, "The last review was three years ago."),
            ],
        }
