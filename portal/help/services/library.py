from portal.help.library import ARTICLES, TERMS
from portal.help.models import Article, Term
from portal.history.actions import action

REASON = "the first help pages and words, before anybody signed in"


@action("nạp bài trợ giúp ban đầu")
def load_library_if_empty() -> None:
    """What the portal brings along. Later it belongs to the administrators: nothing of theirs is overwritten."""
    if not Article.objects.everywhere(reason=REASON).exists():
        Article.objects.bulk_create(
            Article(slug=slug, title=title, summary=summary, body=body.strip(), position=10 * number)
            for number, (slug, title, summary, body) in enumerate(ARTICLES, start=1)
        )
    if not Term.objects.everywhere(reason=REASON).exists():
        Term.objects.bulk_create(Term(word=word, meaning=meaning) for word, meaning in TERMS)
