from django.urls import path

from directives.views import documents, library, obligations

urlpatterns = [
    path("van-ban/", library.library, name="library"),
    path("van-ban/viec/", library.obligations, name="obligations"),
    path("van-ban/them/", documents.enter, name="enter_document"),
    path("van-ban/mat/", documents.register_secret, name="register_secret"),
    path("van-ban/<int:pk>/", documents.document, name="document"),
    path("van-ban/<int:pk>/sua/", documents.change, name="change_document"),
    path("van-ban/<int:pk>/quan-he/", documents.relate, name="relate_document"),
    path("van-ban/<int:pk>/nhap-vao/", documents.merge, name="merge_document"),
    path("van-ban/<int:pk>/danh-dau/", documents.bookmark, name="bookmark_document"),
    path("van-ban/<int:pk>/boc-tach/", obligations.take_apart, name="take_apart"),
    path("quan-he-van-ban/<int:pk>/bo/", documents.unrelate, name="unrelate_document"),
    path("viec-van-ban/<int:pk>/bo/", obligations.remove, name="remove_obligation"),
]
