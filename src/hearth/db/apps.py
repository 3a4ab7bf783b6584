from django.apps import AppConfig


class DbConfig(AppConfig):
    name = "hearth.db"
    label = "db"
