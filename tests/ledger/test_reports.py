from __future__ import annotations

import json

from citecheck.ledger.reports import semantic_equal

REPORT = {
    "generated": "2026-11-22T03:14:15Z",
    "links": [
        {
            "url": "u", "state": "ok", "checked": "2026-11-22T03:14:15Z", "last_ok": "2026-11-22",
            "since": "2026-01-01", "lookup": {"state": "found", "checked": "2026-11-01"},
        }
    ],
}  # fmt: skip


def changed(**link: object) -> str:
    return json.dumps({**REPORT, "links": [{**REPORT["links"][0], **link}]})  # type: ignore[dict-item]


def test_times_of_looking_make_no_difference() -> None:
    later = changed(checked="2027", last_ok="2027", lookup={"state": "found", "checked": "2027"})
    assert semantic_equal(json.dumps(REPORT), later)
    assert semantic_equal(json.dumps(REPORT, indent=2), json.dumps({**REPORT, "generated": "x"}))


def test_what_every_visit_changes_makes_no_difference() -> None:
    baseline = {"kind": "record", "url": "u", "taken": "2026"}
    seen = {"bytes": 10, "sha256": "a", "text_sha256": "b", "similarity": None}
    first = changed(news=True, http_status=200, content={**seen, "baseline": baseline})
    clock = {**seen, "bytes": 11, "sha256": "c", "text_sha256": "d", "baseline": baseline}
    assert semantic_equal(first, changed(news=True, http_status=304, content=clock))
    moved = {**clock, "baseline": {**baseline, "taken": "2027"}}
    assert not semantic_equal(first, changed(news=True, http_status=304, content=moved))
    # Yesterday's news must not stand as today's.
    assert not semantic_equal(first, changed(news=False, http_status=304, content=clock))


def test_everything_else_does() -> None:
    assert not semantic_equal(json.dumps(REPORT), changed(state="dead"))
    assert not semantic_equal(json.dumps(REPORT), changed(since="2027"))
    assert not semantic_equal(json.dumps(REPORT), changed(lookup={"state": "none"}))
    assert not semantic_equal(json.dumps(REPORT), json.dumps({"links": []}))
    assert not semantic_equal("{", "{")
    assert not semantic_equal("[" * 100_000, "{}")
