"""Addresses of reports: written here, arrived from below, compared by whoever holds a copy."""

from portal.reports.urls import arriving, checking, writing

urlpatterns = [*writing.urlpatterns, *arriving.urlpatterns, *checking.urlpatterns]
