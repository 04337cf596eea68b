"""Is this file the one that was issued?"""

from django.urls import URLPattern, path

from portal.reports.views import checking

urlpatterns: list[URLPattern] = [path("doi-chieu/", checking.check, name="report_check")]
