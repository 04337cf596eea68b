from django.urls import path

from directives.views import documents, library, obligations, register, shares, study, targets

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
    path("van-ban/<int:pk>/chi-tieu/", targets.document_targets, name="document_targets"),
    path("to-chuc/<int:pk>/chi-tieu/", targets.targets, name="targets"),
    path("to-chuc/<int:pk>/chi-tieu/<int:other>/ghi-tay/", targets.by_hand, name="by_hand"),
    path("to-chuc/<int:pk>/chi-tieu/phan-bo/", shares.shares, name="shares"),
    path("to-chuc/<int:pk>/chi-tieu/phan-bo/moi/", shares.new_total, name="new_total"),
    path("phan-bo/<int:pk>/", shares.share_out, name="share_out"),
    path("phan-chi-tieu/<int:pk>/phan-bo/", shares.hand_on, name="hand_on_share"),
    path("van-ban/<int:pk>/quan-triet/", study.coverage, name="study_coverage"),
    path("van-ban/<int:pk>/quan-triet/giao/", study.order, name="order_study"),
    path("quan-triet/<int:pk>/chi-bo/<int:other>/", study.record, name="record_study"),
    path("quan-he-van-ban/<int:pk>/bo/", documents.unrelate, name="unrelate_document"),
    path("van-ban/<int:pk>/gach-so/", register.strike, name="strike_secret"),
    path("viec-van-ban/<int:pk>/sua/", obligations.correct, name="correct_obligation"),
    path("viec-van-ban/<int:pk>/bo/", obligations.remove, name="remove_obligation"),
]
