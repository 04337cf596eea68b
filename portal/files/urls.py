from django.urls import path

from portal.files import views

urlpatterns = [path("tep/<uuid:pk>/", views.download, name="file")]
