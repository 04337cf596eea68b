from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.help.models import Term
from portal.help.services.writing import save_over
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.text import sort_key


@action("thêm thuật ngữ")
def add_term(*, word: str, meaning: str, by: Actor) -> Term:
    by.need(Permission.WRITE_HELP)
    _must_be_new(word)
    term = Term(word=word, meaning=meaning, changed_by=by.account)
    term.save()
    return term


@action("sửa thuật ngữ")
def change_term(term: Term, *, word: str, meaning: str, version: int, by: Actor) -> Term:
    """`version` is the one the writer had before them: somebody else's later words are not overwritten."""
    by.need(Permission.WRITE_HELP)
    _must_be_new(word, but=term)
    term.word, term.meaning = word, meaning
    return save_over(term, version=version, by=by)


@action("bỏ thuật ngữ")
def remove_term(term: Term, *, by: Actor) -> None:
    by.need(Permission.WRITE_HELP)
    term.delete()


def _must_be_new(word: str, *, but: Term | None = None) -> None:
    """The database refuses a word that stands twice; this says so before, in a sentence."""
    same = Term.objects.everywhere(reason="one glossary for all").filter(sort_key=sort_key(word))
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise DomainError(f"Đã có thuật ngữ “{word}” trong bảng.", field="word")
