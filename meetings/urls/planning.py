from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/<uuid:pk>/tra-loi/", lambda r, pk: HttpResponse(""), name="meeting_answer")
]
