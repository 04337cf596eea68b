from django.urls import URLPattern, URLResolver, path

from meetings.views import actions, closing, dues, past, proposals

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/<uuid:pk>/dong/", closing.close, name="meeting_close"),
    path("hop/<uuid:pk>/mo-lai/", closing.reopen, name="meeting_reopen"),
    path("hop/<uuid:pk>/ban-ky/", closing.signed, name="meeting_signed"),
    path("to-chuc/<int:pk>/viec/", actions.board, name="action_items"),
    path("viec/<uuid:pk>/", actions.action, name="action_item"),
    path("to-chuc/<int:pk>/kien-nghi/", proposals.proposals, name="proposals"),
    path("kien-nghi/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("chi-bo/<int:pk>/dang-phi/", dues.dues, name="dues"),
    path("chi-bo/<int:pk>/dang-phi/<int:other>/", dues.pay, name="dues_pay"),
    path("chi-bo/<int:pk>/hop/nhap-cu/", past.past_meetings, name="past_meetings"),
    path("chi-bo/<int:pk>/hop/nhap-cu/tu-bang/", past.sheet, name="past_meetings_sheet"),
    path("chi-bo/<int:pk>/hop/nhap-cu/tu-bang/ghi/", past.apply, name="apply_past_meetings"),
    path("chi-bo/<int:pk>/hop/nhap-cu/bang-mau/", past.blank, name="blank_past_sheet"),
]
