"""The addresses of this room: one module a kind of work."""

from django.urls import URLPattern

app_name = "performance"
urlpatterns: list[URLPattern] = []
