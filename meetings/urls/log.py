from django.urls import URLPattern, URLResolver, path

from meetings.views import log, log_reader

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/<uuid:pk>/", log_reader.meeting, name="meeting"),
    path("hop/<uuid:pk>/so/", log.log, name="meeting_log"),
    path("hop/<uuid:pk>/luu/", log.save, name="meeting_save"),
    path("hop/<uuid:pk>/tin/", log.news, name="meeting_news"),
]
