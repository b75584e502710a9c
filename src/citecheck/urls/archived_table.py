"""The web archives whose addresses turn up in documents, and how each writes them.

From the archives' own help pages and from Wikipedia's list of web archives. `hosts` are whole host
names, with `*.` for every name below one. What an address looks like is in `forms`:

- `stamped`: somewhere in the path stands a time (1 to 14 digits, with flags as `id_`) before the
  address that the copy is of, as Wayback, OpenWayback and pywb have it;
- `newest`: `/newest/<address>`, `/oldest/<address>` or `/<address>` (archive.today);
- `parameter`: `?url=<address>`, with `date=` where there is one;
- `coded`: a name of the archive's own, which does not tell what was kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Standing(StrEnum):
    """How far copies there can be relied on."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    WITHERING = "withering"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Keeper:
    """One archive. `name` is what records call it."""

    name: str
    hosts: tuple[str, ...]
    forms: tuple[str, ...] = ("stamped",)
    standing: Standing = Standing.TRUSTED


KEEPERS: tuple[Keeper, ...] = (
    Keeper(
        "wayback",
        (
            "web.archive.org",
            "www.web.archive.org",
            "wayback.archive.org",
            "liveweb.archive.org",
            "replay.archive.org",
            "replay.web.archive.org",
            "classic-web.archive.org",
            "web-beta.archive.org",
            "waybackmachine.org",
            "www.waybackmachine.org",
            "replay.waybackmachine.org",
            "api.wayback.archive.org",
            "web.waybackmachine.org",
        ),
    ),
    Keeper(
        "archive.today",
        tuple(
            f"{www}archive.{end}"
            for end in ("today", "ph", "is", "li", "vn", "fo", "md")
            for www in ("", "www.")
        ),
        ("stamped", "newest", "parameter", "coded"),
        Standing.UNTRUSTED,
    ),
    Keeper("perma.cc", ("perma.cc", "www.perma.cc", "perma-archives.org"), ("stamped", "coded")),
    Keeper(
        "webcite",
        ("webcitation.org", "www.webcitation.org"),
        ("parameter", "coded"),
        Standing.WITHERING,
    ),
    Keeper("arquivo.pt", ("arquivo.pt", "www.arquivo.pt", "arquivo-web.fccn.pt")),
    Keeper(
        "archive-it",
        (
            "wayback.archive-it.org",
            "www.archive-it.org",
            "archive-it.org",
            "partner.archive-it.org",
        ),
    ),
    Keeper(
        "uk-web-archive",
        ("www.webarchive.org.uk", "webarchive.org.uk", "beta.webarchive.org.uk"),
        standing=Standing.WITHERING,
    ),
    Keeper(
        "uk-national-archives",
        ("webarchive.nationalarchives.gov.uk",),
    ),
    Keeper("uk-parliament", ("webarchive.parliament.uk",)),
    Keeper("proni", ("webarchive.proni.gov.uk",)),
    Keeper("scotland", ("webarchive.nrscotland.gov.uk",)),
    Keeper("loc", ("webarchive.loc.gov", "webarchives.loc.gov")),
    Keeper("webharvest", ("webharvest.gov", "www.webharvest.gov")),
    Keeper("stanford", ("swap.stanford.edu",)),
    Keeper("bibalex", ("web.archive.bibalex.org", "web.petabox.bibalex.org")),
    Keeper("vefsafn", ("vefsafn.is", "www.vefsafn.is", "wayback.vefsafn.is")),
    Keeper("estonia", ("veebiarhiiv.digar.ee",)),
    Keeper("slovenia", ("nukrobi2.nuk.uni-lj.si",)),
    Keeper("croatia", ("haw.nsk.hr",)),
    Keeper("catalonia", ("wayback.padicat.cat",)),
    Keeper("canada", ("webarchive.bac-lac.gc.ca", "webarchiveweb.bac-lac.canada.ca")),
    Keeper("quebec", ("waext.banq.qc.ca",)),
    Keeper("australia", ("webarchive.nla.gov.au", "web.archive.org.au")),
    Keeper(
        "ireland", ("wayback.nli.ie", "collection.europarchive.org", "collections.europarchive.org")
    ),
    Keeper("singapore", ("eresources.nlb.gov.sg",)),
    Keeper("europe", ("haeu.archive-it.org", "collections.internetmemory.org")),
    Keeper("wikiwix", ("archive.wikiwix.com",), ("stamped", "parameter")),
    Keeper("ghostarchive", ("ghostarchive.org", "www.ghostarchive.org"), ("stamped", "coded")),
    Keeper("megalodon", ("megalodon.jp", "www.megalodon.jp", "gyo.tc"), ("stamped", "coded")),
    Keeper(
        "conifer",
        ("conifer.rhizome.org", "webrecorder.io", "www.webrecorder.io"),
        standing=Standing.WITHERING,
    ),
    Keeper(
        "freezepage",
        ("freezepage.com", "www.freezepage.com"),
        ("parameter", "coded"),
        Standing.WITHERING,
    ),
    Keeper("google-cache", ("webcache.googleusercontent.com",), ("cache",), Standing.GONE),
    Keeper(
        "time-travel",
        (
            "timetravel.mementoweb.org",
            "mementoweb.org",
            "www.mementoweb.org",
            "memgator.cs.odu.edu",
        ),
        ("stamped", "newest"),
        Standing.GONE,
    ),
)

BY_HOST: Mapping[str, Keeper] = MappingProxyType({h: k for k in KEEPERS for h in k.hosts})

# Hosts where only such paths are copies of pages; the rest is of another kind.
PARTLY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "archive.org": ("/web/", "/wayback/"),
        "www.archive.org": ("/web/", "/wayback/"),
        "eresources.nlb.gov.sg": ("/webarchives/",),
        "archive-it.org": ("/wayback/",),
        "www.archive-it.org": ("/wayback/",),
        "webrecorder.io": ("/",),
    }
)

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "webcite": "WebCite",
        "uk-web-archive": "the UK Web Archive",
        "conifer": "Conifer",
        "freezepage": "FreezePage",
        "google-cache": "Google's cache",
        "time-travel": "Memento Time Travel",
    }
)
"""What archives are called in a sentence, where that is not their name."""

WARNINGS: Mapping[Standing, str] = MappingProxyType(
    {
        Standing.UNTRUSTED: "copies at {name} have been altered and its pages used for attacks: "
        "cite a copy in another archive",
        Standing.WITHERING: "{name} takes nothing new and its copies come and go: "
        "cite a copy in another archive as well",
        Standing.GONE: "{name} is a service that has ended: cite a copy in another archive",
    }
)
"""What a reader should know of a copy, by the archive's standing."""
