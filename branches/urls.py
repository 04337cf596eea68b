from django.urls import path

from branches.views import account_sheets, accounts, enquiries, grants, organisations

urlpatterns = [
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/<int:pk>/", organisations.organisation, name="organisation"),
    path("to-chuc/<int:pk>/lap-moi/", organisations.found_below, name="found_organisation"),
    path("to-chuc/<int:pk>/ai-duoc-xem-gi/", organisations.onlookers, name="onlookers"),
    path("to-chuc/<int:pk>/so-truy-cap/", organisations.traces, name="traces"),
    path("to-chuc/<int:pk>/giao-vai-tro/", grants.give, name="give_grant"),
    path("to-chuc/<int:pk>/cap-tai-khoan/", accounts.open_account, name="open_account"),
    path("to-chuc/<int:pk>/xin-xem-ho-so/", enquiries.ask, name="ask_for_persons"),
    path("xin-xem-ho-so/<int:pk>/ket-thuc/", enquiries.end, name="end_enquiry"),
    path("to-chuc/<int:pk>/cap-tai-khoan/tu-bang/", account_sheets.check, name="check_account_sheet"),
    path("to-chuc/<int:pk>/cap-tai-khoan/tu-bang/cap/", account_sheets.apply, name="apply_account_sheet"),
    path("to-chuc/<int:pk>/cap-tai-khoan/bang-mau/", account_sheets.blank, name="blank_account_sheet"),
    path("vai-tro/<int:pk>/cap-lai-mat-khau/", accounts.reissue_password, name="reissue_password"),
    path("vai-tro/<int:pk>/thu-hoi/", grants.end, name="end_grant"),
    path("vai-tro/", grants.act_as, name="act_as"),
]
