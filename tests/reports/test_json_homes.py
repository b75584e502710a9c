"""What other places keep of a link, in `link-health.json` and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files

import jsonschema
import pytest

from citecheck.records.archive import PERMA, SOFTWARE_HERITAGE, SaveOutcome, SaveState, Snapshot
from citecheck.reports.json_parse import link_of
from citecheck.reports.json_report import render
from citecheck.reports.json_rows import link_row
from standins.sample_report import sample_report

NOW = datetime(2026, 11, 22, 3, 14, 15, tzinfo=UTC)
COPY = Snapshot(PERMA, "https://perma.cc/AB12-CD34", NOW, "saved")
SAVES = (
    SaveOutcome(SaveState.SAVED, "", "AB12-CD34", NOW, COPY, PERMA),
    SaveOutcome(SaveState.NONE, "no-copy", "", NOW, None, SOFTWARE_HERITAGE),
)


def test_each_place_is_told_with_its_name() -> None:
    row = link_row(replace(sample_report().links[0], saves=SAVES))
    assert row["saves"] == [
        {
            "archive": "perma.cc",
            "state": "saved",
            "reason": None,
            "job": "AB12-CD34",
            "submitted": "2026-11-22T03:14:15Z",
            "snapshot": {**row["saves"][0]["snapshot"], "url": "https://perma.cc/AB12-CD34"},
        },
        {
            "archive": "software-heritage",
            "state": "none",
            "reason": "no-copy",
            "job": None,
            "submitted": "2026-11-22T03:14:15Z",
            "snapshot": None,
        },
    ]


def test_it_is_read_again_as_it_was() -> None:
    link = replace(sample_report().links[0], saves=SAVES)
    assert link_of(json.loads(json.dumps(link_row(link)))).saves == SAVES


def test_the_published_schema_knows_it() -> None:
    report = sample_report()
    first, *rest = report.links
    report = replace(report, links=(replace(first, saves=SAVES), *rest))
    published = files("citecheck.reports") / "schema" / "link-health-1.schema.json"
    schema = json.loads(published.read_text(encoding="utf-8"))
    told = json.loads(render(report))
    jsonschema.Draft202012Validator(schema).validate(told)
    told["links"][0]["saves"] = [{"state": "saved"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(told)


def test_a_report_of_before_has_none() -> None:
    row = link_row(sample_report().links[0])
    assert row.pop("saves") == []
    assert link_of(row).saves == ()
