"""Addresses of meetings: before one, the log of one, after one, the places of a year, and how good a meeting was."""

from meetings.urls import after, log, planning, quality, slots

urlpatterns = [*planning.urlpatterns, *log.urlpatterns, *after.urlpatterns, *slots.urlpatterns, *quality.urlpatterns]
