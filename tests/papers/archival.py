"""What PDF/A-3a asks of a file, as far as it can be looked up in it. No validator is at hand: so “gắn thẻ”, not “certified”."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

PART = re.compile(rb"pdfaid:part[^0-9]{0,12}3\b")
CONFORMANCE = re.compile(rb"pdfaid:conformance[^A-Za-z]{0,12}A\b")


def faults_of(content: bytes) -> list[str]:
    with Pdf.open(BytesIO(content)) as pdf:
        return [*_said(pdf), *_fonts(pdf), *_structure(pdf), *_forbidden(pdf), *_attachments(pdf)]


def _said(pdf: Pdf) -> Iterator[str]:
    xmp = bytes(pdf.Root.Metadata.read_bytes()) if Name.Metadata in pdf.Root else b""
    if not (PART.search(xmp) and CONFORMANCE.search(xmp)):
        yield "XMP does not say PDF/A-3a"
    if b"dc:title" not in xmp:
        yield "XMP has no title"
    intents = list(pdf.Root.get(Name.OutputIntents, []))
    if not intents or Name.DestOutputProfile not in intents[0]:
        yield "no output intent with its profile"
    if str(pdf.Root.get(Name.Lang, "")) != "vi":
        yield "the language is not said"
    if Name.ID not in pdf.trailer:
        yield "no file identifier"
    if not pdf.Root.get(Name.ViewerPreferences, Dictionary()).get(Name.DisplayDocTitle):
        yield "the title is not shown"


def _fonts(pdf: Pdf) -> Iterator[str]:
    for thing in pdf.objects:
        if not isinstance(thing, Dictionary) or thing.get(Name.Type) != Name.Font:
            continue
        if thing.get(Name.Subtype) == Name.Type0 and Name.ToUnicode not in thing:
            yield f"font {thing.BaseFont} cannot be read out"
        described = thing.get(Name.FontDescriptor)
        if described is not None and not {Name.FontFile, Name.FontFile2, Name.FontFile3} & set(described.keys()):
            yield f"font {thing.BaseFont} is not embedded"


def _structure(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get(Name.MarkInfo, Dictionary()).get(Name.Marked) or Name.StructTreeRoot not in root:
        yield "not tagged"
        return
    numbers = list(root.StructTreeRoot.ParentTree.Nums)
    keys = [int(one) for one in numbers[::2]]
    if keys != sorted(set(keys)):
        yield "the table of numbers is not in order, or has one twice"
    of_pages = [int(page.get(Name.StructParents, -1)) for page in pdf.pages]
    links = [link for page in pdf.pages for link in page.get(Name.Annots, [])]
    of_links = [int(link.get(Name.StructParent, -1)) for link in links]
    if len(set(of_pages + of_links)) != len(of_pages + of_links) or set(of_pages + of_links) != set(keys):
        yield "pages and links do not agree with the table of numbers"
    yield from _elements(pdf)


def _elements(pdf: Pdf) -> Iterator[str]:
    pages = {page.objgen for page in pdf.pages}
    names: set[str] = set()
    wanted: set[str] = set()
    stack: list[tuple[Any, Any]] = [(one, pdf.Root.StructTreeRoot) for one in pdf.Root.StructTreeRoot.K]
    while stack:
        element, above = stack.pop()
        if element.P.objgen != above.objgen:
            yield f"{element.S} does not know what it is part of"
        if Name.Pg in element and element.Pg.objgen not in pages:
            yield f"{element.S} stands on no page of the file"
        if Name.Figure == element.S and not str(element.get(Name.Alt, "")):
            yield "a picture without words"
        facts = element.get(Name.A, Dictionary())
        if element.S == Name.TH:
            if facts.get(Name.Scope) not in (Name.Column, Name.Row, Name.Both):
                yield "a head of a table that leads nowhere"
            if str(element.get(Name.ID, "")) in names:
                yield f"two heads of the name {element.ID}"
            names.add(str(element.get(Name.ID, "")))
        wanted |= {str(one) for one in facts.get(Name.Headers, [])}
        kids = element.K if isinstance(element.get(Name.K), Array) else []
        stack += [
            (kid, element) for kid in kids if isinstance(kid, Dictionary) and kid.get(Name.Type) == Name.StructElem
        ]
    if wanted - names:
        yield "cells whose heads are not there"


def _forbidden(pdf: Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "encrypted"
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get(Name.S) in (Name.JavaScript, Name.Launch, Name.URI):
            yield f"does something: {thing.S}"


def _attachments(pdf: Pdf) -> Iterator[str]:
    named = list(pdf.attachments)
    there = {str(one.UF) for one in pdf.Root.get(Name.AF, [])}
    if there != set(named):
        yield "attachments that the file does not own"
    for one in pdf.Root.get(Name.AF, []):
        if Name.AFRelationship not in one or not str(one.get(Name.Desc, "")) or Name.Subtype not in one.EF.F:
            yield f"attachment {one.UF} does not say what it is"


def bookmarks_of(content: bytes) -> list[tuple[int, str, int]]:
    """Depth, words, page from 1."""
    found: list[tuple[int, str, int]] = []
    with Pdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        pages = {page.objgen: place for place, page in enumerate(pdf.pages, 1)}

        def walk(items: Any, depth: int) -> None:
            for item in items:
                place = item.destination
                found.append((depth, item.title, pages[place[0].objgen]))
                walk(item.children, depth + 1)

        walk(outline.root, 0)
    return found


def links_of(content: bytes) -> list[tuple[int, int]]:
    """From which page to which, of links that lead to a named place."""
    with Pdf.open(BytesIO(content)) as pdf:
        pages = {page.objgen: place for place, page in enumerate(pdf.pages, 1)}
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(key): pages[value[0].objgen] for key, value in zip(names[::2], names[1::2], strict=True)}
        return [
            (number, places[str(link.Dest)])
            for number, page in enumerate(pdf.pages, 1)
            for link in page.get(Name.Annots, [])
            if isinstance(link.get(Name.Dest), String)
        ]
