from django.urls import path

from portal.ui import views

urlpatterns = [
    path("bo-thanh-phan/", views.style_guide, name="style_guide"),
    path("ngoai-tuyen/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
