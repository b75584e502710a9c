"""The terminal summary: calm, complete, and deaf to what pages send."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from citecheck.reasons import REASONS
from citecheck.records.finding import Confidence, Evidence, State
from citecheck.reports.terminal import render
from standins.hostile_report import HOSTILE, hostile_report
from standins.sample_report import link, paper, sample_report

_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;id=[0-9-]+;https?://[!-~]*\x1b\\|\x1b\]8;;\x1b\\")


def test_the_whole_at_eighty_columns() -> None:
    assert (
        render(sample_report())
        == """\
5 of 12 links need your attention: 3 dead, 1 changed, 1 not the cited work.
2 links have news since the last report. Another address to cite is offered for
3 of them; see what the other 2 say to do.

New since the last report (2)
  http://news.example.cn/2017/0612/c1-293.html
    Dead, before: fine; cited in note 10 (paper.md:133), note 3 (book/chapter
    2.md:58)
  https://magazine.example/features/long-read
    Changed, before: fine; cited in note 12 (paper.md:150)

Dead (3)
  https://small-journal.example/articles/7
    The domain is parked: its owner has changed. Cite the archived copy.
    Archived copy to cite instead (2021-03-09, nearest, 212 days from the
    citation, not looked at):
      https://web.archive.org/web/20210309112233/https://small-journal.example/articles/7
    cited in note 11 (book/chapter 2.md:90)
  https://reports.example.org/annual/2016.pdf
    The server says that the page is gone for good. No archive has a copy: look
    for the report by its title.
    The archive has no good copy of it.
    cited in note 7 (paper.md:120)
  http://news.example.cn/2017/0612/c1-293.html  new
    The server answers 200, but the page says that it does not exist. Cite the
    archived copy of 2 March 2021.
    Archived copy to cite instead (2021-03-02, bracketed, 3 days from the
    citation, not looked at):
      https://web.archive.org/web/20210302112233/http://news.example.cn/2017/0612/c1-293.html
    cited in note 10 (paper.md:133), note 3 (book/chapter 2.md:58)

Changed (1)
  https://magazine.example/features/long-read  new
    Only 31 % of the cited text is still there. Compare with the archived copy
    before you rely on it.
    Archived copy to cite instead (2021-03-02, exact, 0 days from the citation,
    not looked at):
      https://web.archive.org/web/20210302112233/https://magazine.example/features/long-read
    cited in note 12 (paper.md:150)

Not the cited work (1)
  https://shop.example/item?id=44
    The page is about something else than the work that is cited. Check the
    address.
    No copy is known: no archive was asked.
    cited in note 13 (paper.md:155)

Unreachable for now (1)
  https://slow.example/paper
    The server did not answer (failure 2 of 3). The next run looks again.
    cited in note 14 (paper.md:160)

Blocked to robots (2)
  https://www-jstor-org.proxy.example.edu/stable/2151
    This is the address of a library's proxy: only its members can open it. Cite
    the address behind it.
    Address without the library proxy:
      https://www.jstor.org/stable/2151
    cited in note 4 (book/chapter 2.md:61)
  https://publisher.example/doi/10.1000/182
    The site lets no program in. Open it in a browser to see whether it is
    there.
    cited in note 15 (paper.md:166)

Moved (1)
  http://ministry.example/whitepaper/2018.html
    The page has moved for good. Cite the new address.
    New address to cite:
      https://gov.example/papers/2018
    cited in note 2 (paper.md:101)

2 sources have no address: nothing to visit, nothing wrong.
Skipped old notes.docx: this kind of file cannot be read; save it as Markdown
With --save, a public archive would be asked to keep 3 links.
Copies: 3 of 12 links are in a public archive; of 9 no copy is known; 1 under
way.
12 links: 3 dead, 1 changed, 1 mismatch, 1 unreachable, 2 blocked, 1 moved, 2
ok, 1 unchecked
"""
    )


def test_quiet_says_only_what_needs_attention() -> None:
    out = render(sample_report(), verbosity=-1)
    assert [line for line in out.splitlines() if line and not line.startswith(" ")] == [
        "5 of 12 links need your attention: 3 dead, 1 changed, 1 not the cited work.",
        "Dead (3)",
        "Changed (1)",
        "Not the cited work (1)",
        "12 links: 3 dead, 1 changed, 1 mismatch, 1 unreachable, 2 blocked, 1 moved, 2",
        "ok, 1 unchecked",
    ]


def test_fail_on_decides_what_needs_attention() -> None:
    out = render(sample_report(), verbosity=-1, fail_on={"blocked"})
    assert "Blocked to robots (2)" in out
    assert out.startswith("7 of 12 links need your attention")


def test_verbose_lists_fine_links_and_full_findings() -> None:
    out = render(sample_report(), verbosity=1)
    assert "Fine (2)\n  https://archive.example/letters/1950-10-13\n" in out
    assert "Address without the library proxy:\n      https://www.jstor.org/stable/2151" in out


def test_very_verbose_shows_what_was_seen() -> None:
    out = render(sample_report(), verbosity=2)
    assert "    soft-404, confidence high, status 200, since 2026-11-22\n" in out
    assert "      302 http://news.example.cn/old\n" in out
    assert "      title-phrase: 页面不存在\n" in out
    assert "      2021-03-29 latest: https://web.archive.org/web/20210329112233/" in out


def test_long_lists_are_cut_and_counted() -> None:
    rows = tuple(
        link(f"https://{i}.example/", State.BLOCKED, "forbidden", "Open it.", paper("1", 1, "r"))
        for i in range(9)
    )
    out = render(replace(sample_report(), links=rows))
    assert "  and 4 more (-v shows all)\n" in out
    assert "more" not in render(replace(sample_report(), links=rows), verbosity=1)


def test_a_demonstration_says_so_first() -> None:
    assert render(replace(sample_report(), demo=True)).startswith("DEMONSTRATION")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_nothing_but_addresses_is_wider_than_the_terminal(width: int) -> None:
    lines = render(sample_report(), width=width, verbosity=2).splitlines()
    assert all(len(line) <= width or "://" in line for line in lines)


def test_colour_brings_links_for_http_alone() -> None:
    out = render(sample_report(), color=True)
    assert ";https://small-journal.example/articles/7\x1b\\" in out
    assert "\x1b" not in _OURS.sub("", out)
    loud = render(hostile_report("x"), color=True, verbosity=2)
    assert not re.search(r"\x1b\]8;[^;]*;(?!https?://|\x1b)", loud)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("color", [False, True])
def test_no_page_speaks_to_the_terminal(text: str, color: bool) -> None:
    out = render(hostile_report(text), color=color, verbosity=2)
    left = _OURS.sub("", out) if color else out
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) <= 0x9F for c in left)
    assert not any(c in "\u202e\u2066" for c in left)
    assert "##[" not in left
    assert not any(re.match(r"\s*::\w", line) for line in left.splitlines())
    out.encode("utf-8")


def test_square_brackets_and_colons_are_no_markup() -> None:
    out = render(hostile_report("[bold]x[/bold] :smile:"), verbosity=2, width=120)
    assert "Sentence: [bold]x[/bold] :smile:" in out


def test_links_that_are_not_due_are_counted() -> None:
    rows = sample_report().links[:3]
    later = tuple(
        replace(r, finding=replace(r.finding, evidence=(Evidence("not-visited", "not-due"),)))
        for r in rows[:2]
    )
    said = "links were visited not long ago and not due: --max-age 0s visits all."
    assert f"\n2 {said}\n" in render(replace(sample_report(), links=(*later, rows[2])))
    assert said not in render(sample_report())


def test_fine_links_that_are_worth_a_look_are_counted_and_told_of_on_request() -> None:
    rows = [link(f"https://{i}.example/", State.OK, "ok", "Have a look.") for i in range(2)]
    low = [replace(r, finding=replace(r.finding, confidence=Confidence.LOW)) for r in rows]
    plain = link("https://plain.example/", State.OK, "ok", REASONS["ok"].meaning)
    report = replace(sample_report(), links=(*low, plain))
    assert "\n2 of the fine ones are worth a look: -v says why.\n" in render(report)
    shown = render(report, verbosity=1)
    assert "worth a look" not in shown
    assert shown.count("Have a look.") == 2
    assert REASONS["ok"].meaning not in shown
