from django.urls import path

from portal.figures import views

urlpatterns = [
    path("chi-so/", views.figures, name="figures"),
    path("chi-so/<str:code>/", views.figure, name="figure"),
]
