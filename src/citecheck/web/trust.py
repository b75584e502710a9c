"""The one TLS context of a run: the system's authorities, or those that the environment names.

`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured as OpenSSL does; where the system has no store that
Python can read (macOS, some containers), certifi's is used. Loading authorities costs some 75 ms,
hence one context for all hosts.
"""

from __future__ import annotations

import os
import ssl


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
    context.set_alpn_protocols(["http/1.1"])
    return context
