"""What each checker printed, read from its own machine-readable output."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from benchmarks.comparison.behaviour import origin
from benchmarks.comparison.scoring import Call, Heard

Answers = dict[str, Heard]


def key(url: str) -> str:
    """An address in a form that all checkers' spellings of it share: host in IDNA, the rest
    unquoted, no fragment and no scheme."""
    parts = urlsplit(unquote(url) if "%" in url.split("/", 3)[2] else url)
    rest = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
    return origin(parts._replace(path="", query="", fragment="").geturl()) + rest


def web_only(rows: Iterator[tuple[str, Heard]]) -> Answers:
    return {key(url): heard for url, heard in rows if url.startswith(("http://", "https://"))}


def lychee(text: str) -> Answers:
    """`--format json` with `-vv`, without which the good links are only counted. What is in none
    of the maps was "unsupported": it is left open."""
    report = json.loads(text)

    def rows() -> Iterator[tuple[str, Heard]]:
        for name, call in (
            ("success_map", Call.FINE),
            ("error_map", Call.BROKEN),
            ("timeout_map", Call.OPEN),
            ("excluded_map", Call.OPEN),
        ):
            for found in report[name].values():
                for entry in found:
                    status = entry.get("status") or {}
                    told = str(status.get("code") or "")
                    word = told or {Call.BROKEN: "error", Call.OPEN: "timeout"}.get(call, "ok")
                    yield entry["url"], Heard(call, word)

    return web_only(rows())


def linkchecker(text: str) -> Answers:
    """`-o csv` with `--verbose`: one line an address, with `valid`."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]

    def rows() -> Iterator[tuple[str, Heard]]:
        for row in csv.DictReader(io.StringIO("\n".join(lines)), delimiter=";"):
            word = (row["result"] or "").split(":")[0].split(" (")[0]
            word = word.split(" ")[0] if word[:3].isdigit() else word
            warned = bool(row["warningstring"])
            if row["valid"] == "True":
                yield row["urlname"], Heard(Call.FINE, word + (", warning" if warned else ""))
            else:
                yield row["urlname"], Heard(Call.BROKEN, word)

    return web_only(rows())


def linkinator(text: str) -> Answers:
    """`--format json`. At the default verbosity, links that it skips are not in the list."""
    calls = {"OK": Call.FINE, "BROKEN": Call.BROKEN, "SKIPPED": Call.OPEN}

    def rows() -> Iterator[tuple[str, Heard]]:
        for link in json.loads(text)["links"]:
            word = str(link.get("status") or "error")
            yield link["url"], Heard(calls[link["state"]], word)

    return web_only(rows())


def markdown_link_check(text: str) -> Answers:
    """The JUnit reporter: a test case an address, with its status as a property."""
    calls = {"alive": Call.FINE, "dead": Call.BROKEN, "ignored": Call.OPEN, "error": Call.BROKEN}

    def rows() -> Iterator[tuple[str, Heard]]:
        for case in ElementTree.fromstring(text).iter("testcase"):  # noqa: S314 - own output
            told = {p.get("name"): p.get("value") or "" for p in case.iter("property")}
            code = told.get("statusCode") or "0"
            word = code if code != "0" else "error"
            yield told["url"], Heard(calls[told["status"]], word)

    return web_only(rows())


def linkkeep(text: str) -> Answers:
    """`--format json`: only issues are listed; one of severity `error` calls the link broken."""

    def rows() -> Iterator[tuple[str, Heard]]:
        for issue in sorted(json.loads(text)["issues"], key=lambda i: i["severity"] == "error"):
            broken = issue["severity"] == "error"
            code = f" {issue['status']}" if broken and issue.get("status") else ""
            word = issue["code"].replace("_", " ") + code
            yield issue["target_url"], Heard(Call.BROKEN if broken else Call.FINE, word)

    return web_only(rows())


CITECHECK_CALLS = {
    "ok": Call.FINE,
    "moved": Call.FINE,
    "dead": Call.BROKEN,
    "changed": Call.BROKEN,
    "mismatch": Call.BROKEN,
    "blocked": Call.OPEN,
    "unreachable": Call.OPEN,
    "unchecked": Call.OPEN,
}


def citecheck(text: str) -> Answers:
    """`link-health.json`: state and reason of each link."""

    def rows() -> Iterator[tuple[str, Heard]]:
        for link in json.loads(text)["links"]:
            word = link["state"]
            if link["reason"] != word:
                word += "/" + link["reason"]
            yield link["url"], Heard(CITECHECK_CALLS[link["state"]], word)

    return web_only(rows())
