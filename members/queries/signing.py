"""Who signs the papers of an organisation on a day."""

from datetime import date

from branches.models import Kind, Organisation
from members.models import Office, Post
from portal.papers.content import Signer

IN_THE_NAME_OF = {Kind.BRANCH: "T/M chi bộ", Kind.CELL: "T/M tổ đảng", Kind.PROVINCE: "T/M tỉnh ủy"}
POSTS = (Post.SECRETARY, Post.DEPUTY)


def signer_of(organisation: Organisation, on: date, *, power: str = "") -> Signer:
    """The secretary of that day, else the deputy; without either, room for a name."""
    rows = Office.objects.everywhere(reason="who leads an organisation signs for it, and is no secret")
    rows = rows.on(on).filter(organisation=organisation, post__in=POSTS).select_related("member")
    found = sorted(rows, key=lambda row: (POSTS.index(Post(row.post)), row.acting_for_id is not None, row.pk))
    power = power or IN_THE_NAME_OF.get(Kind(organisation.kind), "T/M đảng ủy")
    if not found:
        return Signer(power, Post.SECRETARY.label)
    return Signer(power, Post(found[0].post).label, found[0].member.full_name)


def recipients_of(organisation: Organisation) -> tuple[str, ...]:
    """Above, within, and the file."""
    above = (f"{organisation.parent.name} (để báo cáo)",) if organisation.parent else ()
    if organisation.kind == Kind.BRANCH:
        return (*above, "Các đồng chí đảng viên", "Lưu chi bộ")
    return (*above, "Các đồng chí cấp ủy viên", "Lưu văn phòng cấp ủy")
