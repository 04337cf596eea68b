"""Due work at the size of a province: the scan of the morning, the first page of an officer of the province, and the longest
list of who has not done something."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from bench import bare_duties, bare_meeting_duties, bare_report_duties, bare_task_duties
from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from directives.models import Document, Study, StudySession
from directives.services.library import load_documents
from members.duties.corrections import KEEPERS
from portal.duties.counting import count_what_is_open
from portal.duties.rules import Asked, duties
from portal.duties.scanning import open_items
from portal.notifications.models import Notice
from portal.notifications.services.reminding import tell_everybody

OFFICER = "bantochuc"


@entry("duties.scan")
def scan() -> Contest:
    """Everybody is told of everything: rules, holders, stages, the notices written. The floor only finds what is open: the
    same things, rule by rule."""
    a_study()
    today = timezone.localdate()
    facts = bare_duties.facts_on(today, KEEPERS) | bare_meeting_duties.facts_on(today, Rulebook())
    facts |= bare_task_duties.facts_on(today, Rulebook())
    statements: list[tuple[str, Any]] = [
        (one.BARE, facts) for one in (bare_duties, bare_meeting_duties, bare_task_duties)
    ]
    if (reports := bare_report_duties.owing_on(today))[0]:
        statements.append(reports)

    def bare() -> list[tuple]:
        found: list[tuple] = []
        with connection.cursor() as cursor:
            for statement, values in statements:
                cursor.execute(statement, values)
                found += cursor.fetchall()
        return found

    def forget() -> None:
        Notice.everything.all().delete()

    ours, by_hand = {row[:3] for row in open_items(Asked(today)).rows()}, {row[:3] for row in bare()}
    assert ours == by_hand, _apart(ours, by_hand)
    counts = Counter(rule for rule, *_ in by_hand)
    print("  ".join(f"{duty.code} {counts[duty.code]}" for duty in duties()))
    return Contest(
        ours=lambda: tell_everybody(today), floor=bare, after=forget, goal=5.0,
        floor_is="the rules as bare SQL by hand, rows fetched; nobody is told",
    )  # fmt: skip


@entry("duties.home")
def home_of_the_province() -> Contest:
    """Việc của tôi with what every branch of the province has not done, as the beat counts it: under 100 ms."""
    a_study()
    count_what_is_open(Asked(timezone.localdate()))
    return page_against_bytes(OFFICER, "/", goal=40.0, calls=5)


@entry("duties.undone")
def who_has_not_done_it() -> Contest:
    """Đơn vị chưa làm of the rule with the most organisations."""
    a_study()
    rows = open_items(Asked(timezone.localdate())).rows()
    (most, _), *_ = Counter(rule for rule, _ in {(rule, place) for rule, _, place, *_ in rows}).most_common()
    return page_against_bytes(OFFICER, f"/don-vi-chua-lam/{most}/", goal=40.0, calls=5)


def _apart(ours: set[tuple], by_hand: set[tuple]) -> str:
    """By rule, and a few of them."""
    only_ours, only_by_hand = ours - by_hand, by_hand - ours
    counted = [Counter(rule for rule, *_ in rows) for rows in (only_ours, only_by_hand)]
    return f"ours alone: {counted[0]} {list(only_ours)[:5]}\nby hand alone: {counted[1]} {list(only_by_hand)[:5]}"


def a_study() -> None:
    """Asked of every branch of the province within ten days; each third has held it."""
    load_documents()
    province, today = Organisation.everything.get(parent=None), timezone.localdate()
    document = Document.everything.filter(source="S001").get()
    study, is_new = Study.everything.get_or_create(
        document=document, organisation=province, defaults={"due_on": today + timedelta(days=10)}
    )
    if is_new:
        branches = Organisation.everything.filter(kind=Kind.BRANCH).order_by("pk").values_list("pk", flat=True)[::3]
        StudySession.everything.bulk_create(
            StudySession(study=study, organisation_id=branch, held_on=today) for branch in branches
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE directives_study, directives_studysession")
