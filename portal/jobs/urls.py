from django.urls import path

from portal.jobs import views

urlpatterns = [
    path("", views.my_jobs, name="my_jobs"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/dong/", views.job_row, name="job_row"),
    path("<int:pk>/dung/", views.cancel_job, name="cancel_job"),
]
