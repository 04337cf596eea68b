from django.urls import URLPattern, URLResolver, path

from meetings.views import invitation, orientation, planning, thematic

urlpatterns: list[URLPattern | URLResolver] = [
    path("chi-bo/<int:pk>/hop/lap/", planning.plan, name="meeting_plan"),
    path("hop/cua-toi/", invitation.mine, name="my_meetings"),
    path("hop/<uuid:pk>/chuan-bi/", planning.prepare, name="meeting_prepare"),
    path("hop/<uuid:pk>/chuong-trinh/", planning.agenda, name="meeting_agenda"),
    path("hop/<uuid:pk>/tai-lieu/", planning.papers, name="meeting_papers"),
    path("hop/<uuid:pk>/xin-y-kien/", planning.ask, name="meeting_ask"),
    path("hop/<uuid:pk>/huy/", planning.call_off, name="meeting_call_off"),
    path("hop/<uuid:pk>/moi/", invitation.notice, name="meeting_notice"),
    path("hop/<uuid:pk>/tra-loi/", invitation.answer, name="meeting_answer"),
    path("hop/<uuid:pk>/mo-tai-lieu/", invitation.open_papers, name="open_meeting_papers"),
    path("hop/<uuid:pk>/y-kien-truoc/", invitation.opinion, name="meeting_opinion"),
    path("hop/<uuid:pk>/lich.ics", invitation.ics, name="meeting_ics"),
    path("to-chuc/<int:pk>/dinh-huong/<str:thang>/", orientation.orientation, name="orientation"),
    path("dinh-huong/<int:pk>/noi-dung/", orientation.lines, name="orientation_lines"),
    path("dinh-huong/<int:pk>/cong-bo/", orientation.publish, name="publish_orientation"),
    path("chi-bo/<int:pk>/chuyen-de/<int:year>/", thematic.plan, name="thematic_plan"),
    path("chi-bo/<int:pk>/chuyen-de/<int:year>/gui/", thematic.send, name="send_thematic_plan"),
    path("chi-bo/<int:pk>/chuyen-de/<int:year>/duyet/", thematic.decide, name="decide_thematic_plan"),
    path("chuyen-de/<int:pk>/bo/", thematic.drop, name="drop_topic"),
    path("chuyen-de/<int:pk>/lap-buoi-hop/", thematic.prepare, name="prepare_topic"),
    path("to-chuc/<int:pk>/chuyen-de/<int:year>/", thematic.plans, name="thematic_plans"),
    path("chuyen-de-goi-y/<int:pk>/rut/", thematic.withdraw, name="withdraw_suggestion"),
]
