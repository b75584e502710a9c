"""What a reply of Save Page Now comes to: the outcome to keep, and whether to try once more. Pure.

A request whose answer got lost may have been a yes: it is `unknown`, never tried again at once. An
intent, noted before a request leaves, is `unknown` for `submitting` until the answer is there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from citecheck.archives.spn_codes import Course
from citecheck.archives.spn_replies import Kind, Reply
from citecheck.records.archive import SaveOutcome, SaveState

WAITS = {Course.TRANSIENT: 10.0, Course.SLOW_SESSION: 20.0, Course.SLOW_HOST: 60.0}
"""Seconds before the one more try that an error is worth."""

SUBMITTING = "submitting"


def intent(now: datetime) -> SaveOutcome:
    """What is kept before a request leaves."""
    return SaveOutcome(SaveState.UNKNOWN, SUBMITTING, submitted=now)


def is_intent(outcome: SaveOutcome) -> bool:
    """Whether it is not even known that the archive has a job for the page."""
    return outcome.state in (SaveState.UNKNOWN, SaveState.PENDING) and not outcome.job


def concluded(reply: Reply, base: SaveOutcome) -> tuple[SaveOutcome, float | None]:
    """The outcome of a reply, and the seconds before another try (None: there is none)."""
    base = replace(base, reason="")
    match reply.kind:
        case Kind.SAVED:
            reason = "existing-copy" if reply.existing else ""
            saved = replace(base, state=SaveState.SAVED, reason=reason, snapshot=reply.snapshot)
            return saved, None
        case Kind.PENDING | Kind.ACCEPTED:
            return replace(base, state=SaveState.PENDING), None
        case Kind.NO_SUCH_JOB if reply.existing:
            return replace(base, state=SaveState.SKIPPED, reason="recent-copy"), None
        case Kind.NO_SUCH_JOB | Kind.LOST:
            reason = "job-lost" if base.job else "no-answer"
            return replace(base, state=SaveState.UNKNOWN, reason=reason), None
        case Kind.LOGGED_OUT if base.job:
            return base, None
        case Kind.LOGGED_OUT:
            return SaveOutcome(SaveState.REFUSED, "bad-keys"), None
        case Kind.BUSY:
            return SaveOutcome(SaveState.SKIPPED, "throttled"), 0.0
        case Kind.DOWN:
            return SaveOutcome(SaveState.SKIPPED, "unavailable"), WAITS[Course.TRANSIENT]
        case Kind.ERROR:
            return _failed(reply, base)


def _failed(reply: Reply, base: SaveOutcome) -> tuple[SaveOutcome, float | None]:
    outcome = replace(base, state=SaveState.FAILED, reason=reply.code)
    match reply.course:
        case Course.PERMANENT:
            return outcome, None
        case Course.POLICY | Course.QUOTA_HOST | Course.QUOTA_ALL:
            return replace(outcome, state=SaveState.REFUSED), None
        case Course.QUOTA_URL:
            return replace(outcome, state=SaveState.SKIPPED), None
        case Course.TRANSIENT | Course.SLOW_SESSION | Course.SLOW_HOST:
            return outcome, WAITS[reply.course]
