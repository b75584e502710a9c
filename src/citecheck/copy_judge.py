"""Who judges what a copy in an archive shows: the rules for live pages, with nothing remembered."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from citecheck import verdict
from citecheck.archives.shown import Fit, Shown
from citecheck.engines.aside import Aside
from citecheck.engines.filing import body_of, kept_headers, media_type
from citecheck.records.exchange import Exchange
from citecheck.records.finding import WELL, Confidence, Finding, State
from citecheck.records.link import Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Observation, Strength
from citecheck.records.ports import Clock
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.urls.address import host_of, identity
from citecheck.web.onward import onward

_log = logging.getLogger(__name__)
_WALLS = frozenset({401, 402, 403, 407, 429, 451})  # what a site says to who may not see it


class CopyJudge:
    """Judges copies in archives by the rules for live pages; to be closed at the end of a run.

    A copy is read like an answer to its link, with nothing remembered to compare it with. What the
    rules would only doubt is `POOR`; a page that lacks every word that the document quotes is too.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._aside = Aside(clock)

    async def __call__(self, link: Link, page: Exchange) -> Shown:
        if 300 <= page.status < 400:
            return Shown(Fit.UNFIT, "redirect")
        if page.status >= 400:  # as it was archived, so no second try will make it another
            return Shown(Fit.UNFIT, "wall" if page.status in _WALLS else "error-page")
        try:
            return await self._aside(partial(self._look, link, page), len(page.content))
        except Exception as error:  # a hostile page must not end the run
            _log.warning("copy of %s: %s", host_of(link.url), type(error).__name__)
            return Shown(Fit.POOR, "doubtful")

    def close(self) -> None:
        self._aside.close()

    def _look(self, link: Link, page: Exchange) -> Shown:
        led = onward(page, link.url)
        if led is not None and led[1] is not None and identity(led[1]) != identity(link.url):
            return Shown(Fit.UNFIT, "redirect")
        looked = look(page, link, ())
        seen = Observation(
            url=link.url,
            at=page.at,
            final_url=link.url,
            status=page.status,
            headers=kept_headers(page),
            media_type=media_type(page),
            body=body_of(page),
            page=looked.page,
            signals=looked.signals,
            sketch=looked.sketch,
            quotes_found=looked.quotes_found,
        )
        found = verdict.judge(link, seen, Memory(), settings=self._settings, now=page.at)
        absent = any(
            s.kind == "title-absent" and s.strength is not Strength.SUPPORT for s in looked.signals
        )
        return shown(found, looked.quotes_found, title_missing=absent)


def shown(
    finding: Finding, quotes: Sequence[tuple[str, bool]], *, title_missing: bool = False
) -> Shown:
    """What a finding about a copy makes of it. No word of the cited title is no proof of another
    work, but enough to look for a copy that has them."""
    if finding.state in WELL:
        if quotes and not any(there for _, there in quotes):
            return Shown(Fit.POOR, "quotes-missing")
        sure = bool(quotes) or not title_missing
        return Shown(Fit.GOOD) if sure else Shown(Fit.POOR, "title-missing")
    if finding.reason == "needs-javascript":
        return Shown(Fit.POOR, "needs-scripts")
    if finding.confidence is Confidence.LOW or finding.state is State.UNCHECKED:
        return Shown(Fit.POOR, "doubtful")
    if finding.reason in ("parked", "usurped"):
        return Shown(Fit.UNFIT, "parked")
    if finding.state is State.MISMATCH:
        return Shown(Fit.UNFIT, "other-work")
    if finding.reason == "redirect-to-home":
        return Shown(Fit.UNFIT, "redirect")
    return Shown(Fit.UNFIT, "wall" if finding.state is State.BLOCKED else "error-page")
