"""Is this file the one that was issued?"""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
