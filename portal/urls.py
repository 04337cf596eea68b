"""Every address of the portal. Error pages at the end."""

from django.urls import include, path

urlpatterns = [
    path("", include("portal.dashboards.urls")),
    path("", include("portal.figures.urls")),
    path("", include("portal.reports.urls")),
    path("", include("portal.watch.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.ui.urls")),
    path("", include("portal.files.urls")),
    path("", include("portal.notifications.urls")),
    path("", include("branches.urls")),
    path("", include("members.urls")),
    path("", include("directives.urls")),
    path("tep-cua-toi/", include("portal.jobs.urls")),
    path("", include("members.imports.urls")),
    path("", include("meetings.urls")),
    path("tro-giup/", include("portal.help.urls")),
]

handler400 = "portal.ui.errors.bad_request"
handler403 = "portal.ui.errors.forbidden"
handler404 = "portal.ui.errors.not_found"
handler500 = "portal.ui.errors.server_error"
