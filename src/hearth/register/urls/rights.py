"""The addresses of requests about data, legal holds and retention."""

from django.urls import URLPattern, path

from hearth.register.views import rights

ONE = "data/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("data/", rights.Requests.as_view(), name="data_requests"),
    path("data/add/", rights.Add.as_view(), name="data_add"),
    path(ONE, rights.Request.as_view(), name="data_request"),
    path(f"{ONE}identity/ask/", rights.AskIdentity.as_view(), name="data_identity"),
    path(f"{ONE}identity/", rights.Proved.as_view(), name="data_proved"),
    path(f"{ONE}start/", rights.Start.as_view(), name="data_start"),
    path(f"{ONE}extend/", rights.Extend.as_view(), name="data_extend"),
    path(f"{ONE}review/", rights.Review.as_view(), name="data_review"),
    path(f"{ONE}copy/", rights.Copy.as_view(), name="data_copy"),
    path(f"{ONE}copy/<str:format>/", rights.File.as_view(), name="data_file"),
    path(f"{ONE}answer/", rights.Answer.as_view(), name="data_answer"),
    path(f"{ONE}withdraw/", rights.Withdraw.as_view(), name="data_withdraw"),
    path("holds/", rights.Holds.as_view(), name="holds"),
    path("holds/add/", rights.AddHold.as_view(), name="hold_add"),
    path("holds/<int:pk>/lift/", rights.LiftHold.as_view(), name="hold_lift"),
    path("retention/", rights.Retention.as_view(), name="retention"),
]
