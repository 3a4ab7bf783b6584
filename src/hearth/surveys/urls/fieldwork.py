"""Addresses of fieldwork: how it goes, and asking by telephone."""

from django.urls import path

from hearth.surveys.views import fieldwork, telephone

urlpatterns = [
    path("interviews/", fieldwork.Interviews.as_view(), name="interviews"),
    path("<int:pk>/fieldwork/", fieldwork.Fieldwork.as_view(), name="fieldwork"),
    path("<int:pk>/telephone/", telephone.Telephone.as_view(), name="telephone"),
    path("<int:pk>/telephone/next/", telephone.NextCall.as_view(), name="next_call"),
    path("<int:pk>/telephone/begin/", telephone.BeginInterview.as_view(), name="begin_interview"),
    path("<int:pk>/telephone/<slug:nonce>/", telephone.Call.as_view(), name="call"),
    path("<int:pk>/telephone/<slug:nonce>/ask/", telephone.Ask.as_view(), name="ask"),
    path("<int:pk>/telephone/<slug:nonce>/leave/", telephone.LetGo.as_view(), name="let_go"),
]
