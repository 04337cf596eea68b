"""Roles as people write them in a sheet: “Bí thư” in a branch leads it, in a commune it is one of the standing committee."""

from collections.abc import Sequence

from portal.access.roles import Role
from portal.words.text import search_key

# Without tones. Whole words only: “bí thư đoàn” is another person than “bí thư”.
WORDS = {
    Role.MEMBER: "dang vien|dang vien chinh thuc|dang vien du bi|dv",
    Role.CLERK: "thu ky|thu ky chi bo|thu ky ghi bien ban",
    Role.SECRETARY: "bi thu|pho bi thu|bi thu chi bo|pho bi thu chi bo|bi thu pho bi thu|bi thu dang bo|"
    "pho bi thu dang bo|bi thu dang uy|pho bi thu dang uy|bt|pbt",
    Role.COMMUNE_MEMBER: "dang uy vien|uy vien ban chap hanh|dang uy vien xa|dang uy vien phuong|uvbch",
    Role.COMMUNE_OFFICE: "van phong|van phong dang uy|can bo to chuc|to chuc|can bo van phong|van phong dang uy xa|"
    "van phong dang uy phuong|ban xay dung dang",
    Role.COMMUNE_LEADER: "bi thu|pho bi thu|bi thu dang uy|pho bi thu dang uy|thuong truc|thuong truc dang uy|"
    "ban thuong vu|uy vien ban thuong vu|uvbtv|bt|pbt",
    Role.INSPECTOR: "kiem tra|uy ban kiem tra|ubkt|can bo kiem tra|chu nhiem uy ban kiem tra",
    Role.FRONT: "mat tran|mat tran to quoc|mttq|doan the",
    Role.PROVINCE_MEMBER: "tinh uy vien|thanh uy vien",
    Role.PROVINCE_OFFICE: "van phong|van phong tinh uy|ban to chuc|ban to chuc tinh uy|to chuc",
    Role.ADMINISTRATOR: "quan tri|quan tri vien",
}
_ROLES_OF = {role: {search_key(role.label), *words.split("|")} for role, words in WORDS.items()}


def role_said(typed: str, offered: Sequence[Role], *, place: str) -> Role | None:
    """The one role among those offered that is called so; the place's own name behind it says nothing new."""
    key = search_key(typed)
    bare = key.removesuffix(search_key(place)).strip()
    fitting = [role for role in offered if {key, bare} & _ROLES_OF[role]]
    return fitting[0] if len(fitting) == 1 else None
