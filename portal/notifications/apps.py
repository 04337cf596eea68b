from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "portal.notifications"
    label = "notifications"
    verbose_name = "thông báo"

    def ready(self) -> None:
        from portal.notifications.channels import open_channel
        from portal.notifications.channels.mail import Mail

        open_channel(Mail())
