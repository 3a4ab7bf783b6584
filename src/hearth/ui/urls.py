"""The addresses of this room: the landlord's colours and, for developers, the gallery."""

from django.urls import path

from hearth.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("theme.css", views.Theme.as_view(), name="theme"),
    path("gallery/", gallery.Gallery.as_view(), name="gallery"),
]
