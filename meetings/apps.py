from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "sinh hoạt"

    def ready(self) -> None:
        from meetings import receivers, summary  # noqa: F401  meetings follow their organisation
        from meetings.duties import DUTIES
        from meetings.indicators import indicators
        from meetings.proofs import from_meetings
        from meetings.services import papers, signed
        from portal.duties.rules import publish_duties
        from portal.evidence.registry import publish_proofs
        from portal.files.doors import open_door
        from portal.indicators.registry import publish_indicators

        publish_duties(DUTIES)
        open_door(signed.DOOR, signed.may_read_signed)
        open_door(papers.DOOR, papers.may_read_paper)
        summary.register()
        publish_proofs("meetings", from_meetings)
        publish_indicators(list(indicators()))
