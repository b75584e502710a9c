"""What `mend` writes into BibTeX, RIS and CSL-JSON: a new field in the manner of the rest."""

from __future__ import annotations

import json

import pytest

from citecheck.mend.show import refused
from standins.mending import dead_mended, links_in, mended, report_of

WAYBACK = "https://web.archive.org/web/20190316102030/"
A = "https://example.org/a"

BIBTEX = [
    (
        "aligned, no comma at the end",
        "@online{ait,\n  author  = {Ait, Abraham},\n  url     = {https://example.org/a}\n}\n",
        "@online{ait,\n  author  = {Ait, Abraham},\n  url     = {https://example.org/a},\n"
        "  urldate = {2019-03-16},\n"
        f"  note    = {{Archived at \\url{{{WAYBACK}{A}}} on 2019-03-16}}\n}}\n",
    ),
    (
        "quotes, a comma at the end, a note that ends without a period",
        '@misc{bo,\n    title = "B",\n    url = "https://example.org/a",\n    note = "Old",\n}\n',
        '@misc{bo,\n    title = "B",\n    url = "https://example.org/a",\n'
        f'    note = "Old; archived at \\url{{{WAYBACK}{A}}} on 2019-03-16",\n}}\n',
    ),
    (
        "one line, a note that is a sentence",
        "@misc{cai, title={C}, url={https://example.org/a}, note={It ends.}}\n",
        "@misc{cai, title={C}, url={https://example.org/a},"
        f" note={{It ends. Archived at \\url{{{WAYBACK}{A}}} on 2019-03-16}}}}\n",
    ),
    (
        "commas before the fields, brackets around the entry",
        "@misc(dee\n  , title = {D}\n  , url = {https://example.org/a}\n)\n",
        "@misc(dee\n  , title = {D}\n  , url = {https://example.org/a}\n"
        f"  , note = {{Archived at \\url{{{WAYBACK}{A}}} on 2019-03-16}}\n)\n",
    ),
    (
        "a @string for a note, an address in howpublished",
        '@string{x = "Also"}\n@misc{eve, title={E}, howpublished={\\url{https://example.org/a}},'
        " note=x}\n",
        '@string{x = "Also"}\n@misc{eve, title={E}, howpublished={\\url{https://example.org/a}},'
        f" note=x # {{; archived at \\url{{{WAYBACK}{A}}} on 2019-03-16}}}}\n",
    ),
    (
        "German, and what TeX would swallow",
        "@misc{foo,\n\ttitle = {F},\n\tlangid = {ngerman},\n"
        "\turl = {https://example.org/a%20b#c}\n}\n",
        "@misc{foo,\n\ttitle = {F},\n\tlangid = {ngerman},\n"
        "\turl = {https://example.org/a%20b#c},\n"
        f"\tnote = {{Archiviert unter \\url{{{WAYBACK}{A}\\%20b\\#c}} am 2019-03-16}}\n}}\n",
    ),
]


@pytest.mark.parametrize(("what", "text", "wanted"), BIBTEX, ids=[b[0] for b in BIBTEX])
def test_bibtex(what: str, text: str, wanted: str) -> None:
    assert dead_mended("a.bib", text) == wanted


def test_bibtex_keeps_an_access_date() -> None:
    text = "@online{a, title={A}, url={https://example.org/a}, urldate={2018-01-02}}\n"
    assert "urldate={2018-01-02}, note=" in dead_mended("a.bib", text)


def test_ris_gets_a_note_behind_the_address() -> None:
    text = (
        "TY  - JOUR\r\nTI  - A\r\nUR  - https://example.org/a\r\nN1  - Old\r\nER  - \r\n\r\n"
        "TY  - JOUR\r\nTI  - B\r\nLA  - de\r\nDO  - 10.1234/xyz\r\nER  - \r\n"
    )
    assert dead_mended("a.ris", text) == text.replace(
        "org/a\r\n", f"org/a\r\nN1  - Archived 2019-03-16: {WAYBACK}{A}\r\n"
    ).replace(
        "xyz\r\n",
        f"xyz\r\nN1  - Archiviert am 2019-03-16: {WAYBACK}https://doi.org/10.1234/xyz\r\n",
    )


def test_csl_json_keeps_the_manner_of_each_item() -> None:
    text = (
        '[\n  {\n    "id": "x", "type": "webpage",\n    "URL": "https:\\/\\/example.org\\/a",\n'
        '    "custom": {"URL": "https://example.org/a"}\n  },\n'
        '  {"id":"y","type":"webpage","URL":"https://example.org/b"}\n]\n'
    )
    assert dead_mended("a.json", text) == text.replace(
        '\\/a",\n    "custom"',
        '\\/a",\n    "archive": "Internet Archive",\n'
        f'    "archive_location": "{WAYBACK}{A}",\n    "custom"',
    ).replace(
        '/b"}',
        f'/b","archive":"Internet Archive","archive_location":"{WAYBACK}https://example.org/b"}}',
    )
    json.loads(dead_mended("a.json", text))


def test_an_item_that_names_an_archive_is_left_alone() -> None:
    text = '[{"id":"z","type":"webpage","URL":"https://example.org/a","archive":"State Archive"}]'
    found = mended("a.json", text)
    assert found.data == text.encode()
    assert [refused(r) for r in found.refusals] == [
        "z, line 1: https://example.org/a is left as it is: the item names an archive already"
    ]


def test_records_of_our_own_are_not_mended() -> None:
    text = json.dumps(
        [
            {
                "id": "z",
                "type": "webpage",
                "URL": A,
                "custom": {
                    "citecheck": 1,
                    "cited": [{"document": "a.json", "note": "z", "index": 1, "line": 1}],
                },
            }
        ]
    )
    found = mended("a.json", text)
    assert found.edits == ()
    assert ["citecheck's own" in r.why for r in found.refusals] == [True]


@pytest.mark.parametrize(
    ("path", "text"),
    [("a.bib", text) for _, text, _ in BIBTEX]
    + [("a.ris", "TY  - JOUR\nTI  - A\nDO  - 10.1234/xyz\nER  - \n")],
)
def test_the_next_reading_has_the_same_links(path: str, text: str) -> None:
    before = [link.url for link in links_in(path, text.encode())]
    first = mended(path, text)
    after = [link.url for link in links_in(path, first.data)]
    assert [url for url in after if WAYBACK not in url] == before
    assert [url.removeprefix(WAYBACK) for url in after if WAYBACK in url] == before
    again = mended(path, first.data, report_of(path, text.encode()))
    assert (again.edits, again.refusals, again.settled) == ((), (), 1)
