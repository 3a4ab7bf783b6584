"""Addresses of mystery shops."""

from django.urls import path

from hearth.surveys.views import shops

urlpatterns = [
    path("shops/", shops.Shops.as_view(), name="shops"),
    path("shops/add/", shops.Assign.as_view(), name="assign_shop"),
    path("shops/yours/", shops.OwnShops.as_view(), name="own_shops"),
    path("shops/yours/<int:pk>/", shops.OwnResult.as_view(), name="own_shop"),
    path("shops/<int:pk>/", shops.OneShop.as_view(), name="shop"),
    path("shops/<int:pk>/result/", shops.Result.as_view(), name="shop_result"),
    path("shops/<int:pk>/improve/", shops.Improve.as_view(), name="improve"),
    path("shops/<int:pk>/close/", shops.Close.as_view(), name="close_shop"),
]
