from django.urls import path

from members.views import acts, assignments, badges, offices, own, papers, quality, record, roll

urlpatterns = [
    path("dang-vien/", roll.my_roll, name="my_roll"),
    path("to-chuc/<int:pk>/dang-vien/", roll.roll, name="roll"),
    path("to-chuc/<int:pk>/dang-vien/them/", roll.enter, name="enter_member"),
    path("to-chuc/<int:pk>/dang-vien/da-di/", roll.gone, name="gone_members"),
    path("to-chuc/<int:pk>/huy-hieu/", badges.badges_due, name="badges_due"),
    path("to-chuc/<int:pk>/du-lieu/", quality.quality, name="roll_quality"),
    path("dang-vien/<int:pk>/", record.member, name="member"),
    path("dang-vien/<int:pk>/sua/", record.change, name="change_member"),
    path("dang-vien/<int:pk>/phan-dong/", record.closed, name="closed_record"),
    path("dang-vien/<int:pk>/phan-dong/ghi/", record.write_closed, name="write_closed_record"),
    path("dang-vien/<int:pk>/viec/<slug:slug>/", acts.act_on_member, name="act_on_member"),
    path("dang-vien/<int:pk>/nhap/<int:other>/", quality.merge, name="merge_members"),
    path("nhap-ho-so/<int:pk>/tach/", quality.take_apart, name="undo_merge"),
    path("huy-hieu/<int:pk>/bo/", badges.take_back, name="take_back_badge"),
    path("to-chuc/<int:pk>/cap-uy/", offices.offices, name="offices"),
    path("to-chuc/<int:pk>/cap-uy/ghi/", offices.take, name="take_office"),
    path("chuc-vu/<int:pk>/thoi/", offices.leave, name="leave_office"),
    path("phu-trach/<int:pk>/<slug:slug>/thoi/", offices.end_side, name="end_side_post"),
    path("to-chuc/<int:pk>/nhiem-vu/", assignments.assignments, name="assignments"),
    path("to-chuc/<int:pk>/nhiem-vu/van-ban/", papers.assignments, name="assignments_paper"),
    path("to-chuc/<int:pk>/nhiem-vu/lap-du-kien/", assignments.propose, name="propose_assignments"),
    path("to-chuc/<int:pk>/nhiem-vu/thong-qua/", assignments.agree, name="agree_assignments"),
    path("to-chuc/<int:pk>/nhiem-vu/nguoi/<int:other>/", assignments.save, name="save_tasks"),
    path("nhiem-vu/<int:pk>/", assignments.assignment, name="assignment"),
    path("nhiem-vu/<int:pk>/thoi/", assignments.end, name="end_assignment"),
    path("sua-ho-so/<int:pk>/", own.answer, name="answer_correction"),
    path("ho-so-cua-toi/", own.own_record, name="own_record"),
    path("ho-so-cua-toi/xin-sua/<slug:slug>/", own.ask, name="ask_for_correction"),
]
