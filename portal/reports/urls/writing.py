"""Reports of an organisation: begun, written, approved, issued."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
