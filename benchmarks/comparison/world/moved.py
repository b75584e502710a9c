"""Addresses that lead on to the page: redirects of every kind, and resolvers."""

from __future__ import annotations

from urllib.parse import quote

from benchmarks.comparison.behaviour import Answer, Ask, Case, Certificate, Handler, Host, Says
from benchmarks.comparison.pages import (
    article,
    home,
    html,
    journal,
    not_found,
    redirect,
    site,
)
from benchmarks.comparison.world.making import host_case, page_case


def leads(to: str, status: int) -> Handler:
    return lambda ask: redirect(to, status)


def hops(title: str, count: int) -> Handler:
    """A chain: /step/1 to /step/count, then the page."""
    page = article(title)

    def handle(ask: Ask) -> Answer:
        if ask.path == "/final":
            return page(ask)
        step = int(ask.path.rsplit("/", 1)[-1]) if ask.path.startswith("/step/") else count + 1
        if step > count:
            return not_found(ask)
        return redirect("/final" if step == count else f"/step/{step + 1}", 302)

    return handle


def two_paths(name: str, url: str, title: str, says: Says, first: Handler, new: str) -> Case:
    """A site where the cited path leads to `new`, where the article is."""
    case = page_case(name, url, title, says, first)
    old = "/" + url.split("/", 3)[3]
    host = Host(case.hosts[0].name, site({old: first, new: article(title)}))
    return Case(name, url, title, says, (host,))


def doi_resolver(ask: Ask) -> Answer:
    """doi.org: registered names lead to their publishers, others to its own error page."""
    known = {
        "/10.61234/acs.2016.31": "https://annals-of-the-sound.org/article/31",
        "/10.61234/wall.77": "https://walled-publisher.org/doi/10.61234/wall.77",
    }
    if ask.path in known:
        return redirect(known[ask.path], 302)
    if ask.path in ("/", "/robots.txt"):
        return html("<title>Resolve a DOI Name</title><h1>Resolve a DOI Name</h1>")
    return html(
        "<!DOCTYPE html><html><head><title>Error: DOI Not Found</title></head><body>"
        "<h1>DOI Not Found</h1><p>This DOI cannot be found in the DOI System. Possible reasons are:"
        "</p><ul><li>The DOI is incorrect in your source.</li><li>The DOI was copied incorrectly."
        "</li><li>The DOI has not been activated yet.</li></ul></body></html>",
        404,
    )


def publisher_wall(ask: Ask) -> Answer:
    return html(
        "<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title></head><body>"
        "<noscript>Enable JavaScript and cookies to continue</noscript><script>"
        "window._cf_chl_opt={cType:'managed'}</script></body></html>",
        403,
        ("cf-mitigated", "challenge"),
        ("Server", "cloudflare"),
        ("CF-RAY", "8e1f0c2ab9d5-FRA"),
    )


DOI_ORG = Host("doi.org", doi_resolver)
WINTER = "A Winter Port: Ice and Insurance"

CASES: tuple[Case, ...] = (
    two_paths(
        "301 to a new path",
        "https://isles-quarterly.org/2014/winter-port.php",
        WINTER,
        Says.MOVED,
        leads("/articles/winter-port/", 301),
        "/articles/winter-port/",
    ),
    page_case(
        "308 to another host",
        "https://salt-journal.net/articles/pans",
        "Salt Pans under Glass",
        Says.MOVED,
        leads("https://salt-studies.org/articles/pans", 308),
        more=(
            Host("salt-studies.org", site({"/articles/pans": article("Salt Pans under Glass")})),
        ),
    ),
    two_paths(
        "302 to a session's path",
        "https://records-of-the-sound.org/item/4471",
        "Register of Harbour Dues",
        Says.WORKS,
        leads("/view/4471;v=3", 302),
        "/view/4471;v=3",
    ),
    two_paths(
        "307",
        "https://pilot-gazette.org/essays/pole-star",
        "The Grounding of the Pole Star",
        Says.WORKS,
        leads("/current/essays/pole-star", 307),
        "/current/essays/pole-star",
    ),
    two_paths(
        "Location in raw UTF-8",
        "https://faergen.dk/artikel/12",
        "Færgen og fyret",
        Says.MOVED,
        lambda ask: redirect("/artikler/færgen-og-fyret", 301),
        "/artikler/færgen-og-fyret",
    ),
    page_case(
        "http to https",
        "http://beacon-letters.org/letters/9",
        "Letters on the Beacon",
        Says.MOVED,
    ),
    two_paths(
        "meta refresh to the new address",
        "https://parish-pages.net/ringers.htm",
        "The Wages of the Bell-Ringers",
        Says.MOVED,
        lambda ask: html(
            '<html><head><meta http-equiv="refresh" content="0; url=/history/ringers/">'
            "<title>Redirecting</title></head><body>This page has moved.</body></html>"
        ),
        "/history/ringers/",
    ),
    two_paths(
        "script to the new address",
        "https://almanac-north.org/essay.asp",
        "Harmonic Analysis by Hand",
        Says.MOVED,
        lambda ask: html(
            "<html><head><script>window.location.replace('/essays/harmonic-analysis');</script>"
            "</head><body></body></html>"
        ),
        "/essays/harmonic-analysis",
    ),
    host_case(
        "chain of 12 redirects",
        "https://link-shortened.org/step/1",
        "Measuring the Sound",
        Says.WORKS,
        hops("Measuring the Sound", 12),
        why="browsers follow 20",
    ),
    page_case(
        "front page that leads to its language",
        "https://institute-of-tides.org/",
        "Institute of Tides",
        Says.WORKS,
        lambda ask: redirect("/en/", 302),
        missing=lambda ask: (
            home("Institute of Tides")(ask) if ask.path == "/en/" else not_found(ask)
        ),
        why="the front page is what is cited",
    ),
    Case(
        "DOI to an open article",
        "https://doi.org/10.61234/acs.2016.31",
        "Printed Prediction in Island Ports",
        Says.WORKS,
        (
            DOI_ORG,
            Host(
                "annals-of-the-sound.org",
                site(
                    {
                        "/article/31": lambda ask: html(
                            journal(
                                "Printed Prediction in Island Ports", doi="10.61234/acs.2016.31"
                            )
                        )
                    }
                ),
            ),
        ),
    ),
    Case(
        "DOI to a publisher that tests for browsers",
        "https://doi.org/10.61234/wall.77",
        "Walls of the Harbour Basin",
        Says.BLOCKED,
        (DOI_ORG, Host("walled-publisher.org", publisher_wall)),
        why="the DOI is registered; the publisher lets people in",
    ),
    Case(
        "DOI that is not registered",
        "https://doi.org/10.61234/never.1",
        "The Lost Number of the Almanac",
        Says.DEAD,
        (DOI_ORG,),
    ),
    page_case(
        "redirect to a host that no longer exists",
        "https://stays-behind.org/essays/dike",
        "The Dike at Low Ness",
        Says.DEAD,
        leads("https://went-away-with-it.org/" + quote("essays/dike"), 301),
    ),
    page_case(
        "redirects in a circle",
        "https://round-and-round.org/essays/pier",
        "A Pier without an End",
        Says.DOWN,
        lambda ask: redirect("/essays/pier2", 302),
        missing=lambda ask: (
            redirect("/essays/pier", 302) if ask.path == "/essays/pier2" else not_found(ask)
        ),
    ),
    page_case(
        "redirect to a private network",
        "https://intranet-slip.org/reports/basin",
        "Report on the New Basin",
        Says.DOWN,
        leads("http://192.168.14.7/reports/basin.html", 302),
        more=(
            Host("192.168.14.7", article("Report on the New Basin"), certificate=Certificate.NONE),
        ),
        why="no reader outside can open it, though the checker's own network may answer",
    ),
    page_case(
        "redirect to ftp",
        "https://ftp-minded.org/data/heights",
        "Heights of the Gauge, 1903",
        Says.DOWN,
        leads("ftp://ftp.ftp-minded.org/pub/heights.txt", 302),
        why="no browser opens ftp any more",
    ),
)
