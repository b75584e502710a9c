"""One small server that is every live page of a test's web, asked directly or as a proxy."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

WORDS = " ".join(f"In the year {n} the board printed its tide table twice." for n in range(40))


def article(title: str, words: str = WORDS) -> bytes:
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    return f"{head}</head><body><h1>{title}</h1><p>{words}</p></body></html>".encode()


@contextmanager
def live_origin(pages: Mapping[str, bytes]) -> Iterator[int]:
    """Serves `pages` by host and path (`live.example.org/a`), else a 404; yields its port."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            host = parts.hostname or self.headers.get("Host", "").partition(":")[0]
            body = pages.get(f"{host}{parts.path}")
            status = 200 if body is not None else 404
            shown = body if body is not None else article("404 Not Found", "It is not here.")
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(shown)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(shown)

        do_GET = do_HEAD = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
