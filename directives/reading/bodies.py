"""Who is named in a passage."""

import re

from directives.bearers import Bearer

# The longer name stands before the shorter one that it holds.
_NAMES: list[tuple[str, Bearer]] = [
    (r"ủy ban nhân dân|\bUBND", Bearer.ADMINISTRATION),
    (r"hội đồng nhân dân|\bHĐND", Bearer.COUNCIL),
    (r"ủy ban kiểm tra|\bUBKT", Bearer.INSPECTION),
    (r"ban tuyên giáo|khối dân vận|ban dân vận", Bearer.PROPAGANDA),
    (r"ban tổ chức|cán bộ làm công tác tổ chức|ban xây dựng đảng", Bearer.ORGANISATION),
    (r"văn phòng (?:đảng ủy|tỉnh ủy|huyện ủy|cấp ủy)", Bearer.OFFICE),
    (r"mặt trận tổ quốc|\bMTTQ|tổ chức chính trị\s?- ?xã hội|đoàn thể|đoàn tncs|công đoàn", Bearer.FRONT),
    (r"tổ công tác", Bearer.GROUP),
    (r"sở, ban, ngành", Bearer.DEPARTMENTS),
    (r"ủy viên ban chấp hành đảng bộ tỉnh|tỉnh ủy viên", Bearer.PROVINCE_MEMBER),
    (r"ủy viên ban thường vụ|thường trực", Bearer.STANDING_MEMBER),
    (r"đảng ủy viên|cấp ủy viên", Bearer.COMMITTEE_MEMBER),
    (r"người đứng đầu", Bearer.HEADS),
    (r"bí thư,? ?(?:phó bí thư )?chi bộ", Bearer.SECRETARY),
    (r"người chủ trì", Bearer.CHAIR),
    (r"thư ký", Bearer.CLERK),
    (r"ban thường vụ (?:tỉnh ủy|thành ủy)|\btỉnh ủy\b", Bearer.PROVINCE),
    (r"(?:ban thường vụ )?(?:các )?huyện ủy|huyện, thị, thành ủy|thành ủy, đảng ủy trực thuộc|cấp ủy trực thuộc tỉnh ủy", Bearer.DISTRICT),
    (r"đảng ủy (?:xã|phường)|ban thường vụ đảng ủy|đảng ủy(?! viên)", Bearer.COMMUNE),
    (r"tổ chức cơ sở đảng|đảng bộ cơ sở|cấp ủy cơ sở", Bearer.BASE),
    (r"chi ủy|cấp ủy chi bộ", Bearer.BRANCH_COMMITTEE),
    (r"chi bộ", Bearer.BRANCH),
    (r"cấp ủy|tổ chức đảng", Bearer.COMMITTEES),
    (r"đảng viên", Bearer.MEMBER),
]  # fmt: skip
_PATTERNS = [  # uỷ is ủy, written the other way
    (re.compile(pattern.replace("ủy", "(?:ủy|uỷ)"), re.IGNORECASE), bearer) for pattern, bearer in _NAMES
]


def bodies_in(text: str) -> list[Bearer]:
    """Each once, in the order in which they are first named; a name inside a longer one does not count."""
    taken: list[tuple[int, int, Bearer]] = []
    for pattern, bearer in _PATTERNS:
        for found in pattern.finditer(text):
            if not any(start < found.end() and found.start() < end for start, end, _ in taken):
                taken.append((found.start(), found.end(), bearer))
    return list(dict.fromkeys(bearer for _, _, bearer in sorted(taken)))
