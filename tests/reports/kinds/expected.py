"""What a report must say, by the second count: each sentence and each row with its figures. Of the portal only names are asked."""

from collections.abc import Callable, Iterator
from datetime import date

from portal.indicators.registry import indicator
from tests.indicators.test_recount import BANDS
from tests.recount import meetings, reports, waiting
from tests.reports.kinds.second import Pair, Row, Second, day_of, number, upper

COLUMNS = ("meetings.held", "meetings.week_one", "meetings.thematic", "meetings.attendance", "meetings.good", "members.with_tasks")  # fmt: skip
Told = Callable[[Second], Iterator[str]]


def situation(second: Second, *, brief: bool = False) -> Iterator[str]:
    there, working = reports.strength(second.rows, second.place, second.until)
    before, _ = reports.strength(second.rows, second.place, second.until_before)
    members = f"{number(there)} đảng viên, trong đó {number(working)} đảng viên đang công tác"
    if working == there:
        members = f"{number(there)} đảng viên, đều đang công tác"
    body = second.body(second.place)
    if second.kind == "branch":
        yield f"Đến ngày {day_of(second.until)}, {body} có {members}."
    else:
        branches = number(waiting.branches(second.rows, second.place, second.until))
        committees = f"{number(len(second.committees))} đảng bộ trực thuộc, " if second.committees else ""
        yield f"Đến ngày {day_of(second.until)}, {body} có {committees}{branches} chi bộ với {members}."
    if brief:
        return
    if there == before:
        yield "Số đảng viên bằng cùng kỳ năm trước."
    elif before:
        yield f"So với cùng kỳ năm trước {'tăng' if there > before else 'giảm'} {number(abs(there - before))} đảng viên."
    if second.kind != "branch":
        forms = {
            "one": "chi bộ duy nhất có đủ", "not_one": "chi bộ duy nhất chưa đủ", "every": "cả {whole} chi bộ có đủ",
            "none": "chưa chi bộ nào trong {whole} chi bộ có đủ", "some": "{part}/{whole} chi bộ ({rate}) có đủ",
        }  # fmt: skip
        for said in second.counted(second.share("members.officers_complete"), forms):
            yield f"{upper(said)[:-1]} bí thư, phó bí thư."
    empty = reports.without_members(second.rows, second.place, second.until)
    assert not empty, "nobody of the demo is without members; the sentence is tried elsewhere"


def movement(second: Second) -> Iterator[str]:
    before, after, came, went = reports.movement(second.rows, second.place, second.first, second.until)
    yield f"Đầu kỳ có {number(before)} đảng viên, đến ngày {day_of(second.until)} có {number(after)} đảng viên."
    if not came and not went:
        yield "Trong kỳ không có đảng viên tăng, giảm."
        return
    for which, turned in (("tăng", came), ("giảm", went)):
        count = sum(turned.values())
        if not count:
            yield f"Không có đảng viên {which}."
        elif len(turned) == 1:
            yield f"Trong kỳ {which} {number(count)} đảng viên{', đều' if count > 1 else ''} do {next(iter(turned))}."
        else:
            yield f"Trong kỳ {which} {number(count)} đảng viên:"
            yield from (f"{why} {number(part)}" for why, part in turned.items())


def movement_rows(second: Second) -> Iterator[str]:
    below = {one: reports.placed_below(second.rows, one, second.until) for one in second.children}
    sums = [0, 0, 0, 0]
    for one in second.children:
        before, after, came, went = reports.movement(second.rows, one, second.first, second.until)
        counts = [before, sum(came.values()), sum(went.values()), after]
        sums = [whole + part for whole, part in zip(sums, counts, strict=True)]
        yield Row(" ".join([second.body(one), *map(number, counts)]))
    assert below
    yield " ".join(["Cộng", *map(number, sums)])


def regime(second: Second, *, brief: bool = False) -> Iterator[str]:
    held = second.share("meetings.held")
    if not held[1]:
        return
    compared = None if brief else second.share("meetings.held", before=True)
    said = [
        *second.counted(held, {
            "one": "đã tổ chức sinh hoạt thường kỳ", "not_one": "chưa tổ chức sinh hoạt thường kỳ",
            "every": "tổ chức đủ {part}/{whole} kỳ sinh hoạt thường kỳ (100 %){moved}",
            "none": "chưa tổ chức kỳ nào trong {whole} kỳ sinh hoạt thường kỳ{moved}",
            "some": "tổ chức {part}/{whole} kỳ sinh hoạt thường kỳ ({rate}){moved}, còn {lacking} kỳ chưa tổ chức",
        }, before=compared)
    ]  # fmt: skip
    if not brief:
        said += [
            *second.counted(second.share("meetings.week_one"), {
                "one": "buổi họp đúng hạn", "not_one": "buổi họp không đúng hạn",
                "every": "cả {whole} buổi đã họp đều đúng hạn",
                "none": "không buổi nào trong {whole} buổi đã họp đúng hạn", "some": "{part}/{whole} buổi họp đúng hạn ({rate})",
            }),
            *second.counted(second.share("meetings.thematic"), {
                "one": "đã sinh hoạt chuyên đề của quý", "not_one": "chưa sinh hoạt chuyên đề của quý",
                "every": "sinh hoạt chuyên đề theo quý đủ {part}/{whole} kỳ (100 %){moved}",
                "none": "chưa kỳ nào trong {whole} kỳ sinh hoạt chuyên đề theo quý được tổ chức{moved}",
                "some": "sinh hoạt chuyên đề theo quý đạt {part}/{whole} kỳ ({rate}){moved}",
            }, before=second.share("meetings.thematic", before=True)),
            *second.counted(second.share("meetings.committee"), {
                "one": "chi ủy đã họp", "not_one": "chi ủy chưa họp", "every": "chi ủy họp đủ {part}/{whole} kỳ (100 %)",
                "none": "chưa kỳ họp chi ủy nào trong {whole} kỳ được tổ chức", "some": "chi ủy họp {part}/{whole} kỳ ({rate})",
            }),
        ]  # fmt: skip
    if held[1] == 1:
        yield upper("; ".join(said))
    else:
        yield from map(upper, said)
    turns = "đảng viên" if held[0] == 1 else "lượt đảng viên"
    forms = {
        "one": "đảng viên phải dự sinh hoạt có mặt", "not_one": "đảng viên phải dự sinh hoạt vắng mặt",
        "every": f"cả {{whole}} {turns} phải dự sinh hoạt thường kỳ đều có mặt{{moved}}",
        "none": f"cả {{whole}} {turns} phải dự sinh hoạt thường kỳ đều vắng mặt{{moved}}",
        "some": f"{{part}}/{{whole}} {turns} dự sinh hoạt thường kỳ ({{rate}}){{moved}}",
    }  # fmt: skip
    compared = None if brief else second.share("meetings.attendance", before=True)
    yield from map(upper, second.counted(second.share("meetings.attendance"), forms, before=compared))
    if not brief:
        yield from _lacking(second)


def _lacking(second: Second) -> Iterator[str]:
    missing = reports.lacking(second.rows, second.place, second.first, second.until)
    if missing:
        yield "Còn thiếu kỳ sinh hoạt thường kỳ:"
    for branch, months in sorted(missing.items(), key=lambda one: (-len(one[1]), second.named(one[0])))[:12]:
        if second.kind == "branch":
            yield from (f"tháng {month:%m/%Y}" for month in months)
        else:
            yield f"{second.named(branch)} ({len(months)} kỳ)"
    if len(missing) > 12:
        yield f"và {len(missing) - 12} nơi nữa"
    left = reports.left_open(second.rows, second.place, second.first, second.until)
    for branch, month in sorted(left, key=lambda one: one[1])[:12]:
        yield f"tháng {month:%m/%Y}" if second.kind == "branch" else f"{second.named(branch)} (tháng {month:%m/%Y})"


def quality(second: Second) -> Iterator[str]:
    scored = second.share("meetings.scored")
    if not scored[1]:
        return
    bands = reports.bands(second.rows, second.place, second.first, second.until, BANDS)
    yield from _bands(second, scored, [(name, bands[name]) for name, _ in BANDS if bands[name]])
    said, of = reports.speakers(second.rows, second.place, second.first, second.until)
    mean = f"{round(10 * said / of) / 10:.1f}".replace(".", ",").removesuffix(",0")
    if said:
        yield f"Có {mean} đảng viên phát biểu." if of == 1 else f"Bình quân mỗi buổi có {mean} đảng viên phát biểu."
    if second.kind != "branch":
        yield from map(upper, second.counted(second.share("meetings.steps"), {
            "one": "chi bộ duy nhất làm đủ các bước trong mọi buổi", "not_one": "chi bộ duy nhất không làm đủ các bước trong mọi buổi",
            "every": "cả {whole} chi bộ làm đủ các bước trong mọi buổi",
            "none": "chưa chi bộ nào trong {whole} chi bộ làm đủ các bước trong mọi buổi",
            "some": "{part}/{whole} chi bộ ({rate}) làm đủ các bước trong mọi buổi",
        }))  # fmt: skip
    done = "kết luận giao rõ việc, người làm, thời hạn"
    yield from map(upper, second.counted(second.share("meetings.resolved"), {
        "one": f"buổi họp có {done}", "not_one": f"buổi họp chưa có {done}", "every": f"cả {{whole}} buổi đều có {done}{{moved}}",
        "none": f"chưa buổi nào trong {{whole}} buổi có {done}{{moved}}", "some": f"{{part}}/{{whole}} buổi có {done} ({{rate}}){{moved}}",
    }, before=second.share("meetings.resolved", before=True)))  # fmt: skip
    yield from map(upper, second.counted(second.share("meetings.actions_in_time"), {
        "one": "việc duy nhất giao tại buổi họp đã đến hạn và xong đúng hạn",
        "not_one": "việc duy nhất giao tại buổi họp đã đến hạn chưa xong đúng hạn",
        "every": "cả {whole} việc giao tại các buổi họp đã đến hạn đều xong đúng hạn",
        "none": "chưa việc nào trong {whole} việc giao tại các buổi họp đã đến hạn xong đúng hạn",
        "some": "trong {whole} việc giao tại các buổi họp đã đến hạn, {part} việc xong đúng hạn ({rate})",
    }))  # fmt: skip
    yield from map(upper, second.counted(second.share("meetings.dues"), {
        "one": "đảng phí đã nộp đủ", "not_one": "đảng phí chưa nộp", "every": "đảng phí đã nộp đủ {whole} đồng",
        "none": "đảng phí chưa nộp đồng nào trong {whole} đồng phải nộp", "some": "đảng phí đã nộp {part} trên {whole} đồng phải nộp ({rate})",
    }))  # fmt: skip


def _bands(second: Second, scored: Pair, bands: list[tuple[str, int]]) -> Iterator[str]:
    how = next(second.counted(scored, {
        "one": "buổi sinh hoạt thường kỳ đã được chấm điểm", "not_one": "buổi sinh hoạt thường kỳ chưa được chấm điểm",
        "every": "đã chấm điểm cả {whole} buổi sinh hoạt thường kỳ", "none": "chưa buổi nào trong {whole} buổi đã họp được chấm điểm",
        "some": "đã chấm điểm {part}/{whole} buổi sinh hoạt thường kỳ ({rate})",
    }))  # fmt: skip
    if not scored[0]:
        yield upper(how)
    elif len(bands) == 1:
        yield upper(f"{how}, {'' if scored[0] == 1 else 'đều '}mức {bands[0][0].lower()}")
    else:
        said = [f"{number(count)} buổi mức {name.lower()} ({reports.rate(count, scored[0])})" for name, count in bands]
        yield upper(f"{how}: {', '.join(said)}")


def tasks(second: Second, *, brief: bool = False) -> Iterator[str]:
    due, done, handed, late = reports.tasks(second.rows, second.place, second.first, second.until, second.document)
    if not due:
        yield from () if brief else ("Trong kỳ không có nhiệm vụ nào theo văn bản đến hạn.",)
        return
    yield from map(upper, second.counted((done, due), {
        "one": "nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ đã làm xong",
        "not_one": "nhiệm vụ duy nhất theo văn bản đến hạn trong kỳ chưa làm xong",
        "every": "cả {whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong",
        "none": "chưa lượt nào trong {whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ làm xong",
        "some": "{part}/{whole} lượt nhiệm vụ theo văn bản đến hạn trong kỳ đã làm xong ({rate})",
    }))  # fmt: skip
    if handed:
        yield f"{number(handed)} lượt đã nộp kết quả, chờ nhận."
    if not late:
        yield "Không có nhiệm vụ quá hạn."
        return
    yield f"Còn {number(len(late))} lượt quá hạn"
    if second.kind != "branch":
        yield from sorted({second.named(place) for place in late})[:12]
    if len(set(late)) > 12:
        yield f"và {len(set(late)) - 12} nơi nữa"


def columns(second: Second, place: int) -> list[str]:
    return [reports.rate(*pair) if (pair := second.share(code, place))[1] else "–" for code in COLUMNS]


def ranked(second: Second) -> list[int]:
    def order(place: int) -> tuple[float, float, str]:
        shares = [second.share(code, place) for code in ("meetings.held", "meetings.attendance")]
        held, came = (-part / whole if whole else 1.0 for part, whole in shares)
        return held, came, second.body(place)

    return sorted(second.children, key=order)


def places(second: Second) -> Iterator[str]:
    """What the text says; of its table and of the annex each row, which stand in both."""
    noun = "đảng bộ" if second.committees else "chi bộ"
    complete = reports.complete(second.rows, second.children, second.first, second.until)
    if not complete[1]:
        yield "Chưa có số liệu để so sánh các nơi trực thuộc."
        return
    yield from map(upper, second.counted(complete, {
        "one": f"{noun} duy nhất họp đủ các kỳ", "not_one": f"{noun} duy nhất chưa họp đủ các kỳ",
        "every": f"cả {{whole}} {noun} họp đủ các kỳ", "none": f"chưa {noun} nào trong {{whole}} {noun} họp đủ các kỳ",
        "some": f"{{part}}/{{whole}} {noun} ({{rate}}) họp đủ các kỳ",
    }))  # fmt: skip
    low = [place for place in ranked(second) if is_low(second, place)]
    count = f"{number(len(low))} {noun} có" if low else f"Không {noun} nào có"
    yield f"{count} tỷ lệ dự họp dưới 90 %"
    ranks = ranked(second)
    yield from place_rows(second, ranks if len(ranks) < 10 else ranks[:4] + ranks[-3:])


def is_low(second: Second, place: int) -> bool:
    part, whole = second.share("meetings.attendance", place)
    return bool(whole) and 10 * part < 9 * whole


def place_rows(second: Second, shown: list[int] | None = None) -> Iterator[str]:
    """By their rank; all of them, or some."""
    ranks = ranked(second)
    for place in shown or ranks:
        yield " ".join([str(ranks.index(place) + 1), *_row(second, place)])
    count = sum(waiting.branches(second.rows, place, second.until) for place in ranks)
    pairs = [[second.share(code, place) for place in ranks] for code in COLUMNS]
    sums = [(sum(part for part, _ in one), sum(whole for _, whole in one)) for one in pairs]
    shares = [reports.rate(*pair) if pair[1] else "–" for pair in sums]
    yield " ".join(["Chung", *([number(count)] if second.committees else []), *shares])


def bars(second: Second) -> Iterator[str]:
    """Of the annex's picture: where three places or more have met."""
    shares = {place: second.share("meetings.attendance", place) for place in second.children}
    drawn = {place: pair for place, pair in shares.items() if pair[1]}
    if len(drawn) >= 3:
        yield from (f"{second.body(place)} {reports.rate(*pair)}" for place, pair in drawn.items())


def _row(second: Second, place: int) -> list[str]:
    count = [number(waiting.branches(second.rows, place, second.until))] if second.committees else []
    return [second.body(place), *count, *columns(second, place)]


def branch_rows(second: Second) -> Iterator[str]:
    for commune in second.committees:
        for branch in reports.living(second.rows, commune, second.until):
            yield Row(" ".join([second.name(branch), second.body(commune), *columns(second, branch)]))


LEVELS = """
SELECT DISTINCT target.indicator, target.comparison, target.value FROM directives_target target
JOIN directives_obligation obligation ON obligation.id = target.obligation_id
WHERE target.unit = '%%' AND target.value IS NOT NULL AND target.indicator <> ''
AND (%s::bigint IS NULL OR obligation.document_id = %s)
"""
SAID = {"at least": "từ {} % trở lên", "over": "trên {} %", "exactly": "{} %"}


def judged(second: Second) -> Iterator[tuple[str, str, Pair, Pair, bool, str]]:
    """Of each target: its name, what it asks, the figure, that of a year before, is it met, how many below meet it."""
    for code, comparison, value in second.rows(LEVELS, [second.document, second.document]):
        pair, before = second.share(code), second.share(code, before=True)
        met = bool(pair[1]) and meetings.reached(*pair, comparison, int(value))
        below = [one for place in second.children if (one := second.share(code, place))[1]]
        whole = (sum(part for part, _ in below), sum(of for _, of in below)) == pair
        count = f"{sum(meetings.reached(*one, comparison, int(value)) for one in below)}/{len(below)}"
        goal = SAID[comparison].format(int(value))
        found = indicator(code)
        assert found
        yield found.name, goal, pair, before, met, count if below and whole else "–"


def targets(second: Second, *, brief: bool = False) -> Iterator[str]:
    found = list(judged(second))
    counted = [one for one in found if one[2][1]]
    met = sum(is_met for *_, is_met, _ in counted)
    yield from map(upper, second.counted((met, len(counted)), {
        "one": "chỉ tiêu duy nhất đã đạt", "not_one": "chỉ tiêu duy nhất chưa đạt", "every": "cả {whole} chỉ tiêu đều đạt",
        "none": "chưa chỉ tiêu nào trong {whole} chỉ tiêu đạt yêu cầu",
        "some": "{part}/{whole} chỉ tiêu đạt yêu cầu, {lacking} chỉ tiêu chưa đạt",
    }))  # fmt: skip
    for name, goal, pair, before, is_met, count in found:
        figure = f"{number(pair[0])}/{number(pair[1])} ({reports.rate(*pair)})" if pair[1] else "–"
        verdict = ("Đạt" if is_met else "Chưa đạt") if pair[1] else "–"
        then = [] if brief else [reports.rate(*before) if before[1] else "–"]
        below = [] if brief or second.kind == "branch" else [count]
        yield Row(" ".join([name, goal, *then, figure, verdict, *below]))


def shortcomings(second: Second, *, has: set[str]) -> Iterator[str]:
    """The first text of what lacks: by the figures that this kind has."""
    held = second.share("meetings.held")
    if "regime" in has and held[0] < held[1]:
        yield f"òn {number(held[1] - held[0])} kỳ sinh hoạt thường kỳ chưa tổ chức"
    if "places" in has and (low := [place for place in ranked(second) if is_low(second, place)]):
        assert len(low) <= 12
        yield " và ".join(filter(None, [", ".join(second.body(one) for one in low[:-1]), second.body(low[-1])])) + (
            " có tỷ lệ đảng viên dự sinh hoạt dưới 90 %."
        )
    late = reports.tasks(second.rows, second.place, second.first, second.until, second.document)[3]
    if "tasks" in has and late:
        yield f"Còn {number(len(late))} lượt nhiệm vụ theo văn bản quá hạn."
    missed = [one for one in judged(second) if one[2][1] and not one[4]]
    if "targets" in has and missed:
        yield from (
            f"{name[:1].lower()}{name[1:]} ({reports.rate(*pair)}, yêu cầu {goal})" for name, goal, pair, *_ in missed
        )
    if "brief" in has and missed:
        yield f"òn {len(missed)} chỉ tiêu chưa đạt."


def directions(second: Second, *, has: set[str]) -> Iterator[str]:
    missing = reports.lacking(second.rows, second.place, second.first, second.until)
    if "regime" in has and missing and second.kind != "branch":
        yield f"Chỉ đạo {number(len(missing))} chi bộ tổ chức sinh hoạt thường kỳ đủ kỳ, đúng lịch."
    have, must = second.share("members.with_tasks")
    if "targets" in has and have < must:
        yield f"iao nhiệm vụ cho {number(must - have)} đảng viên chưa được giao."
    late = reports.tasks(second.rows, second.place, second.first, second.until, second.document)[3]
    if "tasks" in has and late:
        yield f"oàn thành {number(len(late))} lượt nhiệm vụ theo văn bản đã quá hạn."


OF_BELOW = {"commune": ("chi-bo", ("branch",), (1, 12)), "province": ("xa", ("commune", "base", "part"), (1, 3, 6, 12))}
NAMES_OF_LENGTHS = {1: "thang", 3: "quy", 6: "nua-nam", 12: "nam"}


def sending(second: Second, *, months: int) -> Iterator[str]:
    """Who below has sent the report of the same days; a month that ends a quarter is told of in that one."""
    code, kinds, lengths = OF_BELOW[second.kind]
    last = second.first.month + months - 1
    if months not in lengths or any(last % longer == 0 for longer in lengths if longer > months):
        yield "Kỳ này không nơi trực thuộc nào phải gửi báo cáo riêng."
        return
    came = reports.sent(second.rows, second.place, second.first, f"{code}-{NAMES_OF_LENGTHS[months]}")
    owed = reports.senders(second.rows, second.place, second.first, second.until, kinds) | set(came)
    noun = "chi bộ" if second.kind == "commune" else "đảng bộ trực thuộc"
    yield from map(str.capitalize, second.counted((len(came), len(owed)), {
        "one": f"{noun} duy nhất đã gửi", "not_one": f"{noun} duy nhất chưa gửi", "every": f"cả {{whole}} {noun} đã gửi",
        "none": f"chưa {noun} nào trong {{whole}} {noun} gửi", "some": f"{{part}}/{{whole}} {noun} ({{rate}}) đã gửi",
    }))  # fmt: skip
    if len(owed - set(came)) > 12:
        yield f"và {len(owed - set(came)) - 12} nơi nữa"
    due = _due(second, months)
    late = [(one, (day - due).days) for one, day in came.items() if day > due]
    yield from (f"{second.name(one)} (muộn {days} ngày)" for one, days in late[:12])


def _due(second: Second, months: int) -> date:
    """Of branches the tenth of the next month, of communes the fifteenth; of a year a day in December."""
    of_branches = second.kind == "commune"
    if months == 12:
        return date(second.first.year, 12, 15 if of_branches else 20)
    after = second.first.month + months - 1
    return date(second.first.year + after // 12, after % 12 + 1, 10 if of_branches else 15)
