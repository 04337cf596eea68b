from django.utils.text import slugify

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.help.models import Article
from portal.help.services.writing import save_over
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.text import search_key


@action("viết bài trợ giúp")
def add_article(*, title: str, summary: str, body: str, position: int, by: Actor) -> Article:
    """Its address is made of its title and stays when the title changes, so that links keep working."""
    by.need(Permission.WRITE_HELP)
    slug = slugify(search_key(title))[:80]
    if not slug or Article.objects.everywhere(reason="addresses are unique").filter(slug=slug).exists():
        raise DomainError("Đã có bài mang tên này. Hãy chọn tên khác.", field="title")
    article = Article(slug=slug, title=title, summary=summary, body=body, position=position, changed_by=by.account)
    article.save()
    return article


@action("sửa bài trợ giúp")
def change_article(
    article: Article, *, title: str, summary: str, body: str, position: int, version: int, by: Actor
) -> Article:
    by.need(Permission.WRITE_HELP)
    article.title, article.summary, article.body, article.position = title, summary, body, position
    return save_over(article, version=version, by=by)
