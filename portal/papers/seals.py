"""The field that a signature stands in: unseen, and with its place in what the paper says of its structure."""

from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

FIELD = "Chu-ky-so"
LOCKED_AND_PRINTED = 132
NOWHERE: Any = (0, 0, 0, 0)


def with_field(content: bytes) -> bytes:
    """An unseen field on the last page, and in the structure a form that is nothing to read."""
    with Pdf.open(BytesIO(content)) as pdf:
        page, tree = pdf.pages[-1], pdf.Root.StructTreeRoot
        numbers: Any = tree.ParentTree.Nums
        number = max((int(one) for one in numbers[::2]), default=-1) + 1
        field: Any = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String(FIELD), TU=String("Chữ ký số"), F=LOCKED_AND_PRINTED,
                Rect=Array(NOWHERE), P=page.obj, StructParent=number,
            )
        )  # fmt: skip
        document = tree.K[0] if isinstance(tree.K, Array) else tree.K
        shown = Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj)
        form: Any = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem, S=Name.Form, P=document, Pg=page.obj, K=Array([shown]), Alt=String("Chữ ký số")
            )
        )
        document.K.append(form)
        numbers.extend([number, form])
        page.obj.Annots = Array([*page.obj.get(Name.Annots, []), field])
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field]), SigFlags=3))
        out = BytesIO()
        pdf.save(out, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return out.getvalue()


def unsealed(pdf: Pdf) -> None:
    """Bound with others, a signature is none any more: the field goes, and what the structure says of it."""
    if Name.AcroForm not in pdf.Root:
        return
    gone: set[int] = set()
    for page in pdf.pages:
        annotations = list(page.obj.get(Name.Annots, []))
        kept = [one for one in annotations if one.get(Name.FT) != Name.Sig]
        gone |= {int(one.StructParent) for one in annotations if one.get(Name.FT) == Name.Sig}
        if len(kept) < len(annotations):
            page.obj.Annots = Array(kept)
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    left = Array()
    for key, form in zip(numbers[::2], numbers[1::2], strict=True):
        if int(key) in gone:
            form.P.K = Array([one for one in form.P.K if not one.is_indirect or one.objgen != form.objgen])
        else:
            left.extend([key, form])
    pdf.Root.StructTreeRoot.ParentTree.Nums = left
    del pdf.Root.AcroForm
