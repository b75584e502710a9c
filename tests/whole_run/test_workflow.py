"""The scheduled workflow, step by step as its runner would, in a namespace without any network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
WORKFLOW = REPOSITORY / ".github/workflows/link-health.yml"
NOTE = 'Said.<sup>1</sup>\n\n<sup>1</sup> Ann Author, "A Page," *Review*, May 1, 2020, <{}>\n'


def scripts() -> dict[str, str]:
    """The `run:` of each named step, its indentation removed."""
    found = {}
    for step in re.split(r"\n {6}- ", WORKFLOW.read_text(encoding="utf-8"))[1:]:
        if match := re.search(r"\n {8}run: (?:\|\n((?:(?: {10}.*)?\n?)+)|(.+))", step):
            name = re.match(r"name: (.+)", step)
            assert name
            found[name[1]] = re.sub(r"(?m)^ {10}", "", match[1] or match[2])
    return found


class Runner:
    """A clean checkout of a bare origin, and the files that a runner hands to its steps."""

    def __init__(self, root: Path) -> None:
        self.origin, self.work, self.temp = root / "origin.git", root / "work", root / "temp"
        program = self.temp / "citecheck/bin/citecheck"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m citecheck "$@"\n')
        program.chmod(0o755)
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "PYTHONPATH": str(REPOSITORY / "src"),
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_OUTPUT": str(root / "output"),
            "GITHUB_STEP_SUMMARY": str(root / "summary.md"),
            "BRANCH": "main",
            "TOKEN": "secret-token",
            "CITECHECK_SAVE": "",
            "CITECHECK_MAX_AGE": "0s",
            "CITECHECK_WARC": "false",
            "CITECHECK_TIMEOUT": "2",
            "CODE": "",
        }
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.origin), at=root)
        self.git("clone", "--quiet", str(self.origin), str(self.work), at=root)

    def git(self, *words: str, at: Path | None = None) -> str:
        who = ("-c", "user.name=A", "-c", "user.email=a@b.example")
        done = subprocess.run(
            ["git", *who, *words],
            cwd=at or self.work, env=self.environ, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def push(self, **files: str) -> None:
        for name, text in files.items():
            (self.work / name.replace("_", ".")).write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "mine")
        self.git("push", "--quiet", "origin", "HEAD:main")

    def step(self, name: str, expected: int = 0, **environ: str) -> str:
        """Run a step as the runner does: bash, `-e`, and `pipefail`; no network but loopback."""
        done = subprocess.run(
            ["unshare", "--net", "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c",
             f"ip link set lo up; {scripts()[name]}"],
            cwd=self.work, env={**self.environ, **environ}, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == expected, done.stdout + done.stderr
        assert "secret-token" not in done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    missing = [tool for tool in ("git", "unshare", "ip", "bash") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"needs {', '.join(missing)}")
    if subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode:
        pytest.skip("needs root, for a network namespace of its own")
    return Runner(tmp_path)


@pytest.mark.whole
def test_news_are_committed_once_and_the_summary_is_always_written(
    runner: Runner, tmp_path: Path
) -> None:
    # A private address is judged without a network: unchecked, which is news the first time.
    runner.push(
        paper_md=NOTE.format("http://127.0.0.1:9/page"),
        citecheck_toml='sources = ["paper.md"]\nfail-on = ["unchecked"]\n',
    )
    summary = tmp_path / "summary.md"
    for commits in (2, 2):
        runner.step("Check")
        assert (tmp_path / "output").read_text() == "code=1\n", "a finding does not end the job"
        runner.step("Show the report")
        assert "127.0.0.1" in summary.read_text()
        runner.step("Commit what is new")
        assert runner.git("rev-list", "--count", "main", at=runner.origin) == str(commits)
        runner.step("Say how it went", 1, CODE="1")
        (tmp_path / "output").unlink()
        summary.unlink()
    kept = runner.git("ls-tree", "-r", "--name-only", "main", at=runner.origin).splitlines()
    assert "archive/links.jsonl" in kept
    assert "archive/link-health.md" in kept
    assert "references/paper.md.json" in kept
    assert not [name for name in kept if "warc" in name or ".state" in name or "indexes" in name]


@pytest.mark.whole
def test_a_branch_that_has_gone_on_is_rebased_onto(runner: Runner, tmp_path: Path) -> None:
    runner.push(
        paper_md=NOTE.format("http://127.0.0.1:9/page"), citecheck_toml='sources = ["paper.md"]\n'
    )
    runner.step("Check")
    other = tmp_path / "other"
    runner.git("clone", "--quiet", str(runner.origin), str(other), at=tmp_path)
    (other / "new.txt").write_text("somebody was quicker")
    runner.git("add", "new.txt", at=other)
    runner.git("commit", "--quiet", "--message", "theirs", at=other)
    runner.git("push", "--quiet", "origin", "HEAD:main", at=other)
    runner.step("Commit what is new")
    kept = runner.git("ls-tree", "-r", "--name-only", "main", at=runner.origin).splitlines()
    assert {"new.txt", "archive/links.jsonl"} <= set(kept)


@pytest.mark.whole
def test_a_run_that_left_nothing_behind_is_no_news(runner: Runner) -> None:
    runner.push(citecheck_toml="no = 1\n")
    runner.step("Check")
    runner.step("Show the report")
    assert "No news." in runner.step("Commit what is new")
    runner.step("Say how it went", 2, CODE="2")
