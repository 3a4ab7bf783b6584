"""The addresses of this room."""

from django.urls import path

from hearth.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.Trail.as_view(), name="trail"),
    path("audit/seals/", views.Chain.as_view(), name="chain"),
    path("audit/<int:pk>/", views.Event.as_view(), name="event"),
]
