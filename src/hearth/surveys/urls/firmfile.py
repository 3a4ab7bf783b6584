"""Addresses of survey firms' files."""

from django.urls import path

from hearth.surveys.views import firmfile

urlpatterns = [
    path("<int:pk>/files/", firmfile.Files.as_view(), name="firm_files"),
    path("<int:pk>/files/add/", firmfile.Upload.as_view(), name="send_firm_file"),
    path("<int:pk>/files/<int:file>/", firmfile.OneFile.as_view(), name="firm_file"),
    path("<int:pk>/files/<int:file>/columns/", firmfile.Meanings.as_view(), name="firm_columns"),
    path("<int:pk>/files/<int:file>/values/", firmfile.Values.as_view(), name="firm_values"),
    path("<int:pk>/files/<int:file>/start/", firmfile.Start.as_view(), name="start_firm_file"),
    path("<int:pk>/files/<int:file>/take-back/", firmfile.TakeBack.as_view(), name="take_back_firm_file"),
    path("<int:pk>/files/<int:file>/problems.csv", firmfile.Problems.as_view(), name="firm_problems"),
]
