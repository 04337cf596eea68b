from django.urls import path

from members.views import records, roll

urlpatterns = [
    path("to-chuc/<int:pk>/dang-vien/", roll.roll, name="roll"),
    path("to-chuc/<int:pk>/dang-vien/ghi-ten/", roll.enter, name="enter_member"),
    path("dang-vien/", roll.my_roll, name="my_roll"),
    path("dang-vien/<int:pk>/", records.member, name="member"),
    path("dang-vien/<int:pk>/sua/", records.change, name="change_member"),
    path("de-nghi-sua/<int:pk>/tra-loi/", records.answer, name="answer_correction"),
    path("ho-so-cua-toi/", records.own_record, name="own_record"),
]
