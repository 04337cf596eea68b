from django.urls import path

from portal.accounts.views import account, passwords, saved_views, second_factor, signing

urlpatterns = [
    path("dang-nhap/", signing.sign_in, name="sign_in"),
    path("dang-nhap/ma/", signing.second_step, name="mfa_authenticate"),  # allauth knows it by this name
    path("dang-xuat/", signing.sign_out, name="sign_out"),
    path("quen-mat-khau/", passwords.forgotten_password, name="forgotten_password"),
    path("quen-mat-khau/<int:pk>/<slug:slug>/", passwords.reset_password, name="reset_password"),
    path("them/", account.more, name="more"),
    path("co-chu/", account.text_size, name="text_size"),
    path("bo-loc/luu/", saved_views.save, name="save_view"),
    path("bo-loc/<int:pk>/bo/", saved_views.drop, name="drop_view"),
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/xac-nhan/", signing.confirm, name="confirm"),
    path("tai-khoan/mat-khau/", passwords.change_password, name="change_password"),
    path("tai-khoan/mat-khau/moi/", passwords.new_password, name="new_password"),
    path("tai-khoan/hai-lop/", second_factor.second_factor, name="second_factor"),
    path("tai-khoan/hai-lop/ung-dung/", second_factor.authenticator_app, name="authenticator_app"),
    path("tai-khoan/hai-lop/khoa/", second_factor.passkey, name="passkey"),
    path("tai-khoan/hai-lop/<int:pk>/bo/", second_factor.remove_one, name="remove_factor"),
    path("tai-khoan/hai-lop/tat/", second_factor.remove, name="remove_second_factor"),
    path("tai-khoan/hai-lop/ma-du-phong/", second_factor.recovery_codes, name="recovery_codes"),
    path("tai-khoan/hai-lop/ma-du-phong/tai-ve/", second_factor.recovery_codes_file, name="recovery_codes_file"),
    path("tai-khoan/phien/", account.open_sessions, name="sessions"),
    path("tai-khoan/phien/<int:pk>/dang-xuat/", account.end_session, name="end_session"),
    path("tai-khoan/phien/dang-xuat-may-khac/", account.end_other_sessions, name="end_other_sessions"),
]
