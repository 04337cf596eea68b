"""The ways through the portal: what stands in the top bar, in the tab bar of phones, and under “Thêm”."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.notifications.queries import unread_count


@dataclass(frozen=True)
class Way:
    label: str
    url_name: str
    icon: str
    permission: Permission | None = None  # None: everybody who is signed in
    in_tab_bar: bool = True
    in_top_bar: bool = True
    but_not: Permission | None = None  # whoever has this one has a nearer way
    also: str = ""  # addresses elsewhere that belong to it too: a regular expression

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    def is_for(self, actor: Actor) -> bool:
        if self.but_not and actor.may(self.but_not):
            return False
        return self.permission is None or actor.may(self.permission)


WAYS = [
    Way("Việc của tôi", "home", "home"),
    Way("Tổng quan", "my_dashboard", "chart", Permission.READ_FIGURES),
    Way(
        "Sổ họp",
        "meeting_book",
        "book",
        Permission.SEE_MEETINGS,
        also=r"/(chi-bo|hop|ky-hop)/|/to-chuc/\d+/(luoi-hop|ky-hop|dinh-huong|viec|kien-nghi|chuyen-de|chat-luong|tieu-chi)/|/(dinh-huong|chuyen-de|chuyen-de-goi-y)/",
    ),
    Way(
        "Sinh hoạt",
        "meeting_figures",
        "book",
        Permission.READ_FIGURES,
        but_not=Permission.SEE_MEETINGS,  # a province reads figures alone
        also=r"/to-chuc/\d+/(luoi-hop|chat-luong|tieu-chi)/",
    ),
    Way("Tổ chức", "organisations", "building", Permission.SEE_ORGANISATION, in_tab_bar=False),
    Way(
        "Đảng viên",
        "my_roll",
        "users",
        Permission.READ_ROLL,
        also=r"/to-chuc/\d+/(dang-vien|huy-hieu|du-lieu|nhap-dang-vien|tang-giam|cap-uy|nhiem-vu)/|/(sua-ho-so|nhap-dang-vien|nhiem-vu|chuc-vu|phu-trach)/",
    ),
    Way(
        "Báo cáo",
        "reports",
        "doc",
        Permission.READ_FIGURES,
        in_tab_bar=False,
        also=r"/(bao-cao-den|doi-chieu)/|/to-chuc/\d+/bao-cao-den/",
    ),
    Way("Chỉ số", "figures", "chart", Permission.READ_FIGURES, in_tab_bar=False, in_top_bar=False),
    Way(
        "Văn bản",
        "library",
        "doc",
        Permission.READ_LIBRARY,
        in_tab_bar=False,
        also=r"/(quan-he-van-ban|viec-van-ban|quan-triet|giao-viec|viec-giao|viec-duoc-giao|so-ket|phan-so-ket|chuong-trinh-kiem-tra|kiem-tra|yeu-cau-kiem-tra|phan-bo)/|/to-chuc/\d+/(viec-duoc-giao|so-ket|kiem-tra)/",
    ),
    Way("Tệp của tôi", "my_jobs", "download", in_tab_bar=False, in_top_bar=False),  # in the menu of who is signed in
    Way("Thư nhắc việc", "deliveries", "send", Permission.SEE_DELIVERIES, in_tab_bar=False, in_top_bar=False),
    Way(
        "Trợ giúp", "help", "book", Permission.READ_HELP, in_tab_bar=False, in_top_bar=False
    ),  # at the foot of every page
    Way("Bộ thành phần", "style_guide", "star", Permission.SEE_STYLE_GUIDE, in_tab_bar=False),
]


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the frame of every page needs to know."""
    actor = getattr(request, "actor", None)
    ways = [way for way in WAYS if actor and way.is_for(actor)]
    return {
        "actor": actor,
        "unit": actor.capacity.organisation_name if actor and actor.capacity else "",
        "ways": ways,
        "own_ways": lambda: _own_ways(actor),  # asked for by one page only, and costs a query
        "current_way": _current(ways, request.path),
        "unread": lambda: unread_count(actor) if actor else 0,  # one small query, on pages that have the frame
        "help_url": reverse("help"),  # a view whose page has an article of its own gives that one
        "request_number": getattr(request, "number", ""),
    }


def _own_ways(actor: Actor | None) -> list[Way]:
    has_record = actor and Member.objects.allowed(actor, Permission.SEE_OWN_RECORD).exists()
    return [Way("Hồ sơ của tôi", "own_record", "user")] if has_record else []


def _current(ways: list[Way], path: str) -> Way | None:
    """The way one is on: the one whose address the page's begins with, the longest first."""
    for way in ways:
        if way.also and re.match(way.also, path):
            return way
    for way in sorted(ways, key=lambda way: -len(way.url)):
        if path == way.url or (way.url != "/" and path.startswith(way.url)):
            return way
    return None
