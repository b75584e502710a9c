from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from citecheck.errors import LedgerError
from citecheck.ledger import process
from citecheck.ledger.lock import held
from standins.wire import MOMENT, FixedClock

HOLDER = """
import sys
from pathlib import Path
from standins.wire import FixedClock
from citecheck.errors import LedgerError
from citecheck.ledger.lock import held

print("trying", flush=True)
try:
    with held(Path(sys.argv[1]), FixedClock()):
        print("held", flush=True)
        sys.stdin.read()
except LedgerError as fault:
    print("refused", flush=True)
"""


@contextmanager
def another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that tries to hold the lock until its standard input ends."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    try:
        assert said(child) == "trying"
        yield child
    finally:
        child.communicate()


def said(child: subprocess.Popen[str]) -> str:
    assert child.stdout is not None
    return child.stdout.readline().strip()


def write(path: Path, **fields: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fields))


def taken(path: Path) -> bool:
    with held(path, FixedClock()):
        return bool(json.loads(path.read_text())["pid"] == os.getpid())


def test_the_lock_says_who_holds_it_and_goes_away(tmp_path: Path) -> None:
    path = tmp_path / ".state" / "lock"
    with held(path, FixedClock()):
        assert json.loads(path.read_text()) == {
            "pid": os.getpid(),
            "machine": process.machine(),
            "started": process.started(os.getpid()),
            "since": "2026-11-22T03:14:15.123456Z",
        }
    assert not path.exists()


def test_a_failing_run_gives_the_lock_back(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with pytest.raises(ZeroDivisionError), held(path, FixedClock()):
        raise ZeroDivisionError
    assert taken(path)


def test_another_living_process_is_named(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with another(path) as child:
        assert said(child) == "held"
        message = f"process {child.pid} on this machine ({process.machine()}), since 2026-11-22T03"
        with pytest.raises(LedgerError, match=re.escape(message)), held(path, FixedClock()):
            pass
    assert taken(path)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with another(path) as child:
        assert said(child) == "held"
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert path.exists()
    assert taken(path)


def test_of_many_that_find_a_stale_lock_one_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    write(path, pid=2**22 + 7, machine=process.machine(), started="", since="2026-11-22T03:00:00Z")
    with another(path) as a, another(path) as b, another(path) as c, another(path) as d:
        assert sorted(said(child) for child in (a, b, c, d)) == ["held"] + ["refused"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="select knows sockets alone there")
def test_nobody_comes_between_looking_at_a_stale_lock_and_taking_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    write(path, pid=2**22 + 7, machine=process.machine(), started="", since="2026-11-22T03:00:00Z")
    others: list[subprocess.Popen[str]] = []
    with ExitStack() as stack:

        def dead(pid: int, start: str) -> bool:
            child = stack.enter_context(another(path))
            others.append(child)
            # The other one has begun to try: it must still be trying when we are done looking.
            assert child.stdout is not None
            assert select.select([child.stdout], [], [], 0.3)[0] == []
            return False

        monkeypatch.setattr(process, "lives", dead)
        with held(path, FixedClock()):
            assert [said(child) for child in others] == ["refused"]


@pytest.mark.skipif(process.started(os.getpid()) == "", reason="no start times on this system")
def test_a_process_id_that_was_given_again_is_no_holder(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    mine = {"pid": os.getpid(), "machine": process.machine(), "since": "2026-11-22T03:00:00Z"}
    write(path, **mine, started="another-boot:1")
    assert taken(path)
    write(path, **mine, started="")
    with pytest.raises(LedgerError, match="another run of citecheck is at work here"):
        taken(path)


def test_another_machine_is_believed_for_a_day(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    since = MOMENT - timedelta(hours=23)
    write(path, pid=1, machine="elsewhere", started="", since=since.isoformat())
    message = f"on the machine 'elsewhere', since .*; if it is gone, remove the file {path}"
    with pytest.raises(LedgerError, match=message):
        taken(path)
    write(path, pid=1, machine="elsewhere", since=(MOMENT - timedelta(hours=25)).isoformat())
    assert taken(path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', '{"pid": 1}', "\x00" * 9])
def test_a_lock_that_says_nothing_holds_nothing(tmp_path: Path, content: str) -> None:
    path = tmp_path / "lock"
    path.write_text(content)
    assert taken(path)


def test_a_folder_in_its_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(LedgerError, match="cannot be written: there is a folder where a file"):
        taken(tmp_path / "lock")
