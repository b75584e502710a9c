"""Rows of the report: what this run saw, else what is remembered; secrets are shown as `…`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from citecheck.assemble import document_rows, link_row
from citecheck.records.document import Document
from citecheck.records.finding import Baseline, Suggestion
from citecheck.records.link import Cited
from citecheck.records.memory import Memory
from citecheck.records.observation import Hop
from citecheck.records.reference import Citation, Reference
from citecheck.records.report import LinkRow
from standins.clock import START
from standins.judged import TITLE, URL, cited, observed, page, verdict_on, visited

SECRET = "https://press.example/story?token=abcdef123456"
SHOWN = "https://press.example/story?token=…"


def test_a_link_that_was_seen() -> None:
    place = Cited("paper.md", "1", 5, "ref")
    link = replace(cited(), citations=(place,))
    seen = observed(page(), hops=(Hop("https://old.example/", 301),))
    finding, memory = visited(Memory(), seen)
    assert memory.record is not None
    row = link_row(link, finding, memory.record, seen, memory, news=True)
    assert (row.url, row.http_status, row.final_url, row.title) == (URL, 200, URL, TITLE)
    assert row.hops == (Hop("https://old.example/", 301),)
    assert (row.checked, row.first_seen, row.since) == (START, START, START)
    assert row.media_type == "text/html"
    assert row.citations == (place,)
    assert seen.body is not None
    assert seen.page is not None
    content = row.content
    assert content is not None
    assert (content.bytes, content.sha256) == (seen.body.size, seen.body.sha256)
    assert content.text_sha256 == seen.page.text_sha256
    assert content.baseline is not None


def test_what_came_instead_of_the_page_is_not_shown_for_it() -> None:
    link = cited("https://doi.org/10.5555/ormsay.7")
    there = "https://journals.example/doi/10.5555/ormsay.7"
    hops = (Hop(link.url, 302),)
    wall = observed("<title>Robots</title>", link=link, status=403, final=there, hops=hops)
    finding, memory = visited(Memory(), wall, link=link)
    assert memory.record is not None
    row = link_row(link, finding, memory.record, wall, memory, news=True)
    assert (row.title, row.content, row.http_status, row.final_url) == ("", None, 403, there)


def test_last_ok_is_the_latest_good_visit_not_the_first() -> None:
    _, memory = visited(Memory(), observed(page()))
    later = observed(page(), at=START + timedelta(days=9))
    finding, memory = visited(memory, later)
    assert memory.record is not None
    assert memory.record.last_ok == START, "a quiet visit leaves the line as it is"
    row = link_row(cited(), finding, memory.record, later, memory, news=False)
    assert row.last_ok == later.at


def remembered_row(memory: Memory) -> LinkRow:
    assert memory.record is not None
    finding = verdict_on(observed(page()))
    return link_row(cited(), finding, memory.record, None, memory, news=False)


def test_a_link_that_was_not_visited_is_told_from_memory() -> None:
    _, memory = visited(Memory(), observed(page()))
    row = remembered_row(memory)
    assert (row.http_status, row.final_url, row.hops) == (None, "", ())
    assert (row.checked, row.title, row.media_type) == (START, TITLE, "text/html")
    assert row.content is not None
    assert memory.record is not None
    assert row.content.sha256 == memory.record.sha256


def test_without_the_state_folder_the_content_is_not_told() -> None:
    _, memory = visited(Memory(), observed(page()))
    row = remembered_row(Memory(memory.record, None))
    assert (row.checked, row.content) == (None, None)


def test_no_secret_of_an_address_is_in_a_row() -> None:
    link = cited(SECRET)
    seen = observed(page(), link=link, hops=(Hop(SECRET, 302),))
    finding, memory = visited(Memory(), seen, link=link)
    assert memory.record is not None
    record = replace(memory.record, baseline=Baseline("record", SECRET, "2026-11-22T00:00:00Z"))
    finding = replace(finding, suggestion=Suggestion("redirect", SECRET, "ok"))
    row = link_row(link, finding, record, seen, memory, news=False)
    assert "abcdef123456" not in repr(row)
    assert (row.url, row.hops[0].url, row.final_url) == (SHOWN, SHOWN, SHOWN)


def test_counts_of_a_document() -> None:
    def reference(name: str, *notes: str, url: str = "") -> Reference:
        places = tuple(Citation("paper.md", note, 1, 5) for note in notes)
        return Reference(name, {}, urls=(url,) if url else (), citations=places)

    references = (
        reference("a", "1", "2", url="https://a.example/x"),
        reference("b", "2", url="https://A.example/x#part"),
        reference("c", "3"),
    )
    (row,) = document_rows([(Document("paper.md", "", "records"), references)])
    assert (row.notes, row.citations, row.references) == (3, 4, 3)
    assert row.links == 1, "two places of one page are one link"
