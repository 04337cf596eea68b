"""Due work of everybody at once, by one statement: what is open × who holds what it takes × which stage has been reached."""

from typing import Any

from portal.access.roles import ROLES
from portal.duties.holders import holders_on
from portal.duties.reading import all_rows, rows_of
from portal.duties.rules import Asked, duties

COLUMNS = "rule, subject, organisation, place, account, since, due_on, stages, facts"


def open_items(asked: Asked) -> tuple[str, list[Any]]:
    """A statement of all that is open."""
    rows = all_rows(rows_of(duty, asked) for duty in duties())
    if rows is None:
        nothing = "NULL::text, NULL::text, NULL::bigint, NULL::text, NULL::bigint, NULL::date, NULL::date, NULL::int[], NULL::jsonb"
        return f"SELECT {nothing} WHERE false", []
    sql, values = rows.query.sql_with_params()
    return sql, list(values)


def stages_reached(asked: Asked) -> tuple[str, list[Any]]:
    """A statement: rule, subject, place, due_on, facts, account, stage.

    The stage is the last one whose day has come: who was not asked on the day itself, because the server stood still or the
    work came late, is told of that one and of none before.
    """
    items, item_values = open_items(asked)
    doers = [(duty.code, role.value) for duty in duties() if duty.doer for role, text in ROLES.items() if duty.doer in text.permissions]
    holders, holder_values = holders_on(asked.on).values_list("account_id", "organisation_id", "role").query.sql_with_params()
    sql = f"""
        WITH item ({COLUMNS}) AS ({items}),
             due AS (
                 SELECT item.*, reached.stage FROM item
                 CROSS JOIN LATERAL (
                     SELECT max(stage) AS stage FROM unnest(item.stages) AS stage WHERE item.due_on + stage <= %s
                 ) AS reached
                 WHERE reached.stage IS NOT NULL
             ),
             doer (rule, role) AS (SELECT * FROM unnest(%s::text[], %s::text[])),
             holder (account, organisation, role) AS ({holders})
        SELECT due.rule, due.subject, due.place, due.due_on, due.facts, holder.account, due.stage
        FROM due JOIN doer USING (rule)
        JOIN holder ON holder.organisation = due.organisation AND holder.role = doer.role
        WHERE due.account IS NULL
        UNION ALL
        SELECT rule, subject, place, due_on, facts, account, stage FROM due WHERE account IS NOT NULL
    """  # noqa: S608  the ORM's statements and our own words
    rules, roles = [list(column) for column in zip(*doers, strict=True)] or ([], []) if doers else ([], [])
    return sql, [*item_values, asked.on, rules, roles, *holder_values]
