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
    times in seconds; `fresh` is how young a capture makes a new one unnecessary. `warc_limit` is
    how many bytes the folder of local copies may hold (None: no bound).

    `reserve` is how many captures of a day are left to the account's owner (None: 100, at most a
    tenth of the quota), `saves_per_day` a limit of one's own (None: the account's, else 30,000).
    `anonymous` saves without keys. `save_settles`: after so long the archive has done with a page.

    `timemaps` are templates of the TimeMaps of other archives, empty: none is asked; None: those of
    the program, where the Wayback Machine is the public one.

    `software_heritage` is its address, empty: it is not asked; None: the public one, where the
    Wayback Machine is the public one. `perma` is `no`, `needed` (what
    the Wayback Machine could not keep) or `always`, at most `perma_limit` new links a run, in
    `perma_folder` (0: the folder that the key has by itself).
    """

    fresh: timedelta = timedelta(days=30)
    budget: timedelta = timedelta(minutes=10)
    wayback: str = "https://web.archive.org"
    lookups_per_minute: int = 24
    saves_per_minute: int = 6
    concurrent_saves: int = 3
    keep_found: timedelta = timedelta(days=90)
    keep_none: timedelta = timedelta(days=14)
    verify: bool = True
    replays_per_minute: int = 40
    poll_first: float = 6.0
    poll_every: float = 5.0
    poll_limit: float = 180.0
    pause_after_429: float = 60.0
    warc_limit: int | None = None
    software_heritage: str | None = None
    perma: str = "no"
    perma_api: str = "https://api.perma.cc/v1"
    perma_folder: int = 0
    perma_limit: int = 10
    reserve: int | None = None
    saves_per_day: int | None = None
    anonymous: bool = False
    delay_availability: bool = False
    save_settles: float = 120.0
    timemaps: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class WorksSettings:
    """How registries of works are asked with `look_up_works`: the address of each (empty: it is not
    asked; OpenAlex None: where the environment has a key for it), requests a minute at each, and
    for how long an answer stands."""

    crossref: str = "https://api.crossref.org"
    openalex: str | None = None
    datacite: str = "https://api.datacite.org"
    open_library: str = "https://openlibrary.org"
    crossref_per_minute: int = 60
    openalex_per_minute: int = 60
    datacite_per_minute: int = 60
    open_library_per_minute: int = 60
    budget: timedelta = timedelta(minutes=10)
    keep_found: timedelta = timedelta(days=90)
    keep_none: timedelta = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run can be told.

    `root` is the folder that document paths are relative to. `warc` None: as the command has it (on
    for `run`); `warc_requisites`: what a page needs to be shown is kept with it. Times without a
    unit in their type are seconds; `max_bytes` counts decoded bytes. `proxy` wins over
    the environment's proxies, which are used with `trust_env`; it may hold a password. `budget` is
    the time for a whole run, None: no bound. `browser_program` is `auto`, a name in PATH or a path.
    `timestamp` is the address of an authority that stamps manifests, empty: none is asked.
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
    warc_requisites: bool = False
    timestamp: str = ""
    look_up_works: bool = False
    works: WorksSettings = WorksSettings()
