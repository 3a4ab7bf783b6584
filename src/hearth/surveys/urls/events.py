"""Addresses of surveys that follow events."""

from django.urls import path

from hearth.surveys.views import events

urlpatterns = [
    path("events/", events.Events.as_view(), name="events"),
    path("events/follow/", events.SetTrigger.as_view(), name="set_trigger"),
    path("events/add/", events.NoteEvent.as_view(), name="note_event"),
    path("events/file/", events.BringIn.as_view(), name="bring_in_events"),
    path("events/systems/add/", events.AddSource.as_view(), name="add_source"),
    path("events/systems/<int:pk>/end/", events.EndSource.as_view(), name="end_source"),
    path("events/in/", events.EventsIn.as_view(), name="events_in"),
]
