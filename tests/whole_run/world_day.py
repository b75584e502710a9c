"""The small internet of the whole run: one case a kind of host, with the findings of two runs.

The table is the specification. The second run comes right after the first, so no failure grows
into rot by strikes, and what changes is what the web itself changes: a text, a time stamp, a page.
The world can be served on loopback (`web`) or by a network namespace (`lab_world.py`).
"""

from __future__ import annotations

from citecheck.demo.server import SmallWeb
from citecheck.demo.site import Answer, Certificate, Site, missing, page, paths, redirect
from citecheck.demo.texts import text
from citecheck.demo.walls import behind_login, cloudflare_challenge, soft_404
from citecheck.records.observation import FaultKind
from whole_run.cases import Case, case, document, expected, first_then, web_of
from whole_run.walls import akamai_denial, captcha

PROXIED = "https://logbooks-maritime-example-org.proxy4.college-library.example.org/cited/pole-star"
UNPROXIED = "logbooks.maritime.example.org"

_ALMANAC = text("almanac").answer()
_FAIR = text("sheep-fair").answer()
_MOVED = text("review").answer()
_BUSY = Answer(429, b"Too many requests.\n", (("Retry-After", "1"), ("Content-Type", "text/plain")))
_OVERLOADED = page("503 Service Unavailable", "<h1>Service Unavailable</h1>", status=503)
_GONE = page("410 Gone", "<h1>Gone</h1><p>This page has been removed for good.</p>", status=410)
_LEGAL = page("Unavailable", "<h1>Unavailable For Legal Reasons</h1>", status=451)
_FORBIDDEN = page("403 Forbidden", "<h1>Forbidden</h1>", status=403)
_HOME = text("pilots-home").answer()


def _stamped(stamp: str) -> Answer:
    return text("gauge").answer(last=f"Page generated on {stamp} UTC.")


# fmt: off
CASES: tuple[Case, ...] = (
    # well on both days
    case("fine", "https://fine.example/cited/machine", "ok/ok", page="museum"),
    case("sent on for now", "https://temporary.example/cited/book", "ok/ok", page="paper-water",
         day1=paths({"/cited/book": redirect("/today/book", 302),
                     "/today/book": text("paper-water").answer()})),
    case("busy, then fine", "https://busy.example/cited/gauge", "ok/ok", page="hydrographers",
         day1=first_then(_BUSY, text("hydrographers").answer())),
    case("overloaded, then fine", "https://overloaded.example/cited/letters", "ok/ok",
         page="letters", day1=first_then(_OVERLOADED, text("letters").answer())),
    case("only a new time stamp", "https://stamped.example/cited/station", "ok/ok", page="gauge",
         day1=_stamped("2 March 2026 at 06:10:04"), day2=_stamped("9 March 2026 at 06:10:11")),

    # moved for good
    case("moved", "https://moved.example/cited/trust", "moved/redirected", page="review",
         day1=paths({"/cited/trust": redirect("/articles/trust"), "/articles/trust": _MOVED})),
    case("moved to https", "http://upgraded.example/cited/fair", "moved/https-upgrade",
         page="sheep-fair",
         day1=lambda r: _FAIR if r.scheme == "https" else redirect(f"https://{r.host}{r.target}")),

    # rot
    case("not found", "https://lost-page.example/cited/almanac", "dead/http-404", day1=missing),
    case("gone for good", "https://withdrawn.example/cited/almanac", "dead/http-410", day1=_GONE),
    case("soft 404 in Chinese", "https://soft.example/cited/202001/t20200304_118.html",
         "dead/soft-404", title="Tidal Stations of the Eastern Shore", author="Lin Meihua",
         day1=soft_404("您访问的页面不存在", "抱歉，您要访问的页面不存在或已被删除。",
                       lang="zh-CN", site="沿海水文网")),
    case("sent to the home page", "https://homeward.example/cited/1911/order",
         "dead/redirect-to-home", title="The Order of the Bell, December 1911",
         day1=lambda r: _HOME if r.path == "/" else redirect("/", 302)),
    Case("lost name", "http://lost-name.example/cited/dues", "dead/dns-nxdomain",
         "dead/dns-nxdomain", "Register of Harbour Dues"),

    # refused to a robot
    case("Cloudflare challenge", "https://challenge.example/cited/gears", "blocked/challenge",
         day1=cloudflare_challenge),
    case("Akamai denial", "https://denied.example/cited/gears", "blocked/forbidden",
         day1=akamai_denial),
    case("plain refusal", "https://forbidden.example/cited/gears", "blocked/forbidden",
         day1=_FORBIDDEN),
    case("captcha with status 200", "https://captcha.example/cited/gears", "blocked/captcha",
         day1=captcha),
    case("login", "https://members.example/cited/survey", "blocked/login", day1=behind_login()),
    case("legal reasons", "https://legal.example/cited/survey", "blocked/legal-451", day1=_LEGAL),
    Case("library proxy", PROXIED, "blocked/library-proxy", "blocked/library-proxy",
         text("logbook").title,
         sites=lambda _: {UNPROXIED: Site(paths({"/cited/pole-star": text("logbook").answer()}))}),

    # failed today
    case("silence", "https://silent.example/cited/almanac", "unreachable/read-timeout",
         day1=Answer(silent=True)),
    case("reset", "https://reset.example/cited/almanac", "unreachable/connection-reset",
         day1=Answer(reset=True)),
    case("refused", "https://refusing.example/cited/almanac", "unreachable/connection-refused",
         refuses=True),
    case("broken name server", "https://servfail.example/cited/almanac", "unreachable/dns-failure",
         dns=FaultKind.DNS_FAILURE),
    case("expired certificate", "https://expired.example/cited/almanac", "unreachable/tls-expired",
         certificate=Certificate.EXPIRED),
    case("certificate of another host", "https://wrong-host.example/cited/almanac",
         "unreachable/tls-hostname", certificate=Certificate.WRONG_HOST),
    case("certificate of nobody", "https://untrusted.example/cited/almanac",
         "unreachable/tls-untrusted", certificate=Certificate.UNTRUSTED),
    case("overloaded for good", "https://down.example/cited/almanac", "unreachable/http-5xx",
         day1=_OVERLOADED),

    # another page, now or later
    case("another work", "https://renumbered.example/cited/4471", "mismatch/title-mismatch",
         page="wages", day1=_FAIR),
    case("rewritten", "https://rewritten.example/cited/history", "ok/ok",
         "changed/content-changed", page="harbour-board",
         day1=text("harbour-board").answer(), day2=text("harbour-board-later").answer()),
    case("gone on the second run", "https://second.example/cited/bell", "ok/ok", "dead/http-404",
         page="gazette", day1=text("gazette").answer(), day2=missing),
    case("back on the second run", "https://returned.example/cited/almanac", "unreachable/http-5xx",
         "ok/ok", page="almanac", day1=_OVERLOADED, day2=_ALMANAC),
)
# fmt: on


def paper() -> str:
    """The Markdown document that cites every case once."""
    return document(CASES)


def findings(day: int) -> dict[str, str]:
    """Per cited address the `state/reason` of a day's run."""
    return expected(CASES, day)


def web(day: int, more: dict[str, Site] | None = None) -> SmallWeb:
    """The world of a day on loopback; `more` are hosts beside it, such as an archive."""
    return web_of(CASES, day, more)
