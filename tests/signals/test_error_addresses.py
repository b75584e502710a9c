# ruff: noqa: E501 - addresses are read best on one line
"""Addresses that are those of error pages, and those that only look so."""

from __future__ import annotations

import pytest

from citecheck.signals.error_addresses import is_error_address, speaks_of_errors

HOST = "https://press.example"


@pytest.mark.parametrize(
    "path",
    [
        "/404", "/404.html", "/404/", "/en/404.php", "/error/404", "/errors/404.aspx", "/notfound", "/not-found", "/page-not-found",
        "/PageNotFound.aspx", "/error404.htm", "/404-not-found", "/status/404", "/error-404.html", "/?error=404", "/error?code=404",
        "/error.aspx?404;https://press.example/old", "/Error.html?statusCode=404", "/index.php?errorcode=404", "/seite-nicht-gefunden",
        "/pagina-no-encontrada", "/fr/page-introuvable.html", "/pagina-nao-encontrada/", "/strona-nie-znaleziona", "/sayfa-bulunamadi",
        "/errors/not-found", "/missing-page", "/content-not-found", "/%D1%81%D1%82%D1%80%D0%B0%D0%BD%D0%B8%D1%86%D0%B0-%D0%BD%D0%B5-%D0%BD%D0%B0%D0%B9%D0%B4%D0%B5%D0%BD%D0%B0",
    ],
)  # fmt: skip
def test_error_addresses(path: str) -> None:
    assert is_error_address(HOST + path)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/2019/404-ways-to-cook", "/articles/404123", "/blog/how-to-design-a-404-page", "/questions/1/page-not-found-in-django",
        "/room-404-hotel", "/item/4040", "/search?q=404", "/show?id=404", "/?p=404", "/error", "/errors-in-measurement", "/the-lost-page",
        "/article?code=SE0023404",
    ],
)  # fmt: skip
def test_other_addresses(path: str) -> None:
    assert not is_error_address(HOST + path)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/routes/404", True),
        ("/docs/errors.html", True),
        ("/api/ResourceNotFoundException.html", True),
        ("/show?id=404", True),
        ("/news/12404567", False),
        ("/news/terrors-of-the-deep", False),
        ("/exceptional-tides", False),
    ],
)
def test_addresses_whose_page_is_about_errors(path: str, expected: bool) -> None:
    assert speaks_of_errors(HOST + path) is expected
