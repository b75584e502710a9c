from __future__ import annotations

from citecheck.ledger.redaction import link_key, scrub, scrub_row
from citecheck.urls.address import redact

SECRET = "https://files.example/paper.pdf?token=hunter2&page=3"


def test_an_address_without_a_secret_is_its_own_key() -> None:
    for url in (
        "https://example.com/a?b=c#d",
        "https://ex.com/?",
        "https://ex.com/?a=1#",
        "https://例え.jp/…?q=…",
        "https://medium.com/@me",
    ):
        assert link_key(url) == url


def test_a_secret_becomes_a_mark_that_tells_links_apart() -> None:
    key = link_key(SECRET)
    assert key == "https://files.example/paper.pdf?token=…2353&page=3"
    assert key != link_key(SECRET.replace("hunter2", "hunter3"))
    assert link_key("https://me:hunter2@files.example/x") == "https://files.example/x"


def test_the_key_of_a_key_is_itself_and_is_shown_bare() -> None:
    key = link_key(SECRET)
    assert link_key(key) == key
    assert redact(key) == "https://files.example/paper.pdf?token=…&page=3"


def test_a_made_up_mark_does_not_let_another_secret_through() -> None:
    assert "hunter2" not in link_key("https://ex.com/?a=…0123&token=hunter2")
    assert "hunter2" not in link_key("https://ex.com/?token=…0123&sig=hunter2")
    assert "hunter2" not in scrub("https://ex.com/?token=…0123&sig=hunter2")


def test_addresses_inside_texts_are_scrubbed() -> None:
    assert scrub(f"moved to {SECRET}, it says") == (
        "moved to https://files.example/paper.pdf?token=…&page=3, it says"
    )
    assert scrub("https://a.example/web/https://me:hunter2@b.example/") == (
        "https://a.example/web/https://b.example/"
    )
    assert scrub("/next?sig=hunter2") == "/next?sig=…"
    assert scrub("no address: me@example.com and / or ?") == "no address: me@example.com and / or ?"


def test_rows_are_scrubbed_at_any_depth() -> None:
    row = {"url": SECRET, "n": 1, "hops": [{"url": SECRET}], "headers": [["location", SECRET]]}
    clean = scrub_row(row)
    assert "hunter2" not in repr(clean)
    assert clean["url"] == link_key(SECRET)
    assert clean["n"] == 1


def test_an_address_that_cannot_be_taken_apart_keeps_no_value() -> None:
    url = "https://[bad/?token=hunter2"
    assert link_key(url) == "https://[bad/?…c3b7"
    assert link_key(link_key(url)) == link_key(url)
    assert scrub(f"see {url}") == "see https://[bad/?…"
    assert link_key("https://[bad/x") == "https://[bad/x"
