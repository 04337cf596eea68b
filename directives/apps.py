from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "văn bản"

    def ready(self) -> None:
        from directives.duties import DUTIES
        from directives.indicators import indicators
        from directives.services.documents import DOOR, may_read_file
        from portal.duties.rules import publish_duties
        from portal.files.doors import open_door
        from portal.indicators.registry import publish_indicators

        open_door(DOOR, may_read_file)
        publish_duties(DUTIES)
        publish_indicators(list(indicators()))
