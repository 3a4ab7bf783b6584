from django.apps import AppConfig


class WiringConfig(AppConfig):
    """The wiring has no tables; it is an application so that its commands are found."""

    name = "hearth.config"
    label = "config"
