"""A service that is one plain function, on loopback, with the failures that have no status."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from citecheck.demo.archive import Reply
from standins.archive import Refusal, Silence

Handle = Callable[[str, str, Mapping[str, str], bytes], Reply]
_SILENT = 5.0  # seconds


@contextmanager
def answering(handle: Handle) -> Iterator[str]:
    """Serves `handle` (method, target, headers and body in), one request at a time; yields the root
    address. Silence is an answer that does not come, Refusal a connection that is reset."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                with lock:
                    told = handle(self.command, self.path, dict(self.headers), body)
            except Silence:
                time.sleep(_SILENT)
                self.close_connection = True
                return
            except Refusal:
                linger = struct.pack("ii", 1, 0)  # closing resets the connection
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.close_connection = True
                return
            status, headers, content = told
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_POST = do_HEAD = _answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
