from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "hearth.actions"
    label = "actions"
