"""MediaWiki wikitext: refs, their numbers, cite templates as records, what hides them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.cite.machine import extract
from citecheck.readers import shelf
from citecheck.readers.sniffing import by_content
from citecheck.readers.wiki_templates import opaque, templates

PAGE = """\
'''Fleet''' is a thing.<ref>{{cite web |url=https://example.org/fleet |title=Is the ''Fleet'' [[Growth|Growing]]? |last=Ait |first=Ann |website=The Diplomat |date=November 29, 2018 |access-date=3 March 2019}}</ref> It is “growing fast and very wide”.<ref name="bo">[https://example.org/b_(c) Bo's page], ''The Times'', 3 May 2010.</ref> More.<ref name=bo />
<nowiki><ref>{{cite web|url=https://no.example/1}}</ref></nowiki> <!-- <ref>{{cite web|url=https://no.example/2}}</ref> -->

== Second ==
* Item.<ref group="note">A remark, see https://example.net/bare.</ref>
* Listed.<ref name=lst/>
{{Infobox|x={{nested|a=b}}|ref=<ref>{{Citation
 | title = Multi | url = http://example.com/multi?a=1 | year = 2011
}}</ref>}}

== References ==
{{reflist|refs=
<ref name=lst>{{Internetquelle |autor=Anna Maier |url=https://beispiel.de/x |titel=Der Titel |abruf=2019-02-01 |archiv-url=https://web.archive.org/web/20190201000000/https://beispiel.de/x}}</ref>
}}
== Literature ==
* {{cite book |last=Cai |first=Di |title=A Book |year=1999 |isbn=3-16-148410-X}}
"""  # noqa: E501


def test_notes_are_numbered_as_printed() -> None:
    document = shelf.read("page.wiki", PAGE.encode())
    assert (document.format, document.title, document.warnings) == ("wikitext", "Fleet", ())
    assert [(n.label, n.line, n.text) for n in document.notes] == [
        ("1", 1, ""),
        ("2", 1, "Bo's page, The Times, 3 May 2010."),
        ("note 1", 5, "A remark, see https://example.net/bare."),
        ("4", 7, ""),
        ("3", 13, ""),
    ]
    second = document.notes[1]
    assert [(k.target, k.printed) for k in second.links] == [
        ("https://example.org/b_(c)", "Bo's page")
    ]
    span = second.links[0].span
    assert PAGE.encode()[span.start : span.end] == b"[https://example.org/b_(c) Bo's page]"
    assert [c.sentence for c in second.callouts] == [
        "It is “growing fast and very wide”.",
        "More.",
    ]


def test_cite_templates_are_records_of_their_note() -> None:
    document = shelf.read("page.wiki", PAGE.encode())
    found = [(e.label, e.line, e.csl.get("title"), e.csl.get("URL", "")) for e in document.entries]
    assert found == [
        ("1", 1, "Is the Fleet Growing?", "https://example.org/fleet"),
        ("4", 7, "Multi", "http://example.com/multi?a=1"),
        ("3", 13, "Der Titel", "https://beispiel.de/x"),
        ("bibliography 1", 16, "A Book", ""),
    ]
    first = document.entries[0].csl
    assert first["author"] == [{"family": "Ait", "given": "Ann"}]
    assert first["container-title"] == "The Diplomat"
    assert first["accessed"] == {"raw": "3 March 2019"}
    assert (
        document.entries[2].csl["archive_location"].startswith("https://web.archive.org/web/2019")
    )


def test_the_copy_of_a_template_goes_with_its_page() -> None:
    ((_, references),) = extract((shelf.read("page.wiki", PAGE.encode()),)).by_document
    urls = {r.title: r.urls for r in references}
    assert urls["Der Titel"] == (
        "https://beispiel.de/x",
        "https://web.archive.org/web/20190201000000/https://beispiel.de/x",
    )
    quoting = next(r for r in references if "Bo" in r.title or "b_(c)" in str(r.urls))
    assert [q.tokens for q in quoting.citations[0].quotes] == [5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Text.<ref>{{cite web|url=https://example.org/|title=T}}</ref>", "wikitext"),
        ("'''T''' is.<ref name=a>[https://example.org/ T]</ref>\n<references />", "wikitext"),
        ("* {{Internetquelle |url=https://example.org/ |titel=T}}", "wikitext"),
        ("Text[^1] of <ref>.\n\n[^1]: https://example.org/\n", "markdown"),
        ("Hugo has {{ .Title }} and Jinja {{ cite | safe }}\n\n# A\n\n## B\n", "markdown"),
        ("@misc{a, title={{cite web|x}}}", "bibtex"),
    ],
)
def test_wikitext_is_told_by_its_content(text: str, told: str) -> None:
    assert by_content(text) == told


def test_a_page_without_notes_has_its_links_checked() -> None:
    document = shelf.read("a.wiki", b"* [https://example.org/a One]\n* https://example.org/b two\n")
    assert [[k.target for k in n.links] for n in document.notes] == [
        ["https://example.org/a"],
        ["https://example.org/b"],
    ]


PIECES = (
    *("{{", "}}", "[[", "]]", "|", "=", "<!--", "-->", "<nowiki>", "</nowiki>", "<ref>", "</ref>"),
    *("<ref name=a/>", "cite web", "url=https://example.org/a", "title=T", "\n", "==", "''"),
)


@given(st.lists(st.sampled_from(PIECES)))
def test_nothing_breaks_the_reader(words: list[str]) -> None:
    text = " ".join(words) + "\n<ref>https://example.org/last</ref>"
    document = shelf.read("a.wiki", text.encode())
    for note in document.notes:
        for link in note.links:
            assert 0 <= link.span.start < link.span.end <= len(text)
    for template in templates(text, opaque(text)):
        assert text[template.start :].startswith("{{")
        assert text[: template.end].endswith("}}")


WELL = st.recursive(
    st.sampled_from(("a", "b c", "[[L|m]]", "", "x=y", "http://e.org/?q=1")),
    lambda inner: st.builds(
        lambda name, values: "{{" + "|".join([name, *values]) + "}}",
        st.sampled_from(("cite web", "t", "Lien web")),
        st.lists(st.builds(lambda k, v: k + v, st.sampled_from(("", "url=", " n = ")), inner),
                 max_size=3),
    ),
    max_leaves=8,
)  # fmt: skip


@given(WELL)
def test_templates_are_those_of_a_whole_parser(text: str) -> None:
    parser = pytest.importorskip("mwparserfromhell")
    known = sorted(str(t) for t in parser.parse(text).filter_templates())
    found = templates(text, opaque(text))
    assert sorted(text[t.start : t.end] for t in found) == known
    counts = sorted(len(t.params) for t in parser.parse(text).filter_templates())
    assert sorted(len(t.parameters) for t in found) == counts


def test_braces_that_never_close_hide_nothing() -> None:
    text = "{{" * 10_000 + "a.<ref>{{cite web|url=https://example.org/a|title=T}}</ref>" * 1_000
    assert len(shelf.read("a.wiki", text.encode()).entries) == 1_000
