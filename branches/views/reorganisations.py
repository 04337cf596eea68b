"""The tree is changed in three steps: what is to be done, what it will do, the receipt. It can be taken back from there."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.forms import reorganisation as forms
from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services import reorganisation as services
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.words.errors import DomainError, NotAllowed


@dataclass(frozen=True)
class Act:
    """One thing that can be done to the tree from the page of an organisation."""

    deed: Deed
    slug: str
    icon: str
    lead: str
    form: type[forms.DeedForm]
    service: Callable[..., Reorganisation]
    on_itself: bool  # it changes the organisation of the page, so it is for those above it

    def is_offered(self, organisation: Organisation, request: ActorRequest) -> bool:
        if self.deed == Deed.FOUND and not request.actor.may(Permission.FOUND_ORGANISATION, organisation.path):
            return False
        if not self.on_itself:
            return organisation.kind != Kind.CELL
        above = organisation.parent
        return above is not None and request.actor.may(Permission.REORGANISE, above.path)


ACTS = [
    Act(Deed.FOUND, "lap-moi", "plus", "Lập một tổ chức ngay dưới đây.", forms.FoundForm, services.found_organisation, False),
    Act(Deed.RENAME, "doi-ten", "edit", "Tên, ký hiệu hoặc cấp mới từ một ngày; trước ngày ấy vẫn là tên cũ.", forms.RenameForm, services.rename_organisation, True),
    Act(Deed.MOVE, "chuyen", "arrow", "Một hay nhiều tổ chức trực thuộc chuyển sang cấp trên khác.", forms.MoveForm, services.move_organisations, False),
    Act(Deed.MERGE, "sap-nhap", "users", "Nhập nhiều tổ chức trực thuộc làm một.", forms.MergeForm, services.merge_organisations, False),
    Act(Deed.SPLIT, "chia-tach", "list", "Tách bớt, hoặc chia hẳn tổ chức này thành nhiều.", forms.SplitForm, services.split_organisation, True),
    Act(Deed.DISSOLVE, "giai-the", "x", "Tổ chức này kết thúc từ một ngày; hồ sơ giữ nguyên để tra cứu.", forms.DissolveForm, services.dissolve_organisation, True),
    Act(Deed.ABOLISH, "ket-thuc-cap", "building", "Mọi tổ chức của một cấp kết thúc cùng ngày, ví dụ cấp huyện.", forms.AbolishForm, services.abolish_level, False),
]  # fmt: skip


@require_safe
@requires(Permission.REORGANISE)
def reorganise(request: ActorRequest, pk: int) -> HttpResponse:
    """What can be done from here, and what was done."""
    organisation = reached_organisation(request, pk, Permission.REORGANISE)
    rows = Reorganisation.objects.allowed(request.actor, Permission.REORGANISE)
    done = rows.filter(touches__organisation__path__startswith=organisation.path).distinct()
    facts = {
        "organisation": organisation,
        "acts": [act for act in ACTS if act.is_offered(organisation, request)],
        "page": page_of(done.select_related("by").in_order(), request),
    }
    return render(request, "branches/reorganise.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.REORGANISE)
def act_on_tree(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.REORGANISE)
    act = next((act for act in ACTS if act.slug == slug), None)
    if act is None or not act.is_offered(organisation, request):
        raise Http404("nothing of this name is done here")
    form = act.form(request.POST or None, organisation=organisation, actor=request.actor)
    facts = {"organisation": organisation, "act": act, "form": form}
    if "change" not in request.POST and form.is_valid():
        with refusals_in(form):
            subject = [organisation] if act.on_itself else []
            if "confirmed" in request.POST:
                record = act.service(*subject, **form.facts(), by=request.actor)
                messages.success(request, "Đã ghi vào cây tổ chức.")
                return redirect("reorganisation", record.pk)
            facts["record"] = services.preview(act.service, *subject, **form.facts(), by=request.actor)
            return render(request, "branches/reorganisation_preview.html", facts)
    return render(request, "branches/reorganisation_form.html", facts)


@require_safe
@requires(Permission.REORGANISE)
def reorganisation(request: ActorRequest, pk: int) -> HttpResponse:
    """The receipt: what was done, and how to take it back."""
    rows = Reorganisation.objects.allowed(request.actor, Permission.REORGANISE).select_related("by")
    record = get_object_or_404(rows, pk=pk)
    reached = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    facts = {"record": record, "touched": reached.filter(touches__reorganisation=record).in_order()}
    return render(request, "branches/reorganisation.html", facts)


@require_POST
@requires(Permission.REORGANISE)
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Reorganisation.objects.allowed(request.actor, Permission.REORGANISE)
    record = get_object_or_404(rows, pk=pk)
    try:
        services.undo_reorganisation(record, by=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Đã hoàn tác: cây tổ chức trở lại như trước.")
    return redirect("reorganisation", pk)
