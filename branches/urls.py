from django.urls import path

from branches.views import accounts, grants, organisations, reorganisations

urlpatterns = [
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/<int:pk>/", organisations.organisation, name="organisation"),
    path("to-chuc/<int:pk>/truc-thuoc/", organisations.below, name="organisations_below"),
    path("to-chuc/<int:pk>/thong-tin/", organisations.describe, name="describe_organisation"),
    path("to-chuc/<int:pk>/sap-xep/", reorganisations.reorganise, name="reorganise"),
    path("to-chuc/<int:pk>/sap-xep/<slug:slug>/", reorganisations.act_on_tree, name="act_on_tree"),
    path("to-chuc/<int:pk>/ai-duoc-xem-gi/", organisations.onlookers, name="onlookers"),
    path("to-chuc/<int:pk>/so-truy-cap/", organisations.traces, name="traces"),
    path("to-chuc/<int:pk>/giao-vai-tro/", grants.give, name="give_grant"),
    path("to-chuc/<int:pk>/cap-tai-khoan/", accounts.open_account, name="open_account"),
    path("sap-xep/<int:pk>/", reorganisations.reorganisation, name="reorganisation"),
    path("sap-xep/<int:pk>/hoan-tac/", reorganisations.undo, name="undo_reorganisation"),
    path("vai-tro/<int:pk>/cap-lai-mat-khau/", accounts.reissue_password, name="reissue_password"),
    path("vai-tro/<int:pk>/go-xac-thuc-hai-lop/", accounts.remove_second_factor, name="remove_lost_second_factor"),
    path("vai-tro/<int:pk>/thu-hoi/", grants.end, name="end_grant"),
    path("vai-tro/", grants.act_as, name="act_as"),
]
