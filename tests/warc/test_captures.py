from __future__ import annotations

import io
from collections.abc import Iterator

from citecheck.warc.captures import Capture, captures
from citecheck.warc.scan import Record, scan
from standins.warcs import member

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=x\r\n\r\nbody"
NEW_YEAR = "2026-01-01T00:00:00Z"
BODY = "AYBGINTBU2M2ZKB7OLBKN4P6BVBJMTQU"


def found(*members: bytes) -> list[Capture]:
    def whole() -> Iterator[Record]:
        for one in scan(io.BytesIO(b"".join(members))):
            assert isinstance(one, Record)
            yield one

    return list(captures("a.warc.gz", whole()))


def of(
    kind: str, id: str, block: bytes = PAGE, url: str = "https://a.example/", **more: str
) -> bytes:
    fields = {"WARC-Record-ID": id, "WARC-Target-URI": url}
    return member(kind, block, fields | {k.replace("_", "-"): v for k, v in more.items()})


def about(kind: str, id: str, block: bytes) -> bytes:
    return member(kind, block, {"WARC-Concurrent-To": id})


def test_an_answer_is_named_with_the_link_that_its_metadata_tells() -> None:
    (one,) = found(
        of("response", "<1>"),
        about("request", "<1>", b"GET / HTTP/1.1\r\n\r\n"),
        about("metadata", "<1>", b"fetchTimeMs: 1\r\ncitecheck-link: https://b.example/\r\n"),
    )
    assert (one.link, one.place.url, one.place.record) == (
        "https://b.example/", "https://a.example/", "<1>",
    )  # fmt: skip
    assert (one.place.mime, one.place.status, one.place.offset) == ("text/html", "200", 0)
    assert one.place.digest == found(of("response", "<1>"))[0].place.digest


def test_only_whole_answers_to_get_are_named() -> None:
    assert found(of("response", "<1>"), about("request", "<1>", b"HEAD / HTTP/1.1\r\n\r\n")) == []
    assert found(about("request", "<1>", b"POST / HTTP/1.1\r\n\r\n"), of("response", "<1>")) == []
    assert found(of("revisit", "<1>", b"HTTP/1.1 304 Not Modified\r\n\r\n")) == []
    assert found(about("metadata", "<1>", b"citecheck-link: https://b.example/\r\n")) == []
    assert found(of("response", "<1>", url="")) == []


def test_a_revisit_names_its_original_twice() -> None:
    (one,) = found(
        of("revisit", "<2>", b"HTTP/1.1 200 OK\r\n\r\n", WARC_Refers_To="<1>",
           WARC_Refers_To_Target_URI="https://a.example/", WARC_Refers_To_Date=NEW_YEAR,
           WARC_Payload_Digest=f"sha1:{BODY}")
    )  # fmt: skip
    assert one.refers_to == ("<1>", f"{NEW_YEAR} https://a.example/")
    assert (one.place.mime, one.place.digest) == ("warc/revisit", BODY)


def test_what_another_tool_wrote_without_a_request_is_named_too() -> None:
    page, shot = found(
        of("response", "<1>"),
        of("resource", "<2>", b"png", "urn:screenshot:x", Content_Type="image/png"),
    )
    assert (page.link, shot.place.mime, shot.place.status) == ("", "image/png", "200")


def test_what_wget_ties_the_other_way_round_is_known_by_its_method() -> None:
    def asked(id: str, line: bytes) -> bytes:
        return of("request", id, line + b" HTTP/1.1\r\n\r\n", WARC_Concurrent_To="")

    (one,) = found(
        asked("<a>", b"GET /"),
        of("response", "<1>", WARC_Concurrent_To="<a>"),
        asked("<b>", b"POST /"),
        of("response", "<2>", WARC_Concurrent_To="<b>"),
        asked("<c>", b"HEAD /"),
        of("response", "<3>", WARC_Concurrent_To="<c>"),
    )
    assert one.place.record == "<1>"


def test_an_answer_that_is_no_http_is_named_by_its_own_type() -> None:
    (one,) = found(of("response", "<1>", b"20260101", "dns:a.example", Content_Type="text/dns"))
    assert (one.place.mime, one.place.status) == ("text/dns", "200")
