"""Addresses of the list of surveys and of building one."""

from django.urls import path

from hearth.surveys.views import building, questions, wording

urlpatterns = [
    path("", building.Surveys.as_view(), name="surveys"),
    path("add/", building.AddSurvey.as_view(), name="add_survey"),
    path("<int:pk>/", building.Overview.as_view(), name="survey"),
    path("<int:pk>/checks/", building.Checks.as_view(), name="checks"),
    path("<int:pk>/change/", building.ChangeFacts.as_view(), name="change_facts"),
    path("<int:pk>/days/", building.ChangeDays.as_view(), name="change_days"),
    path("<int:pk>/open/", building.Open.as_view(), name="open"),
    path("<int:pk>/close/", building.Close.as_view(), name="close"),
    path("<int:pk>/stop/", building.StopRecurring.as_view(), name="stop_recurring"),
    path("<int:pk>/questions/", questions.Questions.as_view(), name="questions"),
    path("<int:pk>/questions/texts/", wording.Texts.as_view(), name="texts"),
    path("<int:pk>/questions/put-in/", questions.PutIn.as_view(), name="put_in"),
    path("<int:pk>/questions/sections/add/", questions.AddSection.as_view(), name="add_section"),
    path("<int:pk>/questions/sections/<slug:key>/", questions.ChangeSection.as_view(), name="section"),
    path("<int:pk>/questions/sections/<slug:key>/remove/", questions.RemoveSection.as_view(), name="remove_section"),
    path("<int:pk>/questions/sections/<slug:key>/move/", questions.MoveSection.as_view(), name="move_section"),
    path("<int:pk>/questions/sections/<slug:key>/add/", questions.AddQuestion.as_view(), name="add_question"),
    path("<int:pk>/questions/change/<slug:code>/", questions.ChangeQuestion.as_view(), name="question"),
    path("<int:pk>/questions/change/<slug:code>/filter/", questions.Filter.as_view(), name="filter"),
    path("<int:pk>/questions/change/<slug:code>/move/", questions.MoveQuestion.as_view(), name="move_question"),
    path("<int:pk>/questions/change/<slug:code>/remove/", questions.RemoveQuestion.as_view(), name="remove_question"),
    path("<int:pk>/questions/languages/", wording.Languages.as_view(), name="languages"),
    path("<int:pk>/questions/languages/<slug:language>/<slug:part>/", wording.Translate.as_view(), name="translate"),
    path("<int:pk>/questions/preview/", wording.Preview.as_view(), name="preview"),
    path("<int:pk>/questions/versions/", wording.Versions.as_view(), name="versions"),
    path("<int:pk>/questions/versions/use/", wording.UseVersion.as_view(), name="use_version"),
]
