"""The addresses of this room: one module a kind of work."""

from django.urls import path

from hearth.performance.views import standing, workbooks

app_name = "performance"
urlpatterns = [
    path("", workbooks.Measures.as_view(), name="measures"),
    path("who-we-are/", workbooks.WhoWeAre.as_view(), name="who_we_are"),
    path("workbooks/load/", workbooks.LoadWorkbook.as_view(), name="load"),
    path("workbooks/<int:pk>/", workbooks.OneWorkbook.as_view(), name="workbook"),
    path("workbooks/<int:pk>/columns/", workbooks.Columns.as_view(), name="columns"),
    path("workbooks/<int:pk>/file/", workbooks.WorkbookFile.as_view(), name="workbook_file"),
    path("<int:year>/", standing.Standing.as_view(), name="standing"),
    path("<int:year>/where-we-stand.csv", standing.StandingFile.as_view(), {"kind": "csv"}, name="csv"),
    path("<int:year>/where-we-stand.xlsx", standing.StandingFile.as_view(), {"kind": "xlsx"}, name="xlsx"),
    path("<int:year>/years/", standing.Years.as_view(), name="years"),
    path("<int:year>/questions/", standing.Questions.as_view(), name="questions"),
    path("<int:year>/questions/page/", standing.SayPageFigures.as_view(), name="page_figures"),
    path("<int:year>/questions/<str:measure>/", standing.SayCommentary.as_view(), name="commentary"),
]
