"""The addresses of files of the housing management system, and of people who may be kept twice."""

from django.urls import URLPattern, path

from hearth.register.views import imports, merging

ONE = "files/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("files/", imports.Imports.as_view(), name="imports"),
    path("files/add/", imports.TakeFile.as_view(), name="take_file"),
    path(ONE, imports.OneImport.as_view(), name="import"),
    path(f"{ONE}columns/", imports.Columns.as_view(), name="columns"),
    path(f"{ONE}check/", imports.CheckFile.as_view(), name="check_file"),
    path(f"{ONE}bring-in/", imports.BringIn.as_view(), name="bring_in"),
    path(f"{ONE}stop/", imports.Stop.as_view(), name="stop_import"),
    path(f"{ONE}problems.<str:format>", imports.Problems.as_view(), name="problems"),
    path("twice/", merging.Pairs.as_view(), name="pairs"),
    path("twice/look/", merging.LookFor.as_view(), name="look_for_pairs"),
    path("twice/<int:pk>/", merging.OnePair.as_view(), name="pair"),
    path("twice/<int:pk>/different/", merging.Different.as_view(), name="different"),
    path("people/<int:pk>/merge/<int:other>/", merging.TwoPeople.as_view(), name="two_people"),
    path("merged/", merging.Merges.as_view(), name="merges"),
    path("merged/<int:pk>/undo/", merging.UndoMerge.as_view(), name="undo_merge"),
]
