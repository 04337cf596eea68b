"""Reports of an organisation: begun, written, approved, issued."""

from django.urls import URLPattern, path

from portal.reports.views import acts, prints, report, reports, words

urlpatterns: list[URLPattern] = [
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/soan/", reports.begin, name="report_begin"),
    path("bao-cao/<int:pk>/", report.report, name="report"),
    path("bao-cao/<int:pk>/da-doi/", report.moved, name="report_moved"),
    path("bao-cao/<int:pk>/viet/", words.write, name="report_words"),
    path("bao-cao/<int:pk>/giai-thich/", words.explain, name="report_explain"),
    path("bao-cao/<int:pk>/tra-ve/", words.return_to_writers, name="report_send_back"),
    path("bao-cao/<int:pk>/viec/<slug:slug>/", acts.act_on_report, name="act_on_report"),
    path("bao-cao/<int:pk>/ban-in/", prints.paper, name="report_paper"),
    path("bao-cao/<int:pk>/bang/", prints.table, name="report_table"),
]
