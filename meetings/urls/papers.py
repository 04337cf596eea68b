from django.urls import URLPattern, URLResolver, path

from meetings.views import papers, year_papers

urlpatterns: list[URLPattern | URLResolver] = [
    path("hop/<uuid:pk>/thong-bao/", papers.notice, name="meeting_notice_paper"),
    path("hop/<uuid:pk>/danh-sach-ky/", papers.to_sign, name="sheet_to_sign_paper"),
    path("hop/<uuid:pk>/diem-danh/", papers.attendance, name="attendance_paper"),
    path("hop/<uuid:pk>/bien-ban/", papers.minutes, name="meeting_minutes"),
    path("hop/<uuid:pk>/bien-ban/chu/", papers.minutes_text, name="minutes_text"),
    path("hop/<uuid:pk>/phieu-cham-diem/", papers.score, name="score_paper"),
    path("nghi-quyet/<uuid:pk>/", papers.resolution, name="resolution_paper"),
    path("chi-bo/<int:pk>/chuyen-de/<int:year>/van-ban/", year_papers.thematic, name="thematic_plan_paper"),
    path("chi-bo/<int:pk>/dang-phi/quy/", year_papers.dues, name="dues_paper"),
    path("chi-bo/<int:pk>/ho-so/<int:year>/", year_papers.archive, name="year_archive"),
    path("chi-bo/<int:pk>/ho-so/<int:year>/muc-luc/", year_papers.archive_paper, name="archive_paper"),
    path("chi-bo/<int:pk>/so-nghi-quyet/<int:year>/", year_papers.resolution_book, name="resolution_book"),
]
