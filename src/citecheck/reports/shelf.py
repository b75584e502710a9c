"""The shelf of report formats: the table, and how `--report [FORMAT:]FILE` picks from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from citecheck.errors import SettingsError
from citecheck.reports import (
    atom,
    badge,
    csv_report,
    html,
    json_report,
    jsonl,
    junit,
    markdown,
    sarif,
)
from citecheck.reports.options import Render


@dataclass(frozen=True, slots=True)
class Format:
    """`suffixes` (with the dot) are the file names that mean this format when none is named."""

    name: str
    suffixes: tuple[str, ...]
    render: Render


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format.name: format
        for format in (
            Format("md", (".md", ".markdown"), markdown.render),
            Format("html", (".html", ".htm"), html.render),
            Format("json", (".json",), json_report.render),
            Format("jsonl", (".jsonl", ".ndjson"), jsonl.render),
            Format("sarif", (".sarif", ".sarif.json"), sarif.render),
            Format("csv", (".csv",), csv_report.render),
            Format("atom", (".atom",), atom.render),
            Format("junit", (".xml",), junit.render),
            Format("badge", (".svg",), badge.render),
        )
    }
)
_ALIASES = {"markdown": "md", "xml": "junit", "svg": "badge"}


def pick(spec: str) -> tuple[str, str]:
    """The name of the format and the file of `[FORMAT:]FILE`; the file `-` is standard output.

    A single letter before a colon is a drive, not a format. Raises SettingsError, naming the known
    formats or suffixes, where the format is unknown or cannot be told.
    """
    name, colon, file = spec.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]+", name):
        name = _ALIASES.get(name.lower(), name.lower())
        if name not in FORMATS:
            raise SettingsError(
                f"--report {spec}: there is no format {name!r}; known are {', '.join(FORMATS)}"
            )
        if not file:
            raise SettingsError(
                f"--report {spec}: name a file after the colon, or - for the output"
            )
        return name, file
    if not spec:
        raise SettingsError("--report needs a file, such as report.html or md:-")
    lower = spec.lower()
    fits = [
        (len(suffix), format.name)
        for format in FORMATS.values()
        for suffix in format.suffixes
        if lower.endswith(suffix)
    ]
    if fits:
        return max(fits)[1], spec
    known = " ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
    raise SettingsError(
        f"--report {spec}: the file's name does not tell a format; name one as in md:{spec}, "
        f"or end it in one of {known}"
    )
