"""A report says in its text which of those below have not sent theirs, or sent it late."""

from datetime import date

import pytest
import time_machine

from portal.papers.content import Text
from portal.reports.asked import Asked
from portal.reports.facts import Facts, moved_since
from portal.reports.sections.section import About
from portal.reports.sections.sending import Sending
from portal.reports.services.arriving import return_report
from tests.cast import Cast, assemble
from tests.files import conftest as files
from tests.reports.sent import arrival_of, sent

folder = files.folder
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
IN_TIME, LATE = "2026-11-05 08:00+07:00", "2026-11-13 08:00+07:00"
COMMUNE = About("Đảng bộ xã Phú Lương", "tháng 10/2026", "chi bộ", "commune")
STILL_COUNTED = "Số liệu của nơi chưa gửi vẫn có trong báo cáo này, do cổng tổng hợp từ sổ sinh hoạt."


@pytest.fixture
def cast(db: None) -> Cast:
    with time_machine.travel(IN_TIME):
        return assemble()


def read(cast: Cast, first: date = FIRST, last: date = LAST) -> Facts:
    return Sending().read(Asked(cast.phu_luong, first, last, date.today()))


def told(cast: Cast) -> str:
    (block,) = Sending().tell(read(cast), COMMUNE)
    assert isinstance(block, Text)
    return block.words


def test_none_one_late_and_all(cast: Cast, folder):
    with time_machine.travel(IN_TIME):
        assert told(cast) == (
            "Chưa chi bộ nào trong 2 chi bộ gửi báo cáo tháng 10/2026. "
            f"Chưa gửi: Chi bộ thôn Đoài và Chi bộ thôn Đông. {STILL_COUNTED}"
        )
        sent(cast.dong, "chi-bo-thang", LAST, cast.actor("thinh"))
        before = read(cast)
        assert told(cast) == (
            f"1/2 chi bộ (50\u00a0%) đã gửi báo cáo tháng 10/2026. Chưa gửi: Chi bộ thôn Đoài. {STILL_COUNTED}"
        )
    with time_machine.travel(LATE):
        other = sent(cast.doai, "chi-bo-thang", LAST, cast.actor("hoa"))
        said = "Cả 2 chi bộ đã gửi báo cáo tháng 10/2026. Gửi muộn: Chi bộ thôn Đoài (muộn 3 ngày)."
        assert told(cast) == said
        assert [(one.then, one.now) for one in moved_since(before, read(cast))] == [
            ("1/2 (50\u00a0%)", "2/2 (100\u00a0%)"),
            ("0", "1"),
        ]
        return_report(arrival_of(other), remark="Thiếu.", by=cast.actor("mai"))
        assert told(cast) == f"{said} Đã trả lại, chưa có bản thay thế: Chi bộ thôn Đoài."


def test_where_nothing_of_the_same_days_is_owed_it_says_so(cast: Cast):
    facts = read(cast, date(2026, 10, 1), date(2026, 12, 31))
    assert facts.lines == ()
    assert [block.words for block in Sending().tell(facts, COMMUNE)] == [
        "Kỳ này không nơi trực thuộc nào phải gửi báo cáo riêng."
    ]


def test_kept_it_is_told_word_for_word(cast: Cast, folder):
    with time_machine.travel(LATE):
        sent(cast.doai, "chi-bo-thang", LAST, cast.actor("hoa"))
        facts = read(cast)
        assert list(Sending().tell(Facts.thawed(facts.frozen()), COMMUNE)) == list(Sending().tell(facts, COMMUNE))
