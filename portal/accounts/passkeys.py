"""Passkeys (WebAuthn): what the browser is asked, and what it answers. A question waits in the session and is good once."""

import json
import logging
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import get_credentials
from django.conf import settings
from django.http import HttpRequest
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from portal.accounts.models import Account
from portal.accounts.services.second_factor import credential_id_of, passkeys_of

log = logging.getLogger(__name__)
ASKED = "passkey asked"  # in the session
MOST_SIGNS = 20_000
# The bytes come from anybody and pass through JSON, CBOR, keys and signatures: whatever these raise, the answer is no.
REFUSED = "passkey refused"
# A key that moves with its owner to the next phone where the device offers one; an older key on a stick will do too.
_KEPT_ON_DEVICE = ResidentKeyRequirement.PREFERRED
_FINGER_OR_FACE = UserVerificationRequirement.PREFERRED  # the password was typed before: the key is the second thing


def question_for_a_new_one(request: HttpRequest, account: Account) -> str:
    """As JSON for the script of the page. Devices that have a key of this account already make no other."""
    person = PublicKeyCredentialUserEntity(
        id=str(account.pk).encode(), name=account.username, display_name=account.full_name
    )
    options, request.session[ASKED] = _server(request).register_begin(
        person,
        get_credentials(account),
        resident_key_requirement=_KEPT_ON_DEVICE,
        user_verification=_FINGER_OR_FACE,
    )
    return json.dumps(dict(options))


def question(request: HttpRequest, account: Account) -> str:
    """For who has one; empty for who has none."""
    known = get_credentials(account)
    if not known:
        return ""
    options, request.session[ASKED] = _server(request).authenticate_begin(known, user_verification=_FINGER_OR_FACE)
    return json.dumps(dict(options))


def new_credential(request: HttpRequest, answer: str) -> dict[str, Any] | None:
    """What is to be kept of a right answer, and nothing else of what the browser sent. None: not to be believed."""
    asked = request.session.pop(ASKED, None)
    try:
        given = RegistrationResponse.from_dict(_read(answer))
        made = _server(request).register_complete(asked, given).credential_data
        if made.public_key.ALGORITHM not in CoseKey.supported_algorithms():
            raise ValueError("a key that nobody here could check later")
        return {
            "id": websafe_encode(made.credential_id),
            "rawId": websafe_encode(made.credential_id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(given.response.client_data),
                "attestationObject": websafe_encode(given.response.attestation_object),
            },
        }
    except Exception:
        log.info(REFUSED, exc_info=True)
        return None


def answering_passkey(request: HttpRequest, account: Account, answer: str) -> Authenticator | None:
    """Which of the person's keys signed the question. None: none of them."""
    asked = request.session.pop(ASKED, None)
    known = {credential_id_of(key): key for key in passkeys_of(account)}
    credentials = get_credentials(account)
    signed_by = _signed_by(request, asked, credentials, answer)
    return known.get(signed_by.credential_id) if signed_by else None


def _signed_by(
    request: HttpRequest, asked: Any, credentials: list[AttestedCredentialData], answer: str
) -> AttestedCredentialData | None:
    try:
        return _server(request).authenticate_complete(asked, credentials, _read(answer))
    except Exception:
        log.info(REFUSED, exc_info=True)
        return None


def _read(answer: str) -> Any:
    if len(answer) > MOST_SIGNS:
        raise ValueError("no device says so much")
    return json.loads(answer)


def _server(request: HttpRequest) -> Fido2Server:
    """A key belongs to the host in the reader's address bar; what was signed on another page, a sub-domain's even, is refused."""
    ours = f"{request.scheme}://{request.get_host()}"
    rp = PublicKeyCredentialRpEntity(id=request.get_host().partition(":")[0], name=settings.MFA_TOTP_ISSUER)
    return Fido2Server(rp, verify_origin=lambda origin: origin == ours)
