"""The one TLS context of a run: the system's authorities, or those that the environment names.

`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured as OpenSSL does; where the system has no store that
Python can read (macOS, some containers), certifi's is used. Loading authorities costs some 75 ms,
hence one context for all hosts (what a handshake offers by ALPN is set by `line.py`).

It accepts what browsers accept: besides Python's choice also key exchange by RSA and HMAC-SHA1
under TLS 1.2, and servers that do not know RFC 5746; without, old and honest sites would be called
unreachable. Certificates are verified in full, keys and signatures must have 112 bits of strength
(OpenSSL's level 2), TLS must be 1.2.
"""

from __future__ import annotations

import os
import ssl
from contextlib import suppress

_CIPHERS = (
    "@SECLEVEL=2:ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:DHE+AESGCM:DHE+AES:RSA+AESGCM:RSA+AES"
    ":!aNULL:!eNULL:!aDSS:!PSK:!SRP:!AESCCM:!ARIA"
)
_OLD_SERVERS = 0x4  # SSL_OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on


def default_context() -> ssl.SSLContext:
    """A verifying client context; raises OSError where the named file cannot be read."""
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file or folder:
        context = ssl.create_default_context(cafile=file or None, capath=folder or None)
    else:
        context = ssl.create_default_context()
        paths = ssl.get_default_verify_paths()
        if not context.cert_store_stats()["x509_ca"] and not (
            paths.capath and os.path.isdir(paths.capath) and os.listdir(paths.capath)
        ):
            import certifi

            context.load_verify_locations(certifi.where())
    # Python 3.13 adds a strictness under which many honest sites fail and browsers do not.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    with suppress(ssl.SSLError):  # a TLS library or a system's policy may know better
        context.set_ciphers(_CIPHERS)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= _OLD_SERVERS
    return context
