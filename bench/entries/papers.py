"""The minutes of a meeting, from its rows to the PDF, against one plain call of WeasyPrint on the same page."""

import weasyprint
from django.db.models import Count, Q

from bench.frame import Contest, entry
from branches.papers import form_of
from meetings.models import Meeting
from meetings.papers.minutes import minutes_of
from meetings.queries.log_reading import Reading
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.papers.pdf import css_of, html_of, pdf_of


@entry("paper.minutes")
def minutes() -> Contest:
    """Of the fullest closed log that the secretary of the demo reads: queries, words, page, fonts, all of it."""
    account = Account.objects.get(username="bithu")
    found = _fullest(Actor.today(account))

    def ours() -> bytes:
        actor = Actor.today(account)
        meeting = Meeting.everything.select_related("organisation", "chair", "clerk").get(pk=found.pk)
        paper = minutes_of(Reading(meeting, actor))
        return pdf_of(paper, form_of(meeting.organisation, meeting.day, actor))

    actor = Actor.today(account)
    page = html_of(minutes_of(Reading(found, actor)))
    with open("static/css/papers/paper.css") as file:
        sheet = file.read() + css_of(form_of(found.organisation, found.day, actor))

    def plainly() -> bytes:
        return weasyprint.HTML(string=page).write_pdf(stylesheets=[weasyprint.CSS(string=sheet)]) or b""

    assert len(ours()) == len(plainly())
    return Contest(ours=ours, floor=plainly, floor_is="weasyprint on the same page", goal=1.3)


def _fullest(actor: Actor) -> Meeting:
    rows = Meeting.everything.filter(organisation=actor.held[0].organisation_id, closed_at__isnull=False)
    counted = rows.annotate(much=Count("opinions", filter=Q(opinions__gone=False)))
    return counted.select_related("organisation", "chair", "clerk").order_by("-much", "-day").first()
