"""The room as Django knows it."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layout, fields and components; no tables."""

    name = "hearth.ui"
    label = "ui"
    verbose_name = "Pages and components"
