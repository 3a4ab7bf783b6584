"""The addresses of this room: one module a kind of work."""

from django.urls import URLPattern

app_name = "register"
urlpatterns: list[URLPattern] = []
