from django.urls import path

from branches.views import accounts, grants, numbers, organisations, settlements

urlpatterns = [
    path("to-chuc/", organisations.organisations, name="organisations"),
    path("to-chuc/<int:pk>/", organisations.organisation, name="organisation"),
    path("to-chuc/<int:pk>/lap-moi/", organisations.found_below, name="found_organisation"),
    path("to-chuc/<int:pk>/ai-duoc-xem-gi/", organisations.onlookers, name="onlookers"),
    path("to-chuc/<int:pk>/so-truy-cap/", organisations.traces, name="traces"),
    path("to-chuc/<int:pk>/giao-vai-tro/", grants.give, name="give_grant"),
    path("to-chuc/<int:pk>/cap-tai-khoan/", accounts.open_account, name="open_account"),
    path("vai-tro/<int:pk>/cap-lai-mat-khau/", accounts.reissue_password, name="reissue_password"),
    path("vai-tro/<int:pk>/thu-hoi/", grants.end, name="end_grant"),
    path("vai-tro/", grants.act_as, name="act_as"),
    path("to-chuc/<int:pk>/so-van-ban/", numbers.register, name="number_register"),
    path("to-chuc/<int:pk>/so-van-ban/in/", numbers.printed, name="print_number_register"),
    path("to-chuc/<int:pk>/so-van-ban/lay-so/", numbers.take, name="take_number"),
    path("to-chuc/<int:pk>/so-van-ban/giu-so/", numbers.reserve, name="reserve_numbers"),
    path("to-chuc/<int:pk>/so-van-ban/ghi-so/", numbers.record, name="record_number"),
    path("to-chuc/<int:pk>/so-van-ban/mo-nhiem-ky/", numbers.new_term, name="open_term"),
    path("nhiem-ky/<int:pk>/sua/", numbers.mend_term, name="correct_term"),
    path("so-van-ban/<int:pk>/dung/", numbers.use, name="use_number"),
    path("so-van-ban/<int:pk>/huy/", numbers.void, name="void_number"),
    path("to-chuc/<int:pk>/thon/", settlements.settlements, name="settlements"),
    path("to-chuc/<int:pk>/thon/them/", settlements.add, name="add_settlement"),
    path("to-chuc/<int:pk>/thon/them-nhieu/", settlements.add_many, name="add_settlements"),
    path("thon/<int:pk>/sua/", settlements.change, name="change_settlement"),
    path("thon/<int:pk>/chi-bo/", settlements.assign, name="assign_settlement"),
    path("thon/<int:pk>/ket-thuc/", settlements.end, name="end_settlement"),
]
