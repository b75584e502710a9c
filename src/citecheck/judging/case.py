"""Everything a rule may look at: the link, what a visit saw, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from citecheck.records.finding import (
    Confidence,
    Evidence,
    Finding,
    Match,
    Similarity,
    State,
    Suggestion,
)
from citecheck.records.link import Link
from citecheck.records.memory import LinkRecord, Memory
from citecheck.records.observation import Observation, Signal, Sketch, Strength
from citecheck.settings import Settings
from citecheck.signals.addresses import parts_of
from citecheck.signals.redirects import is_home
from citecheck.text.fold import plain
from citecheck.text.similarity import SHORT, Comparison, Drift, classify, compare
from citecheck.text.titles import compare as compare_titles
from citecheck.text.titles import enough
from citecheck.urls.address import redact

NOTHING = Sketch(0, 0, ())
# A wall, an error page or another work is not compared with the baseline, whatever it says.
_COMPARED = frozenset({State.OK, State.MOVED, State.CHANGED})
_MATCHES = {"doi-match": "doi", "title-match": "title"}
_CONTRADICTIONS = {"doi-differs": "doi", "title-differs": "title"}


@dataclass(frozen=True)
class Case:
    """One link after one visit. What takes work is worked out once, when a rule asks for it."""

    link: Link
    observation: Observation
    memory: Memory
    settings: Settings
    now: datetime

    @property
    def record(self) -> LinkRecord | None:
        return self.memory.record

    @property
    def status(self) -> int:
        return self.observation.status or 0

    @cached_property
    def signals(self) -> dict[str, Signal]:
        """The strongest signal of each kind."""
        rank = {Strength.SUPPORT: 0, Strength.STRONG: 1, Strength.DECISIVE: 2}
        found: dict[str, Signal] = {}
        for signal in self.observation.signals:
            known = found.get(signal.kind)
            if known is None or rank[signal.strength] > rank[known.strength]:
                found[signal.kind] = signal
        return found

    def decisive(self, kind: str) -> bool:
        signal = self.signals.get(kind)
        return signal is not None and signal.strength is Strength.DECISIVE

    def strong(self, kind: str) -> bool:
        signal = self.signals.get(kind)
        return signal is not None and signal.strength is not Strength.SUPPORT

    @property
    def matched(self) -> bool:
        """Whether an identifier or a title says that this is the cited work."""
        return any(kind in self.signals for kind in _MATCHES)

    @cached_property
    def match(self) -> Match | None:
        """What is known of whether the page is the cited work; None where nothing is expected."""
        for table, verdict in ((_MATCHES, "match"), (_CONTRADICTIONS, "mismatch")):
            for kind, by in table.items():
                if kind in self.signals:
                    return Match(verdict, by)
        if any(found for _, found in self.observation.quotes_found):
            return Match("match", "quote")
        unknown = {"title-absent", "title-unclear"} & self.signals.keys()
        return Match("cannot-tell", "title") if unknown else None

    @property
    def home(self) -> bool:
        """Whether the cited address is a home page."""
        parts = parts_of(self.link.url)
        return is_home(parts.path, parts.query)

    @cached_property
    def comparable(self) -> bool:
        """Whether there is a baseline text made by the same method as this page's text, and this
        page is whole (no limit cut it, no paywall)."""
        record, page, body = self.record, self.observation.page, self.observation.body
        if record is None or record.baseline is None or not record.text_sha256 or page is None:
            return False
        if self.strong("paywall") or (body is not None and body.truncated):
            return False
        return not page.extractor or page.extractor == record.extractor

    @cached_property
    def old_sketch(self) -> Sketch | None:
        return self.memory.visit.sketch if self.memory.visit else None

    @cached_property
    def comparison(self) -> Comparison | None:
        if not self.comparable or self.old_sketch is None:
            return None
        return compare(self.old_sketch, self.observation.sketch or NOTHING)

    @cached_property
    def drift(self) -> Drift | None:
        """What became of the baseline's text; None where there is none to compare with."""
        record, page = self.record, self.observation.page
        if not self.comparable or record is None or page is None:
            return None
        if page.text_sha256 == record.text_sha256:
            return Drift.SAME
        if self.old_sketch is None:
            return Drift.CANNOT_TELL
        return classify(self.old_sketch, self.observation.sketch or NOTHING)

    @property
    def short(self) -> bool:
        """Whether the baseline's text or this one is too short for the measured thresholds."""
        new = self.observation.sketch or NOTHING
        return self.old_sketch is None or min(self.old_sketch.tokens, new.tokens) < SHORT

    @property
    def similarity(self) -> Similarity | None:
        if self.drift is Drift.SAME and self.comparison is None:
            return Similarity("containment-4", 1.0, "full")
        return self.comparison.as_similarity() if self.comparison else None

    @cached_property
    def titles_agree(self) -> bool | None:
        """Whether the page still has the baseline's title; None where that cannot be told."""
        old = self.record.title if self.record else ""
        new = self.observation.page.title if self.observation.page else ""
        if not old or not new:
            return None
        result = compare_titles(old, new)
        if result.same or result.score >= 70:
            return True
        return False if enough(old, 1) and enough(new, 1) else None

    def find(
        self,
        state: State,
        reason: str,
        confidence: Confidence,
        detail: str,
        *kinds: str,
        extra: tuple[Evidence, ...] = (),
        suggestion: Suggestion | None = None,
        strike: bool = False,
    ) -> Finding:
        """A finding with the named signals as evidence, in the order of the names."""
        seen = [
            Evidence(kind, plain(self.signals[kind].value))
            for kind in dict.fromkeys(kinds)
            if kind in self.signals
        ]
        return Finding(
            state=state,
            reason=reason,
            confidence=confidence,
            detail=plain(detail, 600),
            evidence=(*extra, *seen),
            match=self.match,
            similarity=self.similarity if state in _COMPARED else None,
            suggestion=suggestion,
            strike=strike,
        )

    @property
    def final(self) -> str:
        """The final address as it may be shown."""
        return redact(self.observation.final_url or self.link.url)
