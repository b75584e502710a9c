"""Settings of a run: defaults, configuration file, environment, flags, in rising order of weight.

They are read by `configuration.py`; this module only says what there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """How archives are asked. Rates are requests a minute (80 % of what the archive allows),
    times in seconds; `fresh` is how young a capture makes a new one unnecessary."""

    fresh: timedelta = timedelta(days=30)
    budget: timedelta = timedelta(minutes=10)
    wayback: str = "https://web.archive.org"
    lookups_per_minute: int = 24
    saves_per_minute: int = 6
    concurrent_saves: int = 3
    keep_found: timedelta = timedelta(days=90)
    keep_none: timedelta = timedelta(days=14)
    poll_first: float = 6.0
    poll_every: float = 5.0
    poll_limit: float = 180.0
    pause_after_429: float = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run can be told.

    `root` is the folder that document paths are relative to. `warc` None: as the command has it (on
    for `run`). Times without a unit in their type are seconds; `max_bytes` counts decoded bytes.
    `proxy` wins over the environment's proxies, which are used with `trust_env`; it may hold a
    password. `budget` is the time for a whole run, None: no bound. `browser_program` is `auto`, a
    name in PATH or a path.
    """

    root: Path = field(default_factory=Path.cwd)
    sources: tuple[str, ...] = ()
    references: Path = Path("references")
    archive_dir: Path = Path("archive")
    reports: tuple[str, ...] = ()
    save: bool = False
    warc: bool | None = None
    fail_on: tuple[str, ...] = ("dead", "changed", "mismatch")
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_age: timedelta = timedelta(0)
    budget: timedelta | None = None
    timeout: float = 30.0
    connect_timeout: float = 10.0
    concurrency: int = 64
    per_host: int = 2
    delay: float = 0.5
    max_bytes: int = 20_000_000
    max_hops: int = 20
    allow_private: bool = False
    allow_networks: tuple[str, ...] = ()
    probe: bool = True
    robots: bool = False
    quirks: bool = True
    browser: bool = False
    browser_program: str = "auto"
    browser_budget: timedelta = timedelta(minutes=10)
    strikes: int = 3
    strike_days: float = 3.0
    confirm_after: float = 2.0
    nxdomain_after: float = 5.0
    retries: int = 2
    retry_after_limit: float = 60.0
    vantage: str | None = None
    contact: str = ""
    http2: bool = True
    trust_env: bool = True
    proxy: str = field(default="", repr=False)
    allow_empty: bool = False
    prune: bool = False
    quiet: bool = False
    verbosity: int = 0
    color: str = "auto"
    progress: str = "auto"
    archive: ArchiveSettings = ArchiveSettings()
