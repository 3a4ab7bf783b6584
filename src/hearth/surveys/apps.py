from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "hearth.surveys"
    label = "surveys"
