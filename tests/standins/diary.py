"""A link's diary: what a row of visits on many days makes of it, folded as a run folds it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache

from citecheck import verdict
from citecheck.ledger.codec import decode, encode
from citecheck.records.finding import Finding
from citecheck.records.memory import LinkRecord, Memory, Visit
from citecheck.records.observation import FaultKind, Observation
from citecheck.records.report import LinkRow
from citecheck.remember import absorb, remember
from citecheck.settings import Settings
from standins.clock import START
from standins.judged import OTHER, STORY, URL, cited, failed, observed, page

LINK = cited(title="")
FAULTS = {
    "dns": FaultKind.DNS_FAILURE,
    "slow": FaultKind.READ_TIMEOUT,
    "refused": FaultKind.CONNECTION_REFUSED,
    "reset": FaultKind.CONNECTION_RESET,
    "far": FaultKind.CONNECT_TIMEOUT,
    "nxdomain": FaultKind.DNS_NXDOMAIN,
    "tls": FaultKind.TLS_EXPIRED,
    "cut": FaultKind.INCOMPLETE,
}
# What each event is in the report, where nothing of the past speaks against it.
SAYS = {
    "ok": "ok/ok",
    "drift": "changed/content-changed",
    "404": "dead/http-404",
    "soft": "dead/soft-404",
    "403": "blocked/forbidden",
    "wall": "blocked/challenge",
    "login": "blocked/login",
    "503": "unreachable/http-5xx",
    "dns": "unreachable/dns-failure",
    "slow": "unreachable/read-timeout",
    "refused": "unreachable/connection-refused",
    "reset": "unreachable/connection-reset",
    "far": "unreachable/connect-timeout",
    "nxdomain": "dead/dns-nxdomain",
    "tls": "unreachable/tls-expired",
    "cut": "unreachable/incomplete",
}
STRIKES = ("503", "dns", "slow", "refused", "reset", "far")
ANSWERS = ("ok", "drift", "404", "soft", "304")
TAG = {"ETag": '"1"'}


@cache
def _seen(event: str) -> Observation:
    if event in FAULTS:
        return failed(FAULTS[event], link=LINK)
    if event == "304":
        bare = observed("", link=LINK, status=304)
        return replace(bare, not_modified=True, body=None, page=None, signals=(), sketch=None)
    markup, status, headers = {
        "ok": (page(text=STORY * 2), 200, TAG),
        "drift": (page(text=OTHER * 2), 200, {"ETag": '"2"'}),
        "404": ("<title>Not Found</title>", 404, {}),
        "soft": ("<title>Page not found</title><h1>404</h1>", 200, {}),
        "403": ("<h1>Forbidden</h1>", 403, {}),
        "wall": ("", 403, {"cf-mitigated": "challenge"}),
        "login": ("<title>Log in</title><input type=password>", 200, {}),
        "503": ("<h1>oops</h1>", 500, {}),
    }[event]
    return observed(markup, link=LINK, status=status, headers=headers)


def seen(event: str, at: datetime) -> Observation:
    return replace(_seen(event), at=at)


@dataclass
class Diary:
    """The memory of one link through the days; `rows` are what each report said."""

    memory: Memory = field(default_factory=Memory)
    at: datetime = START
    rows: list[LinkRow] = field(default_factory=list)
    history: list[LinkRecord] = field(default_factory=list)
    settings: Settings = field(default_factory=Settings)
    last: Observation | None = None

    def visit(self, event: str, *, after: timedelta = timedelta(0)) -> LinkRow:
        self.at += after
        self.last = observation = seen(event, self.at)
        finding = verdict.judge(
            LINK, observation, self.memory, settings=self.settings, now=observation.at
        )
        return self._fold(finding, observation)

    def fold_again(self) -> LinkRow:
        """The last visit once more, as the run after a kill folds it."""
        assert self.last is not None
        finding = verdict.judge(
            LINK, self.last, self.memory, settings=self.settings, now=self.last.at
        )
        return self._fold(finding, self.last)

    def leave(self, why: str, *, after: timedelta = timedelta(0)) -> LinkRow:
        """A run that does not visit the link."""
        self.at += after
        return self._fold(verdict.unvisited(LINK, self.memory, why), None)

    def killed(self, event: str, *, after: timedelta = timedelta(0)) -> None:
        """A visit whose run was killed; the next run folds it and reports nothing of it."""
        self.at += after
        told = absorb([seen(event, self.at)], {URL: LINK}, {URL: self.memory}, self.settings)
        self.history += told.news
        self.memory = stored(told.memory.get(URL, self.memory))

    def lose(self) -> None:
        """`.state/` is gone."""
        self.memory = Memory(self.memory.record)

    def days(self, events: str, step: float = 1.0) -> list[str]:
        """A visit an event (split at blanks), `step` days apart; what each said, `*` for news."""
        return [
            said(self.visit(event, after=timedelta(days=step if self.rows else 0)))
            for event in events.split()
        ]

    def _fold(self, finding: Finding, observation: Observation | None) -> LinkRow:
        told = remember(
            [LINK],
            {URL: finding},
            {URL: observation} if observation else {},
            {},
            {},
            {URL: self.memory},
            self.settings,
            self.at,
        )
        self.memory = stored(told.memory.get(URL, self.memory))
        self.history += told.news
        self.rows.append(told.rows[0])
        return told.rows[0]


def stored(memory: Memory) -> Memory:
    """Through the ledger's codec and back."""

    def again(kind: type, value: object) -> object:
        return None if value is None else decode(kind, json.loads(json.dumps(encode(value))))

    record, visit = again(LinkRecord, memory.record), again(Visit, memory.visit)
    assert (record, visit) == (memory.record, memory.visit)
    return memory


def said(row: LinkRow) -> str:
    return f"{row.finding.state}/{row.finding.reason}{'*' if row.news else ''}"
