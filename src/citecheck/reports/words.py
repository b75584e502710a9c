"""The short words that reports put on states and suggestions, and the sentence they open with.

What a reason means and what to do about it stands in `finding.detail`; here are titles only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from citecheck.records.archive import LookupState
from citecheck.records.finding import State
from citecheck.records.report import LinkRow, Report
from citecheck.reports.options import DEFAULT, RenderOptions
from citecheck.reports.places import copy_to_cite, is_first
from citecheck.reports.visible import day

STATE_TITLES = {
    State.DEAD: "Dead",
    State.CHANGED: "Changed",
    State.MISMATCH: "Not the cited work",
    State.UNREACHABLE: "Unreachable for now",
    State.BLOCKED: "Blocked to robots",
    State.MOVED: "Moved",
    State.OK: "Fine",
    State.UNCHECKED: "Not visited",
}
COPY_TITLES = {
    "snapshot": "Archived copy to cite instead",
    "redirect": "New address to cite",
    "unproxied": "Address without the library proxy",
    "https": "Secure address to cite",
}
ROLE_TITLES = {
    "cited": "nearest to the citation",
    "latest": "newest",
    "saved": "saved by this program",
    "local": "local copy",
}
_NO_COPY = {
    LookupState.NONE: "The archive has no good copy of it.",
    LookupState.EXCLUDED: "The archive does not show this site.",
    LookupState.THROTTLED: "The archive asked to wait; the next run looks for a copy.",
    LookupState.UNAVAILABLE: "The archive did not answer; the next run looks for a copy.",
}
ROT = frozenset({"dead", "changed", "mismatch"})
UNCLEAR = (State.UNREACHABLE, State.BLOCKED, State.UNCHECKED)


class Tone(StrEnum):
    GOOD = "good"
    UNCLEAR = "unclear"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Headline:
    """`sentence` says whether it is fine, `news` what is new, `todo` what to do (may be empty)."""

    tone: Tone
    sentence: str
    news: str
    todo: str


def title_of(state: str) -> str:
    """The title of a state by its word; a word of a later version stands for itself."""
    return STATE_TITLES[State(state)] if state in set(State) else state


def count(number: int, one: str, many: str = "") -> str:
    """`1 link`, `2 links`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def needs_attention(row: LinkRow, options: RenderOptions = DEFAULT) -> bool:
    """Whether the link is lost or wrong, or in a state that the reader has asked to fail on."""
    return row.finding.state.value in ROT | options.fail_on


def without_copy(row: LinkRow) -> str:
    """Why no copy of a lost page is offered; empty where one is, or where none is needed."""
    if row.finding.state not in (State.DEAD, State.CHANGED) or copy_to_cite(row) is not None:
        return ""
    lookup = row.lookup
    if lookup is not None and lookup.state is LookupState.NOT_ASKED and lookup.detail:
        return f"No archived copy was looked for: {lookup.detail}."
    return _NO_COPY.get(lookup.state, "") if lookup else ""


def local_copy(row: LinkRow) -> tuple[str, str]:
    """What is to be said of a local copy of a page that is not well, and the address at which pywb
    shows it; empty where none was ever made."""
    if row.finding.state in (State.OK, State.MOVED, State.UNCHECKED):
        return "", ""
    if row.kept is not None:
        folder = row.kept.url.rpartition("/warc/")[0] or "."
        moment = row.kept.taken.strftime("%Y%m%d%H%M%S")
        said = f"A local copy of {day(row.kept.taken)} is kept in {row.kept.url}."
        shown = f"http://localhost:8080/web/{moment}/{row.url}"
        return f"{said} `pywb -d {folder}` shows it at", shown
    made = min((s.taken for s in row.snapshots if s.role == "local"), default=None)
    if made is None:
        return "", ""
    return f"A local copy was made on {day(made)}, but it is not in this folder of copies.", ""


def _listed(rows: list[LinkRow]) -> str:
    counts = {state: sum(r.finding.state is state for r in rows) for state in State}
    # A number and its word stay on one line where the format keeps the no-break space.
    return ", ".join(f"{n:,}\u00a0{STATE_TITLES[s].lower()}" for s, n in counts.items() if n)


def headline(report: Report, options: RenderOptions = DEFAULT) -> Headline:
    """Is it fine, what is new, what to do."""
    rows = report.links
    news = _news(report)
    total = count(len(rows), "link")
    if report.network_down:
        return Headline(
            Tone.UNCLEAR,
            "The network was down, so nothing was concluded.",
            "Every link keeps the state it had before.",
            "Run citecheck again when the network is back.",
        )
    bad = [r for r in rows if needs_attention(r, options)]
    unclear = [r for r in rows if r.finding.state in UNCLEAR and r not in bad] if not bad else []
    if not rows:
        some = "None of the citations has an address, so there was no link to visit."
        none = "No citation was found."
        return Headline(Tone.UNCLEAR, some if report.unlinked else none, "", "")
    if bad:
        verb = "needs" if len(bad) == 1 else "need"
        sentence = f"{len(bad):,} of {total} {verb} your attention: {_listed(bad)}."
        return Headline(Tone.BAD, sentence, news, _todo(bad))
    if unclear:
        sentence = f"No rot was found, but {len(unclear):,} of {total} could not be judged: "
        todo = "Open those in a browser, or wait for the next run."
        return Headline(Tone.UNCLEAR, sentence + _listed(unclear) + ".", news, todo)
    moved = sum(r.finding.state is State.MOVED for r in rows)
    has = "has" if moved == 1 else "have"
    todo = f"{moved:,} {has} moved for good: cite the new address." if moved else ""
    sentence = "The one link is fine." if len(rows) == 1 else f"All {total} are fine."
    return Headline(Tone.GOOD, sentence, news, todo)


def _news(report: Report) -> str:
    fresh = [row for row in report.links if row.news]
    cut = "The run was cut short; what it saw is kept. " if report.interrupted else ""
    if not fresh and not any(
        row.checked and row.finding.state is not State.UNCHECKED for row in report.links
    ):
        return cut + "No page was visited."
    if not fresh:
        return cut + "Nothing is new since the last report."
    if is_first(report):
        return cut + "This is the first report."
    has = "has" if len(fresh) == 1 else "have"
    return f"{cut}{count(len(fresh), 'link')} {has} news since the last report."


def _todo(bad: list[LinkRow]) -> str:
    offered = sum(copy_to_cite(row) is not None for row in bad)
    rest = len(bad) - offered
    if not offered and (kept := sum(row.kept is not None for row in bad)):
        of = "it" if len(bad) == 1 else f"{kept:,} of them"
        return f"No other address to cite is known yet, but of {of} a local copy is kept."
    if not offered:
        return "No other copy is known yet: see what each finding says to do."
    one = "Another address to cite is offered for " + (
        "it" if len(bad) == 1 else f"{offered:,} of them"
    )
    other = "the other one says" if rest == 1 else f"the other {rest:,} say"
    return one + (f"; see what {other} to do." if rest else ".")
