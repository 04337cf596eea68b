from django.apps import AppConfig


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "tổ chức"

    def ready(self) -> None:
        from branches.duties import DUTIES
        from branches.indicators import indicators
        from branches.queries.grants import grants_of, holders_on
        from branches.rules.definitions import publish_all
        from branches.rules.measures import what_measures_say
        from branches.summary import own_facts
        from portal.access.grants import grants_come_from
        from portal.duties.holders import holders_come_from
        from portal.duties.rules import publish_duties, questions_depend_on
        from portal.indicators.registry import publish_indicators

        grants_come_from(grants_of)
        holders_come_from(holders_on)
        own_facts.register()
        publish_duties(DUTIES)
        questions_depend_on(what_measures_say)
        publish_all()
        publish_indicators(list(indicators()))
