"""The command `mend`: what it prints, what it writes, what it refuses, and its exit codes."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from citecheck.cli import app
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Confidence, State, Suggestion
from citecheck.records.report import LinkRow
from citecheck.reports import json_report
from standins.mending import TAKEN, copy_of, links_in, report_of, row

WAYBACK = "https://web.archive.org/web/20190316102030/"
PAPER = (
    "# A paper\n\nThe text of it.[^1] And of that.[^2]\n\n"
    "[^1]: Ann Ait, “A,” 2018, https://example.org/a.\n"
    "[^2]: Bo, “B,” 2018, http://example.org/b.\n"
)
MENDED = PAPER.replace("org/a.", f"org/a (archived 2019-03-16: {WAYBACK}https://example.org/a).")


class Project:
    """A folder with a paper and the report of the last run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paper = folder / "paper.md"

    def reported(self, data: bytes, *rows: LinkRow) -> None:
        self.paper.write_bytes(data)
        report = report_of("paper.md", data, rows)
        place = self.folder / "archive" / "link-health.json"
        place.parent.mkdir(exist_ok=True)
        place.write_text(json_report.render(report), encoding="utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error."""
        done = CliRunner().invoke(app, ["mend", *arguments])
        return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    found = Project(tmp_path)
    first, second = (link for link in links_in("paper.md", PAPER.encode())[::-1])
    found.reported(PAPER.encode(), row(first), row(second, State.OK, "ok"))
    return found


def test_edits_are_shown_with_their_reason_and_nothing_is_written(project: Project) -> None:
    code, shown, said = project.run("paper.md")
    assert code == 1
    assert shown == (
        "# note 1, line 5: the copy of 2019-03-16 beside https://example.org/a (dead, http-404)\n"
        "--- a/paper.md\n+++ b/paper.md\n@@ -4,3 +4,3 @@\n \n"
        f"-{PAPER.splitlines()[4]}\n+{MENDED.splitlines()[4]}\n {PAPER.splitlines()[5]}\n"
    )
    assert said == "citecheck: paper.md: 1 edit shown; --write makes them\n"
    assert project.paper.read_text(encoding="utf-8") == PAPER


def test_the_diff_can_be_applied_by_others(project: Project) -> None:
    data = PAPER.replace("\n", "\r\n").encode()
    project.reported(data, *(row(link) for link in links_in("paper.md", data)))
    program = [sys.executable, "-m", "citecheck", "mend", "paper.md"]
    shown = subprocess.run(program, cwd=project.folder, capture_output=True).stdout
    (project.folder / "a.diff").write_bytes(shown)
    done = subprocess.run(["git", "apply", "a.diff"], cwd=project.folder, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert project.paper.read_bytes().count(WAYBACK.encode()) == 2


def test_write_changes_the_bytes_of_the_edits_alone(project: Project) -> None:
    project.paper.chmod(0o640)
    assert project.run("paper.md", "--write")[0] == 0
    assert project.paper.read_text(encoding="utf-8") == MENDED
    assert project.paper.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(project.folder)) == ["archive", "paper.md"]
    again = project.run("paper.md", "--write")
    assert again == (0, "", "citecheck: paper.md: nothing to mend; 1 place mended before\n")
    assert project.paper.read_text(encoding="utf-8") == MENDED


def test_a_changed_document_is_mended_where_the_note_is_still_the_same(project: Project) -> None:
    longer = PAPER.replace("# A paper\n", "# A paper\n\nA new paragraph.\n")
    project.paper.write_text(longer, encoding="utf-8")
    assert project.run("paper.md", "--write")[0] == 0
    assert project.paper.read_text(encoding="utf-8") == longer.replace(
        PAPER.splitlines()[4], MENDED.splitlines()[4]
    )


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[^1]:", "[^7]:", "note 7, line 5: https://example.org/a is left as it is: the document"
         " has changed since the report was made, which knows no such note with this address"),
        ("https://example.org/a.", "https://example.org/z.", "note 1, line 5: https://example.org/a"
         " is left as it is: the document has changed since the report was made and prints it no"
         " more"),
    ],
)  # fmt: skip
def test_a_note_that_is_another_now_is_refused(
    project: Project, old: str, new: str, why: str
) -> None:
    text = PAPER.replace(old, new).replace(".[^1]", f".{new[:4]}" if "^" in new else ".[^1]")
    project.paper.write_text(text, encoding="utf-8")
    code, shown, said = project.run("paper.md", "--write")
    assert (code, shown) == (0, "")
    assert said.startswith(f"citecheck: paper.md, {why}\n")
    assert project.paper.read_text(encoding="utf-8") == text


def test_other_kinds_are_asked_for_one_by_one(project: Project) -> None:
    text = (
        "Text.[^1]\n\n[^1]: Ann Ait, [http://example.org/old\\_a](http://example.org/old_a), 2018;"
        " Bo, “B,” 2018, <http://example.org/b?x=1&y=2>; Cai, “C,” 2018,"
        " https://www-jstor-org.ezproxy.example.edu/stable/1; Dee, <http://example.org/d>, 2018.\n"
    )
    data = text.encode()
    a, b, c, d = (
        next(k for k in links_in("paper.md", data) if sign in k.url)
        for sign in ("old_a", "?x=1", "jstor", "/d")
    )
    project.reported(
        data,
        row(a, State.MOVED, "redirected",
            suggestion=Suggestion("redirect", "https://example.net/new_a", "ok")),
        row(b, State.MOVED, "https-upgrade",
            suggestion=Suggestion("redirect", "https://example.org/b?x=1&y=2", "ok")),
        row(c, State.BLOCKED, "library-proxy",
            suggestion=Suggestion("unproxied", "https://www.jstor.org/stable/1", "ok")),
        row(d, State.MOVED, "redirected", confidence=Confidence.LOW,
            suggestion=Suggestion("redirect", "https://example.org/home", "ok")),
    )  # fmt: skip
    assert project.run("paper.md")[0] == 0
    redirect = text.replace(
        "[http://example.org/old\\_a](http://example.org/old_a)",
        "[https://example.net/new\\_a](https://example.net/new_a)",
    )
    https = text.replace("<http://example.org/b", "<https://example.org/b")
    unproxied = text.replace("www-jstor-org.ezproxy.example.edu", "www.jstor.org")
    for kind, wanted in (("redirect", redirect), ("https", https), ("unproxied", unproxied)):
        project.paper.write_bytes(data)
        assert project.run("paper.md", "--write", "--fix", kind)[0] == 0
        assert project.paper.read_text(encoding="utf-8") == wanted
        assert project.run("paper.md", "--write", "--fix", kind)[:2] == (0, "")
        assert project.paper.read_text(encoding="utf-8") == wanted


def test_changed_links_are_offered_and_asked_for(project: Project) -> None:
    link = links_in("paper.md", PAPER.encode())[1]
    project.reported(
        PAPER.encode(),
        row(link, State.CHANGED, "content-changed", snapshots=(copy_of(link.url),)),
    )
    assert project.run("paper.md") == (
        0, "", "citecheck: paper.md: nothing to mend; 1 changed with a copy (--for changed)\n",
    )  # fmt: skip
    assert project.run("paper.md", "--for", "changed", "--write")[0] == 0
    assert project.paper.read_text(encoding="utf-8") == MENDED


COPIES = [
    ("looked at goes first", [("latest", True, "2020"), ("cited", None, "2019")], "2020"),
    ("cited goes before latest", [("latest", None, "2020"), ("cited", None, "2019")], "2019"),
    ("one that does not tell is left out", [("cited", False, "2019")], ""),
    ("a local one is nobody else's", [("local", True, "2019")], ""),
]


@pytest.mark.parametrize(("what", "copies", "year"), COPIES, ids=[c[0] for c in COPIES])
def test_which_copy_is_taken(
    project: Project, what: str, copies: list[tuple[str, bool | None, str]], year: str
) -> None:
    link = links_in("paper.md", PAPER.encode())[1]
    given = tuple(
        Snapshot(
            "wayback", f"http://web.archive.org/web/{y}0316102030/{link.url}",
            TAKEN.replace(year=int(y)), role, 200, verified,
        )
        for role, verified, y in copies
    )  # fmt: skip
    project.reported(PAPER.encode(), row(link, snapshots=given))
    code, shown, said = project.run("paper.md")
    assert (code, f"https://web.archive.org/web/{year}0316" in shown) == (
        (1, True) if year else (0, False)
    )
    assert ("1 lost link with" in said) is not bool(year)
    assert ("nobody has looked at the copy" in shown) is (copies[-1][1] is None and year == "2019")
    if copies[0][1] is False:
        assert "1 lost link with an unsure copy (--unverified)" in said
        assert project.run("paper.md", "--unverified")[0] == 1


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://archive.ph/x1Y2z",
        "https://web.archive.org/web/2019/https://example.org/a)\n[x](http://evil.example)",
        'https://web.archive.org/web/2019/https://example.org/"><script>',
        "https://user:secret@web.archive.org/web/2019/https://example.org/a",
        "https://web.archive.org/web/2019/https://example.org/a?sig=…",
        "https://web.archive.org/web/2019/https://example.org/}}{{evil}}",
    ],
)
def test_what_a_report_offers_is_not_written_whatever_it_is(project: Project, url: str) -> None:
    link = links_in("paper.md", PAPER.encode())[1]
    taken = datetime(2019, 3, 16, tzinfo=UTC)
    project.reported(PAPER.encode(), row(link, snapshots=(Snapshot("x", url, taken, "cited"),)))
    assert project.run("paper.md", "--write")[:2] == (0, "")
    assert project.paper.read_text(encoding="utf-8") == PAPER


def test_a_link_out_of_the_project_is_refused(project: Project, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.md"
    project.paper.rename(outside)
    project.paper.symlink_to(outside)
    code, _, said = project.run("paper.md", "--write")
    assert (code, "leads out of the project" in said) == (2, True)
    assert outside.read_text(encoding="utf-8") == PAPER
    project.paper.unlink()
    (tmp_path / "inside").mkdir()
    outside.rename(tmp_path / "inside" / "real.md")
    project.paper.symlink_to(tmp_path / "inside" / "real.md")
    assert project.run("paper.md", "--write")[0] == 0
    assert project.paper.is_symlink()
    assert (tmp_path / "inside" / "real.md").read_text(encoding="utf-8") == MENDED


def test_what_cannot_be_done_is_said(project: Project) -> None:
    assert project.run("nosuch.md")[0] == 5
    (project.folder / "other.md").write_text(PAPER, encoding="utf-8")
    code, _, said = project.run("other.md")
    assert (code, said) == (
        2,
        "citecheck: other.md is not in the last report; run `citecheck run other.md` first\n",
    )
    assert project.run("paper.md", "--fix", "spelling")[0] == 2
    assert project.run("paper.md", "--for", "moved")[0] == 2
    (project.folder / "archive" / "link-health.json").unlink()
    code, _, said = project.run("paper.md")
    assert (code, "run `citecheck run` first" in said) == (2, True)


def test_nothing_in_a_document_steers_the_terminal(project: Project) -> None:
    text = PAPER.replace("“A,”", "“A\x1b]52;c;eA==\x07\u202e,”")
    project.reported(text.encode(), *(row(k) for k in links_in("paper.md", text.encode())))
    _, shown, _ = project.run("paper.md", "--color", "always")
    assert "\\u001b]52" in shown
    assert "\\u202e" in shown
    plain = shown.replace("\x1b[31m", "").replace("\x1b[32m", "").replace("\x1b[36m", "")
    assert "\x1b" not in plain.replace("\x1b[2m", "").replace("\x1b[0m", "")


def test_two_edits_of_one_note_are_told_apart(project: Project) -> None:
    text = (
        "Text.[^1]\n\n[^1]: Ait, “A,” 2018, https://example.org/a; Bo, “B,” https://example.org/b\n"
    )
    project.reported(text.encode(), *(row(k) for k in links_in("paper.md", text.encode())))
    code, shown, _ = project.run("paper.md", "--write")
    assert (code, shown.count("# note 1, line 3")) == (0, 2)
    matcher = difflib.SequenceMatcher(None, text, project.paper.read_text(encoding="utf-8"))
    assert {tag for tag, *_ in matcher.get_opcodes()} == {"equal", "insert"}


def test_a_report_of_an_unknown_snapshot_field_is_read(project: Project) -> None:
    """A report of an earlier version has no `verified`: such a copy is taken, and it is said."""
    link = links_in("paper.md", PAPER.encode())[1]
    old = replace(copy_of(link.url), verified=None)
    project.reported(PAPER.encode(), row(link, snapshots=(old,)))
    place = project.folder / "archive" / "link-health.json"
    place.write_text(place.read_text(encoding="utf-8").replace('"verified": null', '"x": 1'))
    assert "nobody has looked at the copy" in project.run("paper.md")[1]


def test_a_read_only_document_is_shown_and_not_written(project: Project) -> None:
    project.paper.chmod(0o444)
    code, shown, said = project.run("paper.md", "--write")
    assert code == 5
    assert f"+{MENDED.splitlines()[4]}" in shown
    assert said == "citecheck: paper.md is read-only: nothing is written\n"
    assert project.paper.read_text(encoding="utf-8") == PAPER


def test_a_copy_that_is_dead_itself_is_told_of_and_replaced_on_request(project: Project) -> None:
    old = "https://web.archive.org/web/20150102030405/https://example.org/a"
    data = MENDED.replace(f"{WAYBACK}https://example.org/a", old).replace(
        "2019-03-16", "2015-01-02"
    )
    rows = [row(link) for link in links_in("paper.md", data.encode()) if "/a" in link.url]
    project.reported(data.encode(), *rows)
    code, shown, said = project.run("paper.md")
    assert (code, shown) == (0, "")
    assert "1 dead copy with another (--fix copy)" in said
    code, shown, said = project.run("paper.md", "--fix", "copy", "--write")
    assert code == 0
    assert shown.startswith(f"# note 1, line 5: the copy of 2019-03-16 in the place of {old} (dead")
    assert project.paper.read_text(encoding="utf-8") == MENDED
    assert project.run("paper.md", "--fix", "copy")[:2] == (0, "")


def test_a_report_cannot_steer_the_terminal(project: Project) -> None:
    (link, *_) = links_in("paper.md", PAPER.encode())
    project.reported(PAPER.encode(), row(link, reason="http-404\x1b[2J\u202e"))
    _, shown, said = project.run("paper.md")
    assert shown.startswith("# note 2")
    assert not {"\x1b", "\u202e"} & set(shown + said)
