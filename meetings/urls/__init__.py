"""Addresses of meetings: before one, the log of one, after one, how good it was, their papers, and the places of a year."""

from meetings.urls import after, log, papers, planning, quality, slots

urlpatterns = [
    *planning.urlpatterns, *log.urlpatterns, *after.urlpatterns, *quality.urlpatterns, *papers.urlpatterns, *slots.urlpatterns
]  # fmt: skip
