"""Addresses of the public form: short, because they stand in letters and text messages.

Answers are sent to an address of their own: to post to the form's own address would make the browser forget that page,
and whoever went back to it and sent it again would have answered twice.

A link in a text message has `?m=s` at its end, so that the way of answering is counted as one of its own.
"""

from django.urls import path

from hearth.surveys.views import answering, entering

urlpatterns = [
    path("r/", entering.EnterCode.as_view(), name="enter_code"),
    path("r/<str:code>/", entering.Personal.as_view(), name="personal"),
    path("r/<str:code>/send/", entering.Personal.as_view(), name="send_personal"),
    path("r/<str:code>/saved/", entering.Saved.as_view(), name="saved"),
    path("s/<slug:slug>/", answering.OpenLink.as_view(), name="form"),
    path("s/<slug:slug>/send/", answering.OpenLink.as_view(), name="send"),
    path("s/<slug:slug>/thanks/", entering.Thanks.as_view(), name="thanks"),
    path("s/<slug:slug>/draw/", entering.EnterDraw.as_view(), name="draw"),
]
