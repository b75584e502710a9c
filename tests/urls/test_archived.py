"""Addresses of web archives, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.urls.address import has_userinfo
from citecheck.urls.archived import Kind, keeper_of, orders_saving, recognise, same_page
from citecheck.urls.archived_table import KEEPERS, Standing
from citecheck.urls.originals import moment

PAGE = "http://example.org/"
WAYBACK = "https://web.archive.org/web/20190301120000"


@pytest.mark.parametrize(
    ("url", "archive", "original", "stamp"),
    [
        (f"{WAYBACK}/http://example.org/a?b=1#c", "wayback", f"{PAGE}a?b=1#c", "20190301120000"),
        (f"{WAYBACK}id_/{PAGE}", "wayback", PAGE, "20190301120000"),
        (f"{WAYBACK}/example.org/x", "wayback", f"{PAGE}x", "20190301120000"),
        (f"{WAYBACK}/httpbin.org/x", "wayback", "http://httpbin.org/x", "20190301120000"),
        (f"{WAYBACK}/http:example.org/x", "wayback", f"{PAGE}x", "20190301120000"),
        (f"{WAYBACK}/https://example.org/2020/01/x.y", "wayback", "https://example.org/2020/01/x.y",
         "20190301120000"),
        (f"https://web.archive.org/web/2019/{PAGE}", "wayback", PAGE, "2019"),
        (f"https://web.archive.org/web/{PAGE}", "wayback", PAGE, ""),
        (f"https://archive.org/web/20190301120000/{PAGE}", "wayback", PAGE, "20190301120000"),
        (f"http://wayback.archive.org/web/20190301120000/{PAGE}", "wayback", PAGE,
         "20190301120000"),
        # archive.today
        ("https://archive.ph/AbCdE", "archive.today", "", ""),
        ("https://archive.md/AbCdE#selection-1.0", "archive.today", "", ""),
        (f"https://archive.is/20190301120000/{PAGE}", "archive.today", PAGE, "20190301120000"),
        (f"https://archive.fo/2019.03.01-120000/{PAGE}", "archive.today", PAGE, "20190301120000"),
        (f"https://archive.vn/newest/{PAGE}", "archive.today", PAGE, ""),
        (f"https://archive.li/o/AbCdE/{PAGE}", "archive.today", PAGE, ""),
        # names of their own
        ("https://perma.cc/ABCD-1234", "perma.cc", "", ""),
        ("https://perma.cc/ABCD-1234?type=image", "perma.cc", "", ""),
        ("https://ghostarchive.org/archive/AbCd1", "ghostarchive", "", ""),
        ("https://ghostarchive.org/varchive/dQw4w9WgXcQ", "ghostarchive", "", ""),
        ("http://www.webcitation.org/5kmQTBKc5", "webcite", "", "20091025043741"),
        ("http://www.webcitation.org/query?id=1138911916587475", "webcite", "", "20060202202516"),
        ("http://webcitation.org/query?url=http%3A%2F%2Fexample.org%2Fx&date=2009-10-24", "webcite",
         f"{PAGE}x", "20091024"),
        # national and other archives
        (f"https://arquivo.pt/wayback/20190301120000/{PAGE}", "arquivo.pt", PAGE, "20190301120000"),
        (f"https://arquivo.pt/noFrame/replay/20190301120000id_/{PAGE}", "arquivo.pt", PAGE,
         "20190301120000"),
        (f"https://www.webarchive.org.uk/en/ukwa/archive/20190301120000mp_/{PAGE}",
         "uk-web-archive", PAGE, "20190301120000"),
        (f"https://webarchive.nationalarchives.gov.uk/ukgwa/20190301120000/{PAGE}",
         "uk-national-archives", PAGE, "20190301120000"),
        (f"https://webarchive.nationalarchives.gov.uk/+/{PAGE}", "uk-national-archives", PAGE, ""),
        (f"https://wayback.archive-it.org/1068/20190301120000/{PAGE}", "archive-it", PAGE,
         "20190301120000"),
        (f"https://webarchive.loc.gov/all/20190301120000/{PAGE}", "loc", PAGE, "20190301120000"),
        (f"http://web.archive.bibalex.org/web/20190301120000/{PAGE}", "bibalex", PAGE,
         "20190301120000"),
        (f"https://wayback.vefsafn.is/wayback/20190301120000/{PAGE}", "vefsafn", PAGE,
         "20190301120000"),
        ("https://megalodon.jp/2012-0719-2158-52/www.example.org/x", "megalodon",
         "http://www.example.org/x", "20120719215852"),
        (f"https://conifer.rhizome.org/user/coll/20190301120000$br:chrome:76/{PAGE}", "conifer",
         PAGE, "20190301120000"),
        ("https://webcache.googleusercontent.com/search?q=cache:abcdefghijkl:example.org/p+words",
         "google-cache", f"{PAGE}p", ""),
        (f"http://timetravel.mementoweb.org/memento/2019/{PAGE}", "time-travel", PAGE, "2019"),
    ],
)  # fmt: skip
def test_copies(url: str, archive: str, original: str, stamp: str) -> None:
    found = recognise(url)
    assert found is not None
    assert (found.archive, found.kind, found.original, found.stamp) == (
        archive,
        Kind.COPY,
        original,
        stamp,
    )


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        (f"{WAYBACK}/http:/example.org/", f"{WAYBACK}/{PAGE}"),
        (f"{WAYBACK}/http//example.org/", f"{WAYBACK}/{PAGE}"),
        (f"{WAYBACK}/http://http://example.org/", f"{WAYBACK}/{PAGE}"),
        (f"{WAYBACK}/http%3A%2F%2Fexample.org%2Fa%3Fb%3D1", f"{WAYBACK}/{PAGE}a?b=1"),
        (f"{WAYBACK}/http%253A%252F%252Fexample.org%252Fa", f"{WAYBACK}/{PAGE}a"),
        (f"{WAYBACK}/http://example.org:80/", f"{WAYBACK}/{PAGE}"),
        (f"{WAYBACK}{PAGE}", f"{WAYBACK}/{PAGE}"),
        (f"{WAYBACK}1234/{PAGE}", f"{WAYBACK}/{PAGE}"),
        (f"https://web.archive.org/web/2019%200301120000/{PAGE}", f"{WAYBACK}/{PAGE}"),
        (f"https://web.archive.org/20190301120000/{PAGE}", f"{WAYBACK}/{PAGE}"),
        (f"https://web.archive.org//web//20190301120000/{PAGE}", f"{WAYBACK}/{PAGE}"),
        (f"https://web.archive.org/web/20200101000000/{WAYBACK}/{PAGE}", f"{WAYBACK}/{PAGE}"),
        (
            f"https://web.archive.org/web/20190001120000/{PAGE}",
            f"https://web.archive.org/web/20190101120000/{PAGE}",
        ),
        (f"{WAYBACK}/http://me:secret@example.org/", f"{WAYBACK}/{PAGE}"),
    ],
)
def test_wayback_addresses_are_mended(printed: str, mended: str) -> None:
    found = recognise(printed)
    assert found is not None
    assert found.address == mended
    assert found.taken is not None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"https://web.archive.org/web/*/{PAGE}", Kind.LIST),
        (f"https://web.archive.org/web/2019*/{PAGE}", Kind.LIST),
        (f"https://web.archive.org/web/timemap/link/{PAGE}", Kind.LIST),
        (f"https://web.archive.org/save/{PAGE}", Kind.SAVE),
        ("https://web.archive.org/", Kind.PAGE),
        ("https://web.archive.org/web/20190301120000/http://localhost/", Kind.PAGE),
        ("https://web.archive.org/web/20190301120000/mailto:one@example.org", Kind.PAGE),
        ("https://perma.cc/about", Kind.PAGE),
        (f"https://archive.ph/{PAGE}", Kind.LIST),
    ],
)
def test_addresses_that_are_no_copies(url: str, kind: Kind) -> None:
    found = recognise(url)
    assert found is not None
    assert found.kind is kind
    assert found.taken is None


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.org/details/book",
        f"https://example.org/web/20190301120000/{PAGE}",
        "https://web.archive.org.example.org/web/2019/http://x.org/",
        "ftp://web.archive.org/web/2019/http://x.org/",
        "https://eresources.nlb.gov.sg/newspapers/",
        "http://[::1",
        "",
    ],
)
def test_other_sites(url: str) -> None:
    assert recognise(url) is None


def test_a_copy_of_a_copy_is_of_what_the_inner_one_shows() -> None:
    outer = recognise(f"https://archive.ph/20200101000000/{WAYBACK}/{PAGE}")
    assert outer is not None
    assert (outer.archive, outer.original, outer.stamp) == ("archive.today", PAGE, "20200101000000")


@pytest.mark.parametrize("end", ["today", "ph", "is", "li", "vn", "fo", "md"])
def test_copies_that_are_not_to_be_trusted(end: str) -> None:
    found = recognise(f"https://archive.{end}/AbCdE")
    assert found is not None
    assert found.standing is Standing.UNTRUSTED
    assert "have been altered" in found.warning
    assert "archive.today" in found.warning


def test_warnings_are_for_those_that_wither_or_are_gone() -> None:
    warned = {k.name for k in KEEPERS if k.standing is not Standing.TRUSTED}
    assert {"webcite", "conifer", "google-cache", "archive.today", "uk-web-archive"} <= warned
    assert not {"wayback", "perma.cc", "arquivo.pt", "loc"} & warned


def test_times() -> None:
    assert str(moment("20190301")) == "2019-03-01 00:00:00+00:00"
    assert moment("2019") is None
    assert moment("20190230") is None
    assert moment("٢٠١٩٠٣٠١") is None


def test_one_page_by_its_twins() -> None:
    keys = {
        same_page(f"{scheme}://{www}example.org/A{slash}")
        for scheme in ("http", "https")
        for www in ("", "www.", "www2.")
        for slash in ("", "/")
    }
    assert len(keys) == 1
    assert same_page("https://example.org/a") not in keys


_PIECES = st.lists(
    st.sampled_from(
        ["web", "/", "//", "20190301120000", "2019", "*", "id_", "http:", "https://", "%3A", "%2F",
         "%25", "example.org", "web.archive.org", "?url=", "&date=", "#", "@", "save", "\x00", "é",
         "archive.ph", "cache:", " ", "\ud800", "[", "]", ":99999999", "newest"]
    )
    | st.text(max_size=8),
    max_size=14,
)  # fmt: skip


@given(st.sampled_from([h for k in KEEPERS for h in k.hosts]), _PIECES)
def test_nothing_that_is_pasted_does_harm(host: str, pieces: list[str]) -> None:
    url = f"https://{host}/{''.join(pieces)}"
    found = recognise(url)
    assert (found is None) is (keeper_of(url) is None)
    if found is not None and found.original:
        assert found.original.startswith(("http://", "https://"))
        assert not has_userinfo(found.original)
        assert found.original.isascii()
        assert len(found.stamp) <= 14
        assert found.stamp == "" or found.stamp.isdecimal()


def test_long_addresses_take_no_time() -> None:
    for piece in ("/", "http:", "a.", "20190301", "%25", "https://web.archive.org/web/2019/", "x/"):
        url = f"https://web.archive.org/web/{piece * (7000 // len(piece))}"
        assert recognise(url) is not None
    assert recognise("https://web.archive.org/" + "x" * 10_000) is None


@pytest.mark.parametrize(
    ("url", "orders"),
    [
        (f"https://web.archive.org/save/{PAGE}", True),
        (f"http://web.archive.org//%73ave/_embed/{PAGE}", True),
        (f"https://archive.ph/submit/?url={PAGE}", True),
        (f"https://archive.today/?run=1&url={PAGE}", True),
        (f"https://arquivo.pt/services/savepagenow?url={PAGE}", True),
        ("https://web.archive.org/save", False),
        (f"{WAYBACK}/{PAGE}save/x", False),
        (f"{WAYBACK}/https://save.example/submit/x", False),
        (f"https://example.org/save/{PAGE}", False),
        ("https://web.archive.org/web/[", False),
    ],
)
def test_an_address_that_orders_a_copy(url: str, orders: bool) -> None:
    assert orders_saving(url) is orders


def test_digits_of_other_scripts_are_no_time() -> None:
    found = recognise(f"https://web.archive.org/web/٢٠١٩٠٣٠١١٢٠٠٠٠/{PAGE}")
    assert found is not None
    assert (found.original, found.stamp, found.taken) == (PAGE, "", None)
