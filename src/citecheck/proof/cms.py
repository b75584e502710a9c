"""A time stamp token taken apart, and whether its signature holds: the CMS (RFC 5652) this takes.

The signed attributes must name the digest of what is stamped and, by its hash, the certificate that
signs (RFC 3161 2.4.2, RFC 5816), and be signed with its key; that certificate must be for time
stamping alone (2.3); from it up, as far as issuers are carried, each must be signed by the next and
have been valid.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from citecheck.proof import der
from citecheck.proof.der import CONTEXT_0, OCTETS, OID, SEQUENCE, SET, TIME, Node

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SHA256 = bytes.fromhex("608648016503040201")
_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_TST_INFO = bytes.fromhex("2a864886f70d0109100104")
_SIGNING = {
    bytes.fromhex("2a864886f70d010910020c"): "sha1",  # signingCertificate
    bytes.fromhex("2a864886f70d010910022f"): "sha256",  # signingCertificateV2, its default
}
_HASHES = {
    SHA256: "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
    bytes.fromhex("2b0e03021a"): "sha1",
}
_PSS = bytes.fromhex("2a864886f70d01010a")
_TIMESTAMPING = "1.3.6.1.5.5.7.3.8"
_MOST = 16  # certificates; each may have to be tried as the issuer of each


class SignatureError(ValueError):
    """The signature does not hold; `str()` is a clause that says why."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """What is stamped: the hash of the data and its kind, when (UTC), in answer to which nonce."""

    algorithm: bytes
    imprint: bytes
    at: datetime
    nonce: int | None


@dataclass(frozen=True, slots=True)
class Token:
    """`certificates` in DER; `signer` is the structure SignerInfo, taken apart once."""

    content: bytes
    certificates: tuple[bytes, ...]
    signer: tuple[Node, ...]

    def stamped(self) -> Stamped:
        """What the token says; raises ValueError for what is no such structure."""
        parts = der.only(self.content).parts()
        kind, imprint = parts[2].parts()
        rest = [node for node in parts[5:] if node.tag == der.INTEGER]
        return Stamped(
            kind.parts()[0].be(OID),
            imprint.be(OCTETS),
            _moment(parts[4].be(TIME)),
            rest[0].number() if rest else None,
        )


def token(node: Node) -> Token:
    """Take a token apart; raises ValueError for what is no such structure."""
    kind, inner = node.parts()
    if kind.be(OID) != _SIGNED_DATA:
        raise ValueError("no signed data")
    parts = der.only(inner.be(CONTEXT_0)).parts()
    what, held = parts[2].parts()
    if what.be(OID) != _TST_INFO:
        raise ValueError("what is signed is no time stamp")
    content = der.only(held.be(CONTEXT_0)).be(OCTETS)
    certificates = [one.whole for one in parts[3].parts(CONTEXT_0)] if len(parts) > 4 else []
    (signer,) = parts[-1].parts(SET)
    return Token(content, tuple(certificates), tuple(signer.parts()))


def check(found: Token, at: datetime) -> Certificate:
    """The certificate that signed, if the signature holds; raises SignatureError, or ValueError."""
    from cryptography import x509

    if len(found.certificates) > _MOST:
        raise SignatureError("it carries more certificates than any chain has")
    carried = [
        x509.load_der_x509_certificate(one) for one in found.certificates if one[0] == SEQUENCE
    ]
    if not carried:
        raise SignatureError("it carries no certificate")
    # version, signer, digest algorithm, signed attributes, signature algorithm, signature
    _, who, algorithm, attributes, way, signature = found.signer[:6]
    digest = _HASHES[algorithm.parts()[0].be(OID)]
    told = {}
    for one in attributes.parts(CONTEXT_0):
        name, values = one.parts()
        told[name.be(OID)] = values.parts(SET)
    if told[_CONTENT_TYPE][0].be(OID) != _TST_INFO:
        raise SignatureError("what is signed is no time stamp")
    if told[_MESSAGE_DIGEST][0].be(OCTETS) != hashlib.new(digest, found.content).digest():
        raise SignatureError("it is for another time stamp")
    signer = _named(carried, told)
    named = signer.issuer.public_bytes(), signer.serial_number
    if who.tag == SEQUENCE and (who.parts()[0].whole, who.parts()[1].number()) != named:
        raise SignatureError("it names two certificates that sign")
    data = bytes([SET]) + attributes.whole[1:]
    _verify(signer, signature.be(OCTETS), data, digest, pss=way.parts()[0].be(OID) == _PSS)
    _purpose(signer)
    _chain(signer, carried, at)
    return signer


def _named(carried: Sequence[Certificate], told: dict[bytes, list[Node]]) -> Certificate:
    """The certificate that the signed attributes name by its hash: the first of their list."""
    from cryptography.hazmat.primitives.serialization import Encoding

    for name, usual in _SIGNING.items():
        if name not in told:
            continue
        first = told[name][0].parts()[0].parts()[0].parts()
        kind = _HASHES[first.pop(0).parts()[0].be(OID)] if first[0].tag == SEQUENCE else usual
        for one in carried:
            digest = hashlib.new(kind, one.public_bytes(Encoding.DER), usedforsecurity=False)
            if digest.digest() == first[0].be(OCTETS):
                return one
    raise SignatureError("it does not carry the certificate that signs")


def _verify(signer: Certificate, signature: bytes, data: bytes, digest: str, *, pss: bool) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    algorithm: Any = getattr(hashes, digest.upper())()
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey) and pss:
            salted = padding.PSS(padding.MGF1(algorithm), padding.PSS.AUTO)
            key.verify(signature, data, salted, algorithm)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(algorithm))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        else:
            raise SignatureError("it is of a kind that is not known here")
    except InvalidSignature:
        raise SignatureError("it was not made with the key of its certificate") from None


def _purpose(signer: Certificate) -> None:
    from cryptography.x509 import ExtendedKeyUsage, ExtensionNotFound

    try:
        found = signer.extensions.get_extension_for_class(ExtendedKeyUsage)
    except ExtensionNotFound:
        raise SignatureError("its certificate is not for time stamping") from None
    if not found.critical or [one.dotted_string for one in found.value] != [_TIMESTAMPING]:
        raise SignatureError("its certificate is not for time stamping alone")


def _chain(signer: Certificate, carried: Sequence[Certificate], at: datetime) -> None:
    """From the signer's certificate up, as far as its issuers are carried."""
    one = signer
    for _ in carried:
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            raise SignatureError("a certificate was not valid at its time")
        issuers = [c for c in carried if c.subject == one.issuer]
        if not issuers or one in issuers:
            return
        above = next((by for by in issuers if _issued(one, by)), None)
        if above is None:
            raise SignatureError("a certificate was not signed by its issuer's")
        one = above


def _issued(one: Certificate, by: Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        one.verify_directly_issued_by(by)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _moment(text: bytes) -> datetime:
    """A GeneralizedTime as RFC 3161 has it: UTC, seconds, perhaps a fraction."""
    whole, _, part = text.decode("ascii").removesuffix("Z").partition(".")
    found = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return found.replace(microsecond=int((part + "000000")[:6])) if part else found
