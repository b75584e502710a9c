from __future__ import annotations

import json
from datetime import UTC, date, datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.records.archive import Grade, Lookup, LookupResult, LookupState, SaveOutcome
from citecheck.records.memory import LinkRecord, Visit
from citecheck.records.observation import Fault, FaultKind, Hop, Observation, Sketch

AT = datetime(2026, 11, 22, 3, 14, 15, tzinfo=UTC)

moments = st.datetimes(timezones=st.just(UTC))
sketches = st.builds(Sketch, hashes=st.lists(st.integers(0, 2**64 - 1), max_size=20).map(tuple))
numbers = st.floats(allow_nan=False, allow_infinity=False)
known = {datetime: moments, Sketch: sketches, float: numbers}
for kind, strategy in known.items():
    st.register_type_strategy(kind, strategy)


@settings(max_examples=60, deadline=None)
@given(st.one_of(*(st.from_type(k) for k in (Observation, LookupResult, SaveOutcome))))
def test_what_a_journal_holds_survives(record: Any) -> None:
    assert decode(type(record), json.loads(json.dumps(encode(record)))) == record


@settings(max_examples=60, deadline=None)
@given(st.one_of(*(st.from_type(k) for k in (LinkRecord, Visit, Sketch))))
def test_what_is_remembered_survives(record: Any) -> None:
    assert decode(type(record), json.loads(json.dumps(encode(record)))) == record


def test_an_observation_as_it_is_stored() -> None:
    seen = Observation(
        "https://example.com/",
        AT,
        "https://example.com/b",
        hops=(Hop("https://example.com/", 302),),
        fault=Fault(FaultKind.READ_TIMEOUT),
        headers=(("server", "x"),),
        sketch=Sketch(size=2, tokens=5, hashes=(1, 2**64 - 1)),
    )
    assert encode(seen) == {
        "url": "https://example.com/",
        "at": "2026-11-22T03:14:15Z",
        "final_url": "https://example.com/b",
        "hops": [{"url": "https://example.com/", "status": 302}],
        "fault": {"kind": "read-timeout"},
        "headers": [["server", "x"]],
        "sketch": {"size": 2, "tokens": 5, "hashes": "AAAAAAAAAAH//////////w=="},
    }


def test_dates_and_enums_and_other_zones() -> None:
    result = LookupResult(
        "https://example.com/",
        Lookup(
            LookupState.FOUND,
            AT.astimezone(timezone.max),
            Grade.EXACT,
            3,
            cited_on=date(2018, 11, 29),
        ),
    )
    row = encode(result)
    assert row["lookup"] == {
        "state": "found", "checked": "2026-11-22T03:14:15Z", "grade": "exact", "days": 3,
        "cited_on": "2018-11-29",
    }  # fmt: skip
    assert decode(LookupResult, row) == result


def test_unknown_keys_are_passed_over() -> None:
    row = {"url": "u", "checked": "2026-11-22T03:14:15+00:00", "of-a-newer-version": 1}
    assert decode(Visit, row) == Visit("u", AT)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ([], "an object is needed for Visit"),
        ({"url": "u"}, "Visit lacks 'checked'"),
        ({"url": 1, "checked": "2026-11-22T03:14:15Z"}, "url: a str is needed"),
        ({"url": "u", "checked": "yesterday"}, "checked: a time such as"),
        ({"url": "u", "checked": "2026-11-22T03:14:15"}, "checked: a time such as"),
        ({"url": "u", "checked": "2026-11-22T03:14:15Z", "size": True}, "size: a int is needed"),
        (
            {"url": "u", "checked": "2026-11-22T03:14:15Z",
             "sketch": {"size": 1, "tokens": 1, "hashes": "AAA"}},
            "sketch: hashes: hashes in base64",
        ),
    ],
)  # fmt: skip
def test_the_wrong_kind_is_told(row: Any, why: str) -> None:
    with pytest.raises(CodecError, match=why):
        decode(Visit, row)


def test_what_no_record_holds_is_refused() -> None:
    with pytest.raises(CodecError, match="a time without a zone"):
        encode(Visit("u", datetime(2026, 1, 1)))  # noqa: DTZ001
    with pytest.raises(CodecError, match="a set cannot be stored"):
        encode({1})
    with pytest.raises(CodecError, match="'maybe' is no LookupState"):
        decode(Lookup, {"state": "maybe"})


def test_a_line_of_an_earlier_version_is_read_as_it_was_and_written_the_same() -> None:
    """Fields that came later have defaults, and a default is not written."""
    line = {
        "url": "https://example.com/",
        "state": "ok",
        "reason": "ok",
        "confidence": "high",
        "detail": "Fine.",
        "since": "2026-11-22T03:14:15Z",
        "first_seen": "2026-11-22T03:14:15Z",
    }
    record = decode(LinkRecord, line)
    assert (record.turns, record.unsteady) == ((), None)
    assert encode(record) == line
    assert decode(LinkRecord, {**line, "of-a-later-version": 1}) == record
