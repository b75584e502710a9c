"""What answers mean: statuses, headers, faults."""

from __future__ import annotations

import pytest

from citecheck.archives.wayback_replies import Unanswered, answered, retry_after
from citecheck.records.archive import LookupState
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from standins.clock import START


def exchange(status: int, body: bytes = b"", truncated: str = "", **headers: str) -> Exchange:
    pairs = tuple((k.replace("_", "-").encode(), v.encode()) for k, v in headers.items())
    return Exchange(
        "GET", "https://x", START, (), status, "", pairs, body, body, truncated=truncated
    )


ERROR = "org.archive.wayback.exception.RobotAccessControlException: Blocked By Robots"


@pytest.mark.parametrize(
    ("answer", "state", "again"),
    [
        (exchange(429), "throttled", True),
        (Fault(FaultKind.CONNECTION_REFUSED), "throttled", True),
        (Fault(FaultKind.CONNECTION_RESET), "throttled", True),
        (Fault(FaultKind.RATE_LIMITED), "throttled", False),
        (exchange(403, ERROR.encode()), "excluded", False),
        (exchange(200, ERROR.encode()), "excluded", False),
        (exchange(403, X_Archive_Wayback_Runtime_Error=ERROR), "excluded", False),
        (exchange(403, b"Forbidden"), "unavailable", False),
        (exchange(302), "unavailable", False),
        (exchange(404), "unavailable", False),
        (exchange(503), "unavailable", True),
        (exchange(504), "unavailable", True),
        (exchange(200, b"a row", "disconnect"), "unavailable", True),
        (Fault(FaultKind.READ_TIMEOUT), "unavailable", True),
        (Fault(FaultKind.DNS_FAILURE), "unavailable", True),
        (Fault(FaultKind.TLS_FAILURE), "unavailable", True),
    ],
)
def test_what_is_no_answer(answer: Exchange | Fault, state: str, again: bool) -> None:
    with pytest.raises(Unanswered) as why:
        answered(answer, START)
    assert (why.value.state, why.value.again) == (LookupState(state), again)


def test_the_name_of_an_error_in_a_captured_address_is_no_error() -> None:
    row = b"org,x)/ 20200101000000 https://x.org/Blocked%20Site/RobotAccessControlException"
    fine = exchange(200, row)
    assert answered(fine, START) is fine


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", 0.0),
        ("30", 30.0),
        ("1000000000", 3600.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("²", 0.0),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 120.0),
        ("Sun, 01 Mar 2020 12:02:00 GMT", 0.0),
    ],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after(value, START) == seconds
