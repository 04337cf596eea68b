"""Full-text search without diacritics: which documents, in which order."""

from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, Q, Value, When, Window

from directives.models import Document
from directives.models.document import DocumentQuerySet
from directives.reading.excerpts import Excerpt, excerpt_of
from portal.words.text import search_key

MOST_WORDS = 12
MOST_SHOWN = 100
MOST_WEIGHED = 40  # the nearest by name: their texts are weighed too, which costs most
WEIGHTS = [0.1, 0.2, 0.4, 1.0]  # of D (text) … A (name and subject)


@dataclass
class Sought:
    """What was typed, and what it found: documents with all the words, or else with some."""

    typed: str
    rows: DocumentQuerySet
    tokens: list[str] = field(init=False)
    is_loose: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.tokens = [token[:40] for token in search_key(self.typed).split()][:MOST_WORDS]

    @property
    def says_something(self) -> bool:
        return bool(self.tokens)

    def ranked(self) -> tuple[int, list[int]]:
        """How many there are, and the keys of the nearest, the best first: two queries, three where words are missing."""
        query = self._query(" & ")
        count, keys = self._near(query)
        if not count and len(self.tokens) > 1:
            self.is_loose, query = True, self._query(" | ")
            count, keys = self._near(query)
        return count, self._weighed(query, keys)

    def _near(self, query: SearchQuery) -> tuple[int, list[int]]:
        """By name and subject alone, which is cheap; counted in the same pass."""
        rank = SearchRank(F("title_words"), self._query(" | "), weights=WEIGHTS)
        rows = self._in_order(self.rows.filter(words=query).annotate(rank=rank, count=Window(Count("pk"))))
        found = list(rows.values_list("pk", "count")[:MOST_SHOWN])
        return found[0][1] if found else 0, [key for key, _ in found]

    def _weighed(self, query: SearchQuery, keys: list[int]) -> list[int]:
        first, others = keys[:MOST_WEIGHED], keys[MOST_WEIGHED:]
        rank = SearchRank(F("words"), query, weights=WEIGHTS, cover_density=not self.is_loose)
        ranked = self._in_order(self.rows.filter(pk__in=first).annotate(rank=rank))
        return [*ranked.values_list("pk", flat=True), *others]

    def _in_order(self, rows: DocumentQuerySet) -> DocumentQuerySet:
        order = ["-rank", F("issued_on").desc(nulls_last=True), "pk"]
        named = self._named()
        if named is None:
            return rows.order_by(*order)
        is_named = Case(When(named, then=Value(1)), default=Value(0))
        return rows.annotate(is_named=is_named).order_by("-is_named", *order)

    def _query(self, between: str) -> SearchQuery:
        """The last word may be unfinished: people look while they type."""
        *whole, last = self.tokens
        return SearchQuery(between.join([*whole, f"{last}:*"]), search_type="raw", config="simple")

    def _named(self) -> Q | None:
        """Its very number was typed: “chi thi 35”, “35-ct/hu”."""
        words = [word for word in self.tokens if word != "so"]
        place = next((n for n, word in enumerate(words) if word.isdecimal()), None)
        if place is None:
            return None
        named = " ".join([*words[:place], "so", *words[place:]])
        if place:
            return Q(title_key__startswith=named)
        return Q(title_key__contains=f" {named} ", number=int(words[0][:9]))

    def place_in(self, document: Document) -> Excerpt | None:
        return excerpt_of(document.text, document.text_key, self.tokens) if document.text else None
