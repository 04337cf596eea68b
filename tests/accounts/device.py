"""A device with passkeys, as a browser would speak to it: answers the questions that stand in our pages."""

import json
import re
from hashlib import sha256
from html import unescape
from secrets import token_bytes

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.http import HttpResponse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

FLAG = AuthenticatorData.FLAG


def question_in(page: HttpResponse) -> dict:
    return json.loads(unescape(re.search(r'data-portal-question="([^"]*)"', page.content.decode())[1]))["publicKey"]


class Device:
    def __init__(self, *, origin: str = "http://testserver", host: str = "testserver") -> None:
        self.origin, self.host = origin, host
        self.number = token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())

    def make(self, asked: dict) -> str:
        made = AttestedCredentialData.create(
            b"\0" * 16, self.number, ES256.from_cryptography_key(self.key.public_key())
        )
        shown = AuthenticatorData.create(self._host_hash(), FLAG.UP | FLAG.UV | FLAG.AT, 0, made)
        return self._answer(
            clientDataJSON=self._said("webauthn.create", asked),
            attestationObject=AttestationObject.create("none", shown, {}),
        )

    def sign(self, asked: dict) -> str:
        said = self._said("webauthn.get", asked)
        shown = AuthenticatorData.create(self._host_hash(), FLAG.UP | FLAG.UV, 0)
        signature = self.key.sign(shown + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=said, authenticatorData=shown, signature=signature)

    def _said(self, kind: str, asked: dict) -> bytes:
        return CollectedClientData.create(kind, asked["challenge"], self.origin)

    def _host_hash(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _answer(self, **parts: bytes) -> str:
        number = websafe_encode(self.number)
        response = {name: websafe_encode(part) for name, part in parts.items()}
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})
