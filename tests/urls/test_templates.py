"""Templates of TimeMap addresses, as a person writes them in the settings."""

from __future__ import annotations

import pytest

from citecheck.urls.templates import filled, name_of, templates

ARQUIVO = "https://arquivo.pt/wayback/timemap/link/{url}"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ([ARQUIVO], (ARQUIVO,)),
        (ARQUIVO, (ARQUIVO,)),
        (f"{ARQUIVO}\n https://one.example/tm/ ", (ARQUIVO, "https://one.example/tm/{url}")),
        ([ARQUIVO, ARQUIVO], (ARQUIVO,)),
        (["http://127.0.0.1:8080/cdx?url="], ("http://127.0.0.1:8080/cdx?url={url}",)),
        ([], ()),
        ("", ()),
    ],
)
def test_templates(value: object, read: tuple[str, ...]) -> None:
    assert templates(value) == read


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (3, "a list of addresses"),
        ([3], "a list of addresses"),
        (["https://one.example/tm"], "{url} in them once"),
        (["https://one.example/{url}/{url}"], "{url} in them once"),
        (["https://one.example/{uri}/{url}"], "{url} in them once"),
        (["https://one.example/{url}#x"], "{url} in them once"),
        (["ftp://one.example/{url}"], "http or https"),
        (["javascript:{url}"], "http or https"),
        (["https://{url}/"], "such as"),
        (["https://one{url}/"], "http or https"),
        (["https://me:secret@one.example/{url}"], "without user name and password"),
        (["https://web.archive.org/web/timemap/link/{url}"], "beside the Wayback Machine"),
        (["https://archive.ph/timemap/{url}"], "not archive.today"),
        (["http://timetravel.mementoweb.org/timemap/link/{url}"], "not time-travel"),
    ],
)
def test_what_is_no_template(value: object, words: str) -> None:
    with pytest.raises(ValueError) as error:
        templates(value)
    assert words in str(error.value)
    assert "secret" not in str(error.value)


def test_an_address_in_its_place() -> None:
    page = "http://example.org/a?b=1&c=ü#part"
    assert filled(ARQUIVO, page) == (
        "https://arquivo.pt/wayback/timemap/link/http://example.org/a?b=1&c=ü"
    )
    assert filled("https://one.example/cdx?url={url}&output=json", page) == (
        "https://one.example/cdx?url=http%3A%2F%2Fexample.org%2Fa%3Fb%3D1%26c%3D%C3%BC&output=json"
    )


def test_names() -> None:
    assert name_of(ARQUIVO) == "arquivo.pt"
    assert name_of("https://www.one.example/tm/{url}") == "one.example"
    assert name_of("https://wayback.vefsafn.is/wayback/timemap/link/{url}") == "vefsafn"
