from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "portal.files"
    label = "files"
    verbose_name = "tệp"

    def ready(self) -> None:
        from portal.files.traces import leave_trace_of_download, tell_of_downloads

        tell_of_downloads(leave_trace_of_download)
