from django.urls import URLPattern, URLResolver, path

from meetings.views import book, grid, slots

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/", book.my_meetings, name="meeting_book"),
    path("chi-bo/<int:pk>/hop/", book.meetings_of, name="meetings_of"),
    path("luoi-hop/", grid.meeting_figures, name="meeting_figures"),
    path("to-chuc/<int:pk>/luoi-hop/", grid.meeting_grid, name="meeting_grid"),
    path("to-chuc/<int:pk>/ky-hop/", slots.slot_decide, name="slot_decide"),
    path("ky-hop/<int:pk>/bo/", slots.slot_withdraw, name="slot_withdraw"),
]
