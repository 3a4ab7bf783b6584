"""Addresses of the list of surveys and of building one."""

from django.urls import path

from hearth.surveys.views import building

urlpatterns = [
    path("", building.Surveys.as_view(), name="surveys"),
    path("<int:pk>/", building.Overview.as_view(), name="survey"),
]
