"""Addresses of meetings: before one, the log of one, after one, their papers, and the places of a year."""

from meetings.urls import after, log, papers, planning, slots

urlpatterns = [*planning.urlpatterns, *log.urlpatterns, *after.urlpatterns, *papers.urlpatterns, *slots.urlpatterns]
