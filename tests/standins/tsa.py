"""A time-stamping authority on paper: answers of RFC 3161, right ones and such as forgers make.

Written from the RFCs (3161, 5652, 5816), apart from the program's own reading of them. Keys are
elliptic, so that a test makes them in no time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault
from standins.exchanges import answered

AT = datetime(2026, 11, 22, 3, 14, 15, tzinfo=UTC)
URL = "https://tsa.example/stamp"
_SHA256 = "2.16.840.1.101.3.4.2.1"


def der(tag: int, *parts: bytes) -> bytes:
    """One value of DER."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def oid(dotted: str) -> bytes:
    first, second, *rest = (int(part) for part in dotted.split("."))
    out = bytearray([40 * first + second])
    for number in rest:
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.insert(0, 0x80 | (number & 0x7F))
        out += bytes(digits)
    return der(0x06, bytes(out))


def integer(number: int) -> bytes:
    return der(0x02, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def _sha256() -> bytes:
    return der(0x30, oid(_SHA256))


@dataclass
class Authority:
    """What it does wrongly is said by its fields; as they stand it does all rightly."""

    status: int = 0
    imprint: bytes = b""
    nonce: int | None = None
    purposes: tuple[x509.ObjectIdentifier, ...] = (ExtendedKeyUsageOID.TIME_STAMPING,)
    with_root: bool = False
    certificates: bool = True
    forged: bool = False
    other_signer: bool = False
    at: datetime = AT
    media_type: str = "application/timestamp-reply"
    http_status: int = 200
    body: bytes | None = None
    truncated: str = ""
    silent: Fault | None = None
    asked: list[Ask] = field(default_factory=list)
    beside: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        self._root_key = ec.generate_private_key(ec.SECP256R1())
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.root = self._certificate("Stand-in CA", self._root_key, None)
        self.signer = self._certificate("Stand-in TSA", self._key, self.purposes)

    async def fetch(self, ask: Ask) -> Exchange | Fault:
        """As the polite client would hand its answer on."""
        self.asked.append(ask)
        if self.silent is not None:
            return self.silent
        body = self.reply(ask.content) if self.body is None else self.body
        headers = {"Content-Type": self.media_type, "Location": "https://elsewhere.example/"}
        return answered(ask.url, self.http_status, body, headers, truncated=self.truncated)

    def reply(self, request: bytes) -> bytes:
        """The answer to a request that this program makes: hash and nonce have fixed places."""
        start = request.index(bytes.fromhex("04 20")) + 2
        imprint, rest = request[start : start + 32], request[start + 32 :]
        nonce = int.from_bytes(rest[2 : 2 + rest[1]], "big", signed=True)
        return self.stamp(self.imprint or imprint, nonce if self.nonce is None else self.nonce)

    def stamp(self, imprint: bytes, nonce: int) -> bytes:
        if self.status not in (0, 1):
            return der(0x30, der(0x30, integer(self.status)))
        told = der(
            0x30,
            integer(1),
            oid("1.2.3.4.1"),
            der(0x30, _sha256(), der(0x04, imprint)),
            integer(7),
            der(0x18, f"{self.at:%Y%m%d%H%M%S}Z".encode()),
            integer(nonce),
        )
        return der(0x30, der(0x30, integer(self.status)), self._token(told))

    def _token(self, told: bytes) -> bytes:
        named = self.root if self.other_signer else self.signer
        digest = hashlib.sha256(named.public_bytes(Encoding.DER)).digest()
        attributes = b"".join(
            der(0x30, oid(name), der(0x31, value))
            for name, value in (
                ("1.2.840.113549.1.9.3", oid("1.2.840.113549.1.9.16.1.4")),
                ("1.2.840.113549.1.9.4", der(0x04, hashlib.sha256(told).digest())),
                (
                    "1.2.840.113549.1.9.16.2.47",
                    der(0x30, der(0x30, der(0x30, der(0x04, digest)))),
                ),
            )
        )
        key = self._root_key if self.forged else self._key
        signature = key.sign(der(0x31, attributes), ec.ECDSA(hashes.SHA256()))
        who = der(0x30, self.signer.issuer.public_bytes(), integer(self.signer.serial_number))
        signer = der(
            0x30,
            integer(1),
            who,
            _sha256(),
            der(0xA0, attributes),
            der(0x30, oid("1.2.840.10045.4.3.2")),
            der(0x04, signature),
        )
        carried = [self.signer, *([self.root] if self.with_root or self.other_signer else [])]
        certificates = der(0xA0, *(one.public_bytes(Encoding.DER) for one in carried), *self.beside)
        signed = der(
            0x30,
            integer(3),
            der(0x31, _sha256()),
            der(0x30, oid("1.2.840.113549.1.9.16.1.4"), der(0xA0, der(0x04, told))),
            certificates if self.certificates else b"",
            der(0x31, signer),
        )
        return der(0x30, oid("1.2.840.113549.1.7.2"), der(0xA0, signed))

    def _certificate(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        purposes: tuple[x509.ObjectIdentifier, ...] | None,
    ) -> x509.Certificate:
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stand-in CA")])
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(AT - timedelta(days=1))
            .not_valid_after(AT + timedelta(days=36500))
            .add_extension(x509.BasicConstraints(ca=purposes is None, path_length=None), True)
        )
        if purposes:
            builder = builder.add_extension(x509.ExtendedKeyUsage(list(purposes)), True)
        return builder.sign(self._root_key, hashes.SHA256())
