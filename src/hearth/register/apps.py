from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "hearth.register"
    label = "register"
