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


def test_everything_else_does() -> None:
    assert not semantic_equal(json.dumps(REPORT), changed(state="dead"))
    assert not semantic_equal(json.dumps(REPORT), changed(since="2027"))
    assert not semantic_equal(json.dumps(REPORT), changed(lookup={"state": "none"}))
    assert not semantic_equal(json.dumps(REPORT), json.dumps({"links": []}))
    assert not semantic_equal("{", "{")
    assert not semantic_equal("[" * 100_000, "{}")
