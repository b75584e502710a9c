"""The kinds of signals, in the order in which they are looked for.

A new kind is a module with one function of this shape and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.observation import Hop, Signal
from citecheck.signals.breakdowns import breakdown_signals
from citecheck.signals.doors import door_signals
from citecheck.signals.emptiness import emptiness_signals
from citecheck.signals.farewells import farewell_signals
from citecheck.signals.logins import login_signals
from citecheck.signals.owners import owner_signals
from citecheck.signals.page import PageView
from citecheck.signals.redirects import redirect_signals
from citecheck.signals.refusals import refusal_signals
from citecheck.signals.soft404 import soft404_signals
from citecheck.signals.trades import trade_signals
from citecheck.signals.walls import wall_signals

Finder = Callable[[PageView, Exchange, Link, tuple[Hop, ...]], Iterator[Signal]]

SHELF: tuple[tuple[str, Finder], ...] = (
    ("walls", wall_signals),
    ("refusals", refusal_signals),
    ("logins", login_signals),
    ("doors", door_signals),
    ("owners", owner_signals),
    ("trades", trade_signals),
    ("breakdowns", breakdown_signals),
    ("emptiness", emptiness_signals),
    ("redirects", redirect_signals),
    ("soft404", soft404_signals),
    ("farewells", farewell_signals),
)
