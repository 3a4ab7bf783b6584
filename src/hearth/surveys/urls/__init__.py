"""The addresses of this room: one module a kind of work."""

from django.urls import URLPattern

from hearth.surveys.urls import building

app_name = "surveys"
urlpatterns: list[URLPattern] = [
    *building.urlpatterns,
]
