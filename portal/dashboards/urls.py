from django.urls import path

from portal.dashboards.views import beside, home, page

urlpatterns = [
    path("", home.home, name="home"),
    path("don-vi-chua-lam/<slug:slug>/", home.undone, name="undone"),
    path("tong-quan/", page.my_dashboard, name="my_dashboard"),
    path("tong-quan/<int:pk>/", page.dashboard, name="dashboard"),
    path("tong-quan/<int:pk>/so-sanh/", beside.beside, name="dashboard_beside"),
    path("tong-quan/<int:pk>/viec/", beside.tasks, name="dashboard_tasks"),
]
