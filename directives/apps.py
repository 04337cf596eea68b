from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "văn bản"

    def ready(self) -> None:
        from directives import panels, receivers  # noqa: F401  what was demanded follows its organisation
        from directives.duties import DUTIES
        from directives.services import demands
        from directives.services.documents import DOOR, may_read_file
        from portal.duties.rules import publish_duties
        from portal.files.doors import open_door

        open_door(DOOR, may_read_file)
        open_door(demands.DOOR, demands.may_read_file)
        panels.register()
        publish_duties(DUTIES)
