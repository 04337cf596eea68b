from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings.duties import invitations
        from meetings.services import papers
        from portal.duties.rules import publish_duties
        from portal.files.doors import open_door

        publish_duties(invitations.DUTIES)
        open_door(papers.DOOR, papers.may_read_paper)
