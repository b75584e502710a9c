"""What a last reading found: each of these lost something, went elsewhere, or ended a run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from citecheck.cite.links import links
from citecheck.cite.machine import extract
from citecheck.errors import LedgerError, SettingsError
from citecheck.ledger.reports import semantic_equal
from citecheck.ledger.store import Ledger
from citecheck.publish import check_specs
from citecheck.readers import shelf
from citecheck.records.reference import Reference, from_item
from citecheck.settings import Settings
from citecheck.web.refresh import refresh_target
from standins.clock import FakeClock
from standins.exchanges import answered


def ledger(root: Path) -> Ledger:
    places = {"references": root / "references", "archive_dir": root / "archive"}
    return Ledger(replace(Settings(root=root), **places), FakeClock())  # type: ignore[arg-type]


def test_brackets_that_are_no_links_do_not_use_up_the_notes() -> None:
    text = " ".join(
        f"Much was said [sic] of bread.^[Doe, *Bread {n}* (Oxford: OUP, 1990).]" for n in range(199)
    )
    assert len(shelf.read("a.md", text.encode()).notes) == 199


def test_a_corrected_id_stays_with_its_work_when_one_like_it_comes_before() -> None:
    old = 'Doe, Jane. "Wheat and bread in ancient Rome revisited." *Journal*, 2010. https://b.example/b'
    new = 'Doe, Jane. "Wheat and bread in ancient Rome and Athens." *Review*, 2010. https://a.example/a'

    def works(*notes: str, known: tuple[Reference, ...] = ()) -> dict[str, Reference]:
        calls = "".join(f"[^{n}]" for n in range(1, len(notes) + 1))
        body = "".join(f"\n\n[^{n}]: {note}" for n, note in enumerate(notes, 1))
        given = {r.id: {"publisher": "Corrected"} for r in known}
        found = extract([shelf.read("a.md", f"Text{calls}{body}\n".encode())], known, given)
        return {r.urls[0]: r for _, rs in found.by_document for r in rs}

    before = works(old)["https://b.example/b"]
    after = works(new, old, known=(before,))
    assert after["https://b.example/b"].id == before.id
    assert after["https://b.example/b"].csl["publisher"] == "Corrected"
    assert "publisher" not in after["https://a.example/a"].csl


@pytest.mark.parametrize(
    "notes",
    [
        ("Doe, *Bread* (Oxford: OUP, 1990), https://a.example/x, https://u:pw@b.example/y.",),
        (
            'Doe, "Bread of Rome," *Loaf*, May 3, 2010, https://b.example/y.',
            'Doe, "Bread of Rome," *Loaf*, May 3, 2010, https://u:pw@b.example/y.',
        ),
    ],
    ids=["second address", "second citation"],
)
def test_an_address_once_printed_with_a_password_is_told_to_no_archive(
    notes: tuple[str, ...],
) -> None:
    calls = "".join(f"[^{n}]" for n in range(1, len(notes) + 1))
    body = "".join(f"\n\n[^{n}]: {note}" for n, note in enumerate(notes, 1))
    found = extract([shelf.read("a.md", f"Text{calls}{body}\n".encode())])
    stored = [from_item(r.to_item()) for _, rs in found.by_document for r in rs]
    guarded = {link.url: link.credentials for link in links(stored)[0]}
    assert guarded["https://b.example/y"] is True
    assert guarded.get("https://a.example/x", False) is False
    assert "pw" not in json.dumps([r.to_item() for r in stored])


@pytest.mark.parametrize("rubbish", ["<![foo[ x ]]>", "<![", "<![1"])
def test_a_marked_section_ends_no_visit(rubbish: str) -> None:
    page = f'<meta http-equiv="refresh" content="900">{rubbish}'
    head = {"Content-Type": "text/html"}
    assert refresh_target(answered("https://a.example/", 200, page.encode(), head)) == ""


def test_a_list_item_with_a_superscript_number_is_read() -> None:
    page = '<ol start="²"><li value="²"><a href="https://a.example/x">Doe</a></li></ol>'
    (note,) = shelf.read("a.html", page.encode()).notes
    assert note.links[0].target == "https://a.example/x"


def test_a_link_in_the_index_folder_is_not_followed_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    project = tmp_path / "project"
    (project / "archive/indexes").mkdir(parents=True)
    (project / "archive/indexes/index.cdxj").symlink_to(outside)
    with pytest.raises(LedgerError, match="leads out of the project"), ledger(project).lock():
        pass
    assert outside.read_text() == "mine"


def test_a_link_that_leads_to_itself_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/x").symlink_to("x")
    with ledger(tmp_path).lock():
        pass


def test_bent_pacing_loses_a_minute_at_most(tmp_path: Path) -> None:
    (tmp_path / "archive/.state").mkdir(parents=True)
    (tmp_path / "archive/.state/pacing.json").write_text("[" * 200_000)
    assert ledger(tmp_path).pacing() == type(ledger(tmp_path).pacing())()


def test_the_report_that_is_read_again_keeps_its_format(tmp_path: Path) -> None:
    def check(spec: str) -> None:
        places = {"references": tmp_path / "references", "archive_dir": tmp_path / "archive"}
        check_specs(replace(Settings(root=tmp_path), reports=(spec,), **places))  # type: ignore[arg-type]

    check(f"json:{tmp_path}/archive/link-health.json")
    with pytest.raises(SettingsError, match="citecheck report"):
        check(f"html:{tmp_path}/archive/link-health.json")


def test_a_304_is_no_reason_to_write_a_report_again() -> None:
    row = {"state": "ok", "reason": "ok", "since": "2026", "news": False}
    full = {**row, "http_status": 200, "evidence": [{"signal": "title-match"}],
            "match": {"verdict": "match"}, "media_type": "text/html"}  # fmt: skip
    brief = {**row, "http_status": 304, "evidence": [{"signal": "http-status"}],
             "match": {"verdict": "cannot-tell"}, "media_type": None}  # fmt: skip
    assert semantic_equal(json.dumps({"links": [full]}), json.dumps({"links": [brief]}))
