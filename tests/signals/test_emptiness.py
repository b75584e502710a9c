# ruff: noqa: E501 - pages are read best on one line
"""Maintenance notices, JavaScript shells, paywalls, empty answers."""

from __future__ import annotations

import pytest

from standins.judged import STORY, cited, observed, page, said, verdict_on


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (503, "Maintenance"),
        (503, "We'll be back soon!"),
        (200, "Site under maintenance"),
        (200, "网站维护中"),
        (200, "Strona w trakcie prac konserwacyjnych"),
        (200, "الموقع تحت الصيانة"),
        (200, "Ведутся технические работы"),
        (503, "Wartungsarbeiten | Stadtarchiv"),
    ],
)
def test_maintenance_is_no_strike(status: int, title: str) -> None:
    finding = verdict_on(observed(page(title, "Please come back."), status=status))
    assert said(finding) == "unreachable/maintenance"
    assert not finding.strike


def test_a_plain_503_is_an_error_of_the_server_and_strikes() -> None:
    finding = verdict_on(observed("busy", status=503, headers={"Retry-After": "5"}))
    assert (said(finding), finding.strike) == ("unreachable/http-5xx", True)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Database Error", "Error establishing a database connection"),
        ("500 Internal Server Error", "The server was unable to complete your request."),
        ("数据库连接错误", "建立数据库连接时出错"),
    ],
)
def test_a_breakdown_with_a_good_status_is_an_error_of_the_server(title: str, text: str) -> None:
    finding = verdict_on(
        observed(page(title, text), link=cited(title="The Tide Machines of Brest"))
    )
    assert (said(finding), finding.strike) == ("unreachable/http-5xx", True)
    assert finding.evidence[-1].signal == "server-error"


def test_a_script_that_broke_is_an_error_of_the_server() -> None:
    broken = (
        "<br />\n<b>Fatal error</b>: Uncaught Error: Call to a member function in <b>/srv/x.php</b>"
    )
    assert (
        said(verdict_on(observed(f"<html><body>{broken}</body></html>"))) == "unreachable/http-5xx"
    )


def test_a_page_about_a_breakdown_is_well() -> None:
    link = cited(title="Internal Server Error")
    assert (
        verdict_on(observed(page("Internal Server Error", "A code."), link=link), link=link).state
        == "ok"
    )
    long = page("Database Error | Handbook", STORY * 3)
    assert verdict_on(observed(long, link=link), link=link).state == "ok"


def test_an_article_on_maintenance_is_well() -> None:
    link = cited(title="Maintenance")
    seen = observed(page("Maintenance | Tide machines", STORY * 3), link=link)
    assert verdict_on(seen, link=link).state == "ok"


@pytest.mark.parametrize(
    "markup",
    [
        "<title>Gazette</title><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div><script src=a.js></script>",
        "<title>Gazette</title><div id='__next'></div><script src=a.js></script>",
    ],
)  # fmt: skip
def test_an_empty_application_needs_a_browser(markup: str) -> None:
    assert said(verdict_on(observed(markup))) == "blocked/needs-javascript"


def test_a_genuine_page_that_asks_for_javascript_in_passing() -> None:
    markup = page(
        body="<noscript>Please enable JavaScript to comment.</noscript><script>1</script>"
    )
    assert said(verdict_on(observed(markup))) == "ok/ok"


def test_a_paywall_that_declares_itself_is_alive() -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
    assert said(verdict_on(observed(page(text=STORY[:200], head=head)))) == "ok/ok-paywalled"


@pytest.mark.parametrize(
    "said_there",
    [
        "Subscribe to continue reading.",
        "This article is for subscribers only.",
        "To read the full story, subscribe or sign in.",
        "Nur für Abonnenten",
        "只 登录后可继续阅读 全文",
    ],
)
def test_a_paywall_that_says_so_where_the_text_would_be(said_there: str) -> None:
    teaser = page(text=f"{STORY[:200]}</p><p>{said_there}")
    assert said(verdict_on(observed(teaser))) == "ok/ok-paywalled"
    assert said(verdict_on(observed(page(text=f"{STORY * 2}</p><p>{said_there}")))) == "ok/ok"


def test_subscribe_buttons_are_no_paywall() -> None:
    assert said(verdict_on(observed(page(body="<a class=paywall>Subscribe now!</a>")))) == "ok/ok"


def test_an_empty_answer_is_incomplete() -> None:
    assert said(verdict_on(observed(""))) == "unreachable/incomplete"
    assert said(verdict_on(observed("", status=204))) == "unreachable/incomplete"


def test_a_page_without_a_word() -> None:
    assert said(verdict_on(observed("<html><body></body></html>"))) == "unreachable/incomplete"
    scripts = "<html><head><title>x</title></head><body><script src=a.js></script></body></html>"
    assert said(verdict_on(observed(scripts))) == "blocked/needs-javascript"
    picture = "<html><head><title>The pier</title></head><body><img src=pier.jpg></body></html>"
    assert said(verdict_on(observed(picture))) == "ok/ok"
