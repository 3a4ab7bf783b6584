"""The addresses of files of the housing management system."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
