"""The addresses of this room."""

from django.urls import path

from hearth.desk import views

app_name = "desk"
urlpatterns = [path("desk/", views.Home.as_view(), name="home")]
