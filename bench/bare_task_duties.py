"""The rules of due work with what documents gave to do, with reviews and inspections, by hand in bare SQL."""

from datetime import date
from typing import Any

from branches.rules.definitions import reminders
from branches.rules.reading import Rulebook

BARE = """
SELECT 'nhan-viec-duoc-giao', r.id::text, r.organisation_id, r.sent_on + %(receive)s
FROM directives_receipt r WHERE r.received_on IS NULL AND r.sent_on <= %(on)s
UNION ALL
SELECT 'viec-theo-van-ban', a.id::text, a.organisation_id, a.due_on FROM directives_taskassignment a
WHERE a.state = 'doing' AND a.opens_on <= %(on)s AND a.due_on - %(task_ahead)s <= %(on)s
UNION ALL
SELECT 'nhan-ket-qua', a.id::text, o.organisation_id, a.handed_in_on + %(judge)s FROM directives_taskassignment a
JOIN directives_orderedtask t ON t.id = a.ordered_id JOIN directives_order o ON o.id = t.order_id
WHERE a.state = 'handed in' AND a.handed_in_on <= %(on)s
UNION ALL
SELECT 'tra-loi-gia-han', e.id::text, o.organisation_id, e.asked_on + %(answer_time)s FROM directives_extension e
JOIN directives_taskassignment a ON a.id = e.assignment_id JOIN directives_orderedtask t ON t.id = a.ordered_id
JOIN directives_order o ON o.id = t.order_id
WHERE e.granted IS NULL AND a.state IN ('doing', 'handed in') AND e.asked_on <= %(on)s
"""


def facts_on(today: date, book: Rulebook) -> dict[str, Any]:
    """Values of the whole country: in the bench nobody has set others for tasks."""
    rules = {
        "receive": reminders.RECEIVE_TASKS, "task_ahead": reminders.TASK_AHEAD, "judge": reminders.JUDGE_RESULT,
        "answer_time": reminders.ANSWER_TIME,
    }  # fmt: skip
    return {"on": today} | {name: book.source_of(rule, None, on=today).value for name, rule in rules.items()}
