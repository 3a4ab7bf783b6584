"""The addresses of actions."""

from django.urls import path

from hearth.actions import views

app_name = "actions"
urlpatterns = [
    path("", views.Actions.as_view(), name="actions"),
    path("export/", views.Export.as_view(), name="export"),
    path("add/", views.Add.as_view(), name="add"),
    path("<int:pk>/", views.Action.as_view(), name="action"),
    path("<int:pk>/files/<int:note>/", views.File.as_view(), name="file"),
    path("<int:pk>/start/", views.Start.as_view(), name="start"),
    path("<int:pk>/check/", views.Check.as_view(), name="check"),
    path("<int:pk>/complete/", views.Complete.as_view(), name="complete"),
    path("<int:pk>/put-off/", views.Defer.as_view(), name="defer"),
    path("<int:pk>/date/", views.ChangeDate.as_view(), name="change_date"),
    path("<int:pk>/end/", views.End.as_view(), name="end"),
    path("<int:pk>/officer/", views.NameOfficer.as_view(), name="officer"),
]
