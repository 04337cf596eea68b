"""What I was told, and how I want to be told."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, signed_in
from portal.notifications.channels import channels
from portal.notifications.forms import ChoicesForm
from portal.notifications.models import Notice, NoticeQuerySet
from portal.notifications.queries import wanted_by
from portal.notifications.services import inbox as services
from portal.ui.pages import page_of
from portal.words.quantities import number


@require_safe
@signed_in
def inbox(request: ActorRequest) -> HttpResponse:
    """The newest day first, in it the most urgent."""
    own = _own(request)
    chosen = "chua-doc" if request.GET.get("loc") == "chua-doc" else ""
    rows = own.unread() if chosen else own
    page = page_of(rows.latest_first(), request)
    facts = {"page": page, "days": _by_day(page), "chosen": bool(chosen), "shows_all": not chosen}
    facts |= {"unread": own.unread().count(), "today": timezone.localdate()}
    return render(request, "notifications/inbox.html", facts)


@require_POST
@signed_in
def open_notice(request: ActorRequest, pk: int) -> HttpResponse:
    """Read, and on to where it leads."""
    notice = get_object_or_404(_own(request), pk=pk)
    services.mark_read(notice, by=request.actor)
    return redirect(notice.step.url if notice.step else "home")


@require_POST
@signed_in
def read_all(request: ActorRequest) -> HttpResponse:
    read = services.mark_all_read(by=request.actor)
    messages.success(
        request, f"Đã đánh dấu {number(read)} thông báo là đã đọc." if read else "Không còn thông báo mới."
    )
    return redirect("inbox")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choices(request: ActorRequest) -> HttpResponse:
    """Which ways besides the inbox."""
    offered = [channel for channel in channels() if channel.serves()]
    form = ChoicesForm(request.POST or None, channels=offered, wanted=wanted_by(request.actor))
    if form.is_valid():
        for channel in offered:
            services.choose(channel.code, wanted=form.cleaned_data[channel.code] == "yes", by=request.actor)
        messages.success(request, "Đã lưu cách nhận thông báo.")
        return redirect("notice_choices")
    return render(request, "notifications/choices.html", {"form": form, "account": request.actor.account})


def _by_day(page: Page) -> list[dict[str, object]]:
    days = groupby(page, key=lambda notice: notice.told_on)
    return [{"grouper": day, "list": list(notices)} for day, notices in days]


def _own(request: ActorRequest) -> NoticeQuerySet:
    return Notice.objects.allowed(request.actor, Permission.SEE_OWN_RECORD)
