"""Addresses of paper forms."""

from django.urls import path

from hearth.surveys.views import paper

urlpatterns = [
    path("<int:pk>/paper/", paper.Paper.as_view(), name="paper"),
    path("<int:pk>/paper/print/", paper.Print.as_view(), name="print"),
    path("<int:pk>/paper/print/household/", paper.PrintHousehold.as_view(), name="print_household"),
    path("<int:pk>/paper/print/blank/", paper.PrintBlank.as_view(), name="print_blank"),
    path("<int:pk>/paper/print/<int:batch>/", paper.PrintedFile.as_view(), name="paper_file"),
    path("<int:pk>/paper/new/", paper.NewSerial.as_view(), name="new_serial"),
    path("<int:pk>/paper/settle/<int:entry>/", paper.Settle.as_view(), name="settle_paper"),
    path("<int:pk>/paper/form/<slug:serial>/", paper.Key.as_view(), name="key_paper"),
]
