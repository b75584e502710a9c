"""Readers of single configuration values: the value, or a ValueError that says what it must be.

Durations are written `90s`, `10min`, `1h30m`, `30d`, `2w`; a plain number is seconds. Lists are
lists in a file, and texts separated by newlines or commas elsewhere.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from citecheck.records.finding import WELL, State

SOFTWARE_HERITAGE = "https://archive.softwareheritage.org"


def near(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""


_UNITS = {
    "": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800,
}  # fmt: skip

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]*)")


def duration(value: object) -> timedelta:
    """`90s`, `10min`, `1h30m`, `30d` or a number of seconds; raises ValueError otherwise."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = float(value)
    else:
        text = str(value).strip().lower()
        parts = _PART.findall(text)
        if not parts or _PART.sub("", text).strip():
            raise ValueError("a duration such as 90s, 10min, 12h or 30d")
        if any(unit not in _UNITS for _, unit in parts):
            raise ValueError("a duration in s, min, h, d or w")
        seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    try:
        found = timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        raise ValueError("a duration that a calendar can hold") from None
    if seconds < 0:
        raise ValueError("a duration of zero or more")
    return found


def flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in ("1", "true", "yes", "on"):
        return True
    if text in ("0", "false", "no", "off", ""):
        return False
    raise ValueError("true or false")


def words(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(w.strip() for w in re.split(r"[\n,]", value) if w.strip())
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise ValueError("a list of texts")


def names(value: object) -> tuple[str, ...]:
    found = words(value)
    if any(not name.strip() for name in found):
        # "$PAPER" with nothing in it must not mean the whole folder.
        raise ValueError("a list of names, and one of them is empty")
    return found


def patterns(value: object) -> tuple[str, ...]:
    # A comma is at home in a regular expression, so only lines separate patterns.
    found = tuple(value.split("\n")) if isinstance(value, str) else words(value)
    for word in found:
        try:
            re.compile(word)
        except re.error as fault:
            raise ValueError(f"a regular expression ({word!r}: {fault})") from None
    return tuple(w for w in found if w)


def states(value: object) -> tuple[str, ...]:
    """States to fail on; `none` alone means none, `all` every one that is not fine."""
    wanted = tuple(w.lower() for w in words(value))
    if wanted in (("none",), ("never",)):
        return ()
    if wanted == ("all",):
        return tuple(s.value for s in State if s not in WELL)
    known = [s.value for s in State]
    for word in wanted:
        if word not in known:
            raise ValueError(f"states out of {', '.join(known)} (not {word!r}{near(word, known)})")
    return wanted


def between(low: float, high: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        if isinstance(value, bool):
            raise ValueError("a number")
        try:
            number = float(str(value))
        except ValueError:
            raise ValueError("a number") from None
        if not low <= number <= high:
            raise ValueError(f"a number from {low:,.10g} to {high:,.10g}")
        return number

    return read


def whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = between(low, high)(value)
        if number != int(number):
            raise ValueError("a whole number")
        return int(number)

    return read


def choice(*names: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in names:
            raise ValueError(f"one of {', '.join(names)}")
        return str(value)

    return read


def text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")
    if any(ord(c) < 32 for c in value):
        raise ValueError("a text of one line")
    return value


def path(value: object) -> Path:
    found = text(value)
    if not found:
        raise ValueError("a path")
    return Path(found)


def wayback(value: object) -> str:
    found = text(value).rstrip("/")
    if not re.fullmatch(r"https?://[^/?#@\s]+", found):
        raise ValueError("an address such as https://web.archive.org")
    return found


def copies(value: object) -> tuple[bool, bool]:
    """Whether local copies are kept, and whether with what the pages need to be shown."""
    if value == "requisites":
        return True, True
    try:
        return flag(value), False
    except ValueError:
        raise ValueError("true, false or requisites") from None


_SIZES = {
    "": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12,
    "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40,
}  # fmt: skip


def size(value: object) -> int | None:
    """`500 MB`, `2 GB`, `1.5 GiB` or a number of bytes; `none` is no bound."""
    if value == "none":
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", str(value).strip().lower(), re.ASCII)
    if isinstance(value, bool) or not found or found[2] not in _SIZES:
        raise ValueError("a size such as 500 MB or 2 GB, or none")
    number = int(float(found[1]) * _SIZES[found[2]])
    if not 1_000_000 <= number <= 10**15:
        raise ValueError("a size of 1 MB or more, or none")
    return number


def service(value: object) -> str:
    """The root of an interface, which may have a path."""
    found = text(value).rstrip("/")
    if not re.fullmatch(r"https?://[^/?#@\s]+(?:/[^?#@\s]*)?", found):
        raise ValueError("an address such as https://api.perma.cc/v1")
    return found


def software_heritage(value: object) -> str:
    """True, false, or the address of a mirror; empty where it is not to be asked."""
    try:
        return SOFTWARE_HERITAGE if flag(value) else ""
    except ValueError:
        pass
    try:
        return service(value)
    except ValueError:
        raise ValueError(f"true, false or an address such as {SOFTWARE_HERITAGE}") from None


def registry(public: str) -> Callable[[object], str]:
    """A reader of true (`public`), false (not asked: empty), or an address of one's own."""

    def read(value: object) -> str:
        with suppress(ValueError):
            return public if flag(value) else ""
        try:
            return service(value)
        except ValueError:
            raise ValueError("true, false or an address such as https://api.example.org") from None

    return read


def browser(value: object) -> tuple[bool, str | None]:
    """Whether a browser is used, and which where that is said: a name in PATH, or its path."""
    if isinstance(value, bool):
        return value, None
    if not isinstance(value, str) or "\0" in value:
        raise ValueError("true, false, or a browser's name or path")
    try:
        return flag(value), None
    except ValueError:
        return True, value.strip()


def perma(value: object) -> str:
    """`no`, `needed` (true) or `always`."""
    if value in ("needed", "always"):
        return str(value)
    try:
        return "needed" if flag(value) else "no"
    except ValueError:
        raise ValueError("true, false or 'always'") from None


_PUBLIC = {
    "crossref": "https://api.crossref.org",
    "openalex": "https://api.openalex.org",
    "datacite": "https://api.datacite.org",
    "open-library": "https://openlibrary.org",
}
WORKS_KEYS: Mapping[str, tuple[str, Callable[[object], Any]]] = {
    **{name: (name.replace("-", "_"), registry(url)) for name, url in _PUBLIC.items()},
    **{f"{n}-per-minute": (f"{n.replace('-', '_')}_per_minute", whole(1, 180)) for n in _PUBLIC},
    "budget": ("budget", duration),
    "keep-found": ("keep_found", duration),
    "keep-none": ("keep_none", duration),
}


def authority(value: object) -> str:
    """The address of a time-stamping authority, or nothing."""
    found = text(value).strip()
    if found and not re.fullmatch(r"(?i)https?://[^/?#@\s]+([/?][^#\s]*)?", found):
        raise ValueError("an address such as https://freetsa.org/tsr, without a user name")
    return found


def placed_source(source: str, folder: Path) -> str:
    if source == "-" or re.match(r"(?i)https?://", source):
        return source
    return str(folder / source)


def placed_program(name: str, folder: Path) -> str:
    """A path is relative to the folder it is written for; a bare name is none."""
    return str(folder / Path(name).expanduser()) if "/" in name or "\\" in name else name


_FORMAT_AND_FILE = r"([A-Za-z][A-Za-z0-9_-]+:)?(.*)"


def placed_report(spec: str, folder: Path) -> str:
    # One letter before the colon is a drive, not a format.
    form, file = m.groups() if (m := re.match(_FORMAT_AND_FILE, spec, re.S)) else ("", spec)
    return spec if file in ("", "-") else f"{form or ''}{folder / file}"


def too_fast(archive: str, lookups: int, saves: int) -> str:
    """What is wrong with these rates a minute at the Wayback Machine; empty where nothing is. An
    archive of one's own may be asked faster."""
    if not re.match(r"(?i)https?://([^/]+\.)?archive\.org(:\d+)?(/|$)", archive):
        return ""
    if lookups > 30:
        return "archive.lookups-per-minute must be at most 30 at the Wayback Machine"
    if saves > 12:
        return "archive.saves-per-minute must be at most 12 at the Wayback Machine"
    return ""
