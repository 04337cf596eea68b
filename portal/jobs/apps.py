from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "portal.jobs"
    label = "jobs"
    verbose_name = "việc chạy lâu"

    def ready(self) -> None:
        from portal.files.doors import open_door
        from portal.jobs.doors import DOOR, may_read_result

        open_door(DOOR, may_read_result)
        autodiscover_modules("jobs")  # each app's jobs.py: the web asks by the same names as the workers answer to
