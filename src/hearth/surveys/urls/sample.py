"""Addresses of population and sample."""

from django.urls import path

from hearth.surveys.views import sample

urlpatterns = [
    path("firm/", sample.FirmSurveys.as_view(), name="firm"),
    path("<int:pk>/sample/", sample.Sample.as_view(), name="sample"),
    path("<int:pk>/sample/freeze/", sample.Freeze.as_view(), name="freeze"),
    path("<int:pk>/sample/leave-out/", sample.LeaveOut.as_view(), name="leave_out"),
    path("<int:pk>/sample/leave-out/<int:exclusion>/", sample.PutBack.as_view(), name="put_back"),
    path("<int:pk>/sample/draw/", sample.Draw.as_view(), name="draw_sample"),
    path("<int:pk>/sample/draw.csv", sample.DrawnFile.as_view(), name="drawn_file"),
    path("<int:pk>/sample/firm/", sample.HandOver.as_view(), name="hand_over"),
]
