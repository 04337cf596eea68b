from django.urls import path

from portal.dashboards.live import ADDRESS
from portal.dashboards.views import beside, commune_lists, home, leaving, live, page, projector, reminding

urlpatterns = [
    path("", home.home, name="home"),
    path("don-vi-chua-lam/<slug:slug>/", home.undone, name="undone"),
    path("tong-quan/", page.my_dashboard, name="my_dashboard"),
    path("tong-quan/<int:pk>/", page.dashboard, name="dashboard"),
    path("tong-quan/<int:pk>/thang/", commune_lists.month, name="dashboard_month"),
    path("tong-quan/<int:pk>/so-lieu/<str:code>/", commune_lists.figure, name="dashboard_figure"),
    path("tong-quan/<int:pk>/viec-qua-han/", commune_lists.overdue, name="dashboard_overdue"),
    path("tong-quan/<int:pk>/kien-nghi/", commune_lists.proposals, name="dashboard_proposals"),
    path("tong-quan/<int:pk>/nhac-hop/", reminding.remind, name="remind_to_meet"),
    path("tong-quan/<int:pk>/da-xem/", reminding.seen, name="dashboard_seen"),
    path("tong-quan/<int:pk>/so-sanh/", beside.beside, name="dashboard_beside"),
    path("tong-quan/<int:pk>/viec/", beside.tasks, name="dashboard_tasks"),
    path(f"tong-quan/<int:pk>/{ADDRESS}", live.dashboard_version, name="dashboard_version"),
    path("tong-quan/<int:pk>/man-chieu/", projector.projector, name="dashboard_projector"),
    path("tong-quan/<int:pk>/khoi/<slug:slug>/", leaving.dashboard_block, name="dashboard_block"),
]
