# ruff: noqa: S603, S607 - `ip` wherever the system has it, with words of our own
"""A network namespace in which the world runs, and commands that run beside it.

Needs root and iproute2. `ip netns exec` lays /etc/netns/<name>/ over /etc for what it starts, so
that resolv.conf and hosts are the world's own without touching those of the machine.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.comparison.internet import DEAD_V6, NETWORK, PRIVATE

ROOT = Path(__file__).resolve().parents[2]
INTERNET = "benchmarks.comparison.internet"
START_SECONDS = 60.0
SETUP = (
    "link set lo up",
    f"addr add {NETWORK.replace('.0.0/', '.0.1/')} dev lo",
    f"addr add {PRIVATE}/32 dev lo",
    "-6 addr add 2a02:6b8:beef::2/64 dev lo nodad",
    f"-6 addr add {DEAD_V6}/128 dev lo nodad",
)


class Unable(Exception):
    """The machine cannot do this; the message says what is missing."""


def look_for_means() -> None:
    """Raises Unable where namespaces cannot be made."""
    if not sys.platform.startswith("linux"):
        raise Unable("this comparison needs Linux: it runs in a network namespace")
    if shutil.which("ip") is None:
        raise Unable("`ip` is missing: install the package iproute2")
    if os.geteuid() != 0:
        raise Unable("a network namespace needs root: run this with sudo")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: what it printed, how long it took, and whether it had to be stopped."""

    stdout: str
    stderr: str
    code: int
    seconds: float
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A running world: the name of its namespace and the folder with its papers."""

    name: str
    folder: Path

    def run(self, command: Sequence[str], env: Mapping[str, str], cwd: Path, limit: float) -> Ended:
        """Runs a command inside, at most `limit` seconds."""
        certificates = str(self.folder / "ca.pem")
        trust = dict.fromkeys(
            ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"),
            certificates,
        )
        clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        began = time.monotonic()
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.name, *command],
            cwd=cwd,
            env={**clean, **trust, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        stopped = False
        try:
            out, err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            stopped = True
        spent = time.monotonic() - began
        text = (out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))
        return Ended(*text, process.returncode, spent, stopped)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def world(folder: Path) -> Iterator[Place]:
    """A fresh world in a namespace of its own; everything is taken down at the end."""
    name = f"comparison-{os.getpid()}"
    etc = Path("/etc/netns") / name
    etc.mkdir(parents=True)
    (etc / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:3 attempts:2\n")
    (etc / "hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    server: subprocess.Popen[bytes] | None = None
    try:
        _ip("netns", "add", name)
        for line in SETUP:
            words = line.split()
            family = [words.pop(0)] if words[0] == "-6" else []
            _ip(*family, "-n", name, *words)
        words = [sys.executable, "-m", INTERNET, str(folder)]
        server = subprocess.Popen(["ip", "netns", "exec", name, *words], cwd=ROOT)
        _wait_for(folder / "ready", server)
        yield Place(name, folder)
    finally:
        if server is not None:
            server.terminate()
            server.wait(10)
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        shutil.rmtree(etc, ignore_errors=True)


def _wait_for(sign: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while not sign.exists():
        if server.poll() is not None or time.monotonic() > end:
            raise Unable("the small world did not start; what it said stands above")
        time.sleep(0.05)
