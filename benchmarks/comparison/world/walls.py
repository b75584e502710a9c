"""Answers that hold a robot off: nothing is known about the page, and a reader may well get in."""

from __future__ import annotations

from benchmarks.comparison.behaviour import Answer, Ask, Case, Handler, Header, Host, Says
from benchmarks.comparison.pages import HTML, article, html, redirect
from benchmarks.comparison.world.making import host_case, page_case

CLOUDFLARE: tuple[Header, ...] = (("Server", "cloudflare"), ("CF-RAY", "8e1f0c2ab9d6-FRA"))
CHALLENGE = (
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title><meta name="robots"'
    ' content="noindex,nofollow"></head><body><div class="main-wrapper"><noscript>Enable JavaScript'
    " and cookies to continue</noscript></div><script>(function(){window._cf_chl_opt={cvId:'3',"
    "cType:'managed'};var a=document.createElement('script');"
    "a.src='/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1';})();</script></body></html>"
)
OLD_CHALLENGE = (
    "<!DOCTYPE HTML><html><head><title>Just a moment...</title></head><body><h1>Checking your"
    " browser before accessing guarded-press.org.</h1><p>This process is automatic. Your browser"
    ' will redirect shortly.</p><form id="challenge-form" action="/?__cf_chl_jschl_tk__=1"'
    ' method="POST"></form><p>DDoS protection by Cloudflare</p></body></html>'
)
CF_1020 = (
    "<!DOCTYPE html><html><head><title>Access denied | old-rigging.org used Cloudflare to restrict"
    ' access</title></head><body><h1><span class="cf-error-type">Error</span> <span'
    ' class="cf-error-code">1020</span></h1><h2>Access denied</h2><p>This website is using a'
    " security service to protect itself from online attacks.</p><p>error code: 1020</p></body>"
    "</html>"
)
AKAMAI = (
    "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>\n<H1>Access Denied</H1>\nYou don't"
    ' have permission to access "http&#58;&#47;&#47;ledger&#45;online" on this server.<P>\n'
    "Reference&#32;&#35;18&#46;5cfd4817&#46;1763700000&#46;1a2b3c4d\n<P>https&#58;&#47;&#47;errors&#46;"
    "edgesuite&#46;net&#47;18&#46;5cfd4817\n</BODY>\n</HTML>"
)
DATADOME = (
    "<html lang=\"en\"><head><title>tide-wire.net</title></head><body><p id='cmsg'>Please enable JS"
    " and disable any ad blocker</p><script>var dd={'rt':'c','cid':'AHrlq','hsh':'A1','t':'bv',"
    "'host':'geo.captcha-delivery.com'}</script><script src='https://ct.captcha-delivery.com/c.js'>"
    "</script></body></html>"
)
PERIMETERX = (
    '<!DOCTYPE html><html lang="en"><head><title>Access to this page has been denied</title></head>'
    "<body><h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1>"
    "<div id='px-captcha'></div><script>window._pxAppId='PX1a2b3c';</script>"
    "<p>Reference ID 5a1c</p></body></html>"
)
IMPERVA = (
    '<html style="height:100%"><head><META NAME="ROBOTS" CONTENT="NOINDEX, NOFOLLOW"></head>'
    '<body style="margin:0px;height:100%"><iframe id="main-iframe" src="/_Incapsula_Resource?'
    'SWUDNSAI=31&xinfo=9-1-0" frameborder=0 width="100%" height="100%">Request unsuccessful.'
    " Incapsula incident ID: 9000-1234567890</iframe></body></html>"
)
ANUBIS = (
    '<!doctype html><html lang="en"><head><title>Making sure you&#39;re not a bot!</title><script'
    ' id="anubis_version" type="application/json">"v1.21.3"</script><script id="anubis_challenge"'
    ' type="application/json">{"rules":{"algorithm":"fast","difficulty":4}}</script></head><body>'
    "<main><h1>Making sure you&#39;re not a bot!</h1><p>Loading...</p><script async type='module'"
    " src='/.within.website/x/cmd/anubis/static/js/main.mjs'></script></main></body></html>"
)
CAPTCHA = (
    '<!DOCTYPE html><html><head><title>Verification</title></head><body><form method="post"><p>'
    'Please solve the captcha to continue.</p><div class="h-captcha" data-sitekey="10000000"></div>'
    "<button>Continue</button></form><script src='https://js.hcaptcha.com/1/api.js'></script></body>"
    "</html>"
)
REJECTED = (
    "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please"
    " consult with your administrator.<br><br>Your support ID is: 1084455932219<br><br><a"
    " href='javascript:history.back();'>[Go Back]</a></body></html>"
)
LOGIN = (
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><form"
    ' method="post"><label>User <input name="user"></label><label>Password <input type="password"'
    ' name="password"></label><button>Sign in</button></form></body></html>'
)
CONSENT = (
    "<!DOCTYPE html><html><head><title>Your privacy choices</title></head><body><h1>Before you"
    " continue</h1><p>We and our partners use cookies. Accept all, or manage your choices.</p>"
    "<form><button>Accept all</button><button>Reject all</button></form></body></html>"
)
GEO = (
    "<!DOCTYPE html><html><head><title>Unavailable</title></head><body><h1>This content is not"
    " available in your region</h1><p>We are sorry: for legal reasons our website cannot be shown"
    " in your country.</p></body></html>"
)
APPLICATION = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tide Explorer</title></head>'
    "<body><noscript>You need to enable JavaScript to run this app.</noscript>"
    '<div id="root"></div><script src="/static/js/main.4f1c.js"></script></body></html>'
)
EXPIRED_LINK = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has'
    " expired</Message><X-Amz-Expires>3600</X-Amz-Expires><Expires>2021-03-01T10:00:00Z</Expires>"
    "<ServerTime>2026-11-22T08:00:00Z</ServerTime></Error>"
)


def always(status: int, markup: str = "", *headers: Header) -> Handler:
    return lambda ask: html(markup, status, *headers)


def wall(name: str, url: str, title: str, handler: Handler, why: str = "") -> Case:
    return host_case(name, url, title, Says.BLOCKED, handler, why=why)


def sends_to_login(ask: Ask) -> Answer:
    if ask.path == "/account/login":
        return html(LOGIN)
    return redirect(f"/account/login?returnUrl={ask.path}", 302)


def bare(status: int, *headers: Header) -> Handler:
    return lambda ask: Answer(status, b"", headers)


SERVICES: tuple[Case, ...] = (
    wall(
        "Cloudflare challenge, 403",
        "https://guarded-gazette.org/essays/fog",
        "Fog Signals of the North",
        always(403, CHALLENGE, ("cf-mitigated", "challenge"), *CLOUDFLARE),
    ),
    wall(
        "Cloudflare challenge, 429",
        "https://guarded-museum.org/objects/horn",
        "The Fog Horn of 1888",
        always(429, CHALLENGE, ("cf-mitigated", "challenge"), *CLOUDFLARE),
    ),
    wall(
        "Cloudflare's older challenge, 503",
        "https://guarded-press.org/books/siren",
        "The Siren and the Bell",
        always(503, OLD_CHALLENGE, *CLOUDFLARE),
    ),
    wall(
        "Cloudflare rule (error 1020), 403",
        "https://old-rigging.org/plates/4",
        "Plates of Old Rigging",
        always(403, CF_1020, *CLOUDFLARE),
    ),
    wall(
        "Akamai, 403",
        "https://ledger-online.net/2018/ferry-subsidy",
        "The Ferry Subsidy",
        always(403, AKAMAI, ("Server", "AkamaiGHost")),
    ),
    wall(
        "DataDome, 403",
        "https://tide-wire.net/2020/10/pilots",
        "Pilots on Strike",
        always(403, DATADOME, ("X-DataDome", "protected"), ("X-DD-B", "1")),
    ),
    wall(
        "PerimeterX, 403",
        "https://daily-capstan.net/story/212",
        "The Capstan Inquiry",
        always(403, PERIMETERX),
    ),
    wall(
        "Imperva, 200",
        "https://hydro-office.org/notices/31",
        "Notice to Mariners 31",
        always(200, IMPERVA, ("X-Iinfo", "9-1-0 0NNN RT(1 0) q(0 -1 -1 0) r(0 -1)")),
    ),
    wall(
        "AWS WAF challenge, 202",
        "https://figures-of-the-sea.org/articles/dataset/88",
        "Figures of the Sea: A Dataset",
        lambda ask: Answer(202, b"", (("x-amzn-waf-action", "challenge"), HTML)),
    ),
    wall(
        "Anubis, 200",
        "https://free-charts.org/wiki/Soundings",
        "Soundings",
        always(200, ANUBIS),
    ),
    wall(
        "captcha, 200",
        "https://register-of-ships.org/ship/901",
        "Register of Ships: Pole Star",
        always(200, CAPTCHA),
    ),
    wall(
        "firewall's rejection, 200",
        "https://port-authority-files.org/tenders/2017/3",
        "Tender 3 of 2017",
        always(200, REJECTED),
    ),
    host_case(
        "redirect to a bot manager's test",
        "https://physics-of-tides.org/article/10.61234/pt.5",
        "The Physics of Tides",
        Says.BLOCKED,
        lambda ask: redirect(
            "https://validate.perfdrive.com/?ssa=1&ssc=https%3A%2F%2Fphysics-of-tides.org"
            + ask.path
        ),
        more=(
            Host(
                "validate.perfdrive.com",
                always(
                    200,
                    "<html><head><title>Radware Captcha Page</title></head><body><h1>We apologize"
                    " for the inconvenience...</h1><p>To ensure we keep this website safe, please"
                    " confirm you are a human.</p><div id='captcha'></div></body></html>",
                ),
            ),
        ),
    ),
)

REFUSALS: tuple[Case, ...] = (
    wall(
        "LinkedIn, 999",
        "https://www.linkedin.com/pulse/harbour-dues-anna-lindqvist",
        "Harbour Dues, Then and Now",
        always(999, "<html><head><script>window.location.href='/authwall'</script></head></html>"),
    ),
    wall(
        "403 to every robot",
        "https://shy-archive.org/fonds/7",
        "Fonds 7: The Ringers",
        lambda ask: (
            article("Fonds 7: The Ringers")(ask)
            if "sec-fetch-mode" in ask.headers
            else html("<html><head><title>403 Forbidden</title></head><h1>403 Forbidden</h1>", 403)
        ),
        "a browser gets the page",
    ),
    wall(
        "429 for ever",
        "https://too-many-visits.org/essays/visits",
        "Visits to the Lighthouse",
        always(429, "<title>Too Many Requests</title>"),
        "too busy for this visitor",
    ),
    wall(
        "401",
        "https://members-of-the-guild.org/papers/4",
        "Papers of the Guild, Volume Four",
        lambda ask: Answer(401, b"", (("WWW-Authenticate", 'Basic realm="members"'),)),
        "members get in",
    ),
    wall(
        "redirect to a login",
        "https://reading-rooms.org/digital/item/55",
        "Minutes of the Harbour Board",
        sends_to_login,
        "members get in",
    ),
    host_case(
        "redirect to a consent page",
        "https://continental-news.net/article/ferries",
        "Ferries of the Continent",
        Says.BLOCKED,
        lambda ask: redirect(
            "https://consent.continental-news.net/v2/collectConsent?sessionId=1&done=%2Farticle"
        ),
        more=(Host("consent.continental-news.net", always(200, CONSENT)),),
        why="one click away",
    ),
    wall("451", "https://withheld-papers.org/doc/3", "The Withheld Papers", bare(451)),
    wall(
        "not shown in this country, 200",
        "https://far-county-times.net/news/levee",
        "Levee Breaks in Far County",
        always(200, GEO),
        "elsewhere it is shown",
    ),
    wall(
        "page built by scripts",
        "https://tide-explorer.org/stations/ormsay",
        "Tide Explorer: Ormsay",
        always(200, APPLICATION),
        "a browser shows it, or shows that it is gone",
    ),
    host_case(
        "library proxy",
        "https://www-annals-coastal-org.ezproxy.lib.stromhaven-university.org/articles/9",
        "Registers of the Western Sound",
        Says.BLOCKED,
        lambda ask: redirect(
            "https://login.ezproxy.lib.stromhaven-university.org/login?qurl=ezp.2" + ask.path
        ),
        more=(Host("login.ezproxy.lib.stromhaven-university.org", always(200, LOGIN)),),
        why="members of the library get in",
    ),
    page_case(
        "signed link that has expired",
        "https://scans-bucket.s3.amazonaws.com/minutes.pdf?X-Amz-Date=20210301T090000Z"
        "&X-Amz-Expires=3600&X-Amz-Signature=0a1b",
        "Minutes of 1897, Scanned",
        Says.DOWN,
        lambda ask: Answer(403, EXPIRED_LINK.encode(), (("Content-Type", "application/xml"),)),
        why="the link has run out; whether the file is gone it does not tell",
    ),
)

CASES = SERVICES + REFUSALS
