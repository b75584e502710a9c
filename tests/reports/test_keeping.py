"""What reports say of copies: where they are, which pages have none, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from citecheck.records.archive import (
    Grade,
    Lookup,
    LookupState,
    SaveOutcome,
    SaveState,
    Snapshot,
)
from citecheck.records.finding import State, Suggestion
from citecheck.records.report import LinkRow, Report
from citecheck.reports import html, markdown, terminal
from citecheck.reports.keeping import copies, summary, why_none
from citecheck.reports.places import copy_to_cite
from standins.sample_report import NOW, link, paper, sample_report, snapshot

URL = "https://a.example/"


def row(url: str = URL, state: State = State.OK, *snapshots: Snapshot) -> LinkRow:
    return replace(link(url, state, state.value, "It is so.", paper("1", 1, "a")),
                   snapshots=snapshots)  # fmt: skip


def local(url: str) -> Snapshot:
    return Snapshot("local", "warc/x.warc.gz#urn:uuid:0", NOW, "local", 200)


def report(*rows: LinkRow) -> Report:
    return replace(sample_report(), links=rows, unlinked=(), skipped=(), savable=0)


ASKED = Lookup(LookupState.NONE, NOW)


def test_links_are_counted_by_where_a_copy_is() -> None:
    pending = SaveOutcome(SaveState.PENDING, "", "spn2-1", NOW)
    refused = SaveOutcome(SaveState.REFUSED, "error:blocked", "spn2-2", NOW)
    rows = (
        row("https://1.example/", State.OK, snapshot("https://1.example/")),
        row("https://2.example/", State.OK, snapshot("https://2.example/", "saved")),
        row("https://3.example/", State.OK, local("https://3.example/")),
        replace(row("https://4.example/"), lookup=ASKED, save=pending),
        row("https://5.example/", State.DEAD, snapshot("https://5.example/", "latest", 3, 404)),
        replace(row("https://6.example/"), lookup=ASKED, save=refused),
    )
    assert summary(report(*rows)) == (
        "Copies: 2 of 6 links are in a public archive (1 saved by citecheck), 1 in local copies "
        "alone; of 3 no copy is known; 1 under way; 1 could not be saved."
    )


def test_where_nobody_was_asked_and_nothing_kept_nothing_is_said() -> None:
    asked_nobody = Lookup(LookupState.NOT_ASKED, None)
    assert summary(report(row(), replace(row(), lookup=asked_nobody))) == ""


@pytest.mark.parametrize(
    ("lookup", "save", "why"),
    [
        (LookupState.THROTTLED, None, "the archive asked to wait"),
        (LookupState.UNAVAILABLE, None, "the archive did not answer"),
        (LookupState.EXCLUDED, None, "the archive does not show this site"),
        (LookupState.NONE, None, "no archive that was asked has a good copy"),
        (
            LookupState.NONE,
            SaveOutcome(SaveState.SKIPPED, "dead"),
            "no archive that was asked has a good copy; the page is gone, so there is nothing to "
            "save",
        ),
        (
            LookupState.NONE,
            SaveOutcome(SaveState.FAILED, "error:no-access"),
            "the archive could not keep a copy: the site refused the archive (403)",
        ),
    ],
)
def test_why_nothing_is_kept(lookup: LookupState, save: SaveOutcome | None, why: str) -> None:
    one = replace(row(state=State.BLOCKED), lookup=Lookup(lookup, NOW), save=save)
    assert why_none(one) == why
    assert copies(one) == f"No copy is known: {why}."


def test_what_is_kept_of_a_page_that_is_well() -> None:
    one = row(URL, State.OK, snapshot(URL), snapshot(URL, "saved", 9), local(URL))
    assert copies(one) == (
        "Kept: archived on 2021-03-02; saved on 2021-03-09; local copy of 2026-11-22."
    )


@pytest.mark.parametrize(
    ("verified", "said"),
    [(True, "looked at"), (False, "looked at without a sure result"), (None, "not looked at")],
)
def test_a_copy_to_cite_says_how_sure_it_is(verified: bool | None, said: str) -> None:
    found = Lookup(LookupState.FOUND, NOW, Grade.NEAREST, 12)
    one = replace(row(URL, State.DEAD, replace(snapshot(URL), verified=verified)), lookup=found)
    copy = copy_to_cite(one)
    assert copy is not None
    assert copy.taken == f"2021-03-02, nearest, 12 days from the citation, {said}"


def test_every_report_for_people_tells_of_it() -> None:
    refused = SaveOutcome(SaveState.FAILED, "error:no-access")
    told = report(
        row("https://1.example/", State.OK, snapshot("https://1.example/", "saved")),
        replace(row("https://2.example/", State.BLOCKED), lookup=ASKED, save=refused),
    )
    line = "Copies: 1 of 2 links is in a public archive (1 saved by citecheck); of 1 no copy"
    why = "the archive could not keep a copy: the site refused the archive"
    printed = " ".join(terminal.render(told, verbosity=1).split())
    for text in (printed, markdown.render(told).replace("\\", ""), html.render(told)):
        assert line in text
        assert why in text
        assert "saved on 2021-03-02" in text


def test_of_a_lost_page_that_no_archive_was_asked_for_this_is_said() -> None:
    said = "No copy is known: no archive was asked."
    lost = row(URL, State.DEAD)
    assert copies(lost) == said
    assert copies(row(URL, State.OK)) == ""
    assert said in terminal.render(report(lost))


def test_the_state_of_a_copy_is_not_said_twice() -> None:
    lost = row(URL, State.DEAD, replace(snapshot(URL), verified=True))
    offered = Suggestion("snapshot", snapshot(URL).url, "ok")
    lost = replace(lost, finding=replace(lost.finding, suggestion=offered))
    assert "taken 2021-03-02, looked at<" in html.render(report(lost))
    assert "(2021-03-02, looked at)" in markdown.render(report(lost)).replace("\\", "")


def test_a_cited_archived_copy_is_in_a_public_archive() -> None:
    cited = row("https://web.archive.org/web/20190316080455/https://gone.example/", State.OK)
    told = summary(report(replace(cited, lookup=ASKED), replace(row(), lookup=ASKED)))
    assert told == "Copies: 1 of 2 links is in a public archive; of 1 no copy is known."
    lost = replace(cited, lookup=ASKED, finding=replace(cited.finding, state=State.DEAD))
    assert "0 of 1 link is in" in summary(report(lost))


@pytest.mark.parametrize(
    ("lookup", "save", "said"),
    [
        (
            Lookup(LookupState.NOT_ASKED, detail="the address carries a token"),
            None,
            "No public archive has it: the address carries a token.",
        ),
        (
            Lookup(LookupState.EXCLUDED, NOW),
            SaveOutcome(SaveState.SKIPPED, "excluded"),
            "No public archive has it: the archive does not show this site.",
        ),
        (
            ASKED,
            SaveOutcome(SaveState.SKIPPED, "error:too-many-daily-captures"),
            "No public archive has it: no archive that was asked has a good copy; the page was "
            "captured as often today as the archive lets it be",
        ),
        (None, None, ""),
    ],
)
def test_a_page_that_is_fine_says_in_the_files_alone_why_no_archive_has_it(
    lookup: Lookup | None, save: SaveOutcome | None, said: str
) -> None:
    one = replace(row(URL, State.OK, local(URL)), lookup=lookup, save=save)
    assert said in " ".join(markdown.render(report(one)).split())
    assert said in " ".join(html.render(report(one)).split())
    assert "No public archive" not in terminal.render(report(one))
    held = replace(row(URL, State.OK, local(URL), snapshot(URL)), lookup=lookup, save=save)
    assert "No public archive" not in markdown.render(report(held))


def test_a_lost_page_that_no_archive_may_hear_of_says_so() -> None:
    told = Lookup(LookupState.NOT_ASKED, detail="the address carries a token")
    lost = replace(row(URL, State.DEAD), lookup=told)
    said = "No archived copy was looked for: the address carries a token."
    assert said in " ".join(terminal.render(report(lost)).split())
    assert said in " ".join(markdown.render(report(lost)).split())


def test_the_closing_counts_saves_that_failed_and_that_were_refused() -> None:
    rows = [
        replace(row(f"https://{n}.example/"), lookup=ASKED, save=SaveOutcome(state, "x", "", NOW))
        for n, state in enumerate((SaveState.FAILED, SaveState.REFUSED, SaveState.SAVED))
    ]
    assert "2 could not be saved" in " ".join(terminal.render(report(*rows)).split())
