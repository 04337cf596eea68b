"""Nhắc chi bộ chưa họp: who will be told what; then told, once a day. And that somebody has looked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST

from branches.views.reached import reached_organisation
from meetings.services.nudging import remind_to_meet, words_of
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.queries.commune.month import Reminding
from portal.dashboards.services.visits import look_at
from portal.dashboards.views.commune_lists import commune_of
from portal.dashboards.views.commune_parts import remind_words
from portal.live.asking import asked_by_itself
from portal.words.quantities import number


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DIRECT_MEETINGS)
def remind(request: ActorRequest, pk: int) -> HttpResponse:
    place = reached_organisation(request, pk, Permission.DIRECT_MEETINGS)
    if request.method == "POST":
        told = remind_to_meet(place, by=request.actor)
        if told:
            messages.success(request, f"Đã gửi lời nhắc cho {number(told)} người; họ thấy ngay ở mục Thông báo.")
        else:
            messages.info(request, "Hôm nay đã nhắc rồi, không ai phải nhận thêm.")
        return redirect("dashboard", place.pk)
    commune = commune_of(request, pk)
    reminding = commune.reminding or Reminding([], {}, {})
    facts = {
        "frame": commune.frame,
        "back": commune.frame.here(),
        "organisation": place,
        "reminding": reminding,
        "lines": [(one, names, f"Đã nhắc {localtime(at):%H:%M}" if at else "") for one, names, at in reminding.lines],
        "lead": f"{number(len(reminding.waiting))} chi bộ chưa họp thường kỳ tháng {commune.month.month:%m/%Y}."
        if reminding.waiting
        else "",
        "words": words_of(place, commune.month.month),
        "remind_words": remind_words(commune),
    }
    return render(request, "dashboards/remind.html", facts)


@require_POST
@requires(Permission.READ_FIGURES)
def seen(request: ActorRequest, pk: int) -> HttpResponse:
    """By the button, which says that the news is read; and by the page itself once it has stood a while."""
    place = reached_organisation(request, pk, Permission.READ_FIGURES)
    if not asked_by_itself(request):
        look_at(place, done=request.POST.get("xong") == "1", by=request.actor)
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("ve", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect("dashboard", place.pk)
    return redirect(back)
