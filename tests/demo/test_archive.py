"""The small archive speaks the interfaces as the large one does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from citecheck.demo.archive import Capture, SmallArchive

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://example.org/page"
CAPTURES = (
    Capture("http://www.example.org/page", "20100101000000", body=b"one"),
    Capture(URL, "20150101000000", body=b"two"),
    Capture(URL, "20150601000000", body=b"two", revisit=True),
    Capture(URL, "20200101000000", status=404, body=b"gone"),
    Capture("https://example.org/other", "20190101000000"),
)
LOGIN = {"Authorization": "LOW demo-access:demo-secret"}


def archive() -> SmallArchive:
    return SmallArchive(CAPTURES, now=lambda: NOW)


def cdx(**params: str) -> str:
    query = urlencode({"url": URL} | {k.rstrip("_"): v for k, v in params.items()})
    return archive().handle("GET", f"/cdx/search/cdx?{query}", {}, b"")[2].decode()


def years(text: str) -> list[str]:
    return [line.split(" ")[1][:6] for line in text.splitlines()]


def test_rows_are_those_of_the_page_in_every_spelling() -> None:
    assert cdx().splitlines()[:3] == [
        "org,example)/page 20100101000000 http://www.example.org/page text/html 200 "
        "7YC3ZXG4JEUACJ4BUXY2FJ34XNJZRYIG 403",
        "org,example)/page 20150101000000 https://example.org/page text/html 200 "
        "VV4C5TNMO4H4N242MLSE7EEHH64X7MTL 403",
        "org,example)/page 20150601000000 https://example.org/page warc/revisit - "
        "VV4C5TNMO4H4N242MLSE7EEHH64X7MTL 403",
    ]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, ["201001", "201501", "201506", "202001"]),
        ({"from_": "2015", "to": "2015"}, ["201501", "201506"]),
        ({"limit": "2"}, ["201001", "201501"]),
        ({"limit": "-1"}, ["202001"]),
        ({"filter": "statuscode:200"}, ["201001", "201501"]),
        ({"filter": "!statuscode:200"}, ["201506", "202001"]),
        ({"filter": "~mimetype:revisit"}, ["201506"]),
        ({"collapse": "digest"}, ["201001", "201501", "202001"]),
        ({"collapse": "timestamp:4"}, ["201001", "201501", "202001"]),
        ({"sort": "closest", "closest": "20150301", "limit": "2"}, ["201501", "201506"]),
        ({"sort": "reverse", "limit": "1"}, ["202001"]),
    ],
)
def test_queries(params: dict[str, str], expected: list[str]) -> None:
    assert years(cdx(**params)) == expected


def test_a_prefix_takes_in_other_pages() -> None:
    assert len(years(cdx(url="https://example.org/*"))) == 5
    assert len(years(cdx(url="example.org", matchType="host"))) == 5


def test_json_and_resume_keys() -> None:
    assert json.loads(cdx(output="json", fl="timestamp,statuscode", limit="1")) == [
        ["timestamp", "statuscode"],
        ["20100101000000", "200"],
    ]
    assert json.loads(cdx(output="json", url="https://nowhere.example/")) == []
    *_, blank, resume = cdx(limit="3", showResumeKey="true").split("\n")[:-1]
    assert blank == ""
    assert years(cdx(limit="3", showResumeKey="true", resumeKey=resume)) == ["202001"]


def test_a_query_without_sense_is_a_bad_request() -> None:
    small = archive()
    for query in ("", "url=", f"url={URL}&limit=x", f"url={URL}&filter=statuscode:("):
        assert small.handle("GET", f"/cdx/search/cdx?{query}", {}, b"")[0] == 400


def replay(path: str) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = archive().handle("GET", path, {}, b"")
    return status, dict(headers), body


def test_replay_gives_the_capture_with_its_moment() -> None:
    status, headers, body = replay(f"/web/20150101000000id_/{URL}")
    assert (status, body) == (200, b"two")
    assert headers["Memento-Datetime"] == "Thu, 01 Jan 2015 00:00:00 GMT"
    assert replay(f"/web/20200101000000/{URL}")[0] == 404
    assert "Memento-Datetime" in replay(f"/web/20200101000000/{URL}")[1]


def test_replay_leads_to_the_nearest_and_knows_what_it_has_not() -> None:
    status, headers, _ = replay(f"/web/2016id_/{URL}")
    assert (status, headers["Location"]) == (
        302,
        f"https://web.archive.org/web/20150601000000id_/{URL}",
    )
    status, headers, _ = replay("/web/2016/https://nowhere.example/")
    assert (status, "Memento-Datetime" in headers) == (404, False)


def ask(small: SmallArchive, method: str, path: str, **form: str) -> tuple[int, Any]:
    status, _, body = small.handle(method, path, LOGIN, urlencode(form).encode())
    return status, json.loads(body)


def test_saving_needs_keys() -> None:
    status, _, body = archive().handle("POST", "/save", {}, b"url=https://example.org/new")
    assert (status, b"need to be logged in" in body) == (401, True)


def test_a_job_is_pending_and_then_in_the_index() -> None:
    small = archive()
    _, told = ask(small, "POST", "/save", url="https://example.org/new")
    path = f"/save/status/{told['job_id']}"
    assert ask(small, "GET", "/save/status/user")[1]["available"] == 2
    assert ask(small, "GET", path)[1]["status"] == "pending"
    done = ask(small, "GET", path)[1]
    assert (done["status"], done["timestamp"]) == ("success", "20261122120000")
    assert small.handle("GET", "/web/20261122120000/https://example.org/new", {}, b"")[0] == 200
    assert ask(small, "GET", "/save/status/spn2-none")[0] == 404


def test_a_fresh_copy_is_not_made_twice() -> None:
    small = archive()
    small.captures.append(Capture(URL, f"{NOW - timedelta(minutes=9):%Y%m%d%H%M%S}"))
    _, told = ask(small, "POST", "/save", url=URL, if_not_archived_within="3d 5h 20m")
    assert told["message"] == "The same snapshot had been made 9 minutes ago."
    _, told = ask(small, "POST", "/save", url=URL, if_not_archived_within="60")
    assert "message" not in told


def test_a_page_that_is_gone_is_an_error_of_the_job() -> None:
    small = SmallArchive(now=lambda: NOW, visit=lambda url: (404, "text/html", b""), pending=0)
    _, told = ask(small, "POST", "/save", url=URL)
    assert ask(small, "GET", f"/save/status/{told['job_id']}")[1]["status_ext"] == "error:not-found"


def test_the_sixth_of_a_day_is_too_many() -> None:
    small = archive()
    for _ in range(5):
        ask(small, "POST", "/save", url=URL, if_not_archived_within="1")
    _, told = ask(small, "POST", "/save", url=URL, if_not_archived_within="1")
    assert told["status_ext"] == "error:too-many-daily-captures"


def test_availability() -> None:
    _, told = ask(archive(), "GET", f"/wayback/available?url={URL}&timestamp=2019")
    assert told["archived_snapshots"]["closest"] == {
        "status": "200",
        "available": True,
        "url": f"http://web.archive.org/web/20150601000000/{URL}",
        "timestamp": "20150601000000",
    }
    assert ask(archive(), "GET", "/wayback/available?url=nowhere.example")[1] == {
        "url": "nowhere.example",
        "archived_snapshots": {},
    }
