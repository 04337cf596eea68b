from django.urls import path

from branches.views import accounts, grants, organisations, rules

urlpatterns = [
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/<int:pk>/", organisations.organisation, name="organisation"),
    path("to-chuc/<int:pk>/lap-moi/", organisations.found_below, name="found_organisation"),
    path("to-chuc/<int:pk>/ai-duoc-xem-gi/", organisations.onlookers, name="onlookers"),
    path("to-chuc/<int:pk>/so-truy-cap/", organisations.traces, name="traces"),
    path("to-chuc/<int:pk>/quy-dinh/", rules.rules, name="rules"),
    path("to-chuc/<int:pk>/quy-dinh/<str:key>/", rules.rule, name="rule"),
    path("quy-dinh/<int:pk>/rut-lai/", rules.take_back, name="take_back_rule"),
    path("to-chuc/<int:pk>/giao-vai-tro/", grants.give, name="give_grant"),
    path("to-chuc/<int:pk>/cap-tai-khoan/", accounts.open_account, name="open_account"),
    path("vai-tro/<int:pk>/cap-lai-mat-khau/", accounts.reissue_password, name="reissue_password"),
    path("vai-tro/<int:pk>/thu-hoi/", grants.end, name="end_grant"),
    path("vai-tro/", grants.act_as, name="act_as"),
]
