"""Pages that are there, served in the many ways in which good pages are served."""

from __future__ import annotations

from benchmarks.comparison.behaviour import Answer, Case, Certificate, Lookup
from benchmarks.comparison.pages import HTML, article, html, journal, magazine, old_page
from benchmarks.comparison.world.making import page_case
from benchmarks.comparison.world.papers import pdf
from benchmarks.comparison.world.serving import (
    as_in_1996,
    in_chunks,
    large,
    not_by_head,
    only_for,
    past_a_wall,
    russian_page,
    spaced,
    teaser,
    with_cookie,
    zipped,
)

CYRILLIC = "Соляные дороги северного берега"
SHORT = "Lantern, Brass, about 1860"

CASES: tuple[Case, ...] = (
    page_case(
        "plain article", "https://harbour-essays.org/essays/salt-roads", "Salt Roads of the Coast"
    ),
    page_case(
        "plain http, no https at all",
        "http://tidetables.net/history/tables.html",
        "How the Tide Tables Were Printed",
        answer=lambda ask: html(old_page("How the Tide Tables Were Printed")),
        certificate=Certificate.NONE,
    ),
    page_case(
        "HEAD refused with 405",
        "https://lamp-society.org/notes/keepers",
        "Keepers of the Lower Lamp",
        answer=not_by_head("Keepers of the Lower Lamp", 405),
    ),
    page_case(
        "HEAD says 404, GET has the page",
        "https://ferry-museum.org/collection/timetable",
        "The Ferry Timetable of 1911",
        answer=not_by_head("The Ferry Timetable of 1911", 404),
    ),
    page_case(
        "slow but fine (6 seconds)",
        "https://provincial-archive.org/finding-aid/88",
        "Finding Aid to the Pilot Papers",
        answer=lambda ask: Answer(
            200, magazine("Finding Aid to the Pilot Papers").encode(), (HTML,), delay=6
        ),
    ),
    page_case(
        "gzip",
        "https://rope-and-tar.org/essays/rope-walk",
        "The Rope Walk at Nether Quay",
        answer=zipped("The Rope Walk at Nether Quay"),
    ),
    page_case(
        "chunked, with a trailer",
        "https://buoy-letters.org/essays/buoys",
        "Buoys before the War",
        answer=in_chunks("Buoys before the War"),
    ),
    page_case(
        "HTTP/1.0 without a length",
        "http://old-pilot-pages.net/~erik/pilots.html",
        "Pilots of the Outer Skerries",
        answer=as_in_1996("Pilots of the Outer Skerries"),
        certificate=Certificate.NONE,
    ),
    page_case(
        "status 203",
        "https://mirror-of-charts.org/charts/1874",
        "Charts of the Survey of 1874",
        answer=lambda ask: html(magazine("Charts of the Survey of 1874"), 203),
    ),
    page_case(
        "60 MB file",
        "https://gauge-data.org/files/hourly-heights.zip",
        "Hourly Heights at the Old Pier",
        answer=large,
    ),
    page_case(
        "PDF",
        "https://coastal-commission.org/reports/harbour-dues.pdf",
        "Report on Harbour Dues",
        answer=lambda ask: Answer(
            200, pdf("Report on Harbour Dues"), (("Content-Type", "application/pdf"),)
        ),
    ),
    page_case(
        "page with an odd content type",
        "https://chandlers-guild.org/history.aspx",
        "A History of the Chandlers' Guild",
        answer=lambda ask: Answer(
            200,
            magazine("A History of the Chandlers' Guild").encode(),
            (("Content-Type", "application/x-aspx-page"),),
        ),
    ),
    page_case(
        "page in windows-1251 without saying so",
        "http://solyanye-dorogi.ru/statya.html",
        CYRILLIC,
        answer=lambda ask: Answer(
            200, russian_page(CYRILLIC).encode("cp1251"), (("Content-Type", "text/html"),)
        ),
        certificate=Certificate.NONE,
    ),
    page_case(
        "path in letters beyond ASCII",
        "https://vizitorony.hu/írások/árvíz",
        "Árvíz és emlékezet",
        answer=article("Árvíz és emlékezet"),
    ),
    page_case(
        "internationalised domain name",
        "https://küstenbücher.de/artikel/deich",
        "Der Deich und seine Leute",
        answer=article("Der Deich und seine Leute"),
    ),
    page_case(
        "query with a space",
        "https://union-catalogue.org/record?q=salt%20roads",
        "Salt Roads: Catalogue Entry",
        answer=spaced("Salt Roads: Catalogue Entry"),
    ),
    page_case(
        "needs its cookie back, redirects to itself",
        "https://press-of-the-isles.org/book/ferrymen",
        "Ferrymen and Their Fares",
        answer=with_cookie("Ferrymen and Their Fares"),
    ),
    page_case(
        "406 unless Accept names text/html",
        "https://linked-herbarium.org/item/sea-holly",
        "Sea Holly: Notes on a Specimen",
        answer=only_for("accept", "text/html", "Sea Holly: Notes on a Specimen", 406),
        why="every browser names it",
    ),
    page_case(
        "refuses visitors without a User-Agent",
        "https://quay-news.org/2016/quay",
        "The Quay in Winter",
        answer=lambda ask: (
            html(magazine("The Quay in Winter"))
            if ask.headers.get("user-agent")
            else html("<title>400</title>", 400)
        ),
    ),
    page_case(
        "IPv6 address first, and dead",
        "https://two-stacks.org/essays/cable",
        "The Cable to the Island",
        lookup=Lookup.DEAD_V6_FIRST,
    ),
    page_case(
        "let through by protection services",
        "https://well-guarded.org/essays/guard",
        "The Night Guard at the Customs House",
        answer=past_a_wall("The Night Guard at the Customs House"),
        why="their headers, cookies and scripts are on the page, and the page is there",
    ),
    page_case(
        "article about error pages",
        "https://web-history-review.org/essays/404",
        "Page Not Found: A History of the 404 Error",
        why="its title is what error pages say",
    ),
    page_case(
        "article about domains for sale",
        "https://names-and-trade.org/essays/for-sale",
        "This Domain Is for Sale: Twenty Years of Speculation in Names",
    ),
    page_case(
        "very short page",
        "https://lantern-museum.org/object/1860-14",
        SHORT,
        answer=lambda ask: html(
            f"<html><head><title>{SHORT}</title></head><body><h1>{SHORT}</h1>"
            "<p>Height 31 cm. Gift of the pilots, 1922. Not on display.</p></body></html>"
        ),
    ),
    page_case(
        "paywalled article",
        "https://morning-telegraph.net/2021/05/04/dredging",
        "Dredging Contracts under Review",
        answer=lambda ask: html(teaser("Dredging Contracts under Review")),
        why="the page is there; its text is for subscribers",
    ),
    page_case(
        "fragment that is there",
        "https://annals-coastal.org/articles/31/2/tides#methods",
        "Tides and Trust in Island Ports",
        answer=lambda ask: html(journal("Tides and Trust in Island Ports")),
    ),
    page_case(
        "fragment that is gone",
        "https://annals-harbour.org/articles/12/1/dues#section-9",
        "Dues and Duties of a Small Port",
        answer=lambda ask: html(journal("Dues and Duties of a Small Port")),
        why="the page is there; the place in it is not",
    ),
    page_case(
        "text fragment",
        "https://annals-ropes.org/articles/4/knots#:~:text=the%20same%20decision",
        "Knots in the Record",
        answer=lambda ask: html(journal("Knots in the Record")),
    ),
)
