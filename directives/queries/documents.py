"""Reads over documents: the library narrowed by the address, what hangs on one document, its chain."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count

from directives.models import Bookmark, Document, Issuer, Obligation, ObligationKind, Relation, RelationKind
from directives.models.document import DocumentQuerySet
from directives.models.obligation import ObligationQuerySet
from portal.access.actor import Actor
from portal.access.permissions import Permission

MOST_STEPS = 8  # down a chain; five levels of the Party, and papers between them
_CHAIN = """
    WITH RECURSIVE up AS (
        SELECT %(start)s::bigint AS id, 0 AS step
        UNION SELECT r.other_id, up.step - 1 FROM up JOIN directives_relation r
            ON r.document_id = up.id AND r.kind = 'implements' WHERE up.step > -%(most)s
    ), down AS (
        SELECT %(start)s::bigint AS id, 0 AS step
        UNION SELECT r.document_id, down.step + 1 FROM down JOIN directives_relation r
            ON r.other_id = down.id AND r.kind = 'implements' WHERE down.step < %(most)s
    )
    SELECT id, max(step) FROM (SELECT id, -max(-step) AS step FROM up GROUP BY id UNION ALL SELECT id, step FROM down) s GROUP BY id
"""


def library(actor: Actor) -> DocumentQuerySet:
    return Document.objects.allowed(actor, Permission.READ_LIBRARY).standing()


def narrowed(rows: DocumentQuerySet, asked: Mapping[str, Any], actor: Actor) -> DocumentQuerySet:
    """By the filters of the address; an empty one says nothing."""
    if asked.get("loai"):
        rows = rows.filter(type=asked["loai"])
    if asked.get("noi"):
        rows = rows.filter(issuer=asked["noi"])
    if asked.get("nam"):
        rows = rows.filter(issued_on__year=asked["nam"])
    if asked.get("hieu_luc"):
        rows = rows.on(asked["hieu_luc"])
    if asked.get("danh_dau"):
        rows = rows.filter(bookmarks__in=Bookmark.objects.allowed(actor, Permission.READ_LIBRARY))
    return rows


def issuers_of(rows: DocumentQuerySet) -> Any:
    known = Issuer.objects.everywhere(reason="only those of documents that the reader sees")
    return known.filter(pk__in=rows.order_by().values("issuer")).in_order()


@dataclass(frozen=True)
class Around:
    """What stands around a document, as far as the reader sees it."""

    replaces: list[Document]
    replaced_by: list[Document]
    rests_on: list[Document]
    cites: list[Document]
    cited_by: list[Document]


def around(document: Document, actor: Actor) -> Around:
    """One query for the relations, one for the documents."""
    relations = Relation.objects.everywhere(reason="the documents are asked for through the door below")
    out = list(relations.filter(document=document).values_list("kind", "other_id"))
    into = list(relations.filter(other=document).values_list("kind", "document_id"))
    rows = library(actor).filter(pk__in={pk for _, pk in [*out, *into]}).without_texts()
    seen = {one.pk: one for one in rows.newest_first()}

    def those(pairs: list[tuple[str, int]], *kinds: str) -> list[Document]:
        wanted = {pk for kind, pk in pairs if kind in kinds}
        return [one for pk, one in seen.items() if pk in wanted]

    return Around(
        replaces=those(out, RelationKind.REPLACES),
        replaced_by=those(into, RelationKind.REPLACES),
        rests_on=those(out, RelationKind.RESTS_ON),
        cites=those(out, RelationKind.CITES),
        cited_by=those(into, RelationKind.CITES, RelationKind.RESTS_ON),
    )


@dataclass(frozen=True)
class Chain:
    """From the document that nobody is above, down to those that nobody carries out further."""

    levels: list[list[Document]]
    links: list[tuple[int, int]] = field(default_factory=list)  # from whom, to who carries it out

    @property
    def is_one(self) -> bool:
        return bool(self.levels)


def chain_of(document: Document, actor: Actor) -> Chain:
    """Three queries, however long and wide it is."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, {"start": document.pk, "most": MOST_STEPS})
        steps: dict[int, int] = dict(cursor.fetchall())
    if len(steps) < 2:
        return Chain([])
    seen = list(library(actor).filter(pk__in=steps).without_texts().select_related("issuer").newest_first())
    levels = [[one for one in seen if steps[one.pk] == step] for step in sorted(set(steps.values()))]
    keys = {one.pk for one in seen}
    links = Relation.objects.everywhere(reason="both ends were asked for through the door").filter(
        kind=RelationKind.IMPLEMENTS, document__in=keys, other__in=keys
    )
    return Chain([level for level in levels if level], list(links.values_list("other_id", "document_id")))


def obligations(actor: Actor) -> ObligationQuerySet:
    rows = Obligation.objects.allowed(actor, Permission.READ_LIBRARY)
    return rows.select_related("task", "target")


def counted_by_kind(rows: ObligationQuerySet) -> list[tuple[ObligationKind, int]]:
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    return [(kind, counts[kind]) for kind in ObligationKind if counts.get(kind)]
