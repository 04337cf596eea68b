"""The key that papers are signed with: in a PKCS#12 file, or in a token that never lets it out (PKCS#11).

A token needs the dependency group "token". It was tried against a token in software, never against one in a hand.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner


class NotSigned(Exception):
    """There is a key, and it cannot be used: what is wrong, for whoever looks after the portal."""


def has_key() -> bool:
    return bool(settings.SIGNING_FILE or settings.SIGNING_TOKEN)


@contextmanager
def opened_key() -> Iterator["Signer"]:
    """A token is opened for each paper: a worker that waits does not keep it from others."""
    if settings.SIGNING_TOKEN:
        with _of_token() as signer:
            yield _valid(signer)
    else:
        yield _valid(_of_file(settings.SIGNING_FILE, settings.SIGNING_PASSWORD))


def _valid(signer: "Signer") -> "Signer":
    certificate, now = signer.signing_cert, timezone.now()
    if certificate is None:
        raise NotSigned("the key has no certificate")
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise NotSigned(f"the certificate holds from {certificate.not_valid_before} to {certificate.not_valid_after}")
    return signer


@lru_cache(maxsize=2)
def _of_file(file: str, password: str) -> "SimpleSigner":
    """Read once by each worker; another key needs a new start. Whoever signs nothing need not load what signs."""
    from pyhanko.sign.signers.pdf_cms import SimpleSigner

    try:
        return SimpleSigner.load_pkcs12_data(Path(file).read_bytes(), (), password.encode() or None)
    except (OSError, ValueError, AttributeError) as wrong:  # AttributeError: it opens, and holds no key
        raise NotSigned(f"{file}: {wrong}") from wrong


@contextmanager
def _of_token() -> Iterator["Signer"]:
    try:
        from pkcs11.exceptions import PKCS11Error
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as missing:
        raise NotSigned('install the dependency group "token" of pyproject.toml') from missing
    wanted = TokenCriteria(label=settings.SIGNING_TOKEN_LABEL) if settings.SIGNING_TOKEN_LABEL else None
    try:
        pin = settings.SIGNING_PASSWORD or None
        with open_pkcs11_session(settings.SIGNING_TOKEN, token_criteria=wanted, user_pin=pin) as session:
            yield PKCS11Signer(session, cert_label=settings.SIGNING_KEY_LABEL)
    except PKCS11Error as wrong:
        raise NotSigned(f"{settings.SIGNING_TOKEN}: {type(wrong).__name__} {wrong}".strip()) from wrong
