"""waybackpy's SavePageNow, fed with an answer that the program's own client has fetched.

`WaybackMachineSaveAPI` (3.0.6) knows the anonymous interface, `GET /save/<address>`, and drives one
save. Its own network is not used: it has no time-outs, retries what cannot succeed, and sleeps.
Nor are its readings of the answer: two of its four never match, one takes the address that follows
the memento's, and its time is the local one. So the steps that would ask, read and sleep are
replaced, and it makes one try.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from requests.structures import CaseInsensitiveDict
from waybackpy import WaybackMachineSaveAPI
from waybackpy.exceptions import MaximumSaveRetriesExceeded, WaybackError

from citecheck.archives.spn_replies import is_address

__all__ = ["FedSave", "request_of", "said"]

_COPY = re.compile(r"(?:https?://[^/\s]+)?/web/([0-9]{14})(?:[a-z]{2}_)?/(\S+)")
_LINKED = re.compile(r"<([^<>]+)>((?:\s*;\s*[^\s;,=]+\s*=\s*(?:\"[^\"]*\"|[^\s;,]+))*)")


class FedSave(WaybackMachineSaveAPI):
    """One answer, read. `saved_at` and `original` are set once `save()` has returned."""

    def __init__(self, url: str, headers: CaseInsensitiveDict[str], status: int) -> None:
        super().__init__(url, max_tries=1)
        self._answer = headers
        self._answered = status
        self.saved_at: datetime | None = None
        self.original = ""

    def get_save_request_headers(self) -> None:
        """Takes over the answer instead of asking."""
        self.headers, self.status_code = self._answer, self._answered
        self.response_url = self._answer.get("Location", "")

    def archive_url_parser(self) -> str | None:
        """The copy's address as Content-Location, Location or the Link to the memento name it."""
        found = self._answer.get("Content-Location", ""), self._answer.get("Location", "")
        for value in (*found, *_mementos(self._answer.get("Link", ""))):
            copy = _COPY.fullmatch(value.strip())
            if copy is None or not is_address(copy[2]):
                continue
            try:
                taken = datetime.strptime(copy[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError:
                continue
            self.saved_at, self.original = taken, copy[2]
            return f"https://web.archive.org/web/{copy[1]}/{copy[2]}"
        return None

    def timestamp(self) -> datetime:
        """When the copy was made; a copy served from a cache says so itself."""
        assert self.saved_at is not None
        self.cached_save = self._answer.get("X-Page-Cache", "").upper() == "HIT"
        return self.saved_at

    @staticmethod
    def sleep(tries: int) -> None:
        """There is nothing to wait for."""


def request_of(url: str) -> str:
    """What is asked to save a page, as waybackpy writes it, without the host."""
    asked = WaybackMachineSaveAPI(url).request_url
    return "/" + asked.removeprefix("https://web.archive.org/")


def said(url: str, headers: Callable[[str], str], status: int) -> tuple[datetime, str, bool] | None:
    """When the copy that an answer names was made, of which address, and whether it was there
    before; None where the answer names none."""
    names = ("Content-Location", "Location", "Link", "X-Page-Cache")
    read = CaseInsensitiveDict({name: headers(name) for name in names})
    api = FedSave(url, read, status)
    try:
        api.save()
    except (MaximumSaveRetriesExceeded, WaybackError):
        return None
    assert api.saved_at is not None
    return api.saved_at, api.original, bool(api.cached_save)


def _mementos(header: str) -> list[str]:
    """The addresses of a Link header (RFC 8288) that are the memento itself (RFC 7089)."""
    found = []
    for address, params in _LINKED.findall(header[:20_000]):
        rel = re.search(r";\s*rel\s*=\s*\"?([^\";]*)", params)
        if rel and rel[1].lower().split() == ["memento"]:
            found.append(address)
    return found
