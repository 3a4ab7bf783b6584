"""Addresses of results: public ones first, by the survey's name in addresses; officers' by its number."""

from django.urls import path

from hearth.surveys.views import comments, publishing, results

urlpatterns = [
    path("results/", publishing.PublishedList.as_view(), name="results_list"),
    path("results/<slug:slug>/", publishing.Published.as_view(), name="published"),
    path("results/<slug:slug>/questionnaire/", publishing.PublishedQuestionnaire.as_view(),
         name="published_questionnaire"),
    path("results/<slug:slug>/<str:code>/", publishing.PublishedQuestion.as_view(), name="published_question"),
    path("<int:pk>/results/", results.Results.as_view(), name="results"),
    path("<int:pk>/results/question/<str:code>/", results.ResultQuestion.as_view(), name="result_question"),
    path("<int:pk>/results/weighting/", results.Weighting.as_view(), name="weighting"),
    path("<int:pk>/results/approach/", results.Approach.as_view(), name="approach"),
    path("<int:pk>/results/approach/add/", results.WriteApproach.as_view(), name="write_approach"),
    path("<int:pk>/results/return/", results.Return.as_view(), name="return"),
    path("<int:pk>/results/return.csv", results.ReturnFile.as_view(), name="return_file"),
    path("<int:pk>/results/download/", results.Exports.as_view(), name="exports"),
    path("<int:pk>/results/download/<str:what>.<str:kind>", results.ExportFile.as_view(), name="export_file"),
    path("<int:pk>/results/prizes/", results.Prizes.as_view(), name="prizes"),
    path("<int:pk>/results/analysed/", publishing.Analyse.as_view(), name="analyse"),
    path("<int:pk>/results/publish/", publishing.Publish.as_view(), name="publish"),
    path("<int:pk>/comments/", comments.Comments.as_view(), name="comments"),
    path("<int:pk>/comments/next/", comments.NextComment.as_view(), name="next_comment"),
    path("<int:pk>/comments/<int:comment>/", comments.CheckComment.as_view(), name="check_comment"),
]  # fmt: skip
