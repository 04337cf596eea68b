"""Addresses of meetings: before one, the log of one, after one, and the places of a year."""

from meetings.urls import after, log, planning, slots

urlpatterns = [*planning.urlpatterns, *log.urlpatterns, *after.urlpatterns, *slots.urlpatterns]
