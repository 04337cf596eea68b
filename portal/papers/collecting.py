"""Papers that were set at different times, bound into one volume: each keeps its own text and numbers."""

from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, String


def named_apart(content: bytes, number: int) -> bytes:
    """Heads of tables that no other paper of the volume names alike: each was set as if it were alone."""
    with Pdf.open(BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, Dictionary) and thing.get(Name.S) in (Name.TH, Name.TD):
                _rename(thing, number)
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()


def _rename(cell: Object, number: int) -> None:
    if Name.ID in cell:
        cell.ID = String(f"{number}:{cell.ID}")
    told = cell.get(Name.A)
    if isinstance(told, Dictionary) and Name.Headers in told:
        told.Headers = Array([String(f"{number}:{head}") for head in told.Headers])
