# ruff: noqa: E501 - patterns and tables are read best on one line
"""What the makers of sites put into the markup of their error pages (a table of facts).

Each is written by a framework or a system into the page for "not found" and into no other.
"""

from __future__ import annotations

import re

_READ = 400_000
_BODY = re.compile(r"<body\b[^>]{0,2000}")
# In a page's own markup, which scripts of the same page do not quote.
SHELLS = (
    (re.compile(r"<html[^>]{0,200}\bid=[\"']__next_error__"), "Next.js error page"),
    (re.compile(r"\"statusCode\":404\b.{0,200}\"page\":\"/(?:404|_error)\"|\"page\":\"/(?:404|_error)\".{0,400}\"statusCode\":404\b"), "Next.js 404"),
    (re.compile(r"\"page\":\"/404\","), "Next.js 404"),
    (re.compile(r"NEXT_HTTP_ERROR_FALLBACK;404"), "Next.js not-found"),
    (re.compile(r"<div[^>]{0,200}\bclass=[\"'][^\"']{0,100}__nuxt-error-page\b"), "Nuxt error page"),
    (re.compile(r"window\.__NUXT__\s*=.{0,1000}\bstatusCode:404\b", re.S), "Nuxt 404"),
    (re.compile(r"\"routeData\":\{[^{}]{0,200}\"status\":404\b|window\.__remixContext\s*=.{0,1000}\"status\":404\b", re.S), "Remix 404"),
    (re.compile(r"window\.pagePath\s*=\s*[\"']/404(?:\.html|/)?[\"']"), "Gatsby 404"),
    (re.compile(r"<body[^>]{0,500}\bclass=[\"'][^\"']{0,400}\berror404\b"), "WordPress error404"),
    (re.compile(r"<body[^>]{0,500}\bclass=[\"'][^\"']{0,400}\b(?:error-404|page-404|template-404|page-not-found|pagenotfound|page404|not-found-page|error-page-404|path-404|path-system-404|page-system-404|is-404|body-404|notfound)\b"), "error page's class"),
    (re.compile(r"<body[^>]{0,500}\bid=[\"'](?:error-?404|page-?404|template-404|pagenotfound|page-not-found|not-found)[\"']"), "error page template"),
    (re.compile(r"<(?:div|section|main|article)[^>]{0,200}\bid=[\"'](?:error-?404|page-?404|error404|page-not-found|content-404)[\"']"), "error page's part"),
    (re.compile(r"<(?:app-|ds-)(?:not-found|page-not-found|pagenotfound|pagenotfound-page|404)\b"), "component for pages not found"),
    (re.compile(r"<div[^>]{0,200}\bclass=[\"']absent_post\b"), "Tistory: no such post"),
    (re.compile(r"<div[^>]{0,100}\bid=[\"']messagetext[\"'][^>]{0,100}\bclass=[\"']alert_error\b"), "Discuz! error"),
    (re.compile(r"<section[^>]{0,200}\bclass=[\"'][^\"']{0,100}\berror-404 not-found\b"), "WordPress theme's not-found"),
)  # fmt: skip

# A wiki's page of a name that nobody has written: it shows the very name that is cited.
UNWRITTEN = (
    (re.compile(r"<(?:div|table|td)[^>]{0,200}\bclass=[\"'](?:[^\"']{0,60}\s)?noarticletext\b"), "MediaWiki: no text in this page"),
    (re.compile(r"<div[^>]{0,100}\bid=[\"']dokuwiki__(?:site|top)[\"'][^>]{0,100}\bclass=[\"'][^\"']{0,200}\bnotFound\b"), "DokuWiki: no such page"),
)  # fmt: skip

# Where a blog's posts would stand, whatever stands beside it.
STATUS_MESSAGE = re.compile(
    r"<div[^>]{0,100}\bclass=[\"'](?:status-msg-body|status-msg-wrap)[\"'][^>]{0,100}>\s*(?:<[^>]{0,200}>\s*){0,4}([^<]{6,200})"
)


def shell_in(markup: str) -> str:
    """The name of the error page's maker whose mark the markup bears, or the empty string."""
    start = markup[:_READ]
    # Of many bodies only the first is one; looking through each would take for ever.
    body = _BODY.search(start)
    tag = body[0] if body else ""
    for pattern, name in SHELLS:
        if pattern.search(tag if pattern.pattern.startswith("<body") else start):
            return name
    return ""


def unwritten_in(markup: str) -> str:
    """The name of the wiki software that says that nobody has written this page."""
    return next((name for pattern, name in UNWRITTEN if pattern.search(markup[:_READ])), "")
