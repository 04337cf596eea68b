"""Who has to do what a document says: organisations by kind, posts, offices, and bodies that have no account here."""

from django.db import models


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

    @property
    def answered_by(self) -> "Bearer":
        """Who speaks for it in the portal."""
        return Bearer.OFFICE if self in (Bearer.COUNCIL, Bearer.ADMINISTRATION, Bearer.DEPARTMENTS) else self
