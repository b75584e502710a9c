"""Each checker's own output is read as it is meant."""

from __future__ import annotations

import json

from benchmarks.comparison import answers
from benchmarks.comparison.answers import key
from benchmarks.comparison.scoring import Call, Heard


def test_one_address_in_many_spellings() -> None:
    assert key("https://küstenbücher.de/a") == key("http://xn--kstenbcher-9dbf.de/a#b")
    assert key("https://k%C3%BCstenb%C3%BCcher.de/a") == "xn--kstenbcher-9dbf.de/a"
    assert key("https://a.hu/%C3%ADr?q=x%20y") == key("https://A.hu/ír?q=x y")
    assert key("https://a.org") == key("https://a.org/")


def test_lychee() -> None:
    told = {
        "success_map": {"paper.md": [{"url": "https://a.org/", "status": {"code": 200}}]},
        "error_map": {
            "paper.md": [
                {"url": "https://b.org/", "status": {"text": "Rejected", "code": 403}},
                {"url": "https://c.org/", "status": {"text": "Network error"}},
            ]
        },
        "timeout_map": {"paper.md": [{"url": "https://d.org/", "status": {"text": "Timeout"}}]},
        "excluded_map": {},
    }
    assert answers.lychee(json.dumps(told)) == {
        "a.org/": Heard(Call.FINE, "200"),
        "b.org/": Heard(Call.BROKEN, "403"),
        "c.org/": Heard(Call.BROKEN, "error"),
        "d.org/": Heard(Call.OPEN, "timeout"),
    }


def test_linkchecker() -> None:
    told = (
        "# created by LinkChecker\n"
        "urlname;parentname;base;result;warningstring;infostring;valid;url\n"
        "https://a.org/;p;;200 OK;;;True;https://a.org/\n"
        "https://b.org/;p;;429 Too Many Requests;[http-rate-limited] slow;;True;https://b.org/\n"
        "https://c.org/;p;;ConnectionError: refused: by peer;;;False;https://c.org/\n"
        "# Stopped checking\n"
    )
    assert answers.linkchecker(told) == {
        "a.org/": Heard(Call.FINE, "200"),
        "b.org/": Heard(Call.FINE, "429, warning"),
        "c.org/": Heard(Call.BROKEN, "ConnectionError"),
    }


def test_linkinator() -> None:
    told = {
        "links": [
            {"url": "paper.md", "status": 200, "state": "OK"},
            {"url": "https://a.org/", "status": 200, "state": "OK"},
            {"url": "https://b.org/", "status": 0, "state": "BROKEN"},
            {"url": "https://c.org/", "status": 999, "state": "SKIPPED"},
        ]
    }
    assert answers.linkinator(json.dumps(told)) == {
        "a.org/": Heard(Call.FINE, "200"),
        "b.org/": Heard(Call.BROKEN, "error"),
        "c.org/": Heard(Call.OPEN, "999"),
    }


def test_markdown_link_check() -> None:
    def row(url: str, status: str, code: str) -> str:
        return (
            f'<testcase name="{url}"><properties><property name="url" value="{url}"/>'
            f'<property name="status" value="{status}"/>'
            f'<property name="statusCode" value="{code}"/></properties></testcase>'
        )

    rows = row("https://a.org/", "alive", "200") + row("https://b.org/", "dead", "0")
    told = f"<testsuites><testsuite>{rows}</testsuite></testsuites>"
    assert answers.markdown_link_check(told) == {
        "a.org/": Heard(Call.FINE, "200"),
        "b.org/": Heard(Call.BROKEN, "error"),
    }


def test_linkkeep_an_error_outweighs_a_warning() -> None:
    def issue(severity: str, code: str, url: str, status: int | None) -> dict[str, object]:
        return {"severity": severity, "code": code, "target_url": url, "status": status}

    told = {
        "issues": [
            issue("error", "redirect_to_error", "https://a.org/", 404),
            issue("warning", "mixed_content", "https://a.org/", None),
            issue("warning", "mixed_content", "https://b.org/", 200),
        ]
    }
    assert answers.linkkeep(json.dumps(told)) == {
        "a.org/": Heard(Call.BROKEN, "redirect to error 404"),
        "b.org/": Heard(Call.FINE, "mixed content"),
    }


def test_citecheck() -> None:
    told = {
        "links": [
            {"url": "https://a.org/", "state": "ok", "reason": "ok"},
            {"url": "https://b.org/", "state": "dead", "reason": "soft-404"},
            {"url": "https://c.org/", "state": "blocked", "reason": "captcha"},
        ]
    }
    assert answers.citecheck(json.dumps(told)) == {
        "a.org/": Heard(Call.FINE, "ok"),
        "b.org/": Heard(Call.BROKEN, "dead/soft-404"),
        "c.org/": Heard(Call.OPEN, "blocked/captcha"),
    }
