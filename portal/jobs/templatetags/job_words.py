"""What is said of a job beside its title."""

from datetime import datetime

from django import template
from django.utils import timezone

from portal.jobs.models import Job, State
from portal.words.quantities import day

register = template.Library()
NOTHING_WRITTEN = "Chưa có gì được ghi."


@register.filter
def fate(job: Job) -> str:
    """{{ job|fate }} → Xong lúc 14:05, 06/11/2026. Hết hạn ngày 13/11/2026."""
    return {
        State.WAITING: _of_waiting,
        State.RUNNING: _of_running,
        State.DONE: lambda job: f"{_sentence(job.told)}Xong lúc {_moment(job.finished_at)}. {_kept(job)}",
        State.FAILED: lambda job: f"{_sentence(job.error)}{NOTHING_WRITTEN} {_kept(job)}",
        State.CANCELLED: lambda job: f"Đã dừng lúc {_moment(job.finished_at)}. {NOTHING_WRITTEN}",
    }[State(job.state)](job)


def _kept(job: Job) -> str:
    return f"Hết hạn ngày {day(timezone.localtime(job.expires_at).date())}." if job.expires_at else ""


@register.filter
def how_far(job: Job) -> str:
    """{{ job|how_far }} → Đang lập 37/120 chi bộ"""
    if job.cancel_asked:
        return "Đang dừng lại"
    return job.sentence or "Đang bắt đầu"


def _of_waiting(job: Job) -> str:
    if job.attempts:
        return "Máy chủ đã dừng giữa chừng; việc sẽ được làm lại từ đầu."
    return f"Yêu cầu lúc {_moment(job.created_at)}, đang đợi đến lượt."


def _of_running(job: Job) -> str:
    again = f" Lần làm thứ {job.attempts}, vì máy chủ đã dừng giữa chừng." if job.attempts > 1 else ""
    return f"Bắt đầu lúc {_moment(job.started_at)}.{again}"


def _sentence(said: str) -> str:
    return f"{said.rstrip('.')}. " if said else ""


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M, %d/%m/%Y}" if at else ""
