"""One way of a visit: from the cited address through redirects to an end, step by step.

It holds where the way stands, the hops behind it, its cookies and what has been asked already: the
same request is never made twice on one way. Two steps are no redirects: a page that only says that
cookies are missing is answered by going back once, to the first address on the way that the cookies
gathered so far belong to (and if such a page comes again, the way ends there), and a quirk of a
site (`quirks.py`) may name another address where the answer tells nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind, Hop
from citecheck.urls.address import without_fragment
from citecheck.web.cookies import Cookies, absent
from citecheck.web.onward import onward, refused
from citecheck.web.quirks import Detour, detour


@dataclass(frozen=True, slots=True)
class Stand:
    """A place on the way: an answer, its address (with fragment) and the hops before it."""

    answer: Exchange
    url: str
    hops: tuple[Hop, ...]


class Way:
    """`url` is the address to ask for next, `hops` what led there. `most` is how many steps there
    may be, of any kind, and `patience` how many seconds their answers may take together; a step to
    one of `failed` would be a circle."""

    def __init__(
        self,
        start: str,
        most: int,
        failed: frozenset[str] = frozenset(),
        patience: float = float("inf"),
    ) -> None:
        self.start = self.url = start
        self.hops: list[Hop] = []
        self.cookies = Cookies()
        self._most, self._failed = most, failed
        self._patience, self._spent = patience, 0.0
        self._steps = 0
        self._wall: Exchange | None = None
        self._detour: tuple[Detour, Stand] | None = None
        self._seen: set[object] = set()

    def heard(self, answer: Exchange) -> None:
        """Take note of an answer: its cookies, and the seconds that it took."""
        self.cookies.take(answer)
        self._spent += answer.elapsed

    def asking(self) -> tuple[tuple[str, str], ...]:
        """The headers to ask for `url` with, now."""
        self._seen.add(self._mark(self.url))
        return self.cookies.header(self.url)

    def _mark(self, url: str) -> tuple[str, object]:
        return without_fragment(url), self.cookies.header(url)

    def with_cookies(self, answer: Exchange) -> bool:
        """Go back where an answer asks for cookies that are there by now; whether that is so."""
        if self._wall or not absent(self.url) or absent(self.start) or self._steps >= self._most:
            return False
        for place, hop in enumerate(self.hops):
            mark = self._mark(hop.url)
            if mark not in self._seen:  # it would go with other cookies than the first time
                self._wall = answer
                self._steps += 1
                self.url = hop.url
                del self.hops[place:]
                return True
        return False

    def on(self, answer: Exchange) -> bool | Exchange | Fault:
        """Follow the redirect in an answer: whether there is one, or what the way ends with: a
        fault, or the page about cookies that was seen before."""
        how = onward(answer, self.url)
        if how is None:
            return False
        self.hops.append(Hop(self.url, answer.status, how[0]))
        target = how[1]
        if target is None:
            return Fault(FaultKind.PROTOCOL_ERROR, "a redirect leads to what is no address")
        no = refused(target)
        if no is not None:
            return Fault(no.kind, f"a redirect leads astray: {no.detail}")
        if self._steps >= self._most:
            return Fault(FaultKind.TOO_MANY_REDIRECTS, f"more than {self._most} redirects")
        if self._spent > self._patience:
            why = f"the redirects took longer than {self._patience:g} seconds together"
            return Fault(FaultKind.READ_TIMEOUT, why)
        if self._wall is not None and absent(target):
            self.url = target
            return self._wall
        mark = self._mark(target)
        if mark in self._seen or mark[0] in self._failed:
            return Fault(FaultKind.TOO_MANY_REDIRECTS, "the redirects go round in a circle")
        self._steps += 1
        self.url = target
        return True

    def aside(self, answer: Exchange) -> bool:
        """Take the detour that a quirk of the site names, once, where the answer tells nothing."""
        if self._detour is not None or self._steps >= self._most:
            return False
        addresses = (self.url, *(hop.url for hop in reversed(self.hops)))
        found = detour(addresses, answer)
        if found is None or refused(found.url) or self._mark(found.url) in self._seen:
            return False
        self._detour = found, Stand(answer, self.url, tuple(self.hops))
        self._steps += 1
        self.hops.append(Hop(self.url, answer.status, "quirk"))
        self.url = found.url
        return True

    def better(self, end: Exchange | Fault) -> Stand | None:
        """Where the way really ended: the place before a detour that told nothing either."""
        if self._detour is None:
            return None
        by, before = self._detour
        if isinstance(end, Exchange) and by.believes(end.status):
            return None
        return before
