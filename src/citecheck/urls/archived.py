"""Addresses of web archives: whose copy it is, of which address, taken when. Pure.

Archives write the address of a copy as the place, a time and the original address, one after the
other (`/web/20190301120000id_/http://example.org/?a=1`); what follows the time, query and fragment
included, belongs to the original. People's documents hold such addresses in every state of repair:
one slash after `http:`, no scheme, percent-encoded once or twice, a time that is too short, too
long or impossible, one archive's copy of another's. What can be mended without a guess is mended;
what does not tell its original (`perma.cc/ABCD-1234`) has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from citecheck.urls.address import HTTP_SCHEMES, host_of, identity, scheme_of
from citecheck.urls.archived_table import BY_HOST, PARTLY, TITLES, WARNINGS, Keeper, Standing
from citecheck.urls.originals import (
    begins_address,
    mended_stamp,
    moment,
    original_in,
    webcite_stamp,
)

_LONGEST = 8000  # characters of an address that is looked at
_NESTED = 3  # copies of copies that are followed down to what was kept
_STAMP = re.compile(
    r"(?P<stamp>\d{1,20}|\d{4}[.-]\d{2}\d{2}-\d{4,6}(?:-\d\d)?|\d{4}\.\d\d\.\d\d-\d{6})?"
    r"(?P<star>\*?)(?P<flags>(?:[a-z]{2}_)*)(?:\$[^/]{0,60})?",
    re.ASCII,
)
_ORDERS = frozenset({"save", "_embed"})
_SAVING = frozenset({"save", "submit", "savepagenow"})


class Kind(StrEnum):
    """What an address at an archive is: one `copy`, the `list` of all copies (`*` for a time), an
    order to `save` one, or another `page` of it."""

    COPY = "copy"
    LIST = "list"
    SAVE = "save"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Archived:
    """An address of an archive, taken apart.

    `original` is the address that the copy is of (without user name and password; empty where the
    address does not tell). `stamp` is the time in it, digits alone, at most 14; `taken` that time
    where it names a day at least. `flags` as in `id_`. `address` is the archive's address, mended.
    """

    archive: str
    kind: Kind
    address: str
    original: str = ""
    stamp: str = ""
    taken: datetime | None = None
    flags: str = ""
    standing: Standing = Standing.TRUSTED
    guarded: bool = False

    @property
    def warning(self) -> str:
        """What a reader should know of copies there; empty for an archive that is well."""
        said = WARNINGS.get(self.standing, "")
        return said.format(name=self.title) if said else ""

    @property
    def title(self) -> str:
        """What the archive is called in a sentence."""
        return TITLES.get(self.archive, self.archive)


def keeper_of(url: str) -> Keeper | None:
    """The archive that an address belongs to, None for any other site."""
    host = host_of(url)
    if host in PARTLY:
        try:
            path = re.sub(r"/{2,}", "/", urlsplit(url).path)
        except ValueError:
            return None
        if not path.startswith(PARTLY[host]):
            return None
        return BY_HOST.get(host) or BY_HOST["web.archive.org"]
    found = BY_HOST.get(host)
    if found is None and host.endswith((".archive.org", ".archive-it.org")):
        if host.endswith(".archive-it.org"):
            return BY_HOST["wayback.archive-it.org"]
        # replay hosts by number, as www23.web.archive.org
        return BY_HOST["web.archive.org"] if host.endswith(".web.archive.org") else None
    return found


def recognise(url: str) -> Archived | None:
    """What an address of a web archive says; None for an address of anything else."""
    return _recognise(url, _NESTED)


def orders_saving(url: str) -> bool:
    """Whether to visit an address would have an archive take a copy of a page (`/save/http://…`),
    which is more than a look at it."""
    keeper = keeper_of(url)
    if keeper is None:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    begin = [s for s in unquote(parts.path).lower().split("/") if s][:3]
    named = any(s in _SAVING for s in begin[:2]) and (len(begin) > 1 or bool(parts.query))
    return named or (keeper.name == "archive.today" and "run=1" in parts.query.split("&"))


def same_page(url: str) -> str:
    """A key that is equal for addresses of one page by http, https, with `www` or without."""
    return re.sub(r"^//www\d*\.", "//", identity(url))


def _recognise(url: str, depth: int) -> Archived | None:
    url = url.strip()
    keeper = keeper_of(url) if len(url) <= _LONGEST and scheme_of(url) in HTTP_SCHEMES else None
    if keeper is None:
        return None
    found = Archived(keeper.name, Kind.PAGE, url, standing=keeper.standing)
    for form in keeper.forms:
        read = _READERS[form](url, found)
        if read is not None:
            found = read
            break
    inner = _recognise(found.original, depth - 1) if found.original and depth else None
    if inner is None:
        return found
    if inner.kind is Kind.PAGE:
        return replace(found, original="")  # a page of an archive is nobody's source
    if inner.archive == found.archive and inner.archive == "wayback":
        return inner  # pasted into itself
    return replace(found, original=inner.original)


def _stamped(url: str, found: Archived) -> Archived | None:
    """`…/20190301120000id_/http://example.org/`; the time may be `*` or missing."""
    host, rest = _after_host(url)
    segments = rest.split("/")
    at = 0
    for number, segment in enumerate(segments[:9]):
        tail = rest[at + len(segment) + 1 :]
        at += len(segment) + 1
        cut = _pasted(segment, tail)
        if cut is not None:
            segment, tail = cut
        clean = re.sub(r"%(?:20|09|0[ad])|\s", "", segment, flags=re.I)
        match = _STAMP.fullmatch(clean)
        if clean == "" or match is None:
            if number == 0 and begins_address(rest) and found.archive in ("wayback", "time-travel"):
                return _copy(found, f"https://{host}/", "", "", rest)
            continue
        original = original_in(tail)
        if not original:
            continue
        orders = _ORDERS & set(segments[:number])
        before = f"https://{host}/{rest[: at - len(segments[number]) - 1]}"
        if match["star"]:
            return replace(found, kind=Kind.LIST, original=original[0], guarded=original[1])
        stamp = mended_stamp(re.sub(r"[^0-9]", "", match["stamp"] or ""))
        copied = _copy(found, before, stamp, match["flags"], tail)
        return replace(copied, kind=Kind.SAVE) if copied and orders else copied
    return _without_stamp(segments, found)


def _without_stamp(segments: list[str], found: Archived) -> Archived | None:
    """`/web/http://…` (the copy nearest to now) and `/save/http://…`."""
    for number in range(1, min(5, len(segments))):
        tail = "/".join(segments[number:])
        original = original_in(tail) if begins_address(tail) else None
        if original:
            saving = bool(_ORDERS & set(segments[:number]))
            listing = "timemap" in segments[:number] or "list" in segments[:number]
            kind = Kind.SAVE if saving else Kind.LIST if listing else Kind.COPY
            return replace(found, kind=kind, original=original[0], guarded=original[1])
    return None


def _newest(url: str, found: Archived) -> Archived | None:
    """`/newest/http://…`, `/oldest/…`, `/http://…`."""
    _, rest = _after_host(url)
    head, _, tail = rest.partition("/")
    if head.lower() in ("newest", "oldest", "search", "timegate", "offset", "timemap", "submit"):
        original = original_in(tail)
        kind = Kind.COPY if head.lower() in ("newest", "oldest", "timegate") else Kind.LIST
        return original and replace(found, kind=kind, original=original[0], guarded=original[1])
    original = original_in(rest) if begins_address(rest) else None
    return original and replace(found, kind=Kind.LIST, original=original[0], guarded=original[1])


def _parameter(url: str, found: Archived) -> Archived | None:
    """`?url=http://…&date=2009-10-24`."""
    try:
        pairs = dict(reversed(parse_qsl(urlsplit(url).query, max_num_fields=50)))
    except ValueError:
        return None
    original = original_in(pairs.get("url", ""))
    if not original:
        return None
    stamp = mended_stamp(re.sub(r"[^0-9]", "", pairs.get("date", ""))[:14])
    return replace(
        found, kind=Kind.COPY, original=original[0], stamp=stamp, taken=moment(stamp),
        guarded=original[1],
    )  # fmt: skip


def _cache(url: str, found: Archived) -> Archived | None:
    """`search?q=cache:a1B2c3:example.org/page+words`."""
    try:
        pairs = dict(reversed(parse_qsl(urlsplit(url).query, max_num_fields=50)))
    except ValueError:
        return None
    asked = re.match(r"cache:(?:[\w-]{10,14}:)?(\S+)", pairs.get("q", ""))
    original = original_in(asked[1]) if asked else None
    if not original:
        return replace(found, kind=Kind.COPY)
    return replace(found, kind=Kind.COPY, original=original[0], guarded=original[1])


def _coded(url: str, found: Archived) -> Archived | None:
    """A name of the archive's own. WebCite's is the time in microseconds, plain or in base 62."""
    _, rest = _after_host(url)
    path = re.split(r"[?#]", rest)[0].strip("/")
    code = path.rpartition("/")[2]
    if found.archive == "webcite":
        query = re.search(r"[?&]id=(\d{15,17})(?:&|#|\Z)", url)
        code = query[1] if query else code
        stamp = webcite_stamp(code)
        return replace(found, kind=Kind.COPY, stamp=stamp, taken=moment(stamp)) if stamp else None
    if found.archive == "perma.cc" or found.archive == "ghostarchive":
        known = (
            r"(?i)(?:warc/)?[A-Z0-9]{4}-[A-Z0-9]{4}|(?:warc/)?0[\w-]{8,12}|v?archive/[\w-]{4,20}"
        )
        shaped = re.match(known, path)
    else:
        shaped = re.fullmatch(r"(?:\d{4}-\d{4}-\d{4}-\d\d/)?(?:o/)?\w{3,24}", path)
    return replace(found, kind=Kind.COPY) if shaped else None


_READERS = {
    "stamped": _stamped,
    "newest": _newest,
    "parameter": _parameter,
    "cache": _cache,
    "coded": _coded,
}


def _after_host(url: str) -> tuple[str, str]:
    """The host with its port, and everything after it without leading slashes."""
    match = re.match(r"(?i)https?://(?:[^/?#]*@)?([^/?#]*)", url)
    assert match is not None
    return match[1].lower(), url[match.end() :].lstrip("/")


def _pasted(segment: str, tail: str) -> tuple[str, str] | None:
    """A time and an address without the slash between them (`20190301120000http:`)."""
    match = re.fullmatch(r"(?i)(\d{8,14}(?:[a-z]{2}_)?)((?:https?:|https?%3a|www\.).*)", segment)
    return (match[1], f"{match[2]}/{tail}" if tail else match[2]) if match else None


def _copy(found: Archived, before: str, stamp: str, flags: str, tail: str) -> Archived | None:
    original = original_in(tail)
    if not original:
        return None
    address = found.address
    if stamp and found.archive == "wayback":
        host = host_of(before) if host_of(before).endswith("archive.org") else "web.archive.org"
        place = "web.archive.org" if host.endswith("archive.org") else host
        address = f"https://{place}/web/{stamp}{flags}/{original[0]}"
    return replace(
        found, kind=Kind.COPY, address=address, original=original[0], stamp=stamp,
        taken=moment(stamp), flags=flags, guarded=original[1],
    )  # fmt: skip
