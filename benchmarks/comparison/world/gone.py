"""Pages that are gone, said honestly or in disguise (soft 404)."""

from __future__ import annotations

from html import escape

from benchmarks.comparison.behaviour import Answer, Ask, Case, Handler, Lookup, Reach, Says
from benchmarks.comparison.pages import home, html, redirect, site
from benchmarks.comparison.world.making import host_case


def shell(lang: str, title: str, main: str, head: str = "", extra: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>'
        f'{head}</head><body><header><a href="/">{title.rsplit(" | ", maxsplit=1)[-1]}</a><nav>'
        f'<a href="/a">1</a> <a href="/b">2</a></nav></header><main>{main}</main>{extra}'
        "<footer>© 2026</footer></body></html>"
    )


def soft(markup: str, front: str = "The Harbour Review", status: int = 200) -> Handler:
    """A site that answers `markup` to every path but its front page."""
    return site({}, lambda ask: html(markup, status), home(front))


def leads_to(new: str, markup: str, front: str = "The Harbour Review") -> Handler:
    """A site that sends every unknown path to `new`, where `markup` is; a front page of its own."""
    return site({new: lambda ask: html(markup)}, lambda ask: redirect(new), home(front))


NEWS = "".join(
    f'<li><a href="/news/{n}">{t}</a><p>{t} was in the news of the town this week, and the council'
    " is going to speak about it in its next sitting.</p></li>"
    for n, t in enumerate(
        (
            "The new quay",
            "A storm in March",
            "Ferry fares",
            "The school roof",
            "Lights on the pier",
        ),
        1,
    )
)
HELPFUL = shell(
    "en",
    "Page not found | County of Saltmarsh",
    "<h1>Sorry, we can't find that page</h1><p>Try the search, or one of these popular pages.</p>"
    f"<ul>{NEWS}</ul>",
)


def dead(name: str, url: str, title: str, handler: Handler, why: str = "") -> Case:
    return host_case(name, url, title, Says.DEAD, handler, why=why)


HONEST: tuple[Case, ...] = (
    dead("404", "https://gone-quietly.org/essays/rope", "Rope and Its Makers", site({})),
    dead(
        "410",
        "https://gone-for-good.org/essays/tar",
        "Tar and Its Prices",
        site(
            {"/essays/tar": lambda ask: html("<title>410 Gone</title><h1>Gone</h1>", 410)},
        ),
    ),
    dead(
        "404 with a large, helpful page",
        "https://saltmarsh-county.org/planning/dike-report",
        "The Dike Report",
        soft(HELPFUL, "County of Saltmarsh", 404),
    ),
    host_case(
        "name does not exist (NXDOMAIN)",
        "https://lapsed-and-forgotten.org/essays/lapse",
        "The Lapse of the Charter",
        Says.DEAD,
        reach=Reach.REFUSED,
        lookup=Lookup.NXDOMAIN,
    ),
)

DISGUISED: tuple[Case, ...] = (
    dead(
        "soft 404: phrase in the title, English",
        "https://county-museum-online.org/exhibits/bells",
        "Bells of the County",
        soft(
            shell(
                "en",
                "Page Not Found | County Museum Online",
                "<h1>Page Not Found</h1><p>The page you were looking for could not be found.</p>",
            ),
            "County Museum Online",
        ),
    ),
    dead(
        "soft 404: German",
        "https://hafenmuseum-nord.de/ausstellung/lotsen",
        "Lotsen der Elbe",
        soft(
            shell(
                "de",
                "Seite nicht gefunden | Hafenmuseum Nord",
                "<h1>Seite nicht gefunden</h1><p>Die gewünschte Seite existiert leider nicht mehr."
                " Bitte nutzen Sie die Suche.</p>",
            ),
            "Hafenmuseum Nord",
        ),
    ),
    dead(
        "soft 404: French, only in a heading",
        "https://archives-du-port.fr/dossiers/phare",
        "Le Phare et la Commune",
        soft(
            shell(
                "fr",
                "Archives du port",
                "<h1>Page introuvable</h1><p>La page que vous recherchez n'existe pas ou a été"
                " déplacée.</p>",
            ),
            "Archives du port",
        ),
    ),
    dead(
        "soft 404: Russian, among news",
        "https://gazeta-porta.ru/2012/05/mayak",
        "Маяк на северном молу",
        soft(
            shell(
                "ru",
                "Страница не найдена | Газета порта",
                "<h1>Ошибка 404</h1><p>Страница не найдена.</p><h2>Последние новости</h2><ul>"
                + "<li>Порт открыт для судов, и первые паромы вышли утром в море.</li>" * 25
                + "</ul>",
            ),
            "Газета порта",
        ),
    ),
    dead(
        "soft 404: Chinese",
        "http://gangkou-ribao.cn/2015/0311/c12.html",
        "港口的灯塔",
        soft(
            shell(
                "zh", "港口日报", "<div>抱歉，您访问的页面不存在或已被删除。</div><p>返回首页</p>"
            ),
            "港口日报",
        ),
    ),
    dead(
        "soft 404: Japanese",
        "https://minato-shiryo.jp/toudai/kiri",
        "灯台と霧信号",
        soft(
            shell(
                "ja",
                "ページが見つかりません | 港資料館",
                "<h1>お探しのページは見つかりませんでした</h1><p>アドレスをご確認ください。</p>",
            ),
            "港資料館",
        ),
    ),
    dead(
        "soft 404: Arabic",
        "https://mina-thaqafa.org/maqal/fanar",
        "منارة الميناء القديم",
        soft(
            shell(
                "ar",
                "الصفحة غير موجودة | ثقافة الميناء",
                "<h1>عذراً، الصفحة غير موجودة</h1><p>الصفحة التي تبحث عنها غير متوفرة.</p>",
            ),
            "ثقافة الميناء",
        ),
    ),
    dead(
        "soft 404: shell of a framework",
        "https://modern-gazette.org/stories/cranes",
        "Cranes over the Basin",
        soft(
            '<!DOCTYPE html><html id="__next_error__"><head><meta charset="utf-8"><meta'
            ' name="robots" content="noindex"><title>404: This page could not be found.</title>'
            '</head><body><div id="__next"><h1>404</h1><h2>This page could not be found.</h2></div>'
            '<script src="/_next/static/chunks/main.js"></script></body></html>'
        ),
    ),
    dead(
        "article removed, says a page with status 200",
        "https://evening-packet.net/news/2013/11/collision",
        "Collision in the Narrows",
        soft(
            shell(
                "en",
                "The Evening Packet",
                "<h1>This article is no longer available</h1><p>The story you are looking for has"
                " been removed from our website.</p><p><a href='/'>Latest news</a></p>",
            ),
            "The Evening Packet",
        ),
    ),
    dead(
        "redirect to /404.html",
        "https://council-of-ports.org/papers/2009/14",
        "Paper 14: Dues on Lights",
        leads_to(
            "/404.html",
            shell("en", "Council of Ports", "<h1>Oops!</h1><p>That is not here. Go home?</p>"),
        ),
    ),
    dead(
        "redirect to the home page",
        "https://blue-anchor-press.org/catalogue/ringing",
        "Ringing the Tide",
        site({}, lambda ask: redirect("/", 301), home("Blue Anchor Press")),
    ),
    dead(
        "redirect to the home page of a language",
        "https://ministry-of-harbours.org/reports/2011/certainty",
        "Modern Certainty: A Report",
        site(
            {"/en/": home("Ministry of Harbours"), "/": lambda ask: redirect("/en/", 302)},
            lambda ask: redirect("/en/", 302),
        ),
    ),
    dead(
        "redirect to the list of all news",
        "https://town-of-stromhaven.org/news/2014/bell-restored",
        "The Bell Is Restored",
        leads_to(
            "/news/",
            shell("en", "News | Town of Stromhaven", f"<h1>News</h1><ul>{NEWS * 3}</ul>"),
            front="Town of Stromhaven",
        ),
        "the page is not there; the list is",
    ),
    dead(
        "one and the same page for every path",
        "https://portal-of-isles.org/library/item/812",
        "Signals of Forty Harbours",
        soft(
            shell(
                "en",
                "Portal of the Isles",
                f"<h1>Welcome to the Portal of the Isles</h1><ul>{NEWS * 2}</ul>",
            ),
            "Portal of the Isles",
        ),
        "any invented address gives it too",
    ),
)


def offer(name: str, text: str, head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{escape(name)}</title>{head}"
        f"</head><body><h1>{escape(name)}</h1>{text}</body></html>"
    )


def everywhere(markup: str, status: int = 200) -> Handler:
    return lambda ask: Answer(status, markup.encode(), (("Content-Type", "text/html"),))


def sideways(to: str) -> Handler:
    return lambda ask: redirect(to, 302)


def lander(ask: Ask) -> Answer:
    """A registrar's parking page: a script leads to /lander, which is built by scripts."""
    if ask.path == "/lander":
        return html(
            "<!doctype html><html><head><title>driftwood-notes.org</title></head><body>"
            '<div id="root"></div><script>window._trfd=window._trfd||[];window.LANDER_SYSTEM="PW"'
            '</script><script src="https://img1.wsimg.com/parking-lander/static/js/main.js">'
            "</script></body></html>"
        )
    return html(
        '<!DOCTYPE html><html><head><script>window.onload=function(){window.location.href="/lander"'
        "}</script></head></html>"
    )
