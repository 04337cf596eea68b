"""Papers to be kept for good, bound into one file, with what stands in their tables attached.

Parts of a long paper are set one by one (in processes of their own), each numbering its own pages, and bound without losing what
each says of its structure: headings, tables and their heads, language.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, OutlineItem, Pdf, String

from portal.papers.numbering import Numbering, number_pages
from portal.papers.seals import unsealed


@dataclass(frozen=True)
class Attached:
    """What a machine reads beside the paper: its tables as a sheet, the figures it stands on."""

    name: str
    content: bytes
    type: str
    says: str


@dataclass(frozen=True)
class Part:
    """`title`: its bookmark in the bound file; without one its own bookmarks stand on top."""

    content: bytes
    title: str = ""


def pages_in(content: bytes) -> int:
    with Pdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def bound(parts: Iterable[Part], *, attached: Sequence[Attached] = (), numbering: Numbering | None = None) -> bytes:
    """The first part is the file: its title, language and colours are those of the whole. Each is asked for when it is its turn."""
    waiting = iter(parts)
    whole = Pdf.open(BytesIO(next(waiting).content))
    unsealed(whole)
    binding = _Binding(whole)
    for number, part in enumerate(waiting, start=1):
        with Pdf.open(BytesIO(part.content)) as other:
            unsealed(other)
            binding.take(other, number, part.title)
    if numbering:
        number_pages(whole, numbering)
    for one in attached:
        _attach(whole, one)
    out = BytesIO()
    whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _attach(whole: Pdf, one: Attached) -> None:
    spec = AttachedFileSpec(
        whole, one.content, filename=one.name, mime_type=one.type, description=one.says, creation_date="", mod_date=""
    )
    spec.relationship = Name.Data
    whole.attachments[one.name] = spec
    if Name.AF not in whole.Root:
        whole.Root.AF = Array()
    whole.Root.AF.append(whole.attachments[one.name].obj)


class _Binding:
    """Pages, the tree of what they say, its table of numbers, bookmarks and places that links lead to."""

    def __init__(self, whole: Pdf) -> None:
        self.whole = whole
        self.tree = whole.Root.StructTreeRoot
        self.numbers = self.tree.ParentTree.Nums
        self.next = max((int(one) for one in self.numbers[::2]), default=-1) + 1

    def take(self, other: Pdf, number: int, title: str) -> None:
        first_page, shift = len(self.whole.pages), self.next
        marks = list(_bookmarks(other))
        _rename_places(other, number)
        highest = _shift_numbers(other, shift)
        for page in other.pages:
            self.whole.pages.append(page)
        self._take_structure(other, shift)
        self.next = shift + highest + 1
        self._take_places(other)
        with self.whole.open_outline() as outline:
            into = outline.root
            if title:
                into.append(OutlineItem(title, first_page))
                into = into[-1].children
            into.extend(_made(one, first_page) for one in marks)

    def _take_structure(self, other: Pdf, shift: int) -> None:
        """What was the document there is a part here."""
        theirs = other.Root.StructTreeRoot
        document = self.tree.K[0] if isinstance(self.tree.K, Array) else self.tree.K
        taken = self.whole.copy_foreign(theirs.K[0] if isinstance(theirs.K, Array) else theirs.K)
        taken.S, taken.P = Name.Part, document
        document.K.append(taken)
        numbers = list(theirs.ParentTree.Nums)
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self.numbers.append(int(key) + shift)
            self.numbers.append(self._ours(other, value))

    def _ours(self, other: Pdf, value: Any) -> Any:
        if isinstance(value, Array) and not value.is_indirect:
            return Array([self.whole.copy_foreign(one) for one in value])
        return self.whole.copy_foreign(value)

    def _take_places(self, other: Pdf) -> None:
        names = _places(other)
        if names is None:
            return
        if _places(self.whole) is None:
            if Name.Names not in self.whole.Root:
                self.whole.Root.Names = Dictionary()
            self.whole.Root.Names.Dests = Dictionary(Names=Array())
        ours = list(self.whole.Root.Names.Dests.Names)
        for key, value in zip(list(names)[::2], list(names)[1::2], strict=True):
            page, *where = value
            ours += [key, Array([self.whole.copy_foreign(page), *where])]
        pairs = sorted(zip(ours[::2], ours[1::2], strict=True), key=lambda pair: bytes(pair[0]))
        self.whole.Root.Names.Dests = Dictionary(Names=Array([one for pair in pairs for one in pair]))


@dataclass(frozen=True)
class _Mark:
    title: str
    page: int
    below: tuple["_Mark", ...]


def _bookmarks(pdf: Pdf) -> Iterator[_Mark]:
    pages: dict[Any, int] = {page.objgen: place for place, page in enumerate(pdf.pages)}
    with pdf.open_outline() as outline:
        yield from (_mark(one, pages) for one in outline.root)


def _mark(item: OutlineItem, pages: dict[Any, int]) -> _Mark:
    place: Any = item.destination
    page = pages.get(place[0].objgen, 0) if isinstance(place, Array) else 0
    return _Mark(item.title, page, tuple(_mark(one, pages) for one in item.children))


def _made(mark: _Mark, first_page: int) -> OutlineItem:
    item = OutlineItem(mark.title, first_page + mark.page)
    item.children.extend(_made(one, first_page) for one in mark.below)
    return item


def _places(pdf: Pdf) -> Any:
    names = pdf.Root.get(Name.Names)
    return names.Dests.Names if names is not None and Name.Dests in names else None


def _rename_places(pdf: Pdf, number: int) -> None:
    """Links of a part lead to places of that part, even where another part has one of the same name."""
    names = _places(pdf)
    if names is None:
        return
    for place in range(0, len(names), 2):
        names[place] = String(f"{number}/{names[place]}")
    for page in pdf.pages:
        for link in page.get(Name.Annots, ()):
            if Name.Dest in link and isinstance(link.Dest, String):
                link.Dest = String(f"{number}/{link.Dest}")


def _shift_numbers(pdf: Pdf, shift: int) -> int:
    """In the table of numbers each page and each link has one. Says the highest as it was."""
    highest = -1
    for page in pdf.pages:
        if Name.StructParents in page:
            highest = max(highest, int(page.StructParents))
            page.StructParents = int(page.StructParents) + shift
        for link in page.get(Name.Annots, ()):
            if Name.StructParent in link:
                highest = max(highest, int(link.StructParent))
                link.StructParent = int(link.StructParent) + shift
    return highest
