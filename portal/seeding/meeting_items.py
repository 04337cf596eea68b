"""What stands in the logs: steps, opinions, votes, conclusions and who does what, dues, proposals; and what comes before them."""

ITEM = "id, meeting_id, version, stamp, gone, saved_by_id, saved_at"
SAVED = "1, 1, false, NULL::bigint, meeting.day::timestamp + interval '20 hours'"
# logs that are written out; in bulk only those of the last months
FULL = "meeting.day >= %(full_since)s AND meeting.started_at IS NOT NULL"
CAME = "attendance.standing = 'expected' AND attendance.mark IN ('present', 'online', 'late')"
AGENDA = f"""
INSERT INTO meetings_agendaitem ({ITEM}, position, words, step, presenter, done, notes, began_at, ended_at, closed_data)
SELECT pg_temp.named(meeting.id || ' step ' || step.place), meeting.id, {SAVED}, step.place, step.words, step.code, '',
    meeting.ended_at IS NOT NULL AND NOT (pg_temp.chance(meeting.id || ' thorough') < 0.09 AND pg_temp.chance(meeting.id || step.code) < 0.25),
    CASE WHEN meeting.ended_at IS NOT NULL AND step.code LIKE 'thong-tin%%' THEN 'Phổ biến nghị quyết, thông báo mới của cấp trên; tình hình thôn trong tháng ổn định.' ELSE '' END,
    NULL, NULL, false
FROM meetings_meeting meeting, unnest(%(steps)s::text[], %(codes)s::text[]) WITH ORDINALITY AS step (words, code, place)
WHERE meeting.kind = 'regular' AND (meeting.day >= %(full_since)s)
"""  # noqa: S608  our own words
OPINIONS = f"""
INSERT INTO meetings_opinion ({ITEM}, agenda_item_id, member_id, words, minority, sent_before)
SELECT pg_temp.named(attendance.id || ' says'), meeting.id, {SAVED}, agenda.id, attendance.member_id,
    CASE WHEN said.minority THEN 'Chưa đồng ý mức đóng góp làm đường; đề nghị tính lại theo hộ khó khăn.' ELSE
    (ARRAY['Đề nghị sửa đoạn mương bị sạt trước vụ tới.', 'Nhất trí với báo cáo; đề nghị giao rõ người phụ trách từng việc.',
           'Bà con còn vứt rác ra bờ suối, cần nhắc ở họp thôn.', 'Đề nghị tổ chức lại buổi tập huấn dùng điện thoại cho đảng viên cao tuổi.',
           'Nên vận động thêm hai hộ hiến đất mở rộng đường.', 'Đề nghị quan tâm giúp thanh niên mới đi nghĩa vụ về tìm việc làm.'])[1 + floor(said.drawn * 6)::int] END,
    said.minority, false
FROM meetings_meeting meeting JOIN meetings_attendance attendance ON attendance.meeting_id = meeting.id
CROSS JOIN LATERAL (SELECT pg_temp.chance(attendance.id || ' says what') AS drawn, pg_temp.chance(attendance.id || ' minority') < 0.03 AS minority) AS said
LEFT JOIN LATERAL (SELECT id FROM meetings_agendaitem item WHERE item.meeting_id = meeting.id AND item.step LIKE 'thao-luan%%' ORDER BY position LIMIT 1) AS agenda ON true
WHERE {FULL} AND meeting.kind IN ('regular', 'thematic') AND {CAME}
  AND pg_temp.chance(attendance.id || ' speaks') < CASE WHEN attendance.office <> '' THEN 0.7 ELSE 0.22 END
"""  # noqa: S608  our own words
VOTES = f"""
INSERT INTO meetings_vote ({ITEM}, agenda_item_id, question, secret, majority, voters, in_favour, against, abstained)
SELECT pg_temp.named(meeting.id || ' vote'), meeting.id, {SAVED}, agenda.id, 'Kết luận buổi sinh hoạt', false, 'half',
    counted.voters, counted.came - counted.other, 0, counted.other
FROM meetings_meeting meeting
JOIN LATERAL (
    SELECT count(*) AS voters, count(*) FILTER (WHERE {CAME}) AS came,
           LEAST(1, count(*) FILTER (WHERE {CAME})) * (pg_temp.chance(meeting.id || ' otherwise') < 0.12)::int AS other
    FROM meetings_attendance attendance WHERE attendance.meeting_id = meeting.id AND attendance.votes
) AS counted ON counted.voters > 0
LEFT JOIN LATERAL (SELECT id FROM meetings_agendaitem item WHERE item.meeting_id = meeting.id
    AND (item.step LIKE 'bieu-quyet%%' OR item.step LIKE 'chu-tri-ket-luan%%') ORDER BY position LIMIT 1) AS agenda ON true
WHERE {FULL} AND meeting.kind IN ('regular', 'thematic') AND meeting.ended_at IS NOT NULL
"""  # noqa: S608  our own words
RESOLUTIONS = f"""
INSERT INTO meetings_resolution ({ITEM}, kind, state, number_id, subject, contents, measures, vote_id)
SELECT pg_temp.named(meeting.id || ' resolution'), meeting.id, {SAVED}, 'conclusion', 'adopted', NULL,
    'Kết luận sinh hoạt tháng ' || to_char(meeting.day, 'MM/YYYY'),
    'Chi bộ thống nhất kết quả tháng qua; tháng tới tập trung thu hoạch, giữ vệ sinh đường thôn, vận động các hộ đóng góp đúng hẹn.',
    'Phân công đảng viên phụ trách hộ nhắc từng nhà; bí thư kiểm tra giữa tháng.', vote.id
FROM meetings_meeting meeting JOIN meetings_vote vote ON vote.meeting_id = meeting.id
WHERE meeting.kind = 'regular' AND pg_temp.chance(meeting.id || ' concludes') >= 0.02
"""  # noqa: S608  our own words
# One or two a conclusion; here and there nobody, or no day, was named.
ACTIONS = f"""
INSERT INTO meetings_actionitem ({ITEM}, organisation_id, resolution_id, words, assignee_id, assignee_words, due_on, task_id, stand, stand_note, stood_on)
SELECT pg_temp.named(meeting.id || ' action ' || nth), meeting.id, {SAVED}, meeting.organisation_id, resolution.id,
    (ARRAY['Vận động các hộ đầu thôn phát quang, khơi thông cống rãnh', 'Rà soát hộ khó khăn để đề nghị giúp đỡ', 'Lập danh sách thanh niên để bồi dưỡng, giới thiệu vào Đảng',
           'Nhắc các hộ nộp tiền nước sinh hoạt', 'Hướng dẫn đảng viên cao tuổi cài sổ tay điện tử', 'Cùng trưởng thôn kiểm tra đoạn mương bị sạt'])[1 + floor(drawn.what * 6)::int],
    CASE WHEN drawn.who < 0.94 THEN who.member_id END, CASE WHEN drawn.who BETWEEN 0.94 AND 0.97 THEN 'Chi ủy' ELSE '' END,
    CASE WHEN drawn.dated < 0.97 THEN due.day END, NULL,
    CASE WHEN due.day > %(today)s THEN CASE WHEN drawn.fate < 0.3 THEN 'done' ELSE 'open' END
         WHEN drawn.fate < 0.86 OR due.day < %(today)s::date - 120 THEN 'done' WHEN drawn.fate < 0.92 THEN 'partly' ELSE 'open' END,
    '', LEAST(due.day, %(today)s::date - 1)
FROM meetings_meeting meeting JOIN meetings_resolution resolution ON resolution.meeting_id = meeting.id
CROSS JOIN generate_series(1, 2) AS nth
CROSS JOIN LATERAL (SELECT pg_temp.chance(meeting.id || ' what ' || nth) AS what, pg_temp.chance(meeting.id || ' who ' || nth) AS who,
    pg_temp.chance(meeting.id || ' dated ' || nth) AS dated, pg_temp.chance(meeting.id || ' fate ' || nth) AS fate) AS drawn
CROSS JOIN LATERAL (SELECT meeting.day + 18 + floor(drawn.what * 14)::int AS day) AS due
CROSS JOIN LATERAL (SELECT member_id FROM meetings_attendance attendance WHERE attendance.meeting_id = meeting.id AND {CAME}
    ORDER BY pg_temp.chance(attendance.id || ' does ' || nth), attendance.id LIMIT 1) AS who
WHERE nth = 1 OR drawn.what < 0.6
"""  # noqa: S608  our own words
REVIEWS = f"""
INSERT INTO meetings_itemreview ({ITEM}, action_id, stand, because)
SELECT pg_temp.named(meeting.id || ' review ' || action.id), meeting.id, {SAVED}, action.id,
    CASE WHEN action.stand = 'open' THEN 'not done' ELSE action.stand END, CASE WHEN action.stand IN ('open', 'partly') THEN 'Mưa kéo dài, chưa làm xong' ELSE '' END
FROM meetings_meeting meeting
JOIN meetings_meeting before ON before.organisation_id = meeting.organisation_id AND before.kind = 'regular'
 AND before.period = (meeting.period - interval '1 month')::date
JOIN meetings_actionitem action ON action.meeting_id = before.id
WHERE {FULL} AND meeting.kind = 'regular' AND meeting.ended_at IS NOT NULL AND action.due_on <= meeting.day + 30
"""  # noqa: S608  our own words
REMARKS = f"""
INSERT INTO meetings_remark ({ITEM}, member_id, praise, words)
SELECT pg_temp.named(attendance.id || ' remark'), meeting.id, {SAVED}, attendance.member_id, drawn.praise,
    CASE WHEN drawn.praise THEN 'Gương mẫu đi đầu làm đường hoa, dọn vệ sinh' ELSE 'Hai lần đến muộn, chưa làm xong việc được giao' END
FROM meetings_meeting meeting JOIN meetings_attendance attendance ON attendance.meeting_id = meeting.id
CROSS JOIN LATERAL (SELECT pg_temp.chance(attendance.id || ' praise') < 0.8 AS praise) AS drawn
WHERE {FULL} AND meeting.kind = 'regular' AND attendance.standing = 'expected' AND pg_temp.chance(attendance.id || ' remark') < 0.018
"""  # noqa: S608  our own words
PROPOSALS = f"""
INSERT INTO meetings_proposal ({ITEM}, to_id, member_id, words, state, answer, answered_on, answered_by_id)
SELECT pg_temp.named(meeting.id || ' proposal'), meeting.id, {SAVED}, branch.parent_id, NULL,
    (ARRAY['Đề nghị Đảng ủy sớm cho sửa đoạn đường vào thôn bị sạt lở.', 'Đề nghị mở lớp hướng dẫn ghi sổ trên cổng cho các chi ủy.', 'Đề nghị hỗ trợ loa truyền thanh cho nhà văn hóa.'])[1 + floor(drawn.what * 3)::int],
    CASE WHEN drawn.answered THEN CASE WHEN drawn.what < 0.5 THEN 'accepted' ELSE 'answered' END ELSE 'raised' END,
    CASE WHEN drawn.answered THEN 'Đảng ủy đã giao Ủy ban nhân dân xem xét trong kế hoạch quý tới.' ELSE '' END,
    CASE WHEN drawn.answered THEN meeting.day + 21 END, NULL
FROM meetings_meeting meeting JOIN branches_organisation branch ON branch.id = meeting.organisation_id
CROSS JOIN LATERAL (SELECT pg_temp.chance(meeting.id || ' asks what') AS what,
    meeting.day + 21 < %(today)s AND pg_temp.chance(meeting.id || ' answered') < 0.8 AS answered) AS drawn
WHERE {FULL} AND meeting.kind = 'regular' AND branch.parent_id IS NOT NULL AND pg_temp.chance(meeting.id || ' asks') < 0.12
"""  # noqa: S608  our own words
# Whoever stands on the roll of the regular meeting pays there; a few are months behind.
DUES = """
INSERT INTO meetings_dues (id, organisation_id, member_id, month, owed, paid, paid_on, meeting_id, collected_by_id, excused, version, stamp, saved_by_id, saved_at)
SELECT pg_temp.named(attendance.member_id || ' dues ' || meeting.period), meeting.organisation_id, attendance.member_id, meeting.period, drawn.owed,
    CASE WHEN drawn.paid THEN drawn.owed ELSE 0 END, CASE WHEN drawn.paid THEN meeting.day END, meeting.id, meeting.clerk_id, false,
    1, 1, NULL, meeting.day::timestamp + interval '20 hours'
FROM meetings_meeting meeting JOIN meetings_attendance attendance ON attendance.meeting_id = meeting.id
CROSS JOIN LATERAL (SELECT (5 + floor(pg_temp.chance(attendance.member_id || ' owes') * 60)::int) * 1000 AS owed,
    meeting.ended_at IS NOT NULL AND pg_temp.chance(attendance.member_id || ' dues ' || meeting.period) < 0.985
    AND NOT (pg_temp.chance(attendance.member_id || ' behind') < 0.01 AND meeting.period > %(today)s::date - 150) AS paid) AS drawn
WHERE meeting.kind = 'regular' AND meeting.day >= %(full_since)s AND meeting.started_at IS NOT NULL
ON CONFLICT DO NOTHING
"""
ORIENTATIONS = """
WITH made AS (
    INSERT INTO meetings_orientation (organisation_id, month, contents, calendar, published_at, version)
    SELECT commune.id, month, 'Tháng ' || to_char(month, 'MM/YYYY') || ': các chi bộ tập trung quán triệt văn bản mới, rà soát hộ khó khăn, giữ vệ sinh môi trường, chuẩn bị nội dung sinh hoạt tháng sau.',
        'Ngày 15: giao ban bí thư chi bộ. Ngày 25: Đảng ủy họp thường kỳ.', (month - 5)::timestamp + interval '8 hours', 1
    FROM branches_organisation commune, unnest(%(months)s::date[]) AS month WHERE commune.kind = 'commune' ORDER BY commune.id, month
    RETURNING id
)
INSERT INTO meetings_orientationline (orientation_id, position, words, document_id, task_id)
SELECT made.id, line.place, line.words, NULL, NULL
FROM made, unnest(ARRAY['Thông tin tình hình thời sự, văn bản mới của cấp trên', 'Rà soát, giúp đỡ hộ khó khăn; giữ vệ sinh đường thôn, ngõ xóm',
    'Bồi dưỡng quần chúng ưu tú, phát triển đảng viên']) WITH ORDINALITY AS line (words, place)
ORDER BY made.id, line.place
"""
PLANS = """
WITH made AS (
    INSERT INTO meetings_thematicplan (organisation_id, year, state, remark, sent_on, decided_on, decided_by_id, version)
    SELECT branch.id, year, drawn.state, CASE WHEN drawn.state = 'returned' THEN 'Chuyên đề quý III trùng nội dung năm trước, đề nghị chọn lại' ELSE '' END,
        CASE WHEN drawn.state <> 'draft' THEN make_date(year, 1, 9) END, CASE WHEN drawn.state IN ('approved', 'returned') THEN make_date(year, 1, 20) END, NULL, 1
    FROM branches_organisation branch CROSS JOIN unnest(%(years)s::int[]) AS year
    CROSS JOIN LATERAL (SELECT CASE WHEN year < EXTRACT(YEAR FROM %(today)s::date) OR branch.code = %(demo)s THEN 'approved'
        WHEN pg_temp.chance(branch.code || year || ' plan') < 0.82 THEN 'approved' WHEN pg_temp.chance(branch.code || year || ' plan') < 0.92 THEN 'sent' ELSE 'returned' END AS state) AS drawn
    WHERE branch.kind = 'branch' AND make_date(year, 1, 9) <= %(today)s ORDER BY branch.id, year
    RETURNING id, organisation_id, year
)
INSERT INTO meetings_topic (plan_id, quarter, words, task_id, meeting_id)
SELECT made.id, quarter, (ARRAY['Xây dựng nông thôn mới kiểu mẫu', 'Giữ gìn vệ sinh môi trường ở khu dân cư', 'Nêu gương của cán bộ, đảng viên',
    'Chuyển đổi số trong sinh hoạt chi bộ', 'Phát triển đảng viên là người trẻ'])[1 + floor(pg_temp.chance(branch.code || make_date(made.year, quarter * 3 - 2, 1) || ' about') * 5)::int], NULL, NULL
FROM made JOIN branches_organisation branch ON branch.id = made.organisation_id CROSS JOIN generate_series(1, 4) AS quarter
ORDER BY made.id, quarter
"""
TOPICS_HELD = """
UPDATE meetings_topic AS topic SET meeting_id = held.id
FROM meetings_thematicplan plan, meetings_meeting held
WHERE plan.id = topic.plan_id AND held.organisation_id = plan.organisation_id AND held.kind = 'thematic'
  AND held.period = make_date(plan.year, topic.quarter * 3 - 2, 1)
"""
# The committee member in charge sat in the last one of the branch that everybody knows.
VISITED = f"""
INSERT INTO meetings_guest ({ITEM}, name, post, of_committee, member_id)
SELECT pg_temp.named(meeting.id || ' guest'), meeting.id, {SAVED}, 'Nông Thị Hạnh', 'Đảng ủy viên phụ trách chi bộ', true, NULL
FROM meetings_meeting meeting WHERE meeting.id = %(held)s
"""  # noqa: S608  our own words
STATEMENTS = [
    AGENDA, "ANALYZE meetings_agendaitem", OPINIONS, VOTES, "ANALYZE meetings_vote", RESOLUTIONS, "ANALYZE meetings_resolution", ACTIONS,
    "ANALYZE meetings_actionitem", REVIEWS, REMARKS, PROPOSALS, DUES, ORIENTATIONS, PLANS, VISITED,
]  # fmt: skip
