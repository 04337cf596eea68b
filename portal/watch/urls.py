from django.urls import path

from portal.watch import views

urlpatterns = [path("health/", views.health, name="health")]
