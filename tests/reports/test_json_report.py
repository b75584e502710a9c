"""`link-health.json` holds the contract's names and comes back as it went."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from citecheck.errors import LedgerError
from citecheck.records.finding import State
from citecheck.records.memory import Unsteady
from citecheck.records.report import Report
from citecheck.reports import json_report, jsonl
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import sample_report


def schema() -> jsonschema.Draft202012Validator:
    path = files("citecheck.reports") / "schema" / "link-health-1.schema.json"
    found = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def written(report: Report) -> Any:
    return json.loads(json_report.render(report))


def test_top_of_the_file() -> None:
    text = json_report.render(sample_report())
    assert text.startswith(
        '{\n  "schema": "citecheck/link-health/1",\n  "generated": "2026-11-22T03:14:15Z",\n'
        '  "citecheck": "0.1.0",\n  "vantage": "an office network",\n'
    )
    assert json.loads(text)["summary"] == {
        "links": 12, "ok": 2, "moved": 1, "changed": 1, "mismatch": 1, "dead": 3, "blocked": 2,
        "unreachable": 1, "unchecked": 1, "unlinked": 2, "news": 2,
    }  # fmt: skip


def test_a_dead_link_in_full() -> None:
    rows = {row["url"]: row for row in written(sample_report())["links"]}
    assert rows["http://news.example.cn/2017/0612/c1-293.html"] == {
        "url": "http://news.example.cn/2017/0612/c1-293.html",
        "state": "dead",
        "reason": "soft-404",
        "confidence": "high",
        "detail": "The server answers 200, but the page says that it does not exist. "
        "Cite the archived copy of 2 March 2021.",
        "since": "2026-11-22T03:14:15Z",
        "news": True,
        "previous": {"state": "ok", "reason": "ok", "at": "2026-09-06T03:14:09Z"},
        "evidence": [
            {"signal": "title-phrase", "value": "页面不存在"},
            {"signal": "words", "value": "41"},
        ],
        "http_status": 200,
        "final_url": "http://news.example.cn/2017/0612/c1-293.html",
        "hops": [
            {"url": "http://news.example.cn/old", "status": 302, "how": "http"},
            {
                "url": "http://news.example.cn/2017/0612/c1-293.html",
                "status": 200,
                "how": "meta",
            },
        ],
        "checked": "2026-11-22T03:14:15Z",
        "first_seen": "2026-09-06T03:14:09Z",
        "last_ok": "2026-11-15T03:14:10Z",
        "failures": 0,
        "unsteady": None,
        "title": "页面不存在 - 新闻",
        "media_type": "text/html",
        "match": {"verdict": "cannot-tell", "by": None},
        "content": {
            "bytes": 1820,
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "text_sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
            "extractor": "trafilatura 2.3.1",
            "similarity": None,
            "baseline": None,
        },
        "lookup": {
            "state": "found",
            "checked": "2026-11-22T03:14:15Z",
            "grade": "bracketed",
            "days": 3,
            "detail": None,
            "date": None,
            "basis": None,
            "passed_over": [],
            "provisional": False,
            "others": [],
        },
        "snapshots": [
            {
                "archive": "wayback",
                "url": "https://web.archive.org/web/20210302112233/"
                "http://news.example.cn/2017/0612/c1-293.html",
                "taken": "2021-03-02T11:22:33Z",
                "role": "cited",
                "status": 200,
                "verified": None,
            },
            {
                "archive": "wayback",
                "url": "https://web.archive.org/web/20210329112233/"
                "http://news.example.cn/2017/0612/c1-293.html",
                "taken": "2021-03-29T11:22:33Z",
                "role": "latest",
                "status": 404,
                "verified": None,
            },
        ],
        "save": {
            "state": "skipped",
            "reason": "dead",
            "job": None,
            "submitted": None,
            "snapshot": None,
        },
        "saves": [],
        "suggestion": {
            "kind": "snapshot",
            "url": "https://web.archive.org/web/20210302112233/"
            "http://news.example.cn/2017/0612/c1-293.html",
            "state": None,
        },
        "citations": [
            {
                "document": "paper.md",
                "note": "10",
                "line": 133,
                "reference": "li-2017-border-trade",
            },
            {
                "document": "book/chapter 2.md",
                "note": "3",
                "line": 58,
                "reference": "li-2017-border-trade",
            },
        ],
    }


def test_every_link_has_every_field() -> None:
    keys = {tuple(row) for row in written(sample_report())["links"]}
    assert len(keys) == 1


def test_links_are_sorted_whatever_their_order() -> None:
    report = sample_report()
    turned = replace(report, links=report.links[::-1], documents=report.documents[::-1])
    assert json_report.render(turned) == json_report.render(report)


def test_it_is_valid_by_the_published_schema() -> None:
    schema().validate(written(sample_report()))


@pytest.mark.parametrize("key", ["url", "state", "citations", "content"])
def test_the_schema_misses_what_is_missing(key: str) -> None:
    broken = written(sample_report())
    del broken["links"][0][key]
    assert not schema().is_valid(broken)


def test_moments_are_utc_to_the_second() -> None:
    zone = timezone(timedelta(hours=9))
    moment = datetime(2026, 11, 22, 12, 14, 15, 999999, zone)
    assert written(replace(sample_report(), generated=moment))["generated"] == (
        "2026-11-22T03:14:15Z"
    )


def test_there_and_back() -> None:
    report = replace(sample_report(), demo=True, network_down=True, interrupted=True)
    assert json_report.parse(json_report.render(report)) == report


def test_a_link_that_swings_there_and_back() -> None:
    row = sample_report().links[0]
    mark = Unsteady(("ok/ok", "blocked/forbidden"), 5, row.since)
    for untold in (False, True):
        report = replace(sample_report(), links=(replace(row, unsteady=mark, untold=untold),))
        assert json_report.parse(json_report.render(report)) == report
        assert written(report)["links"][0]["unsteady"]["told"] is not untold


def test_lines_there_and_back() -> None:
    report = replace(sample_report(), interrupted=True, vantage=None)
    assert jsonl.parse(jsonl.render(report)) == report


def test_unknown_keys_are_ignored_and_missing_ones_are_nothing_known() -> None:
    top = written(sample_report())
    top["future"] = {"a": 1}
    top["links"] = [
        {
            "url": "https://x.example/",
            "state": "ok",
            "reason": "ok-new-word",
            "confidence": "low",
            "since": "2026-11-22T03:14:15Z",
            "future": [1],
        }
    ]
    (row,) = json_report.parse(json.dumps(top)).links
    assert (row.finding.reason, row.previous, row.content, row.citations) == (
        "ok-new-word",
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "cannot be read"),
        ("[]", "cannot be read"),
        ("null", "cannot be read"),
        ('{"schema": "citecheck/link-health/2"}', "its schema is 'citecheck/link-health/2'"),
        ('{"schema": "citecheck/link-health/1"}', "cannot be read"),
        ('{"schema": "citecheck/link-health/1", "partial": "x"}', "give link-health.jsonl"),
        (
            '{"schema": "citecheck/link-health/1", "generated": "2026-11-22T03:14:15Z",'
            ' "links": [{"url": 3, "state": "ok", "since": "2026-11-22", "confidence": "low"}]}',
            "url is int, not text",
        ),
    ],
)
def test_what_cannot_be_read_says_so(text: str, said: str) -> None:
    with pytest.raises(LedgerError) as fault:
        json_report.parse(text)
    assert said in str(fault.value)


def test_above_the_bound_only_what_is_not_ok_is_held() -> None:
    text = json_report.render(sample_report(), most=11)
    top = json.loads(text)
    schema().validate(top)
    assert top["summary"]["links"] == 12
    assert len(top["links"]) == 10
    assert State.OK.value not in {row["state"] for row in top["links"]}
    assert "link-health.jsonl" in top["partial"]
    assert "partial" not in json.loads(json_report.render(sample_report(), most=12))


def test_the_first_line_of_jsonl_is_the_run() -> None:
    first, *rows = [json.loads(line) for line in jsonl.render(sample_report()).splitlines()]
    assert first["schema"] == "citecheck/link-health-links/1"
    assert (first["links"], first["dead"], first["unlinked"], first["news"]) == (12, 3, 2, 2)
    assert first["generated"] == "2026-11-22T03:14:15Z"
    assert rows == written(sample_report())["links"]


@pytest.mark.parametrize("text", ["", "{}\n", '{"schema": "citecheck/links/1"}\n', "no\n"])
def test_lines_that_cannot_be_read_say_so(text: str) -> None:
    with pytest.raises(LedgerError, match="list of links"):
        jsonl.parse(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_kept_and_cannot_act(text: str) -> None:
    report = hostile_report(text)
    for out in (json_report.render(report), jsonl.render(report)):
        shown = out.replace("\n", "")
        assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066" for c in shown)
        assert "##[" not in out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())
        out.encode("utf-8")
    top = json.loads(json_report.render(report))
    assert len(top["links"]) == len(report.links)
    assert top["links"][0]["title"] == re.sub("[\ud800-\udfff]", "\ufffd", text)
