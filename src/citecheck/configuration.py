"""Reads settings: defaults, configuration file, environment, flags, in rising order of weight.

The file is `citecheck.toml` or `[tool.citecheck]` in `pyproject.toml`, found upwards from the
working directory; the folder it lies in is the project root, which its paths are relative to. Keys
are those of `KEYS`, `ARCHIVE_KEYS` and `values.WORKS_KEYS`; an unknown one is an error that names
the nearest. The environment has the same keys as `CITECHECK_MAX_AGE` or, for the tables `[archive]`
and `[works]`, `CITECHECK_ARCHIVE_FRESH`. Paths of flags and environment are relative to the working
directory.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from citecheck import values
from citecheck.errors import SettingsError
from citecheck.settings import ArchiveSettings, Settings, WorksSettings
from citecheck.urls.templates import templates

PREFIX = "CITECHECK_"

Reader = Callable[[object], Any]
KEYS: Mapping[str, tuple[str, Reader]] = {
    "sources": ("sources", values.names),
    "references": ("references", values.path),
    "report": ("reports", values.words),
    "save": ("save", values.flag),
    "fail-on": ("fail_on", values.states),
    "include": ("include", values.patterns),
    "exclude": ("exclude", values.patterns),
    "max-age": ("max_age", values.duration),
    "budget": ("budget", values.duration),
    "timeout": ("timeout", values.between(0.1, 3600)),
    "connect-timeout": ("connect_timeout", values.between(0.1, 600)),
    "concurrency": ("concurrency", values.whole(1, 10_000)),
    "per-host": ("per_host", values.whole(1, 100)),
    "delay": ("delay", values.between(0, 3600)),
    "max-bytes": ("max_bytes", values.whole(1_000, 2_000_000_000)),
    "max-hops": ("max_hops", values.whole(1, 20)),
    "probe": ("probe", values.flag),
    "robots": ("robots", values.flag),
    "quirks": ("quirks", values.flag),
    "strikes": ("strikes", values.whole(1, 100)),
    "strike-days": ("strike_days", values.between(0, 365)),
    "browser-budget": ("browser_budget", values.duration),
    "retries": ("retries", values.whole(0, 10)),
    "vantage": ("vantage", values.text),
    "timestamp": ("timestamp", values.authority),
    "http2": ("http2", values.flag),
    "trust-env": ("trust_env", values.flag),
    "proxy": ("proxy", values.text),
    "allow-empty": ("allow_empty", values.flag),
    "quiet": ("quiet", values.flag),
    "color": ("color", values.choice("auto", "always", "never")),
    "progress": ("progress", values.choice("auto", "plain", "none")),
    "look-up-works": ("look_up_works", values.flag),
}
_APART = ("allow-private", "archive", "browser", "contact", "warc", "works")  # read below
ARCHIVE_KEYS: Mapping[str, tuple[str, Reader]] = {
    "fresh": ("fresh", values.duration),
    "budget": ("budget", values.duration),
    "wayback": ("wayback", values.wayback),
    "lookups-per-minute": ("lookups_per_minute", values.whole(1, 6_000)),
    "saves-per-minute": ("saves_per_minute", values.whole(1, 6_000)),
    "concurrent-saves": ("concurrent_saves", values.whole(1, 10)),
    "saves-per-day": ("saves_per_day", values.whole(1, 1_000_000)),
    "reserve": ("reserve", values.whole(0, 1_000_000)),
    "anonymous": ("anonymous", values.flag),
    "delay-availability": ("delay_availability", values.flag),
    "keep-found": ("keep_found", values.duration),
    "keep-none": ("keep_none", values.duration),
    "verify": ("verify", values.flag),
    "timemaps": ("timemaps", templates),
    "replays-per-minute": ("replays_per_minute", values.whole(1, 480)),
    "warc-limit": ("warc_limit", values.size),
    "software-heritage": ("software_heritage", values.software_heritage),
    "perma": ("perma", values.perma),
    "perma-api": ("perma_api", values.service),
    "perma-folder": ("perma_folder", values.whole(0, 2**31)),
    "perma-limit": ("perma_limit", values.whole(0, 1_000)),
}
_TABLES = {"archive": ARCHIVE_KEYS, "works": values.WORKS_KEYS}


def _unknown(where: str, key: str, known: list[str]) -> SettingsError:
    near = values.near(key, known) or f"; known keys: {', '.join(sorted(known))}"
    return SettingsError(f"{where}: unknown key {key!r}{near}")


def _read(where: str, key: str, value: object, reader: Reader) -> Any:
    try:
        return reader(value)
    except (ValueError, TypeError) as fault:
        raise SettingsError(f"{where}: {key} must be {fault}") from None


def allow_private(value: object) -> tuple[bool, tuple[str, ...]]:
    """True for every address, or a list of networks that may be visited besides public ones."""
    if isinstance(value, str) and "/" not in value:
        return values.flag(value), ()
    if isinstance(value, bool):
        return value, ()
    networks = values.words(value)
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            raise ValueError(
                f"true, false, or networks such as 10.0.0.0/8 (not {network!r})"
            ) from None
    return False, networks


def apply(settings: Settings, table: Mapping[str, object], where: str) -> Settings:
    """The settings with a configuration table laid over them; raises SettingsError."""
    changes: dict[str, Any] = {}
    known = [*KEYS, *_APART]
    for key, value in table.items():
        if key in KEYS:
            field, reader = KEYS[key]
            changes[field] = _read(where, key, value, reader)
        elif key == "allow-private":
            allowed, networks = _read(where, key, value, allow_private)
            changes.update(allow_private=allowed, allow_networks=networks)
        elif key == "browser":
            changes["browser"], program = _read(where, key, value, values.browser)
            changes.update({"browser_program": program} if program else {})
        elif key == "warc":
            changes["warc"], changes["warc_requisites"] = _read(where, key, value, values.copies)
        elif key == "archive":
            changes.update(_archive_table(settings, value, where))
        elif key == "works":
            changes["works"] = _works_table(settings.works, value, where)
        elif key == "contact":
            changes["contact"] = _contact(value, where)
        else:
            raise _unknown(where, key, known)
    return replace(settings, **changes)


def _archive_table(settings: Settings, value: object, where: str) -> dict[str, Any]:
    if isinstance(value, str):
        return {"archive_dir": _read(where, "archive", value, values.path)}
    if not isinstance(value, Mapping):
        raise SettingsError(f"{where}: archive must be a folder or a table [archive]")
    changes: dict[str, Any] = {}
    found: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "directory":
            found["archive_dir"] = _read(where, "archive.directory", inner, values.path)
        elif key in ARCHIVE_KEYS:
            field, reader = ARCHIVE_KEYS[key]
            changes[field] = _read(where, f"archive.{key}", inner, reader)
        else:
            raise _unknown(f"{where}: [archive]", key, [*ARCHIVE_KEYS, "directory"])
    own: ArchiveSettings = replace(settings.archive, **changes)
    if why := values.too_fast(own.wayback, own.lookups_per_minute, own.saves_per_minute):
        raise SettingsError(f"{where}: {why}")
    return {**found, "archive": own}


def _works_table(own: WorksSettings, value: object, where: str) -> WorksSettings:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{where}: works must be a table [works]")
    changes: dict[str, Any] = {}
    for key, inner in value.items():
        if key not in values.WORKS_KEYS:
            raise _unknown(f"{where}: [works]", key, list(values.WORKS_KEYS))
        field, reader = values.WORKS_KEYS[key]
        changes[field] = _read(where, f"works.{key}", inner, reader)
    return replace(own, **changes)


def _contact(value: object, where: str) -> str:
    if isinstance(value, Mapping):
        for key in value:
            if key not in ("email", "url", "name"):
                raise _unknown(f"{where}: [contact]", key, ["email", "url", "name"])
        value = ", ".join(
            _read(where, f"contact.{k}", v, values.text) for k, v in value.items() if v
        )
    text: str = _read(where, "contact", value, values.text)
    if not re.fullmatch(r"[\x20-\x7e]*", text) or re.search(r"[();\\]", text):
        raise SettingsError(
            f"{where}: contact must be plain ASCII without brackets (a mail address)"
        )
    return text


def find_file(start: Path) -> Path | None:
    """The nearest configuration file from `start` upwards, or None."""
    for folder in (start, *start.parents):
        candidate = folder / "citecheck.toml"
        if candidate.is_file():
            return candidate
        project = folder / "pyproject.toml"
        if project.is_file() and "citecheck" in _tools(project):
            return project
    return None


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise SettingsError(f"{path}: cannot be read: {fault.strerror or fault}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path}: is not valid TOML: {fault}") from None


def _tools(path: Path) -> dict[str, Any]:
    try:
        tools = _parse(path).get("tool", {})
    except SettingsError:
        return {}  # somebody else's broken pyproject.toml is not ours to report
    return tools if isinstance(tools, dict) else {}


def from_file(path: Path) -> Settings:
    """Settings of one configuration file; its folder is the project root."""
    table = _parse(path)
    if path.name == "pyproject.toml":
        tools = table.get("tool", {})
        table = tools.get("citecheck", {}) if isinstance(tools, dict) else {}
    base = Settings(root=path.resolve().parent)
    return apply(base, table, str(path))


def from_environment(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """The settings with `CITECHECK_…` variables laid over them."""
    table: dict[str, object] = {}
    inside: dict[str, dict[str, object]] = {}
    known = [*KEYS, *_APART]
    for name in sorted(environ):
        # An empty variable is what a workflow passes for an input that nobody gave.
        if not name.startswith(PREFIX) or not environ[name]:
            continue
        key = name.removeprefix(PREFIX).lower().replace("_", "-")
        room, dash, inner = key.partition("-")
        if key == "archive":
            inside.setdefault("archive", {})["directory"] = environ[name]
        elif dash and room in _TABLES:
            if inner not in _TABLES[room]:
                names = [f"{PREFIX}{room}_{k}" for k in _TABLES[room]]
                raise _unknown("environment", name, [n.upper().replace("-", "_") for n in names])
            inside.setdefault(room, {})[inner] = environ[name]
        elif key in known:
            table[key] = environ[name]
        else:
            names = [f"{PREFIX}{k}".upper().replace("-", "_") for k in known]
            raise _unknown("environment", name, names)
    return apply(settings, {**table, **inside}, "environment")


def load(
    config: Path | None,
    start: Path,
    environ: Mapping[str, str],
    flags: Mapping[str, object],
    *,
    search: bool = True,
) -> Settings:
    """All settings of a run; `flags` has configuration keys with the values that were given.

    Without `search` no configuration file is looked for.
    """
    if config is not None and not config.is_file():
        raise SettingsError(f"{config}: no such configuration file")
    start = start.resolve()
    found = config or (find_file(start) if search else None)
    settings = from_file(found) if found else Settings(root=start)
    settings = _placed(settings, settings.root)
    settings = from_environment(settings, environ)
    return _placed(apply(settings, flags, "command line"), start)


def _placed(settings: Settings, folder: Path) -> Settings:
    """The settings with relative paths made absolute against the folder they are written for."""
    return replace(
        settings,
        references=folder / settings.references,
        archive_dir=folder / settings.archive_dir,
        browser_program=values.placed_program(settings.browser_program, folder),
        sources=tuple(values.placed_source(source, folder) for source in settings.sources),
        reports=tuple(values.placed_report(spec, folder) for spec in settings.reports),
    )
