from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "sinh hoạt"

    def ready(self) -> None:
        from meetings.services import signed
        from portal.files.doors import open_door

        open_door(signed.DOOR, signed.may_read_signed)
