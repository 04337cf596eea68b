from django.urls import path

from portal.notifications.views import deliveries, inbox

urlpatterns = [
    path("thong-bao/", inbox.inbox, name="inbox"),
    path("thong-bao/<int:pk>/mo/", inbox.open_notice, name="open_notice"),
    path("thong-bao/da-doc/", inbox.read_all, name="read_all_notices"),
    path("thong-bao/da-gui/", deliveries.deliveries, name="deliveries"),
    path("thong-bao/da-gui/gui-lai/", deliveries.send_failed, name="send_failed_again"),
    path("thong-bao/da-gui/<int:pk>/gui-lai/", deliveries.send_again, name="send_delivery_again"),
    path("tai-khoan/thong-bao/", inbox.choices, name="notice_choices"),
]
