"""The addresses of people, households and tenancies."""

from django.urls import URLPattern, path

from hearth.register.views import people

TENANCY = "tenancies/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("people/", people.People.as_view(), name="people"),
    path("people/add/", people.AddPerson.as_view(), name="add_person"),
    path("people/<int:pk>/", people.OnePerson.as_view(), name="person"),
    path("people/<int:pk>/change/", people.ChangePerson.as_view(), name="change_person"),
    path("people/<int:pk>/applications/add/", people.AddApplication.as_view(), name="add_application"),
    path(
        "people/<int:pk>/applications/<int:application>/end/",
        people.EndApplication.as_view(),
        name="end_application",
    ),
    path(TENANCY, people.OneTenancy.as_view(), name="tenancy"),
    path(f"{TENANCY}end/", people.EndTenancy.as_view(), name="end_tenancy"),
    path(f"{TENANCY}lead/", people.ChangeLead.as_view(), name="change_lead"),
    path(f"{TENANCY}join/", people.JoinTenancy.as_view(), name="join_tenancy"),
    path(f"{TENANCY}leave/<int:holder>/", people.LeaveTenancy.as_view(), name="leave_tenancy"),
    path("leases/<int:pk>/end/", people.EndLease.as_view(), name="end_lease"),
    path("households/leave/<int:pk>/", people.LeaveHousehold.as_view(), name="leave_household"),
]
