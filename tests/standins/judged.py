"""Visits written by hand: from a page's markup to its observation and the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from citecheck.history import fold, fold_visit
from citecheck.records.finding import Finding
from citecheck.records.link import Expected, Link
from citecheck.records.memory import Memory
from citecheck.records.observation import Attempt, Body, Fault, FaultKind, Hop, Observation
from citecheck.settings import Settings
from citecheck.signals.look import look
from citecheck.verdict import judge
from standins.clock import START
from standins.exchanges import answered

URL = "https://press.example/2019/03/14/the-bell-that-told-the-tide"
TITLE = "The bell that told the tide on Ormsay pier"
HTML = {"Content-Type": "text/html; charset=utf-8"}
PARAGRAPH = (
    "In the winter of 1903 the harbour board of Ormsay hung a bell on the old pier "
    "and tied its rope to "
    "a float in the tide well, so that fishermen could hear the water turn before they saw it. "
)
STORY = (
    PARAGRAPH
    + "The keeper, a patient woman named Ait, wrote down each stroke in a ledger with "
    "ruled columns. "
    "Her figures were copied by hand for the admiralty, which never answered her letters. "
    "When the float rusted through, the board voted against repairing it by a margin of one. "
    "Children sold the brass gears for sweets, and two of them are kept in the parish hall today. "
    "Visitors may ring the bell on the last Sunday in June, provided that the wind is westerly. "
    "The almanac of that year calls the device useless; sailors who relied on it disagreed loudly. "
)  # fmt: skip
OTHER = (
    "Our spring catalogue presents forty kinds of garden furniture made from recycled timber. "
    "Each chair is delivered flat, with screws, and can be assembled within ten minutes by anyone. "
    "Customers praise the soft cushions that we fill with wool from farms in the "
    "neighbouring valley. "
    "Order before Friday and we will add a watering can, painted in a colour of your choice. "
    "Our workshop repairs damaged tables without charge during the first three years "
    "after purchase. "
    "Shipping abroad takes longer, since every parcel is inspected by a customs "
    "officer at the border. "
)


def page(
    title: str = TITLE, text: str = STORY, *, head: str = "", h1: str = "", body: str = ""
) -> str:
    """An ordinary page of a small newspaper: navigation, an article, a footer."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/about">About us</a></nav>'
        f"<article><h1>{h1 or title}</h1><p>{text}</p></article>{body}"
        "<footer>The Islander Gazette, a paper for all of Ormsay</footer></body></html>"
    )


def cited(url: str = URL, title: str = TITLE, **more: object) -> Link:
    """A link with one reference that expects a title (none where it is empty)."""
    expected = Expected("ref", title=title, type="article-newspaper")
    return Link(url, expected=(replace(expected, **more),) if title or more else ())  # type: ignore[arg-type]


def observed(
    markup: str | bytes = "",
    *,
    link: Link | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    final: str = "",
    hops: Sequence[Hop] = (),
    tries: int = 2,
    at: datetime = START,
) -> Observation:
    """What a visit that ended with this answer saw; `tries` equal tries, five seconds apart."""
    link = link or cited()
    content = markup.encode() if isinstance(markup, str) else markup
    sent = {**HTML, **(headers or {})}
    exchange = answered(final or link.url, status, content, sent)
    looked = look(exchange, link, tuple(hops))
    return Observation(
        url=link.url,
        at=at,
        final_url=exchange.url,
        hops=tuple(hops),
        status=status,
        headers=tuple((k.lower(), v) for k, v in sent.items()),
        media_type=sent["Content-Type"].partition(";")[0],
        body=Body(len(content), sha256(content).hexdigest()),
        page=looked.page,
        signals=looked.signals,
        sketch=looked.sketch,
        attempts=tuple(
            Attempt(at + timedelta(seconds=5 * n), link.url, status, None) for n in range(tries)
        ),
        quotes_found=looked.quotes_found,
    )


def failed(
    kind: FaultKind,
    *,
    link: Link | None = None,
    hops: Sequence[Hop] = (),
    tries: int = 2,
    at: datetime = START,
) -> Observation:
    """What a visit without an answer saw."""
    link = link or cited()
    return Observation(
        url=link.url,
        at=at,
        final_url=link.url,
        hops=tuple(hops),
        fault=Fault(kind),
        attempts=tuple(
            Attempt(at + timedelta(seconds=5 * n), link.url, None, kind) for n in range(tries)
        ),
    )


def verdict_on(
    observation: Observation,
    *,
    link: Link | None = None,
    memory: Memory | None = None,
    settings: Settings | None = None,
) -> Finding:
    return judge(
        link or cited(),
        observation,
        memory or Memory(),
        settings=settings or Settings(),
        now=observation.at,
    )


def visited(
    memory: Memory, observation: Observation, *, link: Link | None = None
) -> tuple[Finding, Memory]:
    """One visit judged and folded into the memory, as a run does it."""
    link = link or cited()
    finding = verdict_on(observation, link=link, memory=memory)
    record = fold(link.url, memory.record, finding, observation, observation.at)
    return finding, Memory(record, fold_visit(memory.visit, observation, record, seen=finding.seen))


def said(finding: Finding) -> str:
    """`state/reason`, as tests read best."""
    return f"{finding.state}/{finding.reason}"
