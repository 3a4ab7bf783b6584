"""The addresses of this room."""

from django.urls import path

from hearth.documents import views

app_name = "documents"
urlpatterns = [
    path("formats/", views.Requests.as_view(), name="requests"),
    path("formats/<int:pk>/", views.Request.as_view(), name="request"),
    path("formats/<int:pk>/file/", views.File.as_view(), name="request_file"),
    path("formats/<int:pk>/make/", views.Make.as_view(), name="make"),
    path("formats/<int:pk>/sent/", views.Sent.as_view(), name="sent"),
    path("formats/<int:pk>/decline/", views.Decline.as_view(), name="decline"),
]
