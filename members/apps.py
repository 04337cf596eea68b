from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "đảng viên"

    def ready(self) -> None:
        from members import panels, receivers, summary  # noqa: F401  members follow their branch
        from members.duties import DUTIES
        from members.imports.receiving import DOOR, may_read_sheet
        from members.indicators import indicators
        from members.services import photos
        from portal.duties.rules import publish_duties
        from portal.files.doors import open_door
        from portal.indicators.registry import publish_indicators

        open_door(DOOR, may_read_sheet)
        open_door(photos.DOOR, photos.may_see_photo)
        panels.register()
        summary.register()
        publish_duties(DUTIES)
        publish_indicators(list(indicators()))
