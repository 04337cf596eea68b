"""What kinds of meetings there are, in which form they are held, and how things in them can stand."""

from django.db import models


class MeetingKind(models.TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    COMMITTEE = "committee", "Họp chi ủy"
    PLENUM = "plenum", "Hội nghị cấp ủy"
    EXTRAORDINARY = "extraordinary", "Họp bất thường"
    REVIEW = "review", "Kiểm điểm cuối năm"
    CONGRESS = "congress", "Đại hội"

    @classmethod
    def of_slots(cls) -> list["MeetingKind"]:
        """Kinds that a year has places for: one a month, one a quarter."""
        return [cls.REGULAR, cls.THEMATIC, cls.COMMITTEE]

    @classmethod
    def scored(cls) -> list["MeetingKind"]:
        """Kinds whose quality is scored by a set of criteria."""
        return [cls.REGULAR, cls.THEMATIC]


class Form(models.TextChoices):
    IN_PERSON = "in person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    MIXED = "mixed", "Trực tiếp kết hợp trực tuyến"
    CELLS = "cells", "Theo tổ đảng"
    PAPERS = "papers", "Gửi tài liệu, lấy ý kiến (thiên tai, dịch bệnh)"

    @classmethod
    def with_ground(cls) -> list["Form"]:
        return [cls.ONLINE, cls.MIXED, cls.CELLS, cls.PAPERS]


class Mark(models.TextChoices):
    """Of one member in one meeting. Nobody is marked until somebody marks."""

    UNMARKED = "", "Chưa điểm danh"
    PRESENT = "present", "Có mặt"
    ONLINE = "online", "Dự trực tuyến"
    LATE = "late", "Đến muộn"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng không lý do"

    @classmethod
    def came(cls) -> list["Mark"]:
        return [cls.PRESENT, cls.ONLINE, cls.LATE]


class Standing(models.TextChoices):
    """Why somebody stands on the roll."""

    EXPECTED = "expected", "Phải dự"
    EXEMPT = "exempt", "Được miễn, tạm hoãn"  # in neither numerator nor denominator, even if they come


class Stand(models.TextChoices):
    """Of an action item, and of what a review found."""

    OPEN = "open", "Đang làm"
    DONE = "done", "Xong"
    PARTLY = "partly", "Xong một phần"
    NOT_DONE = "not done", "Chưa làm"
    DROPPED = "dropped", "Thôi không làm"

    @classmethod
    def finished(cls) -> list["Stand"]:
        return [cls.DONE, cls.DROPPED]


class Majority(models.TextChoices):
    HALF = "half", "Quá nửa"
    TWO_THIRDS = "two thirds", "Hai phần ba"


class ResolutionKind(models.TextChoices):
    CONCLUSION = "conclusion", "Kết luận"
    RESOLUTION = "resolution", "Nghị quyết"


class ResolutionState(models.TextChoices):
    DRAFT = "draft", "Dự thảo"
    AMENDED = "amended", "Đã sửa tại buổi họp"
    ADOPTED = "adopted", "Đã thông qua"


class DecisionKind(models.TextChoices):
    """A decision whose consequence the portal knows."""

    ASSIGNMENTS = "assignments", "Thông qua nhiệm vụ năm của đảng viên"
    EXEMPTION = "exemption", "Miễn công tác và sinh hoạt đảng cho đảng viên"
    CANDIDATE = "candidate", "Giới thiệu quần chúng ưu tú"
    OFFICER = "officer", "Bầu, giới thiệu chức vụ"
    THEMATIC_PLAN = "thematic plan", "Thông qua kế hoạch chuyên đề năm"
    STUDY = "study", "Quán triệt văn bản"


class Answer(models.TextChoices):
    NONE = "", "Chưa trả lời"
    COMING = "coming", "Sẽ dự"
    NOT_COMING = "not coming", "Không dự được"


class PlanState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi, chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    RETURNED = "returned", "Trả lại để sửa"


class ProposalState(models.TextChoices):
    RAISED = "raised", "Chờ trả lời"
    ACCEPTED = "accepted", "Tiếp thu"
    ANSWERED = "answered", "Đã giải đáp"
    DECLINED = "declined", "Không tiếp thu"


class SlotChange(models.TextChoices):
    MOVED = "moved", "Dời ngày họp"
    EXCUSED = "excused", "Không phải họp"


class Scorer(models.TextChoices):
    """Who scores a meeting. Each score stands beside the others, never over them."""

    BRANCH = "branch", "Chi bộ tự chấm"
    VISITOR = "visitor", "Cấp ủy viên dự chấm"
    ABOVE = "above", "Cấp trên chấm"
