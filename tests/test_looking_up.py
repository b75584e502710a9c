"""The whole program with `--look-up-works`, the registries on loopback."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from citecheck import cli
from citecheck.ledger.store import Ledger
from citecheck.looking_up import LookUps, mail_of
from citecheck.records.reference import Reference
from citecheck.records.report import Report
from citecheck.records.sources import Sources
from citecheck.settings import Settings, WorksSettings
from standins.answering import answering
from standins.clock import FakeClock
from standins.registries import DOWN, Registries, crossref_work, retraction
from works.asking import BASE, Direct

DOI = "10.1000/rot.2014.1"
ROT = "Measuring Link Rot in Legal Citations"
BIRDS = "Birds of the Baltic Shore in Winter"
PAPER = f"""# Paper

One.<sup>1</sup> Two.<sup>2</sup> Three.<sup>3</sup>

<sup>1</sup> Ida Berg, "{ROT}," *Law Review* 22 (2014), 4-19, doi:{DOI}.

<sup>2</sup> Mei Sato, "{BIRDS}," *Ornithology Today* 3 (1999), 77-80.

<sup>3</sup> Per Lund, "A Story Nobody Has Ever Registered Anywhere," *Village Notes* 7 (1931), 2-3.
"""


def world() -> Registries:
    notes = {"updated-by": [retraction("10.1000/note")]}
    sato = {
        "author": [{"given": "Mei", "family": "Sato"}],
        "container-title": ["Ornithology Today"],
    }
    return Registries(
        works={
            DOI: crossref_work(DOI, ROT, "Berg", 2014, **notes),
            "10.1000/birds": crossref_work("10.1000/birds", BIRDS, "Sato", 1999, **sato),
        }
    )


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("CITECHECK_", "OPENALEX_")):
            monkeypatch.delenv(name)
    (tmp_path / "paper.md").write_text(PAPER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def there(here: Path) -> Iterator[Registries]:
    registries = world()
    with answering(registries.handle) as root:
        (here / "citecheck.toml").write_text(
            f"""
delay = 0
exclude = ["doi.org"]
contact = {{ email = "ida@example.org" }}
[works]
crossref = "{root}/crossref"
openalex = "{root}/openalex"
datacite = "{root}/datacite"
open-library = "{root}/openlibrary"
crossref-per-minute = 180
openalex-per-minute = 180
"""
        )
        yield registries


def invoke(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words), env={"COLUMNS": "100"})


def health(here: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((here / "archive" / "link-health.json").read_text())
    return told


def test_unasked_no_registry_hears_of_a_paper(here: Path, there: Registries) -> None:
    done = invoke("check", "paper.md")
    assert done.exit_code == 0, done.output
    assert there.asked == []
    assert "works" not in health(here)
    assert not (here / "archive" / "works.jsonl").exists()


def test_a_run_tells_what_registries_say(here: Path, there: Registries) -> None:
    done = invoke("check", "paper.md", "--look-up-works")
    assert done.exit_code == 0, "what registries say changes no exit code"
    rows = {row["title"]: row for row in health(here)["works"]}
    assert {title: row["state"] for title, row in rows.items()} == {
        ROT: "retracted",
        BIRDS: "found",
        "A Story Nobody Has Ever Registered Anywhere": "not-found",
    }
    assert rows[BIRDS]["suggestion"] == "https://doi.org/10.1000/birds"
    assert rows[ROT]["notices"] == [
        {"kind": "retraction", "doi": "10.1000/note", "date": "2021-03-04"}
    ]
    assert rows[BIRDS]["citations"] == [{"document": "paper.md", "note": "2", "line": 7}]
    references = (here / "references" / "paper.md.json").read_text()
    assert "10.1000/birds" not in references, "nothing is written unasked"
    assert "Works: retracted or withdrawn (1)" in done.stdout
    assert "https://doi.org/10.1000/note" in done.stdout
    assert "## Works" in (here / "archive" / "link-health.md").read_text()
    assert '<h2 id="works-t">Works</h2>' in (here / "archive" / "link-health.html").read_text()
    assert {q.get("mailto") for q in there.questions} == {"ida@example.org"}
    assert all("ida@example.org" in agent for agent in there.agents)

    asked, before = len(there.asked), (here / "archive" / "works.jsonl").read_bytes()
    again = invoke("check", "paper.md", "--look-up-works")
    assert again.exit_code == 0
    assert len(there.asked) == asked, "what is known is not asked again before its time"
    assert (here / "archive" / "works.jsonl").read_bytes() == before
    assert {row["state"] for row in health(here)["works"]} == {"retracted", "found", "not-found"}

    assert invoke("audit").exit_code == 0
    rendered = invoke("report", "--report", "again.md")
    assert rendered.exit_code == 0, rendered.output
    assert "https://doi.org/10.1000/birds" in (here / "again.md").read_text()


def test_silence_takes_nothing_back_and_is_no_news_for_the_ledger(
    here: Path, there: Registries
) -> None:
    invoke("check", "paper.md", "--look-up-works")
    before = (here / "archive" / "works.jsonl").read_bytes()
    there.down["crossref"] = DOWN
    (here / "citecheck.toml").write_text(
        (here / "citecheck.toml").read_text() + 'keep-found = "0s"\nkeep-none = "0s"\nbudget = 2\n'
    )
    assert invoke("check", "paper.md", "--look-up-works").exit_code == 0
    assert (here / "archive" / "works.jsonl").read_bytes() == before
    assert {row["state"] for row in health(here)["works"]} == {"retracted", "found", "not-found"}


def test_the_demonstration_has_no_such_option(here: Path) -> None:
    done = invoke("run", "--demo", "--look-up-works")
    assert done.exit_code == 2
    assert "--look-up-works" in done.stderr


# Days pass here, so the story is told without the program around it.


class Days:
    """A project, its ledger and a clock."""

    def __init__(self, folder: Path, registries: Registries, **more: Any) -> None:
        self.clock = FakeClock(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
        own = WorksSettings(
            crossref=f"{BASE}/crossref",
            datacite=f"{BASE}/datacite",
            open_library=f"{BASE}/openlibrary",
        )
        self.settings = Settings(
            root=folder,
            references=folder / "references",
            archive_dir=folder / "archive",
            progress="none",
            look_up_works=True,
            works=replace(own, **more),
        )
        self.registries = registries
        self.ledger = Ledger(self.settings, self.clock)

    def told(self, command: str = "check", demo: bool = False, **changes: Any) -> Report:
        looking = LookUps(
            replace(self.settings, **changes), self.ledger, self.clock, command, demo=demo
        )
        return asyncio.run(looking.told(self._report(), self._sources(), self._client, {}))

    def _report(self) -> Report:
        return Report(self.clock.now(), "0.1", None, (), (), ())

    def _sources(self) -> Sources:
        person = [{"family": "Berg", "given": "Ida"}]
        csl = {"type": "book", "title": ROT, "author": person, "issued": {"date-parts": [[2014]]}}
        return Sources(((None, (Reference("berg-2014", csl),)),))  # type: ignore[arg-type]

    def _client(self) -> Any:
        registries = self.registries

        class Opened:
            async def __aenter__(self) -> Direct:
                return Direct(registries)

            async def __aexit__(self, *_: object) -> None: ...

        return Opened()


def test_found_is_asked_again_after_90_days_and_not_found_after_14(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries())
    assert [row.work.state.value for row in days.told().works] == ["not-found"]
    days.clock.advance(timedelta(days=13).total_seconds())
    days.registries.works = world().works
    assert [row.work.state.value for row in days.told().works] == ["not-found"]
    days.clock.advance(timedelta(days=2).total_seconds())
    assert [row.work.state.value for row in days.told().works] == ["retracted"]
    asked = len(days.registries.asked)
    days.clock.advance(timedelta(days=89).total_seconds())
    days.told()
    assert len(days.registries.asked) == asked
    days.clock.advance(timedelta(days=2).total_seconds())
    days.told()
    assert len(days.registries.asked) > asked


def test_other_commands_tell_what_is_known_and_ask_nobody(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries(works=world().works))
    assert days.told("archive").works == ()
    assert days.registries.asked == []
    days.told("run")
    asked = len(days.registries.asked)
    assert asked > 0
    assert [row.work.state.value for row in days.told("archive").works] == ["retracted"]
    assert days.told("run", demo=True).works == ()
    assert days.told("run", look_up_works=False).works == ()
    assert len(days.registries.asked) == asked


def test_a_run_without_time_leaves_them_for_the_next(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries(), budget=timedelta(0))
    report = days.told()
    assert days.registries.asked == []
    assert [row.work.state.value for row in report.works] == ["unknown"]
    assert "the time for look-ups was used up" in report.works[0].work.detail


def test_a_tenth_of_the_time_of_a_run_is_kept_for_works(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries())
    hour = replace(days.settings, budget=timedelta(hours=1))
    assert LookUps(hour, days.ledger, days.clock, "run").rest().budget == timedelta(minutes=54)
    assert LookUps(hour, days.ledger, days.clock, "archive").rest() is hour
    off = replace(hour, look_up_works=False)
    assert LookUps(off, days.ledger, days.clock, "run").rest() is off


def test_cut_short_by_a_person_what_was_answered_is_kept(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries(works=world().works))

    async def cut() -> Report:
        looking = LookUps(days.settings, days.ledger, days.clock, "run")

        class Hanging:
            async def __aenter__(self) -> Any:
                return self

            async def __aexit__(self, *_: object) -> None: ...

            async def fetch(self, ask: object) -> Any:
                await asyncio.Event().wait()

        told = looking.told(days._report(), days._sources(), Hanging, {})
        task = asyncio.create_task(told)
        for _ in range(20):
            await asyncio.sleep(0)
        task.cancel()
        return await task

    report = asyncio.run(cut())
    assert report.interrupted
    assert report.works == ()
    assert [s.why for s in report.skipped] == [
        "1 work was not looked up; the next run goes on from there"
    ]


def test_openalex_is_asked_with_a_key_or_where_settings_name_it(tmp_path: Path) -> None:
    days = Days(tmp_path, Registries())
    looking = LookUps(days.settings, days.ledger, days.clock, "run")

    def asked(key: str) -> bool:
        at = looking._registries(Direct(days.registries), key, lambda text: None)
        return at.openalex is not None

    assert (asked(""), asked("k-123")) == (False, True)


@pytest.mark.parametrize(
    ("contact", "mail"),
    [("ida@example.org, https://example.org", "ida@example.org"), ("https://example.org/@ida", "")],
)
def test_the_mail_address_of_the_contact(contact: str, mail: str) -> None:
    assert mail_of(contact) == mail
