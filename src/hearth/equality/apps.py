from django.apps import AppConfig


class EqualityConfig(AppConfig):
    name = "hearth.equality"
    label = "equality"
