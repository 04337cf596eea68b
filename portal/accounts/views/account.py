"""What belongs to the reader: the account, its open sessions, the size of the text."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.access.views import ActorRequest, signed_in
from portal.accounts.addresses import own_page
from portal.accounts.context import TEXT_SIZE_COOKIE
from portal.accounts.duty import last_day_without
from portal.accounts.forms import TextSizeForm
from portal.accounts.services import sessions
from portal.accounts.services.preferences import choose_text_size
from portal.history.sentences import history_of

RECENT_CHANGES = 10
A_YEAR = 365 * 24 * 3600


@require_safe
@signed_in
def more(request: ActorRequest) -> HttpResponse:
    """“Thêm”: the ways that do not fit the tab bar, and what belongs to the reader."""
    return render(request, "accounts/more.html")


@require_safe
@signed_in
def account(request: ActorRequest) -> HttpResponse:
    facts = {"account": request.actor.account, "last_day": last_day_without(request.actor)}
    facts["history"] = history_of(facts["account"], most=RECENT_CHANGES)
    return render(request, "accounts/account.html", facts)


@require_safe
@signed_in
def open_sessions(request: ActorRequest) -> HttpResponse:
    listed = sessions.open_sessions(request.actor.account, here=request.session.session_key)
    return render(request, "accounts/sessions.html", {"sessions": listed})


@require_POST
@signed_in
def end_session(request: ActorRequest, pk: int) -> HttpResponse:
    if not sessions.end_session(request.actor.account, pk):
        raise Http404
    messages.success(request, "Đã đăng xuất khỏi máy đó.")
    return redirect("sessions")


@require_POST
@signed_in
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    ended = sessions.end_sessions(request.actor.account, but=request.session.session_key)
    messages.success(request, f"Đã đăng xuất khỏi {ended} máy khác." if ended else "Không có máy nào khác đang mở.")
    return redirect("sessions")


@require_POST
@login_not_required
def text_size(request: HttpRequest) -> HttpResponse:
    form = TextSizeForm(request.POST)
    back = HttpResponseRedirect(own_page(request, form.data.get("next", "")))
    if form.is_valid():
        size = form.cleaned_data["size"]
        back.set_cookie(TEXT_SIZE_COOKIE, str(size), max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
        if request.user.is_authenticated:
            choose_text_size(request.user, size=size)
    return back
