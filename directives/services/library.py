"""Loads the library that the portal brings along. What an office has changed since stays as the office wrote it."""

from datetime import timedelta
from typing import Any

from directives.library import Entry, entries
from directives.models import Document, Issuer, Obligation, ObligationKind, Relation, RelationKind, Target, Task
from directives.reading.places import Place
from directives.reading.plain import plain
from directives.reading.symbols import number_in
from directives.timing import Timing
from portal.history.actions import action
from portal.words.text import sort_key

REASON = "the library that the portal brings along, before anybody signed in"
_RELATIONS = {
    "implements": RelationKind.IMPLEMENTS, "replaces": RelationKind.REPLACES, "rests_on": RelationKind.RESTS_ON,
}  # fmt: skip


@action("nạp kho văn bản ban đầu")
def load_documents() -> dict[str, int]:
    """Makes what is missing and mends what differs from the files; says how much that was: nothing, the second time."""
    library, done = entries(), {"added": 0, "mended": 0}
    issuers = _issuers({entry.facts["issuer"] for entry in library})
    there = {
        one.slug: one for one in Document.objects.everywhere(reason=REASON).filter(slug__in=[e.slug for e in library])
    }
    for entry in library:
        document = _put(there.get(entry.slug), entry.slug, _columns(entry, issuers), done)
        there[entry.slug] = document
    _relate(library, there, done)
    _oblige(library, there, done)
    return done


def _issuers(names: set[str]) -> dict[str, Issuer]:
    outside = Issuer.objects.everywhere(reason=REASON).filter(organisation=None)
    known = {issuer.sort_key: issuer for issuer in outside}
    for name in sorted(names):
        if sort_key(name) not in known:
            known[sort_key(name)] = Issuer(name=name)
            known[sort_key(name)].save()
    return {name: known[sort_key(name)] for name in names}


def _columns(entry: Entry, issuers: dict[str, Issuer]) -> dict[str, Any]:
    facts = entry.facts
    symbol = facts.get("symbol", "")
    return {
        "type": facts["type"],
        "symbol": symbol,
        "number": number_in(symbol),
        "issuer_id": issuers[facts["issuer"]].pk,
        "issued_on": facts.get("issued_on"),
        "since": facts.get("since", facts.get("issued_on")),
        "subject": facts.get("subject", ""),
        "short_name": facts.get("short_name", ""),
        "note": facts.get("note", ""),
        "recipients": "\n".join(facts.get("recipients", [])),
        "text": entry.text,
        "is_stub": not entry.text,
        "source": facts.get("source", ""),
    }


def _put(there: Document | None, slug: str, columns: dict[str, Any], done: dict[str, int]) -> Document:
    if there is None:
        there = Document(slug=slug, **columns)
        there.save(force_insert=True)
        done["added"] += 1
    elif there.version == 1 and there.merged_into_id is None and _differs(there, columns):
        there.save()
        done["mended"] += 1
    return there


def _differs(row: Any, columns: dict[str, Any]) -> bool:
    """Sets what differs, and says whether anything did."""
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def _relate(library: list[Entry], there: dict[str, Document], done: dict[str, int]) -> None:
    wanted: set[tuple[int, str, int]] = set()
    for entry in library:
        own = there[entry.slug].pk
        for name, kind in _RELATIONS.items():
            wanted |= {(own, kind.value, there[slug].pk) for slug in entry.facts.get(name, [])}
        wanted |= {(there[slug].pk, "replaces", own) for slug in entry.facts.get("replaced_by", [])}
        wanted |= {(there[slug].pk, "cites", own) for slug in entry.facts.get("cited_by", [])}
    rows = Relation.objects.everywhere(reason=REASON).filter(document__in=there.values())
    known = set(rows.values_list("document_id", "kind", "other_id"))
    merged = {one.pk for one in there.values() if one.merged_into_id}
    for document, kind, other in sorted(wanted - known):
        if not merged & {document, other}:  # a merged stub has handed its relations on
            Relation(document_id=document, kind=kind, other_id=other).save()
            done["added"] += 1
    _end_what_was_replaced([one for one in there.values() if one.version == 1], done)


def _end_what_was_replaced(documents: list[Document], done: dict[str, int]) -> None:
    """A document is in force until the day before the one that replaces it."""
    rows = Relation.objects.everywhere(reason=REASON).filter(kind=RelationKind.REPLACES, other__in=documents)
    begins = dict(
        rows.exclude(document__since=None).order_by("-document__since").values_list("other_id", "document__since")
    )
    for document in documents:
        if document.pk in begins and _differs(document, {"until": begins[document.pk] - timedelta(days=1)}):
            document.save()
            done["mended"] += 1


def _oblige(library: list[Entry], there: dict[str, Document], done: dict[str, int]) -> None:
    rows = Obligation.objects.everywhere(reason=REASON).select_related("task", "target")
    known = {row.code: row for row in rows.filter(document__in=there.values())}
    for entry in library:
        if there[entry.slug].version > 1:
            continue  # an office has it in hand
        for row in entry.obligations:
            columns = obligation_columns(row, entry.place_of(row))
            _put_obligation(known.get(row["id"]), there[entry.slug], row, columns, done)


def obligation_columns(row: dict[str, Any], place: Place) -> dict[str, Any]:
    timing = Timing(**row.get("timing", {}))
    return {
        "clause": row["clause"],
        "words": " ".join(plain(row["quote"]).split()),
        "start": place.start,
        "end": place.end,
        "who_words": row.get("who", ""),
        "bearers": row.get("bearers", []),
        "when_words": row.get("when", ""),
        "kept_by": row.get("kept_by", []),
        **timing.columns,
    }


def _put_obligation(
    there: Obligation | None, document: Document, row: dict[str, Any], columns: dict[str, Any], done: dict[str, int]
) -> None:
    if there is None:
        there = Obligation(document=document, code=row["id"], kind=row["kind"], **columns)
        there.save(force_insert=True)
        done["added"] += 1
    elif _differs(there, columns):
        there.save()
        done["mended"] += 1
    if row["kind"] == ObligationKind.TASK:
        said = {"product": row.get("product", ""), "proof": row.get("proof", ""), "by_study": row.get("study", False)}
        _put_detail(Task, there, "task", said, done)
    if row["kind"] == ObligationKind.TARGET:
        _put_detail(Target, there, "target", _target(row), done)


def _target(row: dict[str, Any]) -> dict[str, Any]:
    said = row.get("target", {})
    field = Target._meta.get_field("value")
    value, most = (field.to_python(said[name]) if name in said else None for name in ("value", "most"))
    return {
        "comparison": said.get("comparison", ""), "value": value, "most": most, "unit": said.get("unit", ""),
        "of_what": said.get("of", ""), "value_words": said.get("words", ""), "indicator": said.get("indicator", ""),
    }  # fmt: skip


def _put_detail(model: Any, obligation: Obligation, name: str, columns: dict[str, Any], done: dict[str, int]) -> None:
    there = getattr(obligation, name, None)
    if there is None:
        model(obligation=obligation, **columns).save(force_insert=True)
        done["added"] += 1
    elif _differs(there, columns):
        there.save()
        done["mended"] += 1
