"""The meetings themselves and who was there. See meetings.py for what is told to the statements."""

TET_MOVED = """
INSERT INTO meetings_slotdecision (organisation_id, kind, period, change, until, because, by_id, at)
SELECT place.id, 'regular', tet, 'moved', tet + 24, 'Nghỉ Tết Nguyên đán', NULL, tet - interval '12 days'
FROM unnest(%(tet)s::date[]) AS tet, branches_organisation place
WHERE place.kind = 'commune' AND (place.joined_on IS NULL OR place.joined_on <= tet)
"""
STORM = """
INSERT INTO meetings_slotdecision (organisation_id, kind, period, change, until, because, by_id, at)
SELECT place.id, 'regular', %(storm)s, 'excused', NULL, 'Bão, đường vào bản bị chia cắt cả tháng', NULL, %(storm)s::date + interval '4 days'
FROM branches_organisation place WHERE place.kind = 'branch' AND place.code LIKE '%%-05'
  AND (place.joined_on IS NULL OR place.joined_on <= %(storm)s)
"""
# How a branch keeps its meetings: most well, some so-so, one in eight badly.
BRANCHES = """
branch AS (
    SELECT id, code, parent_id, branch_type, joined_on, pg_temp.chance(code || ' keeps') AS keeps,
           (ARRAY['14:00', '19:30', '08:00', '15:00'])[1 + floor(pg_temp.chance(code || ' begins') * 4)::int]::time AS begins,
           CASE WHEN branch_type IN ('village', 'neighbourhood') THEN 'Nhà văn hóa ' || lower(left(replace(name, 'Chi bộ ', ''), 1))
                     || substr(replace(name, 'Chi bộ ', ''), 2) ELSE 'Phòng họp cơ quan' END AS place
    FROM branches_organisation WHERE kind = 'branch' AND dissolved_on IS NULL
)"""
COLUMNS = """
INSERT INTO meetings_meeting (id, organisation_id, kind, period, also_thematic, title, day, begins, place, form, form_ground,
    form_leave, chair_id, clerk_id, planned_day, told_at, started_at, ended_at, nothing_raised, minutes_read, called_off_at,
    called_off_because, closed_at, closed_by_id, entered_later, version, stamp)"""
OFFICERS = """
LEFT JOIN LATERAL (
    SELECT office.member_id FROM members_office office WHERE office.organisation_id = held.branch
      AND office.post = 'secretary' AND daterange(office.since, office.until, '[]') @> held.day LIMIT 1
) AS chair ON true
LEFT JOIN LATERAL (
    SELECT office.member_id FROM members_office office WHERE office.organisation_id = held.branch
      AND office.post = 'committee' AND daterange(office.since, office.until, '[]') @> held.day LIMIT 1
) AS clerk ON true"""
REST = """, chair.member_id, clerk.member_id, NULL::date,
    (held.day - 3)::timestamp + interval '9 hours', held.began, held.began + held.minutes * interval '1 minute',
    false, held.keeps < 0.9, NULL::timestamptz, '', NULL::timestamptz, NULL::bigint, false, 1, 1"""
REGULAR = f"""
{COLUMNS}
WITH {BRANCHES},
drawn AS (
    SELECT branch.*, month, month = ANY (%(tet)s) AS tet, pg_temp.chance(code || month || ' fate') AS fate,
           pg_temp.chance(code || month || ' day') AS on_day, pg_temp.chance(code || month || ' long') AS long,
           pg_temp.chance(code || month || ' form') AS drawn_form,
           CASE WHEN keeps < 0.6 THEN 0.003 WHEN keeps < 0.88 THEN 0.02 ELSE 0.1 END AS missing,
           CASE WHEN keeps < 0.6 THEN 0.015 WHEN keeps < 0.88 THEN 0.07 ELSE 0.22 END AS late
    FROM branch, unnest(%(months)s::date[]) AS month
    WHERE (joined_on IS NULL OR joined_on <= month) AND NOT (code LIKE '%%-05' AND month = %(storm)s)
),
judged AS (
    SELECT *, CASE WHEN code <> %(demo)s AND fate < missing OR code = %(demo)s AND month = %(missing)s THEN 'missing'
                   WHEN code <> %(demo)s AND fate < missing + late OR code = %(demo)s AND month = %(late)s THEN 'late' ELSE '' END AS state
    FROM drawn WHERE NOT (code = %(demo)s AND (month = %(open_month)s OR month > %(last)s
                          OR month = %(planned_period)s AND %(planned_kind)s = 'regular'))
),
held AS (
    SELECT id AS branch, code, month, keeps, parent_id, place, begins AS began,
           month + CASE WHEN tet THEN 10 + floor(on_day * 11)::int WHEN state = 'late' THEN 8 + floor(on_day * 13)::int
                        ELSE 1 + floor(on_day * 5)::int END AS day,
           CASE WHEN long < 0.04 + keeps * 0.08 THEN 50 + floor(long * 300)::int ELSE 92 + floor(long * 35)::int END AS minutes,
           CASE WHEN code = %(demo)s AND month = %(online)s THEN 'online'
                WHEN code = %(demo)s THEN 'in person'
                WHEN drawn_form < 0.02 THEN 'online' WHEN drawn_form < 0.03 THEN 'mixed' ELSE 'in person' END AS form,
           code <> %(demo)s AND pg_temp.chance(code || ' combines') < 0.2 AND EXTRACT(MONTH FROM month) IN (2, 5, 8, 11) AS also
    FROM judged WHERE state <> 'missing'
)
SELECT CASE WHEN code = %(demo)s AND month = %(held_month)s THEN %(held)s ELSE pg_temp.named(code || ' regular ' || month) END,
    branch, 'regular', month, also, CASE WHEN also THEN 'Sinh hoạt thường kỳ kết hợp chuyên đề' ELSE '' END,
    day, began, place, form, CASE WHEN form = 'in person' THEN '' ELSE 'Quá nửa đảng viên công tác xa, không tập trung được' END,
    CASE WHEN form = 'in person' THEN '' ELSE 'Đảng ủy đồng ý' END{REST.replace("held.minutes", "(held.minutes + CASE WHEN also THEN 32 ELSE 0 END)")}
FROM held {OFFICERS} WHERE day < %(today)s
"""  # noqa: S608  our own words
THEMATIC = f"""
{COLUMNS}
WITH {BRANCHES},
held AS (
    SELECT id AS branch, code, keeps, place, begins AS began, quarter,
           (quarter + floor(pg_temp.chance(code || quarter || ' month') * 3) * interval '1 month')::date
             + 12 + floor(pg_temp.chance(code || quarter || ' day') * 14)::int AS day,
           62 + floor(pg_temp.chance(code || quarter || ' long') * 50)::int AS minutes
    FROM branch, unnest(%(quarters)s::date[]) AS quarter
    WHERE (joined_on IS NULL OR joined_on <= quarter)
      AND (code = %(demo)s OR pg_temp.chance(code || ' combines') >= 0.2)
      AND pg_temp.chance(code || quarter || ' fate') >= CASE WHEN keeps < 0.88 THEN 0.01 ELSE 0.15 END
      AND NOT (code = %(demo)s AND quarter = %(planned_period)s AND %(planned_kind)s = 'thematic')
)
SELECT pg_temp.named(code || ' thematic ' || quarter), branch, 'thematic', quarter, false,
    (ARRAY['Xây dựng nông thôn mới kiểu mẫu', 'Giữ gìn vệ sinh môi trường ở khu dân cư', 'Nêu gương của cán bộ, đảng viên',
           'Chuyển đổi số trong sinh hoạt chi bộ', 'Phát triển đảng viên là người trẻ'])[1 + floor(pg_temp.chance(code || quarter || ' about') * 5)::int],
    day, began, place, 'in person', '', ''{REST}
FROM held {OFFICERS} WHERE day < %(today)s
"""  # noqa: S608  our own words
COMMITTEE = f"""
{COLUMNS}
WITH {BRANCHES},
held AS (
    SELECT id AS branch, code, keeps, place, '16:00'::time AS began, month,
           month + 23 + floor(pg_temp.chance(code || month || ' committee day') * 5)::int AS day,
           45 + floor(pg_temp.chance(code || month || ' committee long') * 30)::int AS minutes
    FROM branch, unnest(%(months)s::date[]) AS month
    WHERE (joined_on IS NULL OR joined_on <= month)
      AND pg_temp.chance(code || month || ' committee') >= CASE WHEN keeps < 0.88 THEN 0.02 ELSE 0.2 END
)
SELECT pg_temp.named(code || ' committee ' || month), branch, 'committee', month, false, 'Chuẩn bị nội dung sinh hoạt chi bộ tháng sau',
    day, began, place, 'in person', '', ''{REST}
FROM held {OFFICERS} WHERE day < %(today)s AND clerk.member_id IS NOT NULL
"""  # noqa: S608  our own words
KNOWN = f"""
{COLUMNS}
WITH {BRANCHES},
held AS (
    SELECT id AS branch, code, keeps, place, '14:00'::time AS began, 96 AS minutes, known.*
    FROM branch, (VALUES (%(open)s::uuid, 'regular', %(open_month)s::date, %(open_on)s::date, '', true),
                         (%(planned)s::uuid, %(planned_kind)s, %(planned_period)s::date, %(planned_on)s::date,
                          CASE WHEN %(planned_kind)s = 'thematic' THEN 'Chuyển đổi số trong sinh hoạt chi bộ' ELSE '' END, false))
         AS known (meeting, kind, period, day, title, was_held)
    WHERE code = %(demo)s
)
SELECT meeting, branch, kind, period, false, title, day, began, place, 'in person', '', '', chair.member_id, person.id, NULL::date,
    CASE WHEN was_held THEN (day - 3)::timestamp + interval '9 hours' END, CASE WHEN was_held THEN began END, NULL::time,
    false, false, NULL::timestamptz, '', NULL::timestamptz, NULL::bigint, false, 1, 1
FROM held {OFFICERS}
LEFT JOIN members_member person ON person.account_id = (SELECT id FROM accounts_account WHERE username = 'thuky')
"""  # noqa: S608  our own words
TITLES = """CASE office.post WHEN 'secretary' THEN 'Bí thư' WHEN 'deputy' THEN 'Phó bí thư' WHEN 'committee' THEN 'Chi ủy viên' ELSE '' END"""
ROLL = f"""
INSERT INTO meetings_attendance (id, meeting_id, member_id, standing, votes, mark, reason, name, office, unit, version, stamp,
    saved_by_id, saved_at)
WITH relief AS (SELECT member_id, since, until FROM members_statespell WHERE state IN ('exempt', 'deferred')),
away AS (SELECT member_id, since, until FROM members_membership WHERE kind = 'temporary' AND attends),
place AS (
    SELECT meeting.id, meeting.organisation_id, meeting.day, meeting.form, meeting.kind, meeting.started_at IS NULL AS ahead,
           meeting.id = %(open)s AS half_done, pg_temp.chance(branch.code || ' keeps') AS keeps,
           CASE WHEN pg_temp.chance(meeting.id || ' poor') < 0.05 OR branch.code = %(demo)s AND meeting.period = %(poor)s THEN 0.2 ELSE 0 END AS poor
    FROM meetings_meeting meeting JOIN branches_organisation branch ON branch.id = meeting.organisation_id
),
line AS (
    SELECT place.*, membership.member_id, person.full_name, spell.state = 'full' AS is_full,
        relieved.member_id IS NOT NULL AS exempt, {TITLES} AS title
    FROM place
    JOIN members_membership membership ON membership.organisation_id = place.organisation_id
     AND daterange(membership.since, membership.until, '[]') @> place.day
    JOIN members_statespell spell ON spell.member_id = membership.member_id AND spell.state IN ('full', 'probationary')
     AND daterange(spell.since, spell.until, '[]') @> place.day
    JOIN members_member person ON person.id = membership.member_id
    LEFT JOIN relief relieved ON relieved.member_id = membership.member_id AND daterange(relieved.since, relieved.until, '[]') @> place.day
    LEFT JOIN away ON away.member_id = membership.member_id AND daterange(away.since, away.until, '[]') @> place.day
    LEFT JOIN members_office office ON office.member_id = membership.member_id AND office.organisation_id = place.organisation_id
     AND daterange(office.since, office.until, '[]') @> place.day
    WHERE place.kind <> 'committee'
      AND (relieved.member_id IS NOT NULL OR membership.kind = 'temporary' AND membership.attends OR membership.kind = 'main' AND away.member_id IS NULL)
    UNION ALL
    SELECT place.*, office.member_id, person.full_name, true, false, {TITLES}
    FROM place JOIN members_office office ON office.organisation_id = place.organisation_id
     AND daterange(office.since, office.until, '[]') @> place.day JOIN members_member person ON person.id = office.member_id
    WHERE place.kind = 'committee'
),
drawn AS (
    SELECT *, pg_temp.named(line.id || ' ' || member_id) AS number, pg_temp.chance(line.id || ' ' || member_id) AS fate,
           poor + CASE WHEN keeps < 0.6 THEN 0.03 WHEN keeps < 0.88 THEN 0.07 ELSE 0.14 END AS away_share FROM line
),
marked AS (
    SELECT *, CASE WHEN ahead THEN '' WHEN exempt THEN CASE WHEN fate < 0.1 THEN 'present' ELSE '' END
                   WHEN half_done AND fate > 0.5 THEN '' WHEN title = 'Bí thư' THEN 'present'
                   WHEN fate < away_share * 0.2 THEN 'absent' WHEN fate < away_share THEN 'excused'
                   WHEN fate < away_share + 0.02 THEN 'late'
                   WHEN form = 'online' OR form = 'mixed' AND fate > 0.7 THEN 'online' ELSE 'present' END AS mark
    FROM drawn
)
SELECT number, id, member_id, CASE WHEN exempt THEN 'exempt' ELSE 'expected' END, is_full AND NOT exempt, mark,
    CASE WHEN mark = 'excused' THEN (ARRAY['Ốm', 'Đi làm xa', 'Việc gia đình', 'Đi công tác'])[1 + floor(fate * 1000)::int %% 4] ELSE '' END,
    full_name, title, '', 1, 1, NULL, day::timestamp + interval '20 hours'
FROM marked ON CONFLICT DO NOTHING
"""  # noqa: S608  our own words
CLOSE = """
UPDATE meetings_meeting AS meeting SET closed_at = (meeting.day + 1)::timestamp + interval '9 hours', closed_by_id = leads.account_id
FROM (SELECT organisation_id, min(account_id) AS account_id FROM branches_grant WHERE role = 'secretary' GROUP BY organisation_id) AS leads
WHERE leads.organisation_id = meeting.organisation_id AND meeting.ended_at IS NOT NULL
"""
# All of it happens in one transaction, whose rows the planner knows nothing of until it is told.
LOOKED_AT = "ANALYZE branches_organisation, members_member, members_membership, members_statespell, members_office, branches_grant"
STATEMENTS = [
    TET_MOVED,
    STORM,
    LOOKED_AT,
    REGULAR,
    THEMATIC,
    COMMITTEE,
    KNOWN,
    "ANALYZE meetings_meeting",
    "SET LOCAL enable_nestloop = off",  # the planner takes a day for rarer than it is, and would look up four million one by one
    ROLL,
    "SET LOCAL enable_nestloop = on",
    "ANALYZE meetings_attendance",
]
