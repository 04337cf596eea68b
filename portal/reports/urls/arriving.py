"""Reports that came from below: who has sent, taken or returned, all of them as one file."""

from django.urls import URLPattern, path

from portal.reports.views import arrivals, arriving, bundles

urlpatterns: list[URLPattern] = [
    path("to-chuc/<int:pk>/bao-cao-den/", arrivals.arrivals, name="arrivals"),
    path("to-chuc/<int:pk>/bao-cao-den/<slug:slug>/", arrivals.arrivals_of, name="arrivals_of"),
    path("to-chuc/<int:pk>/bao-cao-den/<slug:slug>/nhac/", arrivals.remind, name="remind_of_reports"),
    path("to-chuc/<int:pk>/bao-cao-den/<slug:slug>/tai-ve/", bundles.bundle, name="bundle_reports"),
    path("bao-cao-den/<int:pk>/", arriving.arrival, name="arrival"),
    path("bao-cao-den/<int:pk>/nhan/", arriving.take, name="take_arrival"),
    path("bao-cao-den/<int:pk>/tra-lai/", arriving.return_it, name="return_arrival"),
]
