"""The whole inspection: what is let through is what will be kept."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.base import File

from portal.files import names
from portal.files.inspection.first_look import first_look
from portal.files.inspection.images import drawn_anew
from portal.files.inspection.pdf import must_be_calm_pdf
from portal.files.kinds import Kind


@dataclass(frozen=True)
class Inspected:
    name: str
    kind: Kind
    content: File


def inspected(upload: File, taken: Collection[Kind]) -> Inspected:
    kind, content = first_look(upload, taken), upload
    if kind.is_image:
        kind, content = drawn_anew(upload)
    elif kind is Kind.PDF:
        must_be_calm_pdf(upload)
    return Inspected(names.cleaned(upload.name or "", kind), kind, content)
