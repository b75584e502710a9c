# ruff: noqa: E501 - the texts are a table with one line an entry
"""Why a page was saved by an archive or was not: every reason of an outcome, said to a person.

Reasons that begin with `error:` are the codes of Save Page Now 2, as its documentation of October
2025 tells them; the others are this program's. Reports and `citecheck explain` print these texts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

HOW_TO_GET_KEYS = (
    "make keys at https://archive.org/account/s3.php and set IA_ACCESS_KEY_ID and "
    "IA_SECRET_ACCESS_KEY (or run `ia configure`)"
)
_AGAIN = "the next run asks again"
_ON = "the next run goes on from here"

SAVING_REASONS: Mapping[str, str] = MappingProxyType(
    {
        # How it went.
        "existing-copy": "the archive had a copy made not long before, and that is the one",
        "recent-copy": "an archive has a recent copy already",
        "submitting": "the request was on its way when the run ended; the next run asks what came of it, and asks anew only where nothing did",
        "no-answer": f"the archive's answer got lost, so it may be at work or not; {_ON}",
        "not-arrived": f"the request did not reach the archive; {_AGAIN}",
        "job-expired": f"the archive no longer knows the job, and its index has no copy yet; {_AGAIN} after a day",
        "job-lost": f"the archive does not know the job that it gave; {_AGAIN} after a day",
        "unknown-reply": f"the archive answered something that could not be understood; {_AGAIN}",
        "no-copy": f"the archive named no copy in its answer; {_AGAIN} after a day",
        # What holds the whole batch up.
        "no-keys": f"saving needs keys: {HOW_TO_GET_KEYS}; or, slower and less sure, set anonymous = true under [archive]",
        "bad-keys": f"the archive does not know the keys; nothing was submitted: {HOW_TO_GET_KEYS}",
        "quota": f"the archive's quota is used up, but for what is left to its owner; {_ON}",
        "daily-quota": f"the archive takes no more captures of this account today; {_ON}",
        "sessions-full": f"the account has as many captures under way as it may; {_ON}",
        "throttled": f"the archive asked for a pause; {_ON}",
        "unavailable": f"the archive could not be reached; {_ON}",
        "overloaded": f"the archive says that it is overloaded; {_ON}",
        "no-anonymous": f"the archive takes no pages without keys: {HOW_TO_GET_KEYS}",
        "budget": f"the time for the archive was used up; {_ON}",
        # What holds a host up.
        "host-quota": f"the archive takes no more of this host today; {_ON}",
        "host-paused": f"the archive has paused its captures of this host; {_AGAIN}",
        # What is not for an archive.
        "dead": "the page is gone, so there is nothing to save",
        "changed": "the page no longer shows what was cited, and a copy of it would mislead",
        "mismatch": "the page is not the cited work, and a copy of it would mislead",
        "unreachable": "the page did not answer today",
        "unchecked": "the page was not visited",
        "library-proxy": "the address is one of a library's proxy: no archive is asked for it",
        "has-secret": "the address carries a token, a signature or a password: it is told to nobody but its own host",
        "not-public": "the host is not public: no archive is asked for it",
        "unsupported-scheme": "archives keep http and https addresses only",
        "invalid-url": "the address cannot be asked for",
        "archive-address": "the address is one of an archive already",
        "login": "the page is behind a login: an archive would keep the login",
        "consent": "the page is behind a consent form: an archive would keep the form",
        "legal-451": "the page is withheld for legal reasons",
        "excluded": "the archive does not show this site, so a copy would help nobody: keep a local one",
        "robots": "the site asks archives to stay away",
        # Of Software Heritage.
        "rejected": "the archive does not take repositories from this place",
        "task-failed": f"the archive's visit to the repository failed; {_AGAIN}",
        "visit-not-found": "the archive found no repository at the address",
        "visit-failed": f"the archive's visit to the repository failed; {_AGAIN}",
        "in-review": "a person at the archive looks at the request first; the next run looks again",
        # Statuses instead of words.
        "cannot-start": f"the archive could not begin; {_AGAIN}",
        "not-live": f"the archive found no page at the address; {_AGAIN}",
        "cannot-reach": f"the archive could not reach the site; {_AGAIN}",
        # Codes: the page itself.
        "error:not-found": "the site told the archive that there is no such page (404)",
        "error:no-access": "the site refused the archive (403)",
        "error:unauthorized": "the site asked the archive for a password (401)",
        "error:bad-request": "the site did not understand the archive's request (400)",
        "error:invalid-url-syntax": "the archive takes the address for none",
        "error:invalid-host-resolution": "the archive found no such host",
        "error:filesize-limit": "the file is larger than the archive takes (2 GB)",
        "error:ftp-access-denied": "the server refused the archive",
        "error:method-not-allowed": "the site does not let the archive ask for the page (405)",
        "error:not-implemented": "the site cannot answer the archive's request (501)",
        "error:http-version-not-supported": "the site does not speak the archive's HTTP (505)",
        "error:network-authentication-required": "the archive's way to the site asks for a login (511)",
        "error:too-many-redirects": "the page redirects more often than the archive follows (3 times)",
        # Codes: not wanted.
        "error:blocked-url": "the archive keeps no addresses of this kind (a list of trackers)",
        "error:blocked": "the site blocks the archive",
        "error:blocked-client-ip": "the archive takes nothing from this network's address",
        # Codes: passing troubles.
        "error:bad-gateway": f"the site was in trouble (502); {_AGAIN}",
        "error:gateway-timeout": f"the site was in trouble (504); {_AGAIN}",
        "error:service-unavailable": f"the site was in trouble (503); {_AGAIN}",
        "error:bandwidth-limit-exceeded": f"the site has used up its bandwidth (509); {_AGAIN}",
        "error:browsing-timeout": f"the page took the archive's browser too long; {_AGAIN}",
        "error:capture-location-error": f"the archive could not find what it had captured; {_AGAIN}",
        "error:cannot-fetch": f"the archive could not fetch the page; {_AGAIN}",
        "error:celery": f"the archive could not begin; {_AGAIN}",
        "error:internal-server-error": f"the site was in trouble (500); {_AGAIN}",
        "error:invalid-server-response": f"the site's answer made no sense to the archive; {_AGAIN}",
        "error:job-failed": f"the archive's capture failed; {_AGAIN}",
        "error:no-browsers-available": f"the archive had no browser free; {_AGAIN}",
        "error:no-captures": f"the archive captured nothing; {_AGAIN}",
        "error:proxy-error": f"the archive's own machines were in trouble; {_AGAIN}",
        "error:protocol-error": f"the connection to the site broke; {_AGAIN}",
        "error:read-timeout": f"the site did not answer the archive in time; {_AGAIN}",
        "error:redis-error": f"the archive's own machines were in trouble; {_AGAIN}",
        "error:soft-time-limit-exceeded": f"the capture took the archive too long; {_AGAIN}",
        # Codes: slow down, quotas.
        "error:user-session-limit": f"the account had as many captures under way as it may; {_AGAIN}",
        "error:too-many-requests": f"the site asked the archive to slow down (429); {_AGAIN}",
        "error:too-many-daily-captures": "the page was captured as often today as the archive lets it be: it has copies of today",
        "error:max-daily-bandwidth": f"the account has used up the archive's bandwidth for today; {_ON}",
        "error:max-daily-bandwidth-from-ip": f"this network has used up the archive's bandwidth for today; {_ON}",
        "error:max-daily-bandwidth-host": f"the archive takes no more of this host today; {_ON}",
    }
)
_CAPTURED = re.compile(r"captured-(\d{3})")
_STATUS = re.compile(r"http-(\d{3})")


def sentence(reason: str) -> str:
    """What a reason says to a person, without a full stop; empty for none, and for one that is
    not known (of another archive, or a later version) the reason itself."""
    if reason in SAVING_REASONS:
        return SAVING_REASONS[reason]
    if found := _CAPTURED.fullmatch(reason):
        return f"the site showed the archive an error page ({found[1]}), which is no copy"
    if found := _STATUS.fullmatch(reason):
        return f"the archive answered the request with an error ({found[1]})"
    if reason.startswith("error:"):
        return f"the archive told an error that is not documented ({reason}); {_AGAIN}"
    return reason


def explain(reason: str) -> str | None:
    """What `citecheck explain` prints for a reason of saving, or None if there is none so called."""
    wanted = reason.strip().lower().removeprefix("save/")
    for name in (wanted, f"error:{wanted}"):
        if name in SAVING_REASONS:
            return f"saving/{name}\n\n  {SAVING_REASONS[name]}."
    return None
