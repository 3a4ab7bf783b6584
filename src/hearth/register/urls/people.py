"""The addresses of people, households and tenancies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
