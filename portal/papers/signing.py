"""An issued paper signed with the portal's key: PAdES, over every byte, added behind what is there, so that nothing of it changes.

Without a key papers go out unsigned, and are compared by their hash alone.
"""

from dataclasses import dataclass
from io import BytesIO

from portal.papers.keys import has_key, opened_key
from portal.papers.seals import FIELD, with_field


@dataclass(frozen=True)
class Said:
    """What a reader of the signature is told besides who signed."""

    reason: str
    place: str = ""


def signed(content: bytes, said: Said) -> bytes:
    """As it is, where the portal has no key."""
    if not has_key():
        return content
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # where there is a key, and only there
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    facts = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=said.reason,
        location=said.place or None,
    )  # fmt: skip
    out = BytesIO(with_field(content))
    with opened_key() as signer:
        signers.PdfSigner(facts, signer).sign_pdf(IncrementalPdfFileWriter(out), in_place=True)
    return out.getvalue()
