"""The addresses of this room."""

from django.urls import path

from hearth.landlords import views

app_name = "landlords"
urlpatterns = [
    path("settings/", views.Settings.as_view(), name="settings"),
    path("settings/look/", views.ChangeLook.as_view(), name="look"),
    path("settings/closures/", views.Closures.as_view(), name="closures"),
    path("settings/closures/add/", views.AddClosure.as_view(), name="add_closure"),
    path("settings/bodies/", views.Bodies.as_view(), name="bodies"),
    path("settings/bodies/add/", views.AddBody.as_view(), name="add_body"),
    path("settings/bodies/<int:pk>/", views.Body.as_view(), name="body"),
    path("settings/bodies/<int:pk>/change/", views.ChangeBody.as_view(), name="change_body"),
    path("settings/values/<str:key>/", views.Setting.as_view(), name="setting"),
    path("settings/values/<str:key>/change/", views.ChangeSetting.as_view(), name="change_setting"),
    path("settings/values/<str:key>/confirm/", views.ConfirmSetting.as_view(), name="confirm_setting"),
]
