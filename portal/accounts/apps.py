from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    label = "accounts"
    verbose_name = "tài khoản"

    def ready(self) -> None:
        from portal.accounts import checks, receivers  # noqa: F401  they read models, which are not there before

        user_logged_in.connect(receivers.begin_session)
