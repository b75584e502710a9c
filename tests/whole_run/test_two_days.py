"""Every kind of host gets the right state and reason, on the first day and on the second."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from citecheck.demo import world as demo_world
from citecheck.demo.texts import paper, text
from citecheck.records.link import Expected, Link
from standins.demo_expected import EXPECTED, LIBRARY
from whole_run import world_day
from whole_run.reading import brief_settings
from whole_run.visiting import two_days


def test_the_world_of_the_whole_run(tmp_path: Path) -> None:
    links = [
        Link(
            one.url,
            expected=(Expected(one.name, title=one.title, authors=(one.author,)),),
            proxied=one.url == world_day.PROXIED,
            unproxied=f"https://{world_day.UNPROXIED}/" if one.url == world_day.PROXIED else "",
        )
        for one in world_day.CASES
    ]
    settings = replace(brief_settings(tmp_path, world_day.paper()), timeout=1.5)
    first, second = two_days(world_day.web, links, settings)
    assert first == world_day.findings(1)
    assert second == world_day.findings(2)


def test_the_world_of_the_demonstration(tmp_path: Path) -> None:
    titles = {
        one.url: next((t.title for t in map(text, _TEXTS) if t.title in _cited(one.url)), "")
        for one in EXPECTED
    }
    links = [
        Link(
            one.url,
            expected=(Expected("work", title=titles[one.url]),),
            proxied=one.url.startswith(LIBRARY),
        )
        for one in EXPECTED
    ]
    settings = brief_settings(tmp_path, paper())
    first, second = two_days(demo_world.small_web, links, settings)
    assert first == {one.url: one.first for one in EXPECTED}
    assert second == {one.url: one.second for one in EXPECTED}


_TEXTS = (
    *("almanac", "gauge", "gazette", "harbour-board", "hydrographers", "letters", "logbook"),
    *("museum", "paper-water", "review", "wages"),
)


def _cited(url: str) -> str:
    """The note that cites an address, up to the address."""
    note = next(line for line in paper().splitlines() if f"<{url}>" in line)
    return note.partition(f"<{url}>")[0].rpartition(">; ")[2]
