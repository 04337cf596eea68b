"""An issued paper signed with the portal's key: PAdES, over every byte, added behind what is there, so that nothing of it changes.

The key lies in a PKCS#12 file that settings name. Without one papers go out unsigned, and are compared by their hash alone.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from asn1crypto import x509
from django.conf import settings
from django.utils import timezone
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner

from portal.papers.seals import FIELD, with_field


class NotSigned(Exception):
    """There is a key, and it cannot be used: what is wrong, for whoever looks after the portal."""


@dataclass(frozen=True)
class Said:
    """What a reader of the signature is told besides who signed."""

    reason: str
    place: str = ""


def signs() -> bool:
    return bool(settings.SIGNING_FILE)


def signed(content: bytes, said: Said) -> bytes:
    """As it is, where the portal has no key."""
    if not signs():
        return content
    signer = _signer(settings.SIGNING_FILE, settings.SIGNING_PASSWORD)
    must_be_valid(signer, timezone.now())
    facts = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, reason=said.reason,
        location=said.place or None,
    )  # fmt: skip
    out = BytesIO(with_field(content))
    signers.PdfSigner(facts, signer).sign_pdf(IncrementalPdfFileWriter(out), in_place=True)
    return out.getvalue()


def must_be_valid(signer: SimpleSigner, at: datetime) -> None:
    certificate: x509.Certificate = signer.signing_cert
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise NotSigned(f"the certificate holds from {certificate.not_valid_before} to {certificate.not_valid_after}")


def the_key() -> SimpleSigner:
    """For the check at the start: a key that does not open is found then and not when the first report goes out."""
    return _signer(settings.SIGNING_FILE, settings.SIGNING_PASSWORD)


@lru_cache(maxsize=2)
def _signer(file: str, password: str) -> SimpleSigner:
    """Read once by each worker; another key needs a new start."""
    try:
        return SimpleSigner.load_pkcs12_data(Path(file).read_bytes(), (), password.encode() or None)
    except (OSError, ValueError, AttributeError) as wrong:  # AttributeError: it opens, and holds no key
        raise NotSigned(f"{file}: {wrong}") from wrong
