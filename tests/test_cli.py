"""The command line is what the contract and README say, and no mistake ends in a traceback."""

from __future__ import annotations

import asyncio
import io
import os
import re
import subprocess
import sys
import types
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner, Result

from citecheck import cli, reasons, wiring
from citecheck.records.finding import State
from citecheck.reports.shelf import FORMATS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
COMMON = {"--config", "--quiet", "--verbose", "--color"}
READING = {"--references", "--prune", "--allow-empty", "--progress"} | COMMON
REPORTING = {"--archive", "--report", "--fail-on"}
CHOOSING = {"--include", "--exclude"}
VISITING = {
    "--warc", "--max-age", "--budget", "--concurrency", "--per-host", "--delay", "--max-bytes",
    "--no-probe", "--robots", "--browser", "--timestamp", "--look-up-works",
}  # fmt: skip
WEB = {"--timeout", "--allow-private"}
ARCHIVES = {"--save", "--archive-budget"}
TABLE = {
    "run": READING | REPORTING | CHOOSING | VISITING | WEB | ARCHIVES | {"--demo", "--again"},
    "extract": READING,
    "check": READING | REPORTING | CHOOSING | VISITING | WEB,
    "archive": READING | REPORTING | CHOOSING | WEB | ARCHIVES,
    "report": COMMON | REPORTING,
    "mend": COMMON | {"--archive", "--write", "--fix", "--for", "--unverified"},
    "export": {
        "--config",
        "--references",
        "--archive",
        "--include",
        "--exclude",
        "--title",
        "--quiet",
        "--verbose",
    },
    "audit": {"--config", "--references", "--archive", "--format", "--quiet", "--verbose"},
    "explain": set(),
    "init": {"--save", "--yes"},
}
PAPER = 'Said.<sup>1</sup>\n\n<sup>1</sup> Ann Author, "A Page," *Review*, May 1, 2020, <{}>\n'


built = cache(typer.main.get_command)  # the same each time, and hundreds ask for it


def options(command: str) -> set[str]:
    found: Any = built(cli.app)
    names = [max(p.opts, key=len) for p in found.commands[command].params]
    return {name for name in names if name.startswith("--")}


def invoke(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(words), input=typed, env={"COLUMNS": "80"})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("typer.testing._get_command", built, raising=False)
    for name in os.environ:
        if name.startswith("CITECHECK_"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize("command", TABLE)
def test_a_command_has_the_options_of_the_contract_and_no_other(command: str) -> None:
    assert options(command) == TABLE[command]
    help_text = invoke(command, "--help")
    assert help_text.exit_code == 0
    assert max(len(line) for line in help_text.stdout.splitlines()) <= 80


@pytest.mark.parametrize(
    ("command", "option"),
    sorted((c, o) for c in TABLE for o in TABLE["run"] - TABLE[c]),
)
def test_an_option_of_another_command_is_exit_code_2(command: str, option: str) -> None:
    done = invoke(command, option, "1")
    assert done.exit_code == 2
    assert "No such option" in done.stderr
    assert done.stdout == ""


def test_readme_and_program_have_the_same_commands() -> None:
    rows = re.findall(r"^\| `citecheck (\w+)", README, re.M)
    assert list(dict.fromkeys(rows)) == list(TABLE)


def test_readme_and_program_have_the_same_states_and_formats() -> None:
    section = README.partition("## What each state means")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", section, re.M)
    assert sorted(named) == sorted(state.value for state in State)
    section = README.partition("## Reports")[2].partition("\n## ")[0]
    rows = [row for row in section.splitlines() if row.startswith("| `.")]
    suffixes = re.findall(r"`(\.\w+)`", " ".join(row.split("|")[1] for row in rows))
    assert sorted(suffixes) == sorted(f.suffixes[0] for f in FORMATS.values())


def test_readme_configures_what_there_is(here: Path) -> None:
    from citecheck import configuration

    (here / "citecheck.toml").write_text(README.partition("```toml\n")[2].partition("```")[0])
    assert configuration.load(None, here, {}, {}).contact == "you@example.org"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("check --report md:. p.md", "is a folder; name a file"),
        ("check --report md:citecheck.toml p.md", "holds the configuration"),
        ("check --report references/p.json p.md", "lies among the records"),
        ("check --report archive/.state/visits.jsonl p.md", "lies among the records"),
        ("check --report archive/links.jsonl p.md", "belongs to the ledger"),
        ("check --archive one --references one p.md", "references and archive are one folder"),
        ("check --report sub/out p.md", "--report sub/out: "),
        ("check --report out.docx p.md", "does not tell a format"),
        ("check --report docx:out p.md", "there is no format 'docx'"),
        ("check --timeout soon p.md", "timeout must be a number"),
        ("check --include ( p.md", "regular expression"),
        ("check --config no.toml p.md", "no such configuration file"),
        ("check --fail-on ded p.md", "did you mean 'dead'"),
        ("check --color red p.md", "color must be one of auto, always, never"),
        ("check --progress bar p.md", "progress must be one of auto, plain, none"),
        ("report", "there is no report yet"),
        ("run --again", "--again goes with --demo"),
        ("run --demo p.md", "leave SOURCE out"),
        ("run --demo --no-save --archive x --max-age 1d", "leave --archive, --save, --max-age out"),
        ("explain soft-4004", "did you mean soft-404?"),
        ("explain zzz", "states: ok, moved"),
        ("runn", "Did you mean 'run'?"),
    ],
)
def test_a_mistake_is_said_in_a_line_or_two(here: Path, words: str, says: str) -> None:
    done = invoke(*words.split())
    assert done.exit_code == 2
    assert says in done.stderr
    assert str(here) + "/sub" not in done.stderr, "a name is shown as it was typed"
    assert done.stdout == ""
    assert not (here / "archive").exists()


@pytest.mark.parametrize("words", ["--report md:p.md p.md", "--report ./p.md ."])
def test_a_report_never_takes_the_place_of_a_source(here: Path, words: str) -> None:
    paper = PAPER.format("ftp://a.example/")
    (here / "p.md").write_text(paper)
    done = invoke("check", *words.split())
    assert done.exit_code == 2
    assert "is a source of this run; name another file" in done.stderr
    assert (here / "p.md").read_text() == paper


@pytest.mark.parametrize("words", ["extract", "extract --references", "check --archive"])
def test_an_empty_name_is_not_the_whole_folder(here: Path, words: str) -> None:
    (here / "p.md").write_text(PAPER.format("https://a.example/"))
    done = invoke(*words.split(), "")
    assert done.exit_code == 2
    assert [p.name for p in here.iterdir()] == ["p.md"]


def test_extract_prints_its_results_on_standard_output_alone(here: Path) -> None:
    (here / "p.md").write_text(PAPER.format("https://a.example/x"))
    done = invoke("extract", "p.md", "gone.md")
    assert done.exit_code == wiring.EXIT_UNREAD
    assert done.stdout == "p.md: 1 note, 1 citation, 1 reference, 1 link\n"
    assert done.stderr == "citecheck: gone.md: no such file\n"
    more = invoke("extract", "-v", "p.md").stdout.splitlines()
    assert more[1] == "  [1] author-2020-a-page: https://a.example/x"
    assert invoke("extract", "-q", "p.md").stdout == ""
    assert invoke("extract", "--progress", "plain", "p.md").stderr == "read: 0/1\nread: 1/1\n"


def test_standard_input_is_a_source(here: Path) -> None:
    done = invoke("extract", "-", typed=PAPER.format("https://a.example/x"))
    assert (done.exit_code, done.stdout) == (
        0,
        "stdin: 1 note, 1 citation, 1 reference, 1 link\n",
    )


@pytest.mark.parametrize("cut", [KeyboardInterrupt(), asyncio.CancelledError()])
def test_a_wait_for_input_can_be_interrupted_and_holds_no_lock(
    here: Path, monkeypatch: pytest.MonkeyPatch, cut: BaseException
) -> None:
    class Waiting:
        def read(self) -> bytes:
            raise cut

    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=Waiting()))
    done = wiring.perform(
        "extract", config=None, flags={"sources": ["-"]}, prune=False, verbosity=0
    )
    assert done == wiring.EXIT_INTERRUPTED
    assert list(here.iterdir()) == []


def test_nothing_cited_is_exit_code_3_unless_allowed(here: Path) -> None:
    (here / "p.md").write_text("Nothing.\n")
    assert invoke("extract", "p.md").exit_code == wiring.EXIT_EMPTY
    assert invoke("extract", "--allow-empty", "p.md").exit_code == 0
    assert "name a document" in invoke("extract").stderr


@pytest.mark.parametrize("name", [*reasons.STATES, *reasons.REASONS])
def test_every_state_and_reason_is_explained(name: str) -> None:
    done = invoke("explain", name)
    assert done.exit_code == 0
    for part in ("What it means:", "How it is decided:", "What to do:"):
        assert part in done.stdout


def test_a_reason_may_come_with_its_state() -> None:
    assert invoke("explain", "dead/soft-404").stdout == invoke("explain", "soft-404").stdout
    assert invoke("explain", "ok/soft-404").exit_code == 2


def test_init_writes_twice_the_same(here: Path) -> None:
    assert invoke("init", "--yes").stdout.count("wrote") == 4
    before = {p: p.read_bytes() for p in here.rglob("*") if p.is_file()}
    assert invoke("init", "--save").stdout.count("kept") == 4
    assert {p: p.read_bytes() for p in here.rglob("*") if p.is_file()} == before
    (here / "citecheck.toml").write_text("tiemout = 3\n")
    done = invoke("init", "--yes")
    assert done.exit_code == 2
    assert "did you mean 'timeout'" in done.stderr


def test_the_demonstration_heeds_no_configuration(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    async def demonstrate(settings: Any, *, again: bool) -> int:
        seen.append((settings.reports, settings.progress, again))
        return 0

    monkeypatch.setattr(wiring, "_demonstrate", demonstrate)
    (here / "citecheck.toml").write_text('report = ["health.md"]\n')
    assert invoke("run", "--demo", "--again", "--progress", "none").exit_code == 0
    assert seen == [((), "none", True)]


def run_main(words: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    source = Path(cli.__file__).parents[1]
    environ: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(source)}
    return subprocess.run(
        [sys.executable, "-m", "citecheck", *words], env=environ, text=True, **more
    )


@pytest.mark.parametrize("group", [False, True])
@pytest.mark.parametrize("words", [[], ["-vv"]])
def test_an_error_of_the_programs_own_is_a_line_and_what_was_seen_is_kept(
    here: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], group: bool
) -> None:
    (here / "p.md").write_text(PAPER.format("https://h.invalid/a"), "utf-8")

    def broken(*given: object, **more: object) -> None:
        fault = KeyError("no such\nfield")
        raise ExceptionGroup("two", [fault, ValueError()]) if group else fault

    monkeypatch.setattr("citecheck.wiring.publish", broken)
    result = invoke("check", "p.md", "-q", "--no-probe", *words)
    assert result.exit_code == 2
    *trace, last = result.stderr.splitlines()
    assert last.startswith("citecheck: internal error (KeyError: 'no such\\nfield'); what was seen")
    assert any("Traceback" in line for line in trace) is bool(words)
    assert ("-vv" in last) is not bool(words)
    assert len(last) < 300


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_the_output_is_no_traceback() -> None:
    with open("/dev/full", "w") as full:
        done = run_main(["explain", "dead"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr == "citecheck: output: No space left on device\n"


def test_closed_and_broken_outputs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["citecheck", "explain", "dead"])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(SystemExit) as end:
        cli.main()
    sys.stdout.close()
    assert end.value.code == 0


@pytest.mark.parametrize("command", ["run", "check"])
def test_without_a_browser_that_was_asked_for_nothing_is_done(
    here: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("citecheck.browsing.installed.playwright_present", lambda: False)
    (here / "p.md").write_text(PAPER.format("https://h.example/a"), "utf-8")
    result = invoke(command, "p.md", "--browser")
    assert result.exit_code == 2
    said = "citecheck: --browser needs Playwright: pip install 'citecheck-archive[browser]'\n"
    assert result.stderr == said
    assert not (here / "archive").exists()
    assert invoke("extract", "p.md", "-q").exit_code == 0


@pytest.mark.parametrize(
    ("words", "warc", "sources"),
    [
        ("", None, None),
        ("--warc paper.md", True, ["paper.md"]),
        ("--no-warc paper.md", False, ["paper.md"]),
        ("--warc requisites paper.md", "requisites", ["paper.md"]),
        ("--warc=requisites paper.md", "requisites", ["paper.md"]),
        ("paper.md --warc requisites", "requisites", ["paper.md"]),
        ("--warc ./requisites", True, ["./requisites"]),
        ("requisites --warc", True, ["requisites"]),
        ("--warc requisites requisites", "requisites", ["requisites"]),
        ("--warc=requisites requisites", "requisites", ["requisites"]),
        ("--warc -- requisites", True, ["requisites"]),
        ("-- --warc requisites", None, ["--warc", "requisites"]),
        ("--warc requisites --no-warc p.md", False, ["p.md"]),
        ("--no-warc --warc requisites p.md", "requisites", ["p.md"]),
        ("--warc requisites --warc p.md", True, ["p.md"]),
    ],
)
@pytest.mark.parametrize("command", ["run", "check"])
def test_local_copies_with_requisites_never_swallow_a_source(
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    words: str,
    warc: object,
    sources: list[str] | None,
) -> None:
    (here / "requisites").write_text("a file of this name")
    given: dict[str, object] = {}

    def perform(name: str, *, flags: Mapping[str, object], **_: object) -> int:
        given.update(flags)
        return 0

    monkeypatch.setattr(wiring, "perform", perform)
    assert invoke(command, *words.split()).exit_code == 0
    assert (given.get("warc"), given.get("sources")) == (warc, sources)


def test_another_word_for_local_copies_is_said_in_one_sentence(here: Path) -> None:
    done = invoke("check", "--warc=all", "p.md")
    assert done.exit_code == 2
    assert "--warc takes no value but requisites" in done.stderr


@pytest.mark.parametrize("command", ["run", "check"])
def test_help_tells_of_requisites(command: str) -> None:
    said = " ".join(invoke(command, "--help").stdout.split())
    assert "--warc / --no-warc" in said or "--warc/--no-warc" in said or "--no-warc" in said
    assert "`--warc requisites`" in said
