from __future__ import annotations

import pytest

from citecheck.warc.headers import media_type, request_head, response_head, shown
from standins.wire import exchange


def test_credentials_and_cookies_are_left_out_of_both_directions() -> None:
    seen = exchange(
        request_headers=(
            (b"Host", b"example.com"),
            (b"Cookie", b"sid=1"),
            (b"Authorization", b"LOW key:word"),
            (b"Proxy-Authorization", b"Basic eDp5"),
            (b"Accept", b"*/*"),
        ),
        headers=((b"SET-COOKIE", b"sid=1; Secure"), (b"Server", b"x")),
    )
    assert request_head(seen) == (
        b"GET /plain HTTP/1.1\r\nHost: example.com\r\nAccept: */*\r\n\r\n"
    )
    assert response_head(seen) == b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"


def test_bytes_order_case_and_doubles_stay_but_framing_is_told_as_recorded() -> None:
    seen = exchange(
        body=b"12345",
        headers=(
            (b"x-Name", "café".encode()),
            (b"X-Latin", b"caf\xe9"),
            (b"Transfer-Encoding", b"chunked"),
            (b"Content-Length", b"99"),
            (b"x-Name", b"two"),
        ),
    )
    assert response_head(seen).split(b"\r\n") == [
        b"HTTP/1.1 200 OK",
        b"x-Name: caf\xc3\xa9",
        b"X-Latin: caf\xe9",
        b"X-Crawler-Transfer-Encoding: chunked",
        b"Content-Length: 5",
        b"X-Crawler-Content-Length: 99",
        b"x-Name: two",
        b"",
        b"",
    ]


def test_an_http2_exchange_reads_as_http11() -> None:
    seen = exchange(
        "https://example.com/a?b=c#d",
        request_headers=((b":method", b"GET"), (b"accept", b"*/*")),
        reason="",
        status=404,
        headers=(),
    )
    assert request_head(seen) == b"GET /a?b=c HTTP/1.1\r\nHost: example.com\r\naccept: */*\r\n\r\n"
    assert response_head(seen) == b"HTTP/1.1 404 Not Found\r\n\r\n"
    assert response_head(exchange(reason="", status=799, headers=())).startswith(
        b"HTTP/1.1 799 Unknown\r\n"
    )
    assert request_head(exchange("https://ex.com?q", request_headers=())).startswith(
        b"GET /?q HTTP/1.1\r\nHost: ex.com\r\n"
    )


def test_a_line_break_in_a_value_forges_no_header() -> None:
    seen = exchange(headers=((b"X", b"a\r\nSet-Cookie: b\r\n\r\nbody"),), reason="O\r\nK")
    assert response_head(seen) == b"HTTP/1.1 200 O K\r\nX: a Set-Cookie: b body\r\n\r\n"


def test_the_length_that_a_head_request_was_told_stays() -> None:
    seen = exchange(method="HEAD", body=b"", headers=((b"Content-Length", b"99"),))
    assert b"Content-Length: 99" in response_head(seen)


def test_secret_parameters_are_hidden_wherever_an_address_stands() -> None:
    url = "https://user:word@ex.com/a?token=SECRET&x=1#part"
    seen = exchange(
        url,
        request_headers=((b"Referer", b"https://ex.com/?token=SECRET"),),
        headers=(
            (b"Location", b"/b?token=SECRET&y=2"),
            (b"Link", b'<https://ex.com/?token=SECRET>; rel="x"'),
        ),
    )
    assert shown(url) == "https://ex.com/a?token=%E2%80%A6&x=1"
    both = request_head(seen) + response_head(seen)
    assert b"SECRET" not in both
    assert b"word" not in both
    assert b"Location: /b?token=%E2%80%A6&y=2\r\n" in both
    assert b'Link: <https://ex.com/?token=%E2%80%A6>; rel="x"' in both


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        (
            b"Location",
            b"http://u:word@ex.com/caf\xe9?token=SECRET",
            b"http://ex.com/caf\xe9?token=",
        ),
        (b"location", b"//u:word@ex.com/@x", b"//ex.com/@x"),
        (b"Location", b"http:/\\u:word@ex.com/", b"http:/\\ex.com/"),
        (b"Location", b"https:u:word@ex.com/", b"https:ex.com/"),
        (b"Location", b"https://u:wo,rd;word@ex.com/", b"https://ex.com/"),
        (b"Refresh", b"5; url=//u:word@ex.com/", b"5; url=//ex.com/"),
        (b"Refresh", b"0;URL='HTTP://u:word@ex.com/'", b"0;URL='HTTP://ex.com/'"),
        (b"Link", b"</p?token=SECRET>; rel=a, <//u:word@ex.com/b>", b">; rel=a, <//ex.com/b>"),
        (b"Link", b"https://u:word@ex.com/", b"https://ex.com/"),
    ],
)
def test_addresses_of_any_spelling_are_kept_without_credentials(
    name: bytes, value: bytes, kept: bytes
) -> None:
    head = response_head(exchange(headers=((name, value),)))
    assert b"word" not in head
    assert b"SECRET" not in head
    assert kept in head


def test_addresses_without_credentials_stay_as_they_are() -> None:
    plain = (
        b"HTTPS://EX.com//@user/x?u=a@b&s=\xe2\x80\xa6",
        b"/@user",
        b"a b\xff",
        b"//ex.com/u@v",
    )
    for value in plain:
        head = response_head(exchange(headers=((b"Location", value), (b"Link", b"<" + value))))
        assert head.count(value) == 2


def test_media_types_for_the_index() -> None:
    assert media_type(exchange()) == "text/html"
    assert media_type(exchange(headers=())) == "unk"
    assert media_type(exchange(headers=((b"Content-Type", b'te"xt/h\ttml'),))) == "unk"
