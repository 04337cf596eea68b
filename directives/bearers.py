"""Who has to do what a document says: organisations by kind, posts, offices, and bodies that have no account here."""

from django.db import models

from branches.models import Kind


class Bearer(models.TextChoices):
    # organisations
    COMMITTEES = "committees", "Cấp ủy các cấp"
    PROVINCE = "province", "Tỉnh ủy, Ban Thường vụ Tỉnh ủy"
    DISTRICT = "district", "Huyện ủy, thành ủy, đảng ủy trực thuộc tỉnh"
    COMMUNE = "commune", "Đảng ủy xã, phường"
    BASE = "base", "Tổ chức cơ sở đảng"
    BRANCH = "branch", "Chi bộ"
    BRANCH_COMMITTEE = "branch committee", "Chi ủy"
    # posts
    HEADS = "heads", "Người đứng đầu cấp ủy"
    PROVINCE_MEMBER = "province member", "Tỉnh ủy viên"
    COMMITTEE_MEMBER = "committee member", "Cấp ủy viên phụ trách chi bộ"
    STANDING_MEMBER = "standing member", "Ủy viên Ban Thường vụ"
    SECRETARY = "secretary", "Bí thư chi bộ"
    CHAIR = "chair", "Người chủ trì"
    CLERK = "clerk", "Thư ký"
    MEMBER = "member", "Đảng viên"
    # offices
    OFFICE = "office", "Văn phòng cấp ủy"
    ORGANISATION = "organisation", "Ban Tổ chức, cán bộ tổ chức"
    INSPECTION = "inspection", "Ủy ban Kiểm tra"
    PROPAGANDA = "propaganda", "Ban Tuyên giáo và Dân vận"
    FRONT = "front", "Mặt trận và đoàn thể"
    GROUP = "group", "Tổ công tác"
    # bodies without accounts: an office answers for them
    COUNCIL = "council", "Hội đồng nhân dân"
    ADMINISTRATION = "administration", "Ủy ban nhân dân"
    DEPARTMENTS = "departments", "Sở, ban, ngành"

    @classmethod
    def speaking_of(cls, kind: str) -> set[str]:
        """By whom a document means an organisation of that kind, or somebody who holds a post or works in an office of it."""
        return {one.value for one in _IN.get(Kind(kind), ())}

    @property
    def answered_by(self) -> "Bearer":
        """Who speaks for it in the portal."""
        return Bearer.OFFICE if self in (Bearer.COUNCIL, Bearer.ADMINISTRATION, Bearer.DEPARTMENTS) else self


# no organisations of the tree themselves: an office of whoever gets a task does it
BODIES = (
    Bearer.OFFICE, Bearer.ORGANISATION, Bearer.INSPECTION, Bearer.PROPAGANDA, Bearer.FRONT, Bearer.GROUP, Bearer.COUNCIL,
    Bearer.ADMINISTRATION, Bearer.DEPARTMENTS,
)  # fmt: skip
_COMMITTEES = (Bearer.COMMITTEES, Bearer.HEADS, Bearer.STANDING_MEMBER, Bearer.COMMITTEE_MEMBER, *BODIES)
_BRANCH = (
    Bearer.BRANCH, Bearer.BRANCH_COMMITTEE, Bearer.SECRETARY, Bearer.CHAIR, Bearer.CLERK, Bearer.MEMBER, Bearer.BASE,
)  # fmt: skip
_IN: dict[Kind, tuple[Bearer, ...]] = {
    Kind.PROVINCE: (Bearer.PROVINCE, Bearer.PROVINCE_MEMBER, *_COMMITTEES),
    Kind.DISTRICT: (Bearer.DISTRICT, *_COMMITTEES),
    Kind.COMMUNE: (Bearer.COMMUNE, Bearer.DISTRICT, *_COMMITTEES),  # the commune has taken up what districts did
    Kind.BASE: (Bearer.BASE, *_COMMITTEES),
    Kind.PART: (Bearer.BASE, *_COMMITTEES),
    Kind.BRANCH: _BRANCH,
    Kind.CELL: (Bearer.MEMBER,),
}
