from django.urls import URLPattern, URLResolver, path

from meetings.views import criteria, quality, quality_below

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/<uuid:pk>/cham-diem/", quality.score_sheet, name="score_sheet"),
    path("hop/<uuid:pk>/cham-diem/so-lieu/", quality.score_facts, name="score_facts"),
    path("hop/<uuid:pk>/cham-diem/<slug:slug>/", quality.beside, name="score_beside"),
    path("to-chuc/<int:pk>/chat-luong/", quality_below.quality_below, name="quality_below"),
    path("to-chuc/<int:pk>/tieu-chi/", criteria.criteria_sets, name="criteria_sets"),
    path("to-chuc/<int:pk>/tieu-chi/<slug:slug>/", criteria.copy_criteria, name="copy_criteria"),
    path("to-chuc/<int:pk>/tieu-chi/<slug:slug>/theo-cap-tren/", criteria.follow_criteria, name="follow_criteria"),
]
