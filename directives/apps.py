from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"
    verbose_name = "văn bản"

    def ready(self) -> None:
        from directives import jobs, panels, receivers  # noqa: F401  the kinds of long work; what follows its organisation
        from directives.duties import DUTIES
        from directives.indicators import indicators
        from directives.proofs import from_study
        from directives.services import assignments, demands
        from directives.services.documents import DOOR, may_read_file
        from portal.duties.rules import publish_duties
        from portal.evidence.registry import publish_proofs
        from portal.files.doors import open_door
        from portal.indicators.registry import publish_indicators

        panels.register()
        open_door(DOOR, may_read_file)
        open_door(assignments.DOOR, assignments.may_read_file)
        open_door(demands.DOOR, demands.may_read_file)
        publish_duties(DUTIES)
        publish_proofs("directives", from_study)
        publish_indicators(list(indicators()))
