"""The addresses of one's own record, and of the way to an account."""

from django.urls import URLPattern, path

from hearth.register.views import own

ASKED = "you/requests/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("you/", own.You.as_view(), name="you"),
    path("you/reach/", own.Details.as_view(), name="own_details"),
    path("you/wishes/", own.Wishes.as_view(), name="own_wishes"),
    path("you/needs/add/", own.AddNeed.as_view(), name="own_add_need"),
    path("you/needs/<int:need>/end/", own.EndNeed.as_view(), name="own_end_need"),
    path("you/ask/<str:asks>/", own.Ask.as_view(), name="own_ask"),
    path(ASKED, own.Request.as_view(), name="own_request"),
    path(f"{ASKED}withdraw/", own.Withdraw.as_view(), name="own_withdraw"),
    path(f"{ASKED}copy/<str:format>/", own.RequestFile.as_view(), name="own_request_file"),
    path("join/", own.Join.as_view(), name="join"),
    path("people/<int:pk>/account/code/", own.SendCode.as_view(), name="send_code"),
    path("people/<int:pk>/account/end/", own.EndAccount.as_view(), name="end_account"),
]
