from django.urls import path

from portal.accounts import views

urlpatterns = [
    path("dang-nhap/", views.sign_in, name="sign_in"),
    path("dang-xuat/", views.sign_out, name="sign_out"),
    path("them/", views.more, name="more"),
    path("co-chu/", views.text_size, name="text_size"),
]
