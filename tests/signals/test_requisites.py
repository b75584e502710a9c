"""What pages and stylesheets name that they need to be shown."""

from __future__ import annotations

import pytest

from citecheck.signals.requisites import of_page, of_stylesheet
from standins.wire import exchange

CSS = ((b"Content-Type", b"text/css; charset=utf-8"),)


def named(markup: str, url: str = "https://example.com/a/p.html") -> list[str]:
    """Addresses of a page, those of its own host by their path."""
    found = of_page(exchange(url, markup.encode()))
    return [one.url.removeprefix("https://example.com") for one in found]


def styled(text: str, *, imports: bool = True) -> list[str]:
    found = of_stylesheet(
        exchange("https://example.com/css/s.css", text.encode(), headers=CSS), imports=imports
    )
    return [one.url.removeprefix("https://example.com") for one in found]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<link rel="alternate stylesheet" href=s.css>', ["/a/s.css"]),
        ('<link rel="Shortcut Icon" href=/i.ico>', ["/i.ico"]),
        ('<link rel=preload as=font href=f.woff2><link rel=preload as=fetch href=x>',
         ["/a/f.woff2"]),
        ('<link rel=canonical href=/c><link rel=next href=/n><a href=/x>x</a>', []),
        ('<script src=//cdn.example/x.js></script><script>1</script>',
         ["https://cdn.example/x.js"]),
        ('<img src=i.png srcset="i.png 1x, j.png 2x,k.png 3x"><img data-src=lazy.png>',
         ["/a/i.png", "/a/lazy.png", "/a/j.png", "/a/k.png"]),
        ('<picture><source srcset="a.webp, b.webp 2x"><img src=c.png></picture>',
         ["/a/c.png", "/a/a.webp", "/a/b.webp"]),
        ('<img srcset="https://example.com/i,w_1.png 1x">', ["/i,w_1.png"]),
        ('<video poster=p.jpg src=film.mp4></video><iframe src=frame.html></iframe>',
         ["/a/p.jpg"]),
        ('<style>@import "m.css"; p{background:url( \'b.png\' )}</style>',
         ["/a/m.css", "/a/b.png"]),
        ('<p style="background:url(b.png)">', ["/a/b.png"]),
        ('<svg><use href="s.svg#x"/><image xlink:href="i.svg"/></svg>', ["/a/i.svg", "/a/s.svg"]),
        ('<base href="/b/"><img src=i.png>', ["/b/i.png"]),
        ('<base href="javascript:x"><img src=i.png>', ["/a/i.png"]),
        ('<img src="i.png#x"><img src="i.png#y"><img src="#z"><img src="p.html">', ["/a/i.png"]),
    ],
)  # fmt: skip
def test_what_a_page_needs(markup: str, expected: list[str]) -> None:
    assert named(markup) == expected


@pytest.mark.parametrize(
    "address",
    [
        "data:image/png;base64,AAAA", "javascript:alert(1)", "blob:https://example.com/1",
        "file:///etc/passwd", "ftp://example.com/x.png", "about:blank", "", " ", "http://",
        "https://me:pw@example.com/x.png", "//me@example.com/x.png",
        "https://example.com/x.png?access_token=abc", "https://[::1/x.png", "https://exa mple/x",
    ],
)  # fmt: skip
def test_what_is_never_asked_for(address: str) -> None:
    assert named(f'<img src="{address}">') == []


def test_styles_come_first_and_images_last() -> None:
    links = "<link rel=icon href=3><link rel=stylesheet href=4>"
    markup = f"<img src=1.png><script src=2.js></script>{links}"
    assert named(markup) == ["/a/4", "/a/2.js", "/a/3", "/a/1.png"]


def test_what_a_stylesheet_needs() -> None:
    text = (
        "@import 'one.css'; @import url(two.css) screen; /* url(no.png) */"
        '@font-face{src:url("f.woff2")format("woff2"),url(f.eot?#iefix)}'
        "p{background:URL( ../bg.png )} q{background:url(data:image/png;base64,x)}"
    )
    rest = ["/css/f.woff2", "/css/f.eot", "/bg.png"]
    assert styled(text) == ["/css/one.css", "/css/two.css", *rest]
    assert styled(text, imports=False) == rest


def test_what_is_no_page_needs_nothing() -> None:
    pdf = exchange(body=b"%PDF-1.7 <img src=x>", headers=((b"Content-Type", b"application/pdf"),))
    assert of_page(pdf) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"url(" * 300_000, b"url(" + b" " * 1_000_000, b'url("' * 300_000, b"@import " * 200_000,
        b"/*" * 500_000, b"@import '" * 200_000,
    ],
    ids=["open", "spaces", "quotes", "imports", "comments", "quoted imports"],
)  # fmt: skip
def test_hostile_stylesheets_are_read_in_linear_time(body: bytes) -> None:
    assert len(styled(body.decode())) <= 2_000


def test_a_hostile_page_is_bounded() -> None:
    assert len(named("".join(f"<img src={n}.png>" for n in range(5_000)))) == 2_000
    assert len(named('<img srcset="' + "a, " * 200_000 + '">')) == 1
