from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "sinh hoạt"

    def ready(self) -> None:
        from meetings import summary
        from meetings.indicators import indicators
        from portal.indicators.registry import publish_indicators

        summary.register()
        publish_indicators(list(indicators()))
