# ruff: noqa: SIM905 - word lists are read best as words
"""Resolvers of persistent identifiers: hosts whose addresses are made to be cited as they are.

DOI, Handle, PURL, ARK, URN:NBN and LCCN resolvers; what one answers for an invented identifier says
nothing about a cited one.
"""

from __future__ import annotations

from citecheck.urls.address import host_of

_RESOLVERS = frozenset(
    (
        "doi.org dx.doi.org www.doi.org hdl.handle.net handle.net purl.org www.purl.org "
        "purl.oclc.org purl.archive.org w3id.org "
        "n2t.net ark.org identifiers.org nbn-resolving.org nbn-resolving.de "
        "www.nbn-resolving.de urn.fi urn.kb.se "
        "resolver.kb.nl persistent-identifier.nl perma.cc perma.li id.loc.gov "
        "lccn.loc.gov purl.fdlp.gov purl.access.gpo.gov "
        "purl.stanford.edu purl.lib.purdue.edu purl.umn.edu purl.pt purl.obolibrary.org arks.org"
    ).split()
)


def is_resolver(url: str) -> bool:
    """Whether an address is that of a resolver of persistent identifiers."""
    host = host_of(url)
    return host in _RESOLVERS or host.startswith(("purl.", "doi.", "hdl.", "handle."))


_REGISTRIES = {
    "DOI": frozenset(("doi.org", "dx.doi.org", "www.doi.org")),
    "handle": frozenset(("hdl.handle.net", "handle.net")),
    "URN": frozenset(
        "nbn-resolving.org nbn-resolving.de www.nbn-resolving.de urn.fi urn.kb.se".split()
    ),
}


def registry_of(url: str) -> str:
    """What kind of identifier the address's host is the registry of (DOI, handle, URN), or empty.

    These redirect an identifier only where it is registered, each to its own address; resolvers
    that redirect whole prefixes (PURL, ARK, w3id) vouch for nothing.
    """
    host = host_of(url)
    return next((kind for kind, hosts in _REGISTRIES.items() if host in hosts), "")
