"""Due work of everybody at once, by one statement: what is open × who holds what it takes × which stage has been reached."""

from portal.access.roles import ROLES
from portal.duties.holders import holders_on
from portal.duties.questions import COLUMNS, Sql, question, together
from portal.duties.rules import Asked, duties, duties_and_news


def open_items(asked: Asked) -> Sql:
    """All that is open."""
    return together(question(duty, asked) for duty in duties())


def stages_reached(asked: Asked, items: Sql | None = None) -> Sql:
    """Account, rule, subject, stage, due_on, facts, place. `items`: of these alone, where not of everything.

    The stage is the last one whose day has come: who was not told on the day itself, because the server stood still or the
    work came late, is told of that one and of none before.
    """
    items, (rules, roles) = items or open_items(asked), _doers()
    held = holders_on(asked.on).values_list("account_id", "organisation_id", "role")
    holders, values = held.query.sql_with_params()
    text = f"""
        WITH due AS (
            SELECT item.*, reached.stage FROM ({items.text}) AS item ({COLUMNS})
            CROSS JOIN LATERAL (
                SELECT max(stage) AS stage FROM unnest(item.stages) AS stage WHERE item.due_on + stage <= %s
            ) AS reached
            WHERE reached.stage IS NOT NULL
        ),
        doer (rule, role) AS (SELECT * FROM unnest(%s::text[], %s::text[])),
        holder (account, organisation, role) AS ({holders})
        SELECT holder.account, due.rule, due.subject, due.stage, due.due_on, due.facts, due.place
        FROM due JOIN doer USING (rule)
        JOIN holder ON holder.organisation = due.organisation AND holder.role = doer.role
        WHERE due.account IS NULL
        UNION ALL
        SELECT account, rule, subject, stage, due_on, facts, place FROM due WHERE account IS NOT NULL
    """  # noqa: S608  the ORM's statements and our own words
    return Sql(text, (*items.values, asked.on, rules, roles, *values))


def _doers() -> tuple[list[str], list[str]]:
    """Rules and roles in pairs: who does what, as the roles have it."""
    pairs = [
        (duty.code, role.value)
        for duty in duties_and_news()
        for role, text in ROLES.items()
        if duty.doer in text.permissions
    ]
    return [rule for rule, _ in pairs], [role for _, role in pairs]
