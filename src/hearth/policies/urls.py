"""The addresses of documents, laws, corporate plans, indicators and committee reports."""

from django.urls import path

from hearth.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.Documents.as_view(), name="documents"),
    path("add/", views.AddDocument.as_view(), name="add_document"),
    path("<int:pk>/", views.Document.as_view(), name="document"),
    path("<int:pk>/change/", views.ChangeDocument.as_view(), name="change_document"),
    path("<int:pk>/step/", views.Move.as_view(), name="move"),
    path("<int:pk>/review/", views.StartReview.as_view(), name="review"),
    path("<int:pk>/versions/add/", views.AddVersion.as_view(), name="add_version"),
    path("<int:pk>/versions/<int:version>/", views.Version.as_view(), name="version"),
    path("<int:pk>/versions/<int:version>/file/", views.VersionFile.as_view(), name="version_file"),
    path("<int:pk>/in-force/<str:on>/", views.InForce.as_view(), name="in_force"),
    path("laws/", views.Laws.as_view(), name="laws"),
    path("laws/add/", views.AddLaw.as_view(), name="add_law"),
    path("laws/<int:pk>/", views.Law.as_view(), name="law"),
    path("laws/<int:pk>/correct/", views.ChangeLaw.as_view(), name="change_law"),
    path("laws/<int:pk>/replace/", views.ReplaceLaw.as_view(), name="replace_law"),
    path("laws/<int:pk>/changed/", views.LawChanged.as_view(), name="law_changed"),
    path("plans/", views.Plans.as_view(), name="plans"),
    path("plans/add/", views.AddPlan.as_view(), name="add_plan"),
    path("plans/<int:pk>/aims/add/", views.AddAim.as_view(), name="add_aim"),
    path("aims/<int:pk>/", views.Aim.as_view(), name="aim"),
    path("indicators/", views.Indicators.as_view(), name="indicators"),
    path("indicators/add/", views.AddIndicator.as_view(), name="add_indicator"),
    path("indicators/<int:pk>/", views.Indicator.as_view(), name="indicator"),
    path("reports/", views.Reports.as_view(), name="reports"),
    path("reports/add/", views.AddReport.as_view(), name="add_report"),
    path("reports/<int:pk>/", views.Report.as_view(), name="report"),
    path("reports/<int:pk>/write/", views.ChangeReport.as_view(), name="change_report"),
    path("reports/<int:pk>/send/", views.SendReport.as_view(), name="send_report"),
    path("reports/<int:pk>/decision/", views.Decide.as_view(), name="decide"),
    path("reports/<int:pk>/files/add/", views.AddFile.as_view(), name="add_file"),
    path("reports/<int:pk>/files/<int:attachment>/", views.AttachmentFile.as_view(), name="attachment"),
]
