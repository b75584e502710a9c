"""Which addresses are of a code repository, and where it is cloned from. Pure.

Software Heritage names what it keeps by that origin: `https://github.com/<owner>/<name>` without
`.git`; of GitLab, Gitea and Bitbucket mostly, but not always, with it, so both forms are given. A
page of a forge that is no repository (a user, a group, a gist, a wiki of its own host) has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from citecheck.urls.address import InvalidAddress, fetch_form
from citecheck.urls.forges_table import (
    CODE,
    GITLAB_OWN,
    GITLAB_PLACES,
    GITLABS,
    MIRRORS,
    PAIRED,
    RAW,
)

_OWNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_NAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_SOURCEHUT = re.compile(r"~[A-Za-z0-9_.-]{1,100}")
_BARE = re.compile(r"[A-Za-z0-9_.+-]{1,100}\.git")
_DEEPEST = 20  # groups in groups that GitLab allows
_PORTS = (None, 80, 443)


@dataclass(frozen=True, slots=True)
class Origin:
    """A repository. `url` is what to ask to be kept, `forms` all the names that it may be known by,
    the likeliest first; `kind` is git or hg. `code` tells whether what the address shows is in the
    repository, as an issue or a built download is not."""

    url: str
    forms: tuple[str, ...]
    kind: str = "git"
    code: bool = True


def origin_of(url: str) -> Origin | None:
    """The repository that an address is of, from whatever depth; None where it is of none."""
    try:
        parts = urlsplit(fetch_form(url))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except (InvalidAddress, ValueError):
        return None
    if parts.scheme not in ("http", "https") or port not in _PORTS:
        return None
    path = [unquote(part) for part in parts.path.split("/") if part]
    if host.startswith("gist.") or (host == "api.github.com" and path[:1] != ["repos"]):
        return None
    raw = host in RAW
    if raw and path[:1] == ["wiki"]:
        raw, path = False, [*path[1:3], "wiki"]
    host, skipped = MIRRORS.get(host, (host, 0))
    path = path[skipped:]
    if host in PAIRED:
        return _paired(host, path, raw=raw)
    if host in GITLABS or (host.startswith("gitlab.") and "-" in path[2:]):
        return _gitlab(host, path)
    if host in ("git.sr.ht", "hg.sr.ht"):
        return _sourcehut(host, path)
    return _cloned(f"{parts.scheme}://{host}", path)


def _paired(host: str, path: Sequence[str], *, raw: bool) -> Origin | None:
    if len(path) < 2 or path[0].lower() in PAIRED[host]:
        return None
    owner, name = path[0], path[1].removesuffix(".git")
    if not _OWNER.fullmatch(owner) or not _is_name(name):
        return None
    url = f"https://{host}/{owner}/{name}"
    return _origin(url, twin=host != "github.com", code=raw or _shows_code(path[2:]))


def _gitlab(host: str, path: Sequence[str]) -> Origin | None:
    if not path or path[0].lower() in GITLAB_OWN:
        return None
    ends = path.index("-") if "-" in path else len(path)
    for place, part in enumerate(path[:ends]):
        if place >= 2 and part in GITLAB_PLACES:
            ends = place
            break
    named = [*path[: ends - 1], path[ends - 1].removesuffix(".git")] if ends else []
    if not 2 <= len(named) <= _DEEPEST + 1:
        return None
    if not _OWNER.fullmatch(named[0]) or not all(_is_name(part) for part in named):
        return None
    rest = [part for part in path[ends:] if part != "-"]
    return _origin(f"https://{host}/{'/'.join(named)}", twin=True, code=_shows_code(rest))


def _sourcehut(host: str, path: Sequence[str]) -> Origin | None:
    if len(path) < 2 or not _SOURCEHUT.fullmatch(path[0]) or not _is_name(path[1]):
        return None
    url = f"https://{host}/{path[0]}/{path[1]}"
    return Origin(url, (url,), host.partition(".")[0])


def _cloned(root: str, path: Sequence[str]) -> Origin | None:
    """An address with a part `….git` is that of a repository on any host."""
    for place, part in enumerate(path[:_DEEPEST]):
        if _BARE.fullmatch(part) and all(_is_name(p.lstrip("~")) for p in path[:place]):
            url = f"{root}/{'/'.join(path[: place + 1])}"
            return Origin(url, (url,))
    return None


def _is_name(part: str) -> bool:
    return bool(_NAME.fullmatch(part)) and part not in (".", "..")


def _shows_code(rest: Sequence[str]) -> bool:
    return not rest or (rest[0] in CODE and "download" not in rest[:2])


def _origin(url: str, *, twin: bool, code: bool) -> Origin:
    return Origin(url, (url, f"{url}.git") if twin else (url,), code=code)
