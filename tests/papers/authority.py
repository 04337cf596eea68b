"""A certificate authority of the tests' own, and keys that it vouches for."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "mat-khau-cua-kiem-thu"
SIGNER = "Tỉnh ủy Thanh Bình"
YEAR = timedelta(days=365)


def make_key(folder: Path, *, since: datetime | None = None, password: str = PASSWORD, lasts: timedelta = YEAR) -> Path:
    """A .p12 as an office gets it: key, certificate, and that of the authority."""
    since = since or datetime.now(UTC) - timedelta(days=1)
    root_key, root = _root(since)
    key = _key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER), x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")])
    certificate = (
        _about(name, root.subject, key, since, lasts)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    file, hidden = folder / "khoa.p12", serialization.BestAvailableEncryption(password.encode())
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"portal", key, certificate, [root], hidden))
    return file


def _root(since: datetime) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key, name = _key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA của kiểm thử")])
    about = _about(name, name, key, since, 10 * YEAR)
    about = about.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return key, about.add_extension(_usage(key_cert_sign=True), critical=True).sign(key, hashes.SHA256())


def _about(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, since: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    about = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return about.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(since + lasts)


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
        "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})
