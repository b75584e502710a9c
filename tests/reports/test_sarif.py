"""SARIF 2.1.0, held by models made from the official schema (keys it does not know forbidden)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from pydantic_sarif.model import (  # type: ignore[import-untyped]
    StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif,
)

from citecheck.records.finding import Confidence, State
from citecheck.records.link import Cited
from citecheck.records.report import LinkRow, Report
from citecheck.reports import sarif
from citecheck.reports.options import RenderOptions
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import link, paper, sample_report

URL = "https://gone.example/"


def run_of(report: Report, options: RenderOptions | None = None) -> Any:
    text = sarif.render(report, options or RenderOptions())
    Sarif.model_validate_json(text)
    (run,) = json.loads(text)["runs"]
    return run


def only(row: LinkRow) -> Report:
    return replace(sample_report(), links=(row,), skipped=())


def test_a_result() -> None:
    row = link(URL, State.DEAD, "http-404", "The page is gone.", paper("7", 120, "r"))
    (result,) = run_of(only(row))["results"]
    assert result == {
        "ruleId": "dead/http-404",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "https://gone.example/: The page is gone."},
        "partialFingerprints": {"citedLink/v1": "11b2861986e78ce7fcb391f3291bef9b"},
        "properties": {
            "url": "https://gone.example/",
            "state": "dead",
            "reason": "http-404",
            "confidence": "high",
            "news": False,
            "note": "7",
            "reference": "r",
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "paper.md", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 120},
                },
                "logicalLocations": [{"name": "note 7", "kind": "member"}],
            }
        ],
    }


def test_a_result_for_each_place_and_none_for_what_is_fine() -> None:
    results = run_of(sample_report())["results"]
    assert [(r["ruleId"], r["level"], r["properties"]["note"]) for r in results] == [
        ("dead/parked", "error", "11"),
        ("dead/http-410", "error", "7"),
        ("dead/soft-404", "error", "10"),
        ("dead/soft-404", "error", "3"),
        ("changed/content-changed", "error", "12"),
        ("mismatch/title-mismatch", "error", "13"),
        ("unreachable/connect-timeout", "note", "14"),
        ("blocked/library-proxy", "note", "4"),
        ("blocked/challenge", "note", "15"),
        ("moved/host-moved", "note", "2"),
    ]


def test_rules_are_those_that_were_met() -> None:
    run = run_of(sample_report())
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert {rule["id"] for rule in rules} == {r["ruleId"] for r in run["results"]}
    assert rules[0]["name"] == "BlockedChallenge"
    assert rules[0]["shortDescription"]["text"] == "Cited link: blocked to robots (challenge)"


@pytest.mark.parametrize(
    ("state", "confidence", "fail_on", "level"),
    [
        (State.DEAD, Confidence.HIGH, {"dead"}, "error"),
        (State.DEAD, Confidence.LOW, {"dead"}, "warning"),
        (State.DEAD, Confidence.HIGH, set(), "warning"),
        (State.MISMATCH, Confidence.HIGH, {"dead"}, "warning"),
        (State.BLOCKED, Confidence.HIGH, {"dead"}, "note"),
        (State.BLOCKED, Confidence.HIGH, {"blocked"}, "error"),
        (State.MOVED, Confidence.HIGH, set(), "note"),
    ],
)
def test_levels(state: State, confidence: Confidence, fail_on: set[str], level: str) -> None:
    assert sarif.level(state, confidence, RenderOptions(frozenset(fail_on))) == level


def fingerprints(report: Report) -> list[str]:
    return [r["partialFingerprints"]["citedLink/v1"] for r in run_of(report)["results"]]


def test_fingerprints_survive_moved_lines_and_are_unique() -> None:
    base = link(URL, State.DEAD, "http-404", "d", paper("7", 120, "r"), paper("7", 120, "s"))
    moved = replace(base, citations=(paper("7", 420, "r"), paper("7", 421, "s")))
    assert fingerprints(only(base)) == fingerprints(only(moved))
    assert len(set(fingerprints(only(base)))) == 2
    all_of_them = fingerprints(sample_report())
    assert len(set(all_of_them)) == len(all_of_them)


@pytest.mark.parametrize(
    ("document", "location"),
    [
        ("book/chapter 2.md", {"uri": "book/chapter%202.md", "uriBaseId": "%SRCROOT%"}),
        ("文.md", {"uri": "%E6%96%87.md", "uriBaseId": "%SRCROOT%"}),
        ("a:b#c?.md", {"uri": "a%3Ab%23c%3F.md", "uriBaseId": "%SRCROOT%"}),
        ("/home/x.md", {"uri": "file:///home/x.md"}),
        ("https://example.org/paper", {"uri": "https://example.org/paper"}),
        ("javascript:x", {"uri": "javascript%3Ax", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_places_are_uris(document: str, location: dict[str, str]) -> None:
    row = link(URL, State.DEAD, "http-404", "d", Cited(document, "1", 0, "r"))
    (result,) = run_of(only(row))["results"]
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": location}


def test_a_link_without_citations_has_no_place() -> None:
    (result,) = run_of(only(link(URL, State.DEAD, "http-404", "d")))["results"]
    assert "locations" not in result


def test_the_run_tells_what_was_not_done() -> None:
    (invocation,) = run_of(replace(sample_report(), network_down=True))["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["endTimeUtc"] == "2026-11-22T03:14:15Z"
    assert [n["message"]["text"] for n in invocation["toolExecutionNotifications"]] == [
        "old notes.docx: this kind of file cannot be read; save it as Markdown"
    ]


def test_more_results_than_a_reader_takes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    run = run_of(sample_report())
    assert len(run["results"]) == 4
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert notes[-1]["message"]["text"] == "6 more results are left out."


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_makes_no_link_in_a_message(text: str) -> None:
    run = run_of(hostile_report(text))
    for result in run["results"]:
        message = result["message"]["text"]
        assert not any(ord(c) < 32 for c in message)
        plain = message.replace("\\\\", "").replace("\\[", "").replace("\\]", "")
        assert "[" not in plain
        assert "]" not in plain
