"""What a link's memory becomes after a finding: pure functions from record to record.

A record changes only on news, on a strike or with its baseline, so that a quiet run leaves the
ledger's files as they are. A wall, a login, a consent page, an error page or another work is never
a baseline; a changed page keeps the old one until a person accepts it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from citecheck.records.finding import WELL, Baseline, Finding, State
from citecheck.records.memory import LinkRecord, Strikes, Visit
from citecheck.records.observation import Observation
from citecheck.records.strikes import counted
from citecheck.text.main import seen_by_browser
from citecheck.urls.address import without_fragment

# Only these were read in full, as the page itself.
_NO_BASELINE = frozenset({"ok-too-large", "ok-paywalled"})
# The host answered for itself: earlier failures to reach it count no longer.
_ANSWERED = frozenset({"http-404", "http-410", "soft-404", "redirect-to-home", "parked"})
_VALIDATED = frozenset({"ok", "moved", "changed", "mismatch"})


def is_news(record: LinkRecord | None, finding: Finding) -> bool:
    """Whether state or reason differ from the last report; a link's first verdict is news, being
    left unchecked at first sight is not."""
    if record is None:
        return finding.state is not State.UNCHECKED
    return (record.state, record.reason) != (finding.state.value, finding.reason)


def fold(
    link_url: str,
    record: LinkRecord | None,
    finding: Finding,
    observation: Observation | None,
    now: datetime,
    *,
    last_ok: datetime | None = None,
    strike_days: float = 3.0,
) -> LinkRecord:
    """The record after a finding. `observation` is None for a link that was not visited.

    `last_ok` is when a visit last found the link well (from `Visit`); it is written down when the
    link stops being well. `strike_days` is how far apart strikes must be.
    """
    strikes = _strikes(record, finding, observation, now, strike_days)
    if record is None:
        fresh = LinkRecord(
            url=link_url,
            state=finding.state.value,
            reason=finding.reason,
            confidence=finding.confidence.value,
            detail=finding.detail,
            since=now,
            first_seen=now,
            last_ok=now if finding.state in WELL else last_ok,
            strikes=strikes,
        )
        return _with_baseline(fresh, finding, observation)
    kept = replace(record, strikes=strikes)
    if (record.state, record.reason) != (finding.state.value, finding.reason):
        kept = replace(
            kept,
            state=finding.state.value,
            reason=finding.reason,
            confidence=finding.confidence.value,
            detail=finding.detail,
            since=now,
            previous_state=record.state,
            previous_reason=record.reason,
            previous_at=record.since,
            last_ok=_last_ok(record, finding, last_ok, now),
        )
    elif strikes != record.strikes:
        kept = replace(kept, confidence=finding.confidence.value, detail=finding.detail)
    return _with_baseline(kept, finding, observation)


def fold_visit(
    visit: Visit | None, observation: Observation, record: LinkRecord, *, seen: bool = True
) -> Visit:
    """The visit to keep; `record` is the one already folded, `seen` that of its finding.

    Validators are kept only for a page that was read as the page itself; sketch and media type are
    always those of the baseline. Where a page was found gone under status 200, the address it was
    found at stays known: it may be where other links of its host end (`judging.together`).
    """
    at = observation.at
    well = record.state in WELL
    earlier = visit or Visit(url=record.url, checked=at)
    last_ok = at if well else earlier.last_ok
    if observation.not_modified:
        return replace(earlier, checked=at, last_ok=last_ok)
    body, page = observation.body, observation.page
    readable = seen and record.state in _VALIDATED and body is not None and not body.truncated
    gone = seen and record.state == "dead" and observation.status == 200
    keeps = not readable or (record.state == "changed" and bool(earlier.media_type))
    own = page is not None and page.text_sha256 and page.text_sha256 == record.text_sha256
    return Visit(
        url=record.url,
        checked=at,
        etag=observation.header("etag") if readable else "",
        last_modified=observation.header("last-modified") if readable else "",
        sha256=body.sha256 if body and readable else earlier.sha256,
        size=body.size if body and readable else earlier.size,
        # A file that became a page stays one that did: the type is the baseline's, like the sketch.
        media_type=earlier.media_type if keeps else observation.media_type,
        last_ok=last_ok,
        sketch=observation.sketch if own else earlier.sketch,
        final_url=without_fragment(observation.final_url) if readable or gone else "",
    )


def _strikes(
    record: LinkRecord | None,
    finding: Finding,
    observation: Observation | None,
    now: datetime,
    days: float,
) -> Strikes:
    known = record.strikes if record else Strikes()
    if observation is None or not finding.seen:  # a wall, whatever a resolver says of the source
        return known
    if finding.strike:
        return counted(known, now, days)
    answered = finding.state in (State.OK, State.MOVED, State.CHANGED, State.MISMATCH)
    return Strikes() if answered or finding.reason in _ANSWERED else known


def _last_ok(
    record: LinkRecord, finding: Finding, last_ok: datetime | None, now: datetime
) -> datetime | None:
    if finding.state in WELL:
        return now
    return max((t for t in (record.last_ok, last_ok) if t is not None), default=None)


def _with_baseline(
    record: LinkRecord, finding: Finding, observation: Observation | None
) -> LinkRecord:
    """The record with this page as its baseline, where it has none that can be compared with."""
    if observation is None or observation.not_modified or observation.body is None:
        return record
    if finding.state not in WELL or finding.reason in _NO_BASELINE or not finding.seen:
        return record
    page = observation.page
    extractor = page.extractor if page else ""
    renewed = bool(record.text_sha256 and extractor and extractor != record.extractor)
    if seen_by_browser(extractor) and not seen_by_browser(record.extractor):
        # Every run can read a page without a browser: that text stays, and is compared with its
        # like. Were each to replace the other, a page that needs one at times would have neither.
        renewed = False
    if record.baseline is not None and not renewed:
        return record
    taken = observation.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return replace(
        record,
        baseline=Baseline("record", observation.final_url or record.url, taken),
        sha256=observation.body.sha256,
        text_sha256=page.text_sha256 if page else "",
        extractor=extractor,
        title=page.title if page else "",
    )
