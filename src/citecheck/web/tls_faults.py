"""What it means that a TLS handshake failed, in words for a person.

Verification codes are OpenSSL's X509_V_ERR numbers (x509_vfy.h); alerts are those of RFC 8446, 6.2,
under the names that OpenSSL gives them. Only a certificate that was seen and judged is called
expired, untrusted or another's; all else that TLS did not bring about is `tls-failure`.
"""

from __future__ import annotations

import ssl

from citecheck.records.observation import Fault, FaultKind
from citecheck.text.fold import plain

_EXPIRED, _UNTRUSTED = FaultKind.TLS_EXPIRED, FaultKind.TLS_UNTRUSTED
_HOSTNAME, _FAILURE = FaultKind.TLS_HOSTNAME, FaultKind.TLS_FAILURE
_INCOMPLETE = (
    "the issuer of the certificate is unknown here; where the server leaves out an intermediate "
    "certificate, browsers may still open the page"
)
_CODES = {
    9: (_EXPIRED, "the certificate is not valid yet"),
    10: (_EXPIRED, "the certificate has expired"),
    18: (_UNTRUSTED, "the certificate is self-signed"),
    19: (_UNTRUSTED, "the certificate comes from an authority that nobody knows here"),
    2: (_UNTRUSTED, _INCOMPLETE),
    20: (_UNTRUSTED, _INCOMPLETE),
    21: (_UNTRUSTED, _INCOMPLETE),
    23: (_UNTRUSTED, "the certificate has been revoked"),
    62: (_HOSTNAME, ""),
    63: (_HOSTNAME, ""),
    64: (_HOSTNAME, ""),
    66: (_FAILURE, "the key of the certificate is too weak"),
    67: (_FAILURE, "the key of the certificate's issuer is too weak"),
    68: (_FAILURE, "the certificate is signed with a hash that is too weak"),
}
# Parts of OpenSSL's reason, the first that fits.
_REASONS = (
    ("CERTIFICATE_REQUIRED", "the server wants a certificate of its visitors, as members have it"),
    ("BAD_CERTIFICATE", "the server wants another certificate of its visitors"),
    ("PROTOCOL_VERSION", "the server speaks only old versions of TLS"),
    ("UNSUPPORTED_PROTOCOL", "the server speaks only old versions of TLS"),
    ("VERSION_TOO_LOW", "the server speaks only old versions of TLS"),
    ("LEGACY_RENEGOTIATION", "the server speaks an unsafe form of TLS that is refused here"),
    ("UNRECOGNIZED_NAME", "the server says that it does not know this name"),
    ("NO_APPLICATION_PROTOCOL", "the server speaks no HTTP that is known here"),
    ("DH_KEY_TOO_SMALL", "the server's keys are too weak"),
    ("KEY_TOO_SMALL", "the server's keys are too weak"),
    ("HANDSHAKE_FAILURE", "the server and this program have no way to encrypt in common"),
    ("NO_SHARED_CIPHER", "the server and this program have no way to encrypt in common"),
    ("INTERNAL_ERROR", "the server reported an error of its own in the TLS handshake"),
    ("WRONG_VERSION_NUMBER", "what answers there does not speak TLS"),
    ("HTTP_REQUEST", "what answers there does not speak TLS"),
    ("RECORD_LAYER_FAILURE", "what answers there does not speak TLS"),
    ("PACKET_LENGTH_TOO_LONG", "what answers there does not speak TLS"),
)


def tls_fault(error: ssl.SSLError) -> Fault:
    """Expired, wrong host and untrusted told apart by OpenSSL's verification code."""
    if isinstance(error, ssl.SSLCertVerificationError):
        said = plain(error.verify_message or str(error), 160)
        kind, words = _CODES.get(error.verify_code, (_UNTRUSTED, ""))
        return Fault(kind, words or said)
    if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Fault(_FAILURE, "the server hung up during the TLS handshake")
    name = getattr(error, "reason", None)
    for part, words in _REASONS:
        if part in reason_of(error):
            return Fault(_FAILURE, f"{words} ({plain(name or part, 80)})")
    return Fault(_FAILURE, plain(name or str(error), 120))


def reason_of(error: ssl.SSLError) -> str:
    """OpenSSL's reason as it writes its names; Python does not know them all by name."""
    return getattr(error, "reason", None) or str(error).upper().replace(" ", "_")
