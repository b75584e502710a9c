"""Every error code of Save Page Now 2, and what follows from it for the batch. A table of facts.

From "Save Page Now 2 Public API Docs" (October 2025) and codes seen in the wild. All travel as
`error:<code>`. A code that is not here is taken for a passing trouble, tried once more at most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Course(StrEnum):
    """What to do about an error.

    PERMANENT: the page itself cannot be kept. POLICY: the archive or the site does not want it.
    TRANSIENT: once more, later. SLOW_SESSION, SLOW_HOST: wait, then once more. QUOTA_URL: kept
    often enough today. QUOTA_HOST: no more of this host. QUOTA_ALL: no more in this run.
    """

    PERMANENT = "permanent"
    POLICY = "policy"
    TRANSIENT = "transient"
    SLOW_SESSION = "slow-session"
    SLOW_HOST = "slow-host"
    QUOTA_URL = "quota-url"
    QUOTA_HOST = "quota-host"
    QUOTA_ALL = "quota-all"


_BY_COURSE = {
    Course.PERMANENT: (
        "not-found",
        "no-access",
        "unauthorized",
        "bad-request",
        "invalid-url-syntax",
        "invalid-host-resolution",
        "filesize-limit",
        "ftp-access-denied",
        "method-not-allowed",
        "not-implemented",
        "http-version-not-supported",
        "network-authentication-required",
        "too-many-redirects",
    ),
    Course.POLICY: ("blocked-url", "blocked", "blocked-client-ip"),
    Course.TRANSIENT: (
        "bad-gateway",
        "gateway-timeout",
        "service-unavailable",
        "bandwidth-limit-exceeded",
        "browsing-timeout",
        "capture-location-error",
        "cannot-fetch",
        "celery",
        "internal-server-error",
        "invalid-server-response",
        "job-failed",
        "no-browsers-available",
        "no-captures",
        "proxy-error",
        "protocol-error",
        "read-timeout",
        "redis-error",
        "soft-time-limit-exceeded",
    ),
    Course.SLOW_SESSION: ("user-session-limit",),
    Course.SLOW_HOST: ("too-many-requests",),
    Course.QUOTA_URL: ("too-many-daily-captures",),
    Course.QUOTA_HOST: ("max-daily-bandwidth-host",),
    Course.QUOTA_ALL: ("max-daily-bandwidth", "max-daily-bandwidth-from-ip"),
}

CODES: Mapping[str, Course] = MappingProxyType(
    {f"error:{code}": course for course, codes in _BY_COURSE.items() for code in codes}
)

# Replies without a code, told by their words (lower case), most telling first.
MESSAGES: tuple[tuple[str, str, Course], ...] = (
    ("limit of active save page now sessions", "error:user-session-limit", Course.SLOW_SESSION),
    ("crawling this host is paused", "host-paused", Course.QUOTA_HOST),
    ("captures per day", "daily-quota", Course.QUOTA_ALL),
    ("daily not-logged-in captures limit", "daily-quota", Course.QUOTA_ALL),
    ("already captured", "error:too-many-daily-captures", Course.QUOTA_URL),
    ("been captured", "error:too-many-daily-captures", Course.QUOTA_URL),
    ("cannot start capture", "cannot-start", Course.TRANSIENT),
    ("overloaded", "overloaded", Course.TRANSIENT),
)

SAME_SNAPSHOT = "same snapshot had been made"
LOGGED_OUT = "need to be logged in"
OVERLOADED = re.compile(
    r"(?:begin|start) in (?:~|about )?\s*(\d{1,4})\s*(s|sec|m|min)", re.IGNORECASE
)
"""How long an accepted capture has to wait, where the service is overloaded."""


def course(code: str) -> Course:
    """What to do about a code, also about one that nobody has heard of."""
    return CODES.get(code, Course.TRANSIENT)
