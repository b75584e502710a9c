"""pywb on a folder, and what it answers."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


def command() -> list[str]:
    """How pywb is started here; skips the test where it is not installed."""
    if importlib.util.find_spec("pywb"):
        return [sys.executable, "-m", "pywb.apps.cli"]
    if found := shutil.which("pywb"):
        return [found]
    pytest.skip("pywb is not installed (pip install pywb, here or anywhere on PATH)")


@contextmanager
def replaying(archive: Path) -> Iterator[str]:
    """pywb on the folder as it lies; yields the address of its collection."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [*command(), "-b", "127.0.0.1", "-p", str(port), "-d", str(archive)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            with suppress(subprocess.TimeoutExpired):
                pytest.fail(f"pywb ended with {server.wait(timeout=0.1)}")
        yield f"http://127.0.0.1:{port}/web"
    finally:
        server.terminate()
        server.wait()


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def asked(
    address: str, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body, redirects not followed."""
    opener = urllib.request.build_opener(_NoRedirect)
    request = urllib.request.Request(address, headers=dict(headers or {}))
    try:
        with opener.open(request, timeout=20) as answer:
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as fault:
        with fault:
            return fault.code, {k.lower(): v for k, v in fault.headers.items()}, fault.read()
