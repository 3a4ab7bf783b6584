from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "hearth.policies"
    label = "policies"
