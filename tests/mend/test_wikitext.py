"""What `mend` writes into wikitext: parameters of cite templates by the rules of CS1."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from citecheck.records.archive import Snapshot
from citecheck.records.finding import State
from standins.mending import TAKEN, dead_mended, links_in, mended, report_of, row

WAYBACK = "https://web.archive.org/web/20190316102030/"
A = "https://example.org/a"

CASES = [
    (
        "one line, day as the access date",
        "{{cite web |url=https://example.org/a |title=T |access-date=March 3, 2019}}",
        "{{cite web |url=https://example.org/a |title=T |access-date=March 3, 2019"
        f" |archive-url={WAYBACK}{A} |archive-date=March 16, 2019 |url-status=dead}}}}",
    ),
    (
        "tight",
        "{{cite news|url=https://example.org/a|title=T}}",
        f"{{{{cite news|url=https://example.org/a|title=T|archive-url={WAYBACK}{A}"
        "|archive-date=2019-03-16|url-status=dead}}",
    ),
    (
        "a line each, signs in a column, a live mark",
        "{{Citation\n | title       = T\n | url         = https://example.org/a\n"
        " | url-status  = live\n | year        = 2011\n}}",
        "{{Citation\n | title       = T\n | url         = https://example.org/a\n"
        f" | url-status  = dead\n | year        = 2011\n | archive-url = {WAYBACK}{A}\n"
        " | archive-date = 2019-03-16\n}}",
    ),
    (
        "empty parameters are filled",
        "{{cite web|url=https://example.org/a|title=T|archive-url=|archive-date=|url-status=}}",
        f"{{{{cite web|url=https://example.org/a|title=T|archive-url={WAYBACK}{A}"
        "|archive-date=2019-03-16|url-status=dead}}",
    ),
    (
        "old names, where the template has them",
        "{{cite web|url=https://example.org/a|title=T|archiveurl=|archivedate=}}",
        f"{{{{cite web|url=https://example.org/a|title=T|archiveurl={WAYBACK}{A}"
        "|archivedate=2019-03-16|url-status=dead}}",
    ),
    (
        "empty parameters at the end, a line each",
        "{{cite web\n | url = https://example.org/a\n | title = T\n | archive-url =\n"
        " | archive-date =\n}}",
        "{{cite web\n | url = https://example.org/a\n | title = T\n"
        f" | archive-url = {WAYBACK}{A}\n | archive-date = 2019-03-16\n | url-status = dead\n}}}}",
    ),
    (
        "an empty one at the end that stays empty",
        "{{cite web\n|url=https://example.org/a\n|title=T\n|quote=\n}}",
        f"{{{{cite web\n|url=https://example.org/a\n|title=T\n|quote=\n|archive-url={WAYBACK}{A}\n"
        "|archive-date=2019-03-16\n|url-status=dead\n}}",
    ),
    (
        "German",
        "{{Internetquelle |url=https://example.org/a |titel=T |abruf=2019-02-01}}",
        "{{Internetquelle |url=https://example.org/a |titel=T |abruf=2019-02-01"
        f" |archiv-url={WAYBACK}{A} |archiv-datum=2019-03-16 |offline=ja}}}}",
    ),
    (
        "French",
        "{{Lien web |url=https://example.org/a |titre=T |consulté le=3 mai 2019}}",
        "{{Lien web |url=https://example.org/a |titre=T |consulté le=3 mai 2019"
        f" |archive-url={WAYBACK}{A} |archive-date=16 mars 2019}}}}",
    ),
    (
        "a pipe in the address, a template in a value",
        "{{cite web|url=https://example.org/a?b=1&#124;2|title={{lang|fr|T}}|language=fr}}",
        "{{cite web|url=https://example.org/a?b=1&#124;2|title={{lang|fr|T}}|language=fr"
        f"|archive-url={WAYBACK}https://example.org/a?b=1%7C2"
        "|archive-date=2019-03-16|url-status=dead}}",
    ),
    (
        "no template: a link beside a link",
        "[https://example.org/a A page], ''The Paper'', 3 May 2010.",
        f"[https://example.org/a A page] ([{WAYBACK}{A} archived 16 March 2019]),"
        " ''The Paper'', 3 May 2010.",
    ),
]


@pytest.mark.parametrize(("what", "note", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_a_note_gets_its_copy(what: str, note: str, wanted: str) -> None:
    page = "'''Page''' with text.<ref>{}</ref>\n\n== References ==\n{{{{reflist}}}}\n"
    assert dead_mended("a.wiki", page.format(note)) == page.format(wanted)
    again = mended("a.wiki", page.format(wanted), report_of("a.wiki", page.format(note).encode()))
    assert (again.edits, again.refusals) == ((), ())


def test_a_copy_stays_and_a_live_mark_is_set_right() -> None:
    kept = "|archive-url=https://archive.ph/x1Y2z|archive-date=2010-01-01"
    page = f"Text.<ref>{{{{cite web|url={A}|title=T{kept}|url-status=live}}}}</ref>\n"
    assert dead_mended("a.wiki", page) == page.replace("=live", "=dead")
    page = f"Text.<ref>{{{{cite web|url={A}|title=T{kept}}}}}</ref>\n"
    assert dead_mended("a.wiki", page) == page
    page = f"Text.<ref>{{{{cite web|url={A}|title=T}}}} {{{{webarchive|url={WAYBACK}{A}}}}}</ref>\n"
    assert dead_mended("a.wiki", page) == page


@pytest.mark.parametrize(
    ("state", "reason", "word"),
    [
        (State.DEAD, "http-404", "dead"),
        (State.DEAD, "parked", "usurped"),
        (State.CHANGED, "usurped", "usurped"),
    ],
)
def test_the_mark_says_what_has_become_of_the_address(state: State, reason: str, word: str) -> None:
    page = f"Text.<ref>{{{{cite web|url={A}|title=T}}}}</ref>\n".encode()
    taken = datetime(2019, 3, 16, 10, 20, 30, tzinfo=UTC)
    # The flag falls away, and the date is that of the address, whatever else the report has.
    copy = Snapshot("wayback", f"{WAYBACK[:-1]}if_/{A}", taken.replace(day=17), "cited", 200, True)
    rows = tuple(row(k, state, reason, snapshots=(copy,)) for k in links_in("a.wiki", page))
    found = mended("a.wiki", page, report_of("a.wiki", page, rows)).data.decode()
    assert f"|archive-url={WAYBACK}{A}|archive-date=2019-03-16|url-status={word}" in found


def test_a_time_of_fewer_digits_is_refused() -> None:
    page = f"Text.<ref>{{{{cite web|url={A}|title=T}}}}</ref>\n".encode()
    copy = Snapshot(
        "wayback",
        f"https://web.archive.org/web/2019/{A}",
        datetime(2019, 1, 1, tzinfo=UTC),
        "cited",
    )
    rows = tuple(row(k, snapshots=(copy,)) for k in links_in("a.wiki", page))
    found = mended("a.wiki", page, report_of("a.wiki", page, rows))
    assert found.edits == ()
    assert "14 digits" in found.refusals[0].why


@pytest.mark.parametrize(
    "note",
    [
        "{{cite web|url=https://example.org/a|title=T}} {{webarchive|url=%s}}",
        "[https://example.org/a T] {{webarchive|url=%s|date=2015-01-02}}",
        "{{Webarchiv|url=https://example.org/a|wayback=20150102030405|text=T}}",
        "{{cite web|url=https://example.org/a|title=T}}{{Webarchiv|url=https://example.org/a"
        "|wayback=20150102030405}}",
        "{{webarchive|url=%s|title=T}}",
    ],
)
def test_a_template_that_names_a_copy_ties_it_to_the_page(note: str) -> None:
    old = "https://web.archive.org/web/20150102030405/https://example.org/a"
    page = f"T.<ref>{note.replace('%s', old)}</ref>\n".encode()
    assert [c.url for k in links_in("a.wiki", page) if k.url == A for c in k.archived] == [old]
    found = mended("a.wiki", page)
    assert (found.data, found.refusals) == (page, ())


def test_a_copy_in_a_template_is_not_that_of_another_page() -> None:
    other = "https://web.archive.org/web/20150102030405/https://example.org/other"
    page = f"T.<ref>{{{{cite web|url={A}|title=T}}}} {{{{webarchive|url={other}}}}}</ref>\n"
    assert [k.archived for k in links_in("a.wiki", page.encode()) if k.url == A] == [()]


def test_a_copy_of_the_book_is_not_put_where_it_would_be_the_chapters() -> None:
    page = f"T.<ref>{{{{cite book|title=T|chapter-url=https://example.org/c|url={A}}}}}</ref>\n"
    found = mended("a.wiki", page)
    assert found.edits == ()
    assert "chapter" in found.refusals[0].why


@pytest.mark.parametrize(
    ("path", "written"),
    [("~~~~", "~~%7E~"), ("__NOTOC__", "%5F_NOTOC__"), ("?a&lt;b", "?a&lt%3Bb")],
)
def test_nothing_in_an_address_is_the_wikis_own(path: str, written: str) -> None:
    page = b"T.<ref>{{cite web|url=https://example.org/a|title=T}}</ref>\n"
    (link,) = links_in("a.wiki", page)
    copy = Snapshot("wayback", f"{WAYBACK}{A}/{path}", TAKEN, "cited", 200, True)
    report = report_of("a.wiki", page, (row(link, snapshots=(copy,)),))
    once = mended("a.wiki", page, report)
    assert f"|archive-url={WAYBACK}{A}/{written}|" in once.data.decode()
    assert mended("a.wiki", once.data, report).edits == ()


@pytest.mark.parametrize(
    ("template", "added"),
    [
        ("{{Статья |заглавие=Б |ссылка=%s |год=2018}}",
         " |archiveurl=%s |archivedate=2019-03-16"),
        ("{{Literatur |Titel=Buch |Online=[%s PDF] |Jahr=2018}}", None),
    ],
)  # fmt: skip
def test_russian_and_german_works_are_read(template: str, added: str | None) -> None:
    page = f"T.<ref>{template % A}</ref>\n"
    found = mended("a.wiki", page)
    if added is None:
        assert [r.why for r in found.refusals] == ["the template has no parameter for a copy"]
    else:
        new = f"{(template % A)[:-2]}{added % (WAYBACK + A)}}}}}"
        assert found.data.decode() == f"T.<ref>{new}</ref>\n"
