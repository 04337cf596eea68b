from django.urls import path

from members.exports import views as exports
from members.imports import views

urlpatterns = [
    path("to-chuc/<int:pk>/nhap-dang-vien/", views.bring, name="import_members"),
    path("to-chuc/<int:pk>/nhap-dang-vien/mau/", views.form_to_fill, name="blank_member_sheet"),
    path("nhap-dang-vien/<int:pk>/", views.shown, name="member_import"),
    path("nhap-dang-vien/<int:pk>/ghep-cot/", views.match, name="match_import_columns"),
    path("nhap-dang-vien/<int:pk>/ghi/", views.apply, name="apply_member_import"),
    path("nhap-dang-vien/<int:pk>/hoan-tac/", views.undo, name="undo_member_import"),
    path("nhap-dang-vien/<int:pk>/dung/", views.stop, name="stop_member_import"),
    path("nhap-dang-vien/<int:pk>/dong-can-sua/", views.wrong_rows, name="wrong_import_rows"),
    path("to-chuc/<int:pk>/xuat-dang-vien/", exports.roll, name="export_members"),
    path("to-chuc/<int:pk>/tang-giam-dang-vien/", exports.changes, name="membership_changes"),
]
