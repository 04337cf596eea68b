"""The library among two thousand documents, read by the office of a province. Promised: a search in 30 ms of the database,
a page in 100 of the server."""

import random
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from directives.models import Document, Issuer, Studied, Study, StudySession
from directives.queries.documents import library
from directives.queries.search import Sought
from directives.services.library import load_documents
from members.models import Member
from portal.access.actor import Actor
from portal.accounts.models import Account

OFFICE = "bantochuc"
COMMON = "sinh hoat chi bo dang vien"  # stands in every one of the texts: the hardest


@entry("library.search")
def search() -> Contest:
    """Ranked, through the door, against finding one row by its key."""
    two_thousand()
    actor = Actor.today(Account.objects.get(username=OFFICE))
    some = Document.everything.latest("pk").pk

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT slug FROM directives_document WHERE id = %s", [some])

    return Contest(
        ours=lambda: Sought(COMMON, library(actor)).ranked(),
        floor=floor,
        floor_is="one row by its key",
        goal=200.0,
        calls=3,
    )


@entry("library.page")
def page() -> Contest:
    """A page of results with the place found in each text."""
    two_thousand()
    return page_against_bytes(OFFICE, "/van-ban/?tim=" + COMMON.replace(" ", "+"), goal=40.0, calls=3)


@entry("library.document")
def document() -> Contest:
    """The longest of the texts with its sixty-six obligations beside it."""
    two_thousand()
    longest = Document.everything.get(source="S003")
    return page_against_bytes(OFFICE, f"/van-ban/{longest.pk}/", goal=40.0, calls=3)


@entry("library.coverage")
def coverage() -> Contest:
    """How far a document has been studied in every branch of the province, where each third member was there."""
    two_thousand()
    studied = Document.everything.get(source="S003")
    province, today = Organisation.everything.get(parent=None), timezone.localdate()
    study, _ = Study.everything.get_or_create(
        document=studied, organisation=province, defaults={"due_on": today + timedelta(days=30)}
    )
    branches = Organisation.everything.filter(kind=Kind.BRANCH).values_list("pk", flat=True)
    if not study.sessions.exists():
        sessions = [StudySession(study=study, organisation_id=branch, held_on=today) for branch in branches]
        StudySession.everything.bulk_create(sessions)
        at = {session.organisation_id: session for session in sessions}
        third = Member.everything.exclude(branch=None).order_by("pk").values_list("pk", "branch")[::3]
        Studied.everything.bulk_create([Studied(session=at[branch], member_id=member) for member, branch in third])
    return page_against_bytes(OFFICE, f"/van-ban/{studied.pk}/quan-triet/", goal=60.0, calls=3)


def two_thousand() -> None:
    """Texts of some 25.000 letters from the words of real ones, so that common words stand in all of them."""
    if Issuer.everything.filter(name="Cơ quan thử").exists():
        return
    load_documents()
    rng = random.Random(5)
    words = " ".join(Document.everything.exclude(text="").values_list("text", flat=True)).split()
    issuer = Issuer(name="Cơ quan thử")
    issuer.save()
    texts = [" ".join(rng.choices(words, k=5_000)) for _ in range(100)]
    made = [
        Document(
            slug=f"thu-{n}", type="plan", number=n, symbol=f"{n}-KH/TH", issuer=issuer, issued_on=date(2020, 1, 1 + n % 28),
            subject=" ".join(rng.choices(words, k=20))[:300], text=texts[n % 100],
        )
        for n in range(2_000)
    ]  # fmt: skip
    Document.everything.bulk_create(made, batch_size=200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directives_document")
