"""Addresses of asking at the door."""

from django.urls import path

from hearth.surveys.views import offline

urlpatterns = [
    path("offline/", offline.Offline.as_view(), name="offline"),
    path("offline/worker.js", offline.Worker.as_view(), name="offline_worker"),
    path("offline/manifest.webmanifest", offline.Manifest.as_view(), name="offline_manifest"),
    path("offline/work/", offline.Work.as_view(), name="offline_work"),
    path("offline/in/", offline.In.as_view(), name="offline_in"),
    path("<int:pk>/visits/", offline.Visits.as_view(), name="visits"),
    path("<int:pk>/visits/back/", offline.TakeBack.as_view(), name="take_back_visits"),
]
