from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "hearth.desk"
    label = "desk"
