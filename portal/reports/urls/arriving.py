"""Reports that came from below: who has sent, taken or returned, all of them as one file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
