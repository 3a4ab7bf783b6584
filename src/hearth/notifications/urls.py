"""The addresses of this room."""

from django.urls import path

from hearth.notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.Outbox.as_view(), name="outbox"),
    path("messages/<int:pk>/", views.Message.as_view(), name="message"),
    path("messages/<int:pk>/letter/", views.Letter.as_view(), name="letter"),
    path("messages/<int:pk>/files/<int:number>/", views.File.as_view(), name="file"),
    path("messages/<int:pk>/again/", views.Again.as_view(), name="again"),
    path("messages/<int:pk>/posted/", views.Posted.as_view(), name="posted"),
]
