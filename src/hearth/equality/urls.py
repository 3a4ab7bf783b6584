"""The addresses of this room."""

from django.urls import path

from hearth.equality.views import library, profiles, reading

app_name = "equality"
urlpatterns = [
    path("", profiles.Profiles.as_view(), name="evidence"),
    path("profiles/add/", profiles.AddProfile.as_view(), name="add_profile"),
    path("profiles/<int:pk>/", profiles.Profile.as_view(), name="profile"),
    path("profiles/<int:pk>/profile.csv", profiles.ProfileFile.as_view(), name="profile_file"),
    path("profiles/<int:pk>/change/", profiles.ChangeProfile.as_view(), name="change_profile"),
    path("profiles/<int:pk>/counts/", profiles.ChooseSet.as_view(), name="choose_set"),
    path("profiles/<int:pk>/counts/<int:kept>/", profiles.Counts.as_view(), name="counts"),
    path("profiles/<int:pk>/upload/", profiles.Upload.as_view(), name="upload"),
    path("profiles/<int:pk>/average/", profiles.SetAverage.as_view(), name="set_average"),
    path("profiles/<int:pk>/in/<int:kept>/", profiles.RolledUp.as_view(), name="rolled_up"),
    path("profiles/<int:pk>/exact/", reading.Exact.as_view(), name="exact"),
    path("profiles/<int:pk>/disclosure/", reading.Disclosure.as_view(), name="disclosure"),
    path("compare/", reading.Compare.as_view(), name="compare"),
    path("published/", reading.Published.as_view(), name="published"),
    path("published/<int:pk>/", reading.PublishedTable.as_view(), name="published_table"),
    path("sets/", library.Sets.as_view(), name="sets"),
    path("sets/add/", library.AddSet.as_view(), name="add_set"),
    path("sets/<int:pk>/", library.Set.as_view(), name="set"),
    path("sets/<int:pk>/set.csv", library.SetFile.as_view(), name="set_file"),
    path("sets/<int:pk>/map/", library.MapAnswer.as_view(), name="map_answer"),
    path("sets/<int:pk>/confirm/", library.ConfirmSet.as_view(), name="confirm_set"),
    path("stock/", library.Stock.as_view(), name="stock"),
    path("stock/stock.csv", library.StockFile.as_view(), name="stock_file"),
    path("stock/add/", library.AddStock.as_view(), name="add_stock"),
    path("stock/<int:pk>/official/", library.MakeOfficial.as_view(), name="make_official"),
    path("library/", library.Library.as_view(), name="library"),
    path("library/library.csv", library.LibraryFile.as_view(), name="library_file"),
    path("library/add/", library.AddStatistic.as_view(), name="add_statistic"),
    path("library/<int:pk>/change/", library.ChangeStatistic.as_view(), name="change_statistic"),
]
