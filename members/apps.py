from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "đảng viên"

    def ready(self) -> None:
        from members import panels, receivers  # noqa: F401  members follow their branch

        panels.register()
