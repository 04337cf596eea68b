from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "sinh hoạt"

    def ready(self) -> None:
        from meetings import summary

        summary.register()
