"""The schedule against its bound: many links on many hosts, in simulated time.

No run can be shorter than its busiest host allows: with n links there and `delay` seconds between
starts, (n - 1) x delay. Where hosts are slow, none shorter than the slowest allows: what all its
answers take together, by as many as it is asked at once. This runs the real engine and the real
client against hosts that answer after a latency of their own, in a time that moves only when every
task waits, and prints both bounds, the simulated time, its ratios, and what it cost.

    python benchmarks/schedule.py --links 20000 --hosts 2000 --skew 1.0 --latency 0.2 --spread 0.8

Link counts follow Zipf's law (the i-th host has a share of 1/i^skew). Latencies are log-normal:
`latency` is the median in seconds, `spread` the sigma; a host has its own median, drawn with the
same spread. `--hanging N` adds hosts that never answer, `--addresses N` lets the hosts share so
many IP addresses. The same arguments give the same simulated time.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pstats
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from citecheck.engines.local import observe
from citecheck.progress import NoProgress
from citecheck.records.exchange import Exchange
from citecheck.records.link import Link
from citecheck.records.looked import Looked
from citecheck.records.observation import Fault, Hop
from citecheck.settings import Settings
from citecheck.sinks import Aside
from citecheck.web.build import open_client
from citecheck.web.resolver import Resolved
from standins.virtual import VirtualClock, run

PAGE = b"<html><title>A page</title><p>Some words.</p></html>"


@dataclass(frozen=True)
class Plan:
    """What is simulated; seconds, except for counts."""

    links: int = 20_000
    hosts: int = 2_000
    skew: float = 1.0
    latency: float = 0.2
    spread: float = 0.8
    hanging: int = 0
    addresses: int = 0
    seed: int = 1
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True)
class Outcome:
    """`bound` (the pace of the busiest host), `slowest` (the answers of the slowest) and `seconds`
    are simulated, `busy` is processor time; `steps` are rounds of the event loop."""

    bound: float
    slowest: float
    seconds: float
    busy: float
    busiest: int
    observed: int
    most: int
    steps: int

    @property
    def ratio(self) -> float:
        return self.seconds / self.bound


def zipf(links: int, hosts: int, skew: float) -> list[int]:
    """How many links each host has: at least one, the busiest first, `links` in all."""
    shares = [1 / i**skew for i in range(1, hosts + 1)]
    scale = (links - hosts) / sum(shares)
    counts = [1 + int(share * scale) for share in shares]
    for i in range(links - sum(counts)):
        counts[i % hosts] += 1
    return counts


class Web:
    """Hosts that answer after a while, or never; `took` by host in simulated seconds."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._medians: dict[str, float] = {}
        self.took: dict[str, float] = {}
        self._random = random.Random(plan.seed)  # noqa: S311 (a simulation)
        self.under_way = self.most = 0

    async def handle(self, request: httpx.Request) -> httpx.Response:
        host = request.url.host
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            if host.startswith("hangs"):
                await asyncio.sleep(3600)
            await asyncio.sleep(self._latency(host))
        finally:
            self.under_way -= 1
        return httpx.Response(200, content=PAGE, headers={"Content-Type": "text/html"})

    def _latency(self, host: str) -> float:
        own = self._medians.get(host)
        if own is None:
            own = self._random.lognormvariate(0, self._plan.spread) * self._plan.latency
            self._medians[host] = own
        latency = self._random.lognormvariate(0, self._plan.spread / 2) * own
        self.took[host] = self.took.get(host, 0.0) + latency
        return latency

    async def resolve(self, host: str, port: int) -> Resolved | Fault:
        if not self._plan.addresses:
            return Resolved(())
        i = int("".join(c for c in host if c.isdigit())) % self._plan.addresses
        return Resolved(((f"93.184.{i // 250}.{i % 250 + 1}", port),))


def nothing(_: Exchange, __: Link, ___: tuple[Hop, ...]) -> Looked:
    return Looked()


def links_of(plan: Plan) -> list[Link]:
    """The links of all hosts, as mixed as in a document; those of hosts that hang come first."""
    counts = zipf(plan.links, plan.hosts, plan.skew)
    links = [
        Link(f"https://host{h}.example/{i}") for h, count in enumerate(counts) for i in range(count)
    ]
    random.Random(plan.seed).shuffle(links)  # noqa: S311
    hanging = [Link(f"https://hangs{h}.example/{i}") for h in range(plan.hanging) for i in range(4)]
    return hanging + links


def simulate(plan: Plan) -> Outcome:
    """One run; deterministic but for `busy`."""
    counts = zipf(plan.links, plan.hosts, plan.skew)
    sink, began = Aside(), time.process_time()

    async def main(clock: VirtualClock) -> tuple[float, int, Web]:
        web = Web(plan)
        inner = httpx.MockTransport(web.handle)
        async with open_client(plan.settings, clock=clock, inner=inner, resolver=web) as client:
            await observe(
                links_of(plan),
                client=client,
                sink=sink,
                visits={},
                settings=plan.settings,
                clock=clock,
                progress=NoProgress(),
                look=nothing,
            )
        return clock.elapsed, clock.steps, web

    seconds, steps, web = run(main)
    return Outcome(
        bound=(counts[0] - 1) * plan.settings.delay,
        slowest=max(web.took.values()) / plan.settings.per_host,
        seconds=seconds,
        busy=time.process_time() - began,
        busiest=counts[0],
        observed=len({row.url for row in sink.found}),
        most=web.most,
        steps=steps,
    )


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    plan = Plan()
    for name in ("links", "hosts", "hanging", "addresses", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(plan, name))
    for name in ("skew", "latency", "spread"):
        parser.add_argument(f"--{name}", type=float, default=getattr(plan, name))
    parser.add_argument("--delay", type=float, default=plan.settings.delay)
    parser.add_argument("--concurrency", type=int, default=plan.settings.concurrency)
    parser.add_argument("--profile", action="store_true", help="the functions that cost most")
    given = vars(parser.parse_args(words))
    profile = cProfile.Profile() if given.pop("profile") else None
    settings = Settings(delay=given.pop("delay"), concurrency=given.pop("concurrency"))
    plan = Plan(**given, settings=settings)
    outcome = profile.runcall(simulate, plan) if profile else simulate(plan)
    write = sys.stdout.write
    write(f"{plan.links} links, {plan.hosts} hosts, {outcome.busiest} on the busiest\n")
    write(f"bound      {outcome.bound:10.2f} s  (busiest host, {settings.delay:g} s apart)\n")
    write(f"slowest    {outcome.slowest:10.2f} s  (slowest host, {settings.per_host} at once)\n")
    least = max(outcome.bound, outcome.slowest)
    write(f"simulated  {outcome.seconds:10.2f} s  ratio {outcome.ratio:.4f}")
    write(f", to the larger bound {outcome.seconds / least:.4f}\n")
    write(f"processor  {outcome.busy:10.2f} s  {outcome.busy / plan.links * 1e3:.2f} ms a link")
    write(f", {outcome.steps / plan.links:.2f} rounds of the loop\n")
    write(f"observed   {outcome.observed}; at most {outcome.most} requests at once\n")
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
