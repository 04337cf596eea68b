from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "portal.reports"
    label = "reports"
    verbose_name = "báo cáo"

    def ready(self) -> None:
        from directives.keepers import publish_reports
        from portal.duties.rules import publish_duties
        from portal.files.doors import open_door
        from portal.reports import bundling, jobs, kinds, panels  # noqa: F401  published by being imported
        from portal.reports.duties import DUTIES
        from portal.reports.queries.reading import may_read_file
        from portal.reports.services.issuing import DOOR

        open_door(DOOR, may_read_file)
        panels.register()
        publish_reports(name for kind in kinds.all_kinds() for name in kind.answers)
        publish_duties(DUTIES)
