"""A sibling probe: what a server answers for an address beside the cited one that cannot exist.

After Bar-Yossef et al. (2004): a server that answers both with one page has no page for either.
A hard error for the sibling proves nothing about the cited address (templates for deleted articles
come with status 200 on hosts whose unknown paths are 404), and neither does an empty shell.
"""

from __future__ import annotations

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Signal, Strength
from citecheck.signals.page import read_page
from citecheck.text.fold import fold, plain
from citecheck.text.main import fingerprint
from citecheck.text.similarity import compare as compare_sketches
from citecheck.urls.address import identity, redact

_MEANINGFUL = 12


def compare(sibling: Exchange, exchange: Exchange) -> Signal | None:
    """The sign that both are one answer (decisive), or as good as one (strong), or None.

    `sibling` is the final exchange for the invented address, `exchange` that for the cited one.
    """
    if sibling.status != 200 or exchange.status != 200:
        return None
    if identity(sibling.url) == identity(exchange.url):
        return Signal("sibling-same-address", plain(redact(exchange.url), 160), Strength.DECISIVE)
    if sibling.content == exchange.content and not exchange.content:
        return None
    invented, cited = read_page(sibling), read_page(exchange)
    if not (invented.parsed and cited.parsed) or cited.app_root or cited.main_words < _MEANINGFUL:
        return None
    if fold(invented.title) != fold(cited.title):
        return None
    one, other = fingerprint(invented.main.text), fingerprint(cited.main.text)
    if one.sha256 == other.sha256:
        return Signal("sibling-same-page", plain(cited.title, 160), Strength.DECISIVE)
    if compare_sketches(one.sketch, other.sketch).jaccard >= 0.9:
        return Signal("sibling-same-page", plain(cited.title, 160), Strength.STRONG)
    return None
