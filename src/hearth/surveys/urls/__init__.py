"""The addresses of this room: one module a kind of work."""

from django.urls import URLPattern

from hearth.surveys.urls import answering, building, events, fieldwork, firmfile, offline, paper, results, sample, shops

app_name = "surveys"
urlpatterns: list[URLPattern] = [
    *answering.urlpatterns,
    *building.urlpatterns,
    *events.urlpatterns,
    *fieldwork.urlpatterns,
    *firmfile.urlpatterns,
    *offline.urlpatterns,
    *paper.urlpatterns,
    *results.urlpatterns,
    *sample.urlpatterns,
    *shops.urlpatterns,
]
