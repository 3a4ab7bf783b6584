from django.apps import AppConfig


class LandlordsConfig(AppConfig):
    name = "hearth.landlords"
    label = "landlords"
