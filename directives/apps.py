from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "văn bản"

    def ready(self) -> None:
        from directives.services.documents import DOOR, may_read_file
        from portal.files.doors import open_door

        open_door(DOOR, may_read_file)
