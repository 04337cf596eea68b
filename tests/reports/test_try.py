import time
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Organisation
from branches.papers import form_of
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.reports.asked import Asked
from portal.reports.facts import Facts
from portal.reports.kinds import kinds_of
from portal.reports.models import Report
from portal.reports.papers import Told, about, paper_of
from portal.reports.printing import printed
from tests import databases
from tests.browser.conftest import demo_template
from tests.papers.archival import faults_of


def test_try(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        mine = databases.clone(demo_template(), "try_rep")
        with databases.using(mine):
            actor = Actor.today(Account.objects.get(username="vanphong"))
            today = timezone.localdate()
            for pk in (1, 2, 3):
                place = Organisation.everything.select_related("parent").get(pk=pk)
                for kind in kinds_of(place):
                    period = kind.period(
                        today
                        if "nam" in kind.code or kind.length == "nam"
                        else today.replace(day=1) - __import__("datetime").timedelta(days=1)
                    )

                    last = period.ends
                    doc = None
                    if kind.about_document:
                        from directives.models import Document

                        doc = Document.everything.get(source="S003")
                    asked = Asked(place, period.first, last, today, doc)
                    with CaptureQueriesContext(connection) as q:
                        s = time.time()
                        facts = kind.read(asked)
                        t = time.time() - s
                    facts2 = Facts.thawed(__import__("json").loads(__import__("json").dumps(facts.frozen())))
                    assert facts2 == facts
                    report = Report(kind=kind.code, organisation=place, first=period.first, last=last, document=doc)
                    words = {part.code: part.first(facts, about(report, kind)) for part in kind.parts}
                    told = Told(report, kind, facts2, words)
                    s = time.time()
                    pdf = printed(
                        paper_of(told, on=today),
                        kind.annexes_of(facts),
                        form_of(place, today, actor),
                        facts=facts.frozen(),
                    )
                    print(
                        pk,
                        kind.code,
                        len(q),
                        "queries",
                        round(t, 2),
                        "s read",
                        round(time.time() - s, 2),
                        "s draw",
                        faults_of(pdf),
                    )
                    Path("/tmp/h/out").mkdir(exist_ok=True)
                    Path(f"/tmp/h/out/{pk}-{kind.code}.pdf").write_bytes(pdf)
        databases.drop(mine)
