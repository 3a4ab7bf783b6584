"""The addresses of estates, buildings and homes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
