"""What a run found out, in a form that can be kept in a file and taken up again."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.comparison.answers import Answers, key
from benchmarks.comparison.behaviour import Case, origin
from benchmarks.comparison.paper import READING_LIST
from benchmarks.comparison.peers import Peer
from benchmarks.comparison.scoring import Call, Heard

WAITING_ROOMS = ("come-back-later.org", "one-at-a-time.org")
UNWANTED = "too-many-visits.org/essays/visits"
WINDOW = 4.9


@dataclass(frozen=True, slots=True)
class Manners:
    """What the servers saw: all requests, those for the address that says 429 for ever, and those
    made within the seconds that a Retry-After had asked for."""

    requests: int
    unwanted: int
    too_soon: int


@dataclass(frozen=True, slots=True)
class Result:
    """One checker's run. `words` is its command line, `heard` its answer to each case by name."""

    peer: str
    version: str
    words: str
    seconds: float
    code: int
    manners: Manners
    heard: dict[str, Heard]


def matched(peer: Peer, answers: Answers, cases: tuple[Case, ...]) -> dict[str, Heard]:
    """The answers by the names of the cases. A checker may print an address in another spelling
    (without signatures, say): where a host is cited only once, the host will do."""
    cited = Counter(origin(case.url) for case in cases)
    by_host = {found.partition("/")[0]: heard for found, heard in answers.items()}

    def answer(case: Case) -> Heard:
        host = origin(case.url)
        other = by_host.get(host, peer.unlisted) if cited[host] == 1 else peer.unlisted
        return answers.get(key(case.url), other)

    heard = {case.name: answer(case) for case in cases}
    return heard | {name: Heard(Call.NONE, why) for name, why in peer.omit.items()}


def manners(register: Path) -> Manners:
    """Reads the world's register of requests; the reading list's own site is left out."""
    requests = unwanted = too_soon = 0
    began: dict[str, float] = {}
    for line in register.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["host"] == READING_LIST:
            continue
        requests += 1
        unwanted += row["url"].endswith(UNWANTED)
        waits = row["host"] in WAITING_ROOMS and "/essays/" in row["url"]
        if waits and 0 < row["t"] - began.setdefault(row["host"], row["t"]) < WINDOW:
            too_soon += 1
    return Manners(requests, unwanted, too_soon)


def to_json(result: Result) -> dict[str, Any]:
    heard = {name: [h.call.value, h.word] for name, h in result.heard.items()}
    seen = result.manners
    return {
        "peer": result.peer,
        "version": result.version,
        "words": result.words,
        "seconds": round(result.seconds, 1),
        "code": result.code,
        "manners": [seen.requests, seen.unwanted, seen.too_soon],
        "heard": heard,
    }


def from_json(row: dict[str, Any]) -> Result:
    heard = {name: Heard(Call(call), word) for name, (call, word) in row["heard"].items()}
    return Result(**{**row, "heard": heard, "manners": Manners(*row["manners"])})
