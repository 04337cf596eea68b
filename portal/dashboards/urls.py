from django.urls import path

from portal.dashboards.views import home, leaving, page

urlpatterns = [
    path("", home.home, name="home"),
    path("don-vi-chua-lam/<slug:slug>/", home.undone, name="undone"),
    path("tong-quan/", page.my_dashboard, name="my_dashboard"),
    path("tong-quan/<int:pk>/", page.dashboard, name="dashboard"),
    path("tong-quan/<int:pk>/khoi/<slug:slug>/", leaving.dashboard_block, name="dashboard_block"),
]
