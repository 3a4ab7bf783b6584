"""The design system's macros (govuk-frontend-jinja), compiled once and called from Python or from a template.

They live in an environment of their own, because the macros lean on undefined being quiet while our own templates
refuse it in development.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

NAMES = [
    "accordion",
    "back-link",
    "breadcrumbs",
    "button",
    "character-count",
    "checkboxes",
    "cookie-banner",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "exit-this-page",
    "fieldset",
    "file-upload",
    "generic-header",
    "hint",
    "input",
    "inset-text",
    "label",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "phase-banner",
    "radios",
    "select",
    "service-navigation",
    "skip-link",
    "summary-list",
    "table",
    "tabs",
    "tag",
    "task-list",
    "textarea",
    "warning-text",
]


@functools.cache
def _environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False)


def macro_name(component: str) -> str:
    """The macro of a component: "date-input" is `govukDateInput`."""
    return "govuk" + "".join(part.capitalize() for part in component.split("-"))


@functools.cache
def macro(component: str) -> Callable[..., Markup]:
    """The compiled macro of a component by the name that the design system gives it, such as "date-input"."""
    template = _environment().get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
    return getattr(template.module, macro_name(component))


def govuk(component: str, params: dict[str, Any] | None = None, **more: Any) -> Markup:
    """Draw a component: `govuk("button", text="Save")`. Parameters are named as in the design system."""
    return macro(component)({**(params or {}), **more})


def template_globals() -> dict[str, Callable[..., Markup]]:
    """Every component for templates: `{{ govukButton({"text": "Save"}) }}` or `{{ govukButton(text="Save") }}`."""
    return {macro_name(name): functools.partial(govuk, name) for name in NAMES}
