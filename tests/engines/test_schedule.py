"""The whole schedule against the bound that its busiest host sets, in simulated time.

`benchmarks/schedule.py` runs the real engine and client; here are its figures as promises.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from citecheck.settings import Settings


@pytest.fixture(scope="module")
def schedule() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "schedule.py"
    spec = importlib.util.spec_from_file_location("schedule", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["schedule"] = module
    spec.loader.exec_module(module)
    return module


def test_counts_follow_zipf(schedule: ModuleType) -> None:
    counts = schedule.zipf(20_000, 2_000, 1.0)
    assert (sum(counts), len(counts), min(counts)) == (20_000, 2_000, 2)
    assert counts[0] == pytest.approx(10 * (counts[9] - 1), rel=0.02)
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("addresses", [0, 100])
def test_a_run_takes_little_longer_than_its_busiest_host(
    schedule: ModuleType, addresses: int
) -> None:
    outcome = schedule.simulate(schedule.Plan(links=800, hosts=100, addresses=addresses))
    assert outcome.observed == 800
    assert outcome.ratio <= 1.10


def test_hosts_that_hang_do_not_change_that(schedule: ModuleType) -> None:
    settings = Settings(timeout=10.0)
    plan = schedule.Plan(links=800, hosts=100, hanging=25, settings=settings)
    outcome = schedule.simulate(plan)
    assert outcome.observed == 800 + 100
    assert outcome.ratio <= 1.10


@pytest.mark.parametrize("links", [250, 750])
def test_a_link_costs_the_same_among_many(schedule: ModuleType, links: int) -> None:
    outcome = schedule.simulate(schedule.Plan(links=links, hosts=links // 10))
    assert outcome.steps / links < 7


@pytest.mark.whole
@pytest.mark.parametrize("skew", [0.8, 1.0, 1.2])
def test_twenty_thousand_links_on_two_thousand_hosts(schedule: ModuleType, skew: float) -> None:
    outcome = schedule.simulate(schedule.Plan(skew=skew))
    assert outcome.observed == 20_000
    assert outcome.ratio <= 1.10
    assert outcome.steps / 20_000 < 7
    assert outcome.busy < 90
