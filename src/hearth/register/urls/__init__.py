"""The addresses of this room: one module a kind of work."""

from django.urls import URLPattern

from hearth.register.urls import contact, imports, own, people, places, rights

app_name = "register"
urlpatterns: list[URLPattern] = [
    *people.urlpatterns,
    *contact.urlpatterns,
    *places.urlpatterns,
    *imports.urlpatterns,
    *own.urlpatterns,
    *rights.urlpatterns,
]
