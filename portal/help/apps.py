from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "portal.help"
    label = "help"
    verbose_name = "trợ giúp"
