"""The two real documents: every note and address, nothing false. Skipped where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from citecheck.readers.shelf import read
from citecheck.records.document import Document, Note

_FOLDER = Path(__file__).resolve().parents[3] / "shared" / "documents"


def _document(start: str) -> tuple[Document, bytes]:
    found = sorted(_FOLDER.glob(f"{start}_*.txt")) if _FOLDER.is_dir() else []
    if not found:
        pytest.skip(f"the real documents are not at hand ({_FOLDER})")
    data = found[0].read_bytes()
    return read(found[0].name, data), data


def _note(document: Document, label: str) -> Note:
    return next(note for note in document.notes if note.label == label)


@pytest.mark.parametrize(
    ("start", "format_", "count"), [("000", "markdown", 19), ("001", "text", 20)]
)
def test_every_note_with_its_label_and_one_callout(start: str, format_: str, count: int) -> None:
    document, data = _document(start)
    assert document.format == format_
    assert [note.label for note in document.notes] == [str(i) for i in range(1, count + 1)]
    for note in document.notes:
        assert len(note.callouts) == 1
        callout = note.callouts[0]
        assert callout.line < note.line
        printed = f"<sup>{note.label}</sup>" if start == "000" else f"[{note.label}]"
        assert data[callout.span.start : callout.span.end].decode() == printed
        assert data[note.span.start : note.span.end].decode().startswith(printed)
        assert data[: note.span.start].count(b"\n") + 1 == note.line
        assert "[" + note.label + "]" not in callout.sentence
        assert "<sup>" not in callout.sentence
        assert callout.sentence.rstrip("”").endswith((".", "?", "!"))
        assert callout.sentence[0].isupper()
        assert "\u00a0" not in note.text


def test_the_addresses_of_the_first_document() -> None:
    document, data = _document("000")
    links = {note.label: [link.target for link in note.links] for note in document.notes}
    assert {label: found for label, found in links.items() if found} == {
        "7": [
            "https://un.china-mission.gov.cn/chn/zgylhg/jjalh/alhrd/202501/t20250109_11529425.htm"
        ],
        "8": [
            "https://www.fmprc.gov.cn/web/wjzb_673089/zyhd_673091/201602/t20160217_7469993.shtml"
        ],
        "9": ["https://www.usfk.mil/Media/Newsroom/News/Article/651588/rok-us-joint-announcement/"],
        "10": ["https://www.fmprc.gov.cn/ziliao_674904/zyjh_674906/201607/t20160712_7945675.shtml"],
        "11": ["https://thediplomat.com/2018/11/is-north-koreas-mig-29-fleet-growing/"],
        "16": ["http://www.en.kremlin.ru/events/president/transcripts/67843"],
    }
    autolink = _note(document, "9").links[0]
    assert data[autolink.span.start : autolink.span.end].decode() == f"<{autolink.target}>"
    assert "www.nids.mod.go.jp" not in " ".join(note.text for note in document.notes)
    assert "1 link" in document.warnings[0]


def test_the_addresses_of_the_second_document() -> None:
    document, data = _document("001")
    counts = {note.label: len(note.links) for note in document.notes}
    assert counts == {str(i): 2 if i == 12 else 1 for i in range(1, 21)}
    assert [link.target for link in _note(document, "12").links] == [
        "https://baijiahao.baidu.com/s?id=1788498560043824409",
        "https://baijiahao.baidu.com/s?id=1789665905258846020",
    ]
    assert _note(document, "14").links[0].target.endswith("&context=1516831")
    assert _note(document, "3").text == _note(document, "17").text
    for note in document.notes:
        for link in note.links:
            assert data[link.span.start : link.span.end].decode() == link.target == link.printed
            assert note.text[link.start : link.end] == link.printed


def test_italics_and_brackets_of_the_first_document() -> None:
    document, _ = _document("000")
    note = _note(document, "12")
    assert [note.text[a:b] for a, b in note.italics] == ["Kokusai Anzen Hoshō"]
    assert "[International Security] 51, no. 4, 12." in note.text
    assert not any("*" in n.text for n in document.notes)
