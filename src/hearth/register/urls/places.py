"""The addresses of estates, buildings and homes."""

from django.urls import URLPattern, path

from hearth.register.views import people, places

HOME = "homes/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("", places.Front.as_view(), name="front"),
    path("homes/", places.Homes.as_view(), name="homes"),
    path("homes/add/", places.KeepHome.as_view(), name="add_home"),
    path(HOME, places.Home.as_view(), name="home"),
    path(f"{HOME}change/", places.ChangeHome.as_view(), name="change_home"),
    path(f"{HOME}end/", places.EndHome.as_view(), name="end_home"),
    path(f"{HOME}tenancy/", people.BeginTenancy.as_view(), name="begin_tenancy"),
    path(f"{HOME}lease/", people.BeginLease.as_view(), name="begin_lease"),
    path(f"{HOME}household/", people.JoinHousehold.as_view(), name="join_household"),
    path("buildings/", places.Buildings.as_view(), name="buildings"),
    path("buildings/add/", places.KeepBuilding.as_view(), name="add_building"),
    path("buildings/<int:pk>/", places.Building.as_view(), name="building"),
    path("buildings/<int:pk>/change/", places.ChangeBuilding.as_view(), name="change_building"),
    path("estates/", places.Estates.as_view(), name="estates"),
    path("estates/add/", places.KeepEstate.as_view(), name="add_estate"),
    path("estates/<int:pk>/", places.Estate.as_view(), name="estate"),
    path("estates/<int:pk>/change/", places.ChangeEstate.as_view(), name="change_estate"),
]
