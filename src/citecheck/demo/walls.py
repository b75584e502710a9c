"""What stands between a robot and a page, and the pages that say "not here" with status 200.

The markers are those that the makers document: `cf-mitigated` and `_cf_chl_opt` (Cloudflare), a
password field behind a redirect that carries the way back (logins).
"""

from __future__ import annotations

import html
from urllib.parse import quote

from citecheck.demo.site import Answer, Handler, Request, page, redirect


def cloudflare_challenge(_: Request) -> Answer:
    """The interstitial that wants a browser to compute something."""
    return page(
        "Just a moment...",
        '<div class="main-wrapper"><h1>Just a moment...</h1><noscript>Enable JavaScript and cookies'
        " to continue</noscript></div>\n<script>(function(){window._cf_chl_opt={cvId:'3',cType:"
        "'managed'};})();</script>",
        status=403,
        head='<meta name="robots" content="noindex,nofollow">\n',
        headers=(("cf-mitigated", "challenge"), ("Server", "cloudflare"), ("CF-RAY", "8a1f-ORM")),
    )


def behind_login(to: str = "/login") -> Handler:
    """A host that sends every reader to its login form and the way back with them."""

    def handle(request: Request) -> Answer:
        if request.path == to:
            return page(
                "Members' login",
                '<h1>Members\' login</h1><form method="post"><label>Name <input name="user">'
                '</label><label>Password <input type="password" name="password"></label>'
                "<button>Log in</button></form>",
            )
        return redirect(f"{to}?next={quote(request.target, safe='')}", 302)

    return handle


def soft_404(title: str, message: str, *, lang: str, site: str) -> Handler:
    """A host that says "no such page" in its own language and with status 200."""

    def handle(_: Request) -> Answer:
        name = html.escape(site)
        return page(
            f"{title} - {site}",
            f'<header><a href="/">{name}</a></header><main><h1>{html.escape(title)}</h1>'
            f"<p>{html.escape(message)}</p></main><footer>{name}</footer>",
            lang=lang,
        )

    return handle
