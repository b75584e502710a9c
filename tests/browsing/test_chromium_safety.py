"""The real Chromium before hostile pages: nothing leaks, nothing breaks, nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from citecheck.demo.site import Answer, Handler, Request, redirect
from standins.chromium import (
    ARTICLE,
    NEEDS_CHROMIUM,
    draws,
    patiently,
    sessions,
    shell,
    with_browser,
)

pytestmark = NEEDS_CHROMIUM


def test_no_page_leads_to_a_private_address() -> None:
    """Here 127.0.0.1 is the public web, and 127.0.0.2 stands for all that is private."""
    asked = []
    with socket.create_server(("127.0.0.2", 0)) as inside:
        inside.settimeout(0.0)
        place = f"127.0.0.2:{inside.getsockname()[1]}"
        go = "setTimeout(() => { window['loc' + 'ation']['re' + 'place'](TO) }, 100)"
        told = with_browser(
            {
                "script.example": lambda _: shell(go.replace("TO", f"'http://{place}/'")),
                "port80.example": lambda _: shell(go.replace("TO", "'http://127.0.0.2/'")),
                "status.example": lambda r: (
                    redirect(f"http://{place}/")
                    if r.path == "/b"
                    else shell(go.replace("TO", "'/b'"))
                ),
                "file.example": lambda _: shell(go.replace("TO", "'file:///etc/passwd'")),
                "inside.example": lambda _: shell(
                    f"fetch('http://{place}/x', {{mode: 'no-cors'}}).catch(() => 0);"
                    f"new WebSocket('ws://{place}/y'); navigator.sendBeacon('http://{place}/z');"
                    + draws(ARTICLE)
                ),
            },
            timeout=8.0,
        )
        with suppress(BlockingIOError):
            asked.append(inside.accept())
    assert asked == []
    assert "not a public address" in told.refused("port80.example")
    assert "is none of the web's" in told.refused("script.example")
    assert "is none of the web's" in told.refused("status.example")
    assert told.said("file.example") == "blocked/needs-javascript"
    assert told.said("inside.example") == "ok/ok-insecure", "the rest of the page is there"


def test_nothing_leaves_past_the_gate() -> None:
    """Not by UDP, not by a name looked up, not by a connection of WebRTC or WebTransport."""

    class Listens(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            heard.append(data)

    heard: list[bytes] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp, socket.socket() as tcp:
        udp.bind(("127.0.0.1", 0))
        port = udp.getsockname()[1]
        tcp.bind(("127.0.0.1", port))
        tcp.listen()
        udp.settimeout(0.0)
        tcp.settimeout(0.0)
        script = f"""
            const servers = ["stun:127.0.0.1:{port}", "turn:127.0.0.1:{port}?transport=tcp",
              "turn:127.0.0.1:{port}?transport=udp"];
            const line = new RTCPeerConnection({{iceServers: servers.map(
              urls => ({{urls, username: "a", credential: "b"}}))}});
            line.createDataChannel("x");
            line.createOffer().then(offer => line.setLocalDescription(offer));
            try {{ new WebTransport("https://127.0.0.1:{port}/").ready.catch(() => 0) }} catch {{}}
            for (const rel of ["preconnect", "dns-prefetch"]) {{
              const link = document.createElement("link");
              link.rel = rel; link.href = "http://127.0.0.1:{port}"; document.head.append(link);
            }}
            setTimeout(() => {{ {draws(ARTICLE)} }}, 3000);
        """
        told = with_browser({"talks.localhost": lambda _: shell(script)})
        for listening, take in ((udp, lambda: udp.recv(100)), (tcp, lambda: tcp.accept()[0])):
            try:
                heard.append(bytes(str(take()), "ascii", "replace"))
            except BlockingIOError:
                continue
            finally:
                listening.close()
    assert told.said("talks.localhost") == "ok/ok-insecure", "the script has run to its end"
    assert heard == []


Case = tuple[Callable[[Request], Answer], str]
FOR_EVER = "window['loc' + 'ation']['re' + 'place']('/a?' + Math.random())"
HOSTILE: dict[str, Case] = {
    "alerts.example": (lambda _: shell("for (;;) alert(1)"), "come to rest"),
    "busy.example": (lambda _: shell("for (;;);"), "come to rest"),
    "leads-on.example": (lambda _: shell(FOR_EVER), ""),
    "closes.example": (lambda _: shell("window.open('/b'); window.close()"), "still a case of"),
    "breaks.example": (
        lambda _: shell("const a = []; for (;;) a.push(new Array(1e6).fill(a.length + .5))"),
        "broke the browser's process down",
    ),
    "file.example": (
        lambda r: (
            Answer(200, b"12345", (("Content-Type", "application/x-thing"),))
            if r.path == "/f"
            else shell("setTimeout(() => { window['loc' + 'ation']['re' + 'place']('/f') }, 50)")
        ),
        "a file (application/x-thing) comes instead of a page",
    ),
    "large.example": (
        lambda _: shell("const s = 'x '.repeat(1e6); for (let i = 0; i < 100; i++)"
                        " { const p = document.createElement('p'); p.textContent = s;"
                        " document.body.append(p) }"),
        "",
    ),
}  # fmt: skip


def test_no_page_can_break_the_run() -> None:
    """Each has its time and no more; a page opened beside them is none the worse."""
    hosts: dict[str, Handler] = {host: handler for host, (handler, _) in HOSTILE.items()}
    told = with_browser({**hosts, "well.example": lambda _: shell(draws(ARTICLE))}, timeout=6.0)
    assert told.said("well.example") == "ok/ok-insecure"
    for host, (_, why) in HOSTILE.items():
        assert why in told.refused(host), host
        assert told.said(host) == "blocked/needs-javascript"


class Endless(BaseHTTPRequestHandler):
    """A page that never shows anything."""

    def do_GET(self) -> None:
        body = b"<title>App</title><div id=root></div><script>for (;;) alert(1)</script>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_browser_ends_with_the_program_however_that_ends(
    tmp_path: Path, sent: signal.Signals
) -> None:
    before = sessions()
    with ThreadingHTTPServer(("127.0.0.1", 0), Endless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (tmp_path / "p.md").write_text(
            'Said.[^1]\n\n[^1]: Ann Author, "The Bell," *Tide Review*, May 1, 2020, '
            f"<http://127.0.0.1:{server.server_port}/a>\n",
            "utf-8",
        )
        (tmp_path / "citecheck.toml").touch()
        command = [sys.executable, "-m", "citecheck", "check", "p.md", "--browser"]
        with subprocess.Popen(
            [*command, "--allow-private"],
            cwd=tmp_path,
            env={**os.environ, "TMPDIR": str(tmp_path)},  # who is killed cannot tidy up
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as program:
            assert patiently(lambda: bool(sessions() - before)), "the browser is up"
            its = sessions() - before
            os.killpg(program.pid, sent) if sent == signal.SIGINT else program.send_signal(sent)
            program.communicate(timeout=20)
        server.shutdown()
    assert program.returncode == (130 if sent != signal.SIGKILL else -signal.SIGKILL)
    assert patiently(lambda: not its & sessions(of_browsers=False)), "no process is left behind"
