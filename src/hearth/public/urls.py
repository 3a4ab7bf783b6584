"""The addresses of this room."""

from django.urls import path

from hearth.public import views

app_name = "public"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("published/", views.Reviews.as_view(), name="reviews"),
    path("published/<slug:slug>/", views.Review.as_view(), name="review"),
    path("published/<slug:slug>/ask/", views.AskFormat.as_view(), name="ask_format"),
    path("published/<slug:slug>/as/<slug:format>/", views.Download.as_view(), name="download"),
    path("who-we-are/", views.Who.as_view(), name="who"),
    path("accessibility/", views.Accessibility.as_view(), name="accessibility"),
    path("privacy/", views.Privacy.as_view(), name="privacy"),
    path("contact/", views.Contact.as_view(), name="contact"),
]
