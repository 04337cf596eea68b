"""What can be done with a member, each on a short page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from branches.views.organisations import asked_day
from members.forms import acts as forms
from members.forms import offices
from members.models import Member, MembershipKind
from members.services import memberships, records, states
from members.services.badges import give_badge
from members.services.photos import set_photo
from members.services.records import path_of
from members.services.side_posts import put_in_charge, put_in_charge_of_households, take_state_post, write_training
from members.views.reached import reached_member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in


@dataclass(frozen=True)
class Act:
    slug: str
    title: str
    lead: str
    icon: str
    permission: Permission
    form: type[forms.ActForm]
    service: Callable[..., Any]
    fits: Callable[[Member], bool]
    reaches_others: bool = False  # it chooses a branch, so it is for those who reach more than one

    def is_offered(self, member: Member, actor: Actor) -> bool:
        if not actor.may(self.permission, path_of(member)) or not self.fits(member):
            return False
        return not self.reaches_others or (actor.capacity is not None and not actor.capacity.is_of_one_branch)


def _is_away(member: Member) -> bool:
    rows = member.memberships.on(timezone.localdate())
    return member.is_present and rows.filter(kind=MembershipKind.TEMPORARY).exists()


ACTS = [
    Act("chuyen", "Chuyển sinh hoạt", "Sang chi bộ khác, hẳn từ một ngày.", "arrow", Permission.MOVE_MEMBERS, forms.MoveForm, memberships.move_member, lambda m: m.is_present, True),
    Act("tam-thoi", "Sinh hoạt tạm thời", "Ở chi bộ khác trong một thời gian; đảng số vẫn ở chi bộ này.", "clock", Permission.MOVE_MEMBERS, forms.TemporaryForm, memberships.receive_temporarily, lambda m: m.is_present and not _is_away(m), True),
    Act("thoi-tam-thoi", "Thôi sinh hoạt tạm thời", "Trở về họp ở chi bộ chính.", "undo", Permission.MOVE_MEMBERS, forms.EndOnForm, memberships.end_temporary_of, _is_away),
    Act("to-dang", "Xếp vào tổ đảng", "Tổ đảng của chi bộ, từ một ngày.", "users", Permission.KEEP_ROLL, forms.CellForm, memberships.assign_cell, lambda m: m.is_present and forms.cells_of(m).exists()),
    Act("mien", "Miễn, tạm hoãn sinh hoạt", "Chi bộ đã đồng ý; không tính vào số phải dự họp.", "minus", Permission.KEEP_ROLL, forms.ReliefForm, states.relieve, lambda m: m.is_present and not m.relief),
    Act("thoi-mien", "Thôi miễn, hoãn", "Dự họp trở lại từ một ngày.", "undo", Permission.KEEP_ROLL, forms.EndOnForm, states.end_relief, lambda m: m.is_present and bool(m.relief)),
    Act("cu-tru", "Giới thiệu về nơi cư trú", "Theo Quy định 213; không tính đảng số ở đó.", "home", Permission.KEEP_ROLL, forms.ResidenceForm, memberships.introduce_at_residence, lambda m: m.is_present, True),
    Act("huy-hieu", "Ghi trao Huy hiệu Đảng", "Đã trao rồi thì ghi vào hồ sơ.", "flag", Permission.KEEP_ROLL, forms.BadgeForm, give_badge, lambda m: m.is_present),
    Act("tinh-trang", "Đổi tình trạng", "Công nhận chính thức, chuyển đi nơi khác, từ trần, ra khỏi Đảng.", "edit", Permission.MOVE_MEMBERS, forms.StateForm, states.set_state, lambda m: True),
    Act("ngoai-dang", "Ghi chức vụ chính quyền, đoàn thể", "Trưởng thôn, trưởng ban công tác Mặt trận, thủ trưởng …", "building", Permission.KEEP_ROLL, offices.StatePostForm, take_state_post, lambda m: m.is_present),
    Act("phu-trach", "Phân công phụ trách chi bộ", "Cấp ủy viên theo dõi, dự sinh hoạt.", "users", Permission.KEEP_OFFICES, offices.InChargeForm, put_in_charge, lambda m: m.is_present, True),
    Act("phu-trach-ho", "Phân công phụ trách hộ", "Địa bàn và số hộ.", "home", Permission.KEEP_ROLL, offices.HouseholdsForm, put_in_charge_of_households, lambda m: m.is_present),
    Act("lop-da-hoc", "Ghi lớp đã học", "Bồi dưỡng, lý luận chính trị.", "book", Permission.KEEP_ROLL, offices.TrainingForm, write_training, lambda m: True),
    Act("anh", "Ảnh chân dung", "Thêm hoặc đổi ảnh trong hồ sơ.", "upload", Permission.KEEP_ROLL, forms.PhotoForm, set_photo, lambda m: True),
    Act("tai-khoan", "Nối với tài khoản", "Để người ấy xem hồ sơ của mình.", "user", Permission.MANAGE_ACCOUNTS, forms.LinkAccountForm, records.link_account, lambda m: True),
]  # fmt: skip


def acts_for(member: Member, actor: Actor) -> list[Act]:
    return [act for act in ACTS if act.is_offered(member, actor)]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_ROLL)
def act_on_member(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    act = next((act for act in ACTS if act.slug == slug), None)
    if act is None:
        raise Http404("nothing of this name is done with a member")
    member = reached_member(request, pk, act.permission)
    if not act.is_offered(member, request.actor):
        messages.info(request, f"{act.title}: không áp dụng với hồ sơ này lúc này.")
        return redirect("member", member.pk)
    form = act.form(
        request.POST or None,
        request.FILES or None,
        initial=_initial(request, member),
        member=member,
        actor=request.actor,
    )
    if form.is_valid():
        with refusals_in(form):
            act.service(member, **form.cleaned_data, by=request.actor)
            messages.success(request, f"{act.title}: đã ghi vào hồ sơ của đ/c {member.full_name}.")
            return redirect("member", member.pk)
    return render(request, "members/act.html", {"member": member, "act": act, "form": form})


def _initial(request: ActorRequest, member: Member) -> dict[str, Any]:
    """Today; of a badge what the list of badges says: ?nam=40&ngay=2026-11-07."""
    years, account = request.GET.get("nam", ""), member.account.username if member.account else ""
    day = asked_day(request)
    return {"on": day, "since": day, "years": years if years.isdecimal() else "", "account": account}
