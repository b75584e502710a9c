"""Ports that keep silent are left alone after a while, strangers sooner than acquaintances."""

from __future__ import annotations

import httpx

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.settings import Settings
from citecheck.web.silence import Silence
from standins.asking import paced
from standins.clock import START, FakeClock

PLACE = ("a.example", 443)
OTHER = ("a.example", 8443)
FINE = Exchange("GET", "https://a.example/", START, (), 200, "OK", (), b"", b"")
MUTE = Fault(FaultKind.READ_TIMEOUT, "")
NOBODY = Fault(FaultKind.CONNECT_TIMEOUT, "")
REFUSED = Fault(FaultKind.CONNECTION_REFUSED, "")


def tries(*before: Exchange | Fault, then: Fault = MUTE) -> int:
    """How often a place is asked that keeps silent from now on."""
    silence, asked = Silence(), 0
    for answer in before:
        silence.noted(PLACE, answer)
    while silence.fault(PLACE) is None and asked < 99:
        silence.noted(PLACE, then)
        asked += 1
    return asked


def test_a_stranger_is_given_four_tries_an_acquaintance_eight() -> None:
    assert tries() == 4
    assert tries(then=NOBODY) == 4
    assert tries(FINE) == 8
    assert tries(MUTE, MUTE, MUTE, FINE) == 8


def test_what_is_told_is_what_happened_last() -> None:
    silence = Silence()
    for answer in (MUTE, NOBODY, NOBODY, NOBODY):
        silence.noted(PLACE, answer)
    fault = silence.fault(PLACE)
    assert fault is not None
    assert fault.kind is FaultKind.CONNECT_TIMEOUT
    assert fault.detail == "no connection within the time allowed, 4 times in a row in this run"
    assert silence.fault(OTHER) is None


def test_other_faults_are_no_silence() -> None:
    assert tries(REFUSED, REFUSED, REFUSED, REFUSED, REFUSED) == 4


def test_a_host_that_hangs_costs_a_run_four_time_outs() -> None:
    def serve(_: httpx.Request, __: FakeClock) -> httpx.Response:
        raise httpx.ReadTimeout("x")

    found, starts = paced(Settings(), serve, *[f"https://a.example/{i}" for i in range(30)])
    assert {f.kind for f in found if isinstance(f, Fault)} == {FaultKind.READ_TIMEOUT}
    assert (len(found), len(starts)) == (30, 4)
