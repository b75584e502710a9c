"""Every state and reason of the contract is explained, and nothing else is."""

from __future__ import annotations

import pytest

from citecheck import reasons
from citecheck.records.finding import State

CONTRACT = {
    "ok": "ok ok-edited ok-insecure ok-paywalled ok-too-large ok-fragment-missing",
    "moved": "redirected https-upgrade host-moved",
    "changed": "content-changed content-replaced quote-missing usurped",
    "mismatch": "title-mismatch identifier-mismatch",
    "dead": "http-404 http-410 soft-404 redirect-to-home parked dns-nxdomain unreachable-confirmed",
    "blocked": "forbidden challenge captcha login consent rate-limited legal-451 geo-blocked "
    "library-proxy link-expired needs-javascript",
    "unreachable": "dns-failure connect-timeout read-timeout connection-refused connection-reset "
    "tls-expired tls-hostname tls-untrusted tls-failure http-5xx maintenance protocol-error "
    "too-many-redirects incomplete not-from-here",
    "unchecked": "excluded ignored unsupported-scheme invalid-url private-address robots offline "
    "not-due interrupted orders-saving",
}


@pytest.mark.parametrize("state", CONTRACT)
def test_the_reasons_of_a_state_are_those_of_the_contract(state: str) -> None:
    assert {r.name for r in reasons.reasons_of(state)} == set(CONTRACT[state].split())


def test_the_states_are_closed() -> None:
    assert set(reasons.states()) == {s.value for s in State} == set(CONTRACT)


@pytest.mark.parametrize("entry", [*reasons.STATES.values(), *reasons.REASONS.values()])
def test_every_text_is_there_and_ends_as_a_sentence(entry: reasons.Explanation) -> None:
    assert entry.title
    assert not entry.title.endswith(".")
    for text in (entry.meaning, entry.decided, entry.todo):
        assert text.endswith(".")
        assert len(text) > 7


def test_what_explain_prints() -> None:
    assert reasons.explain("http-410") == (
        "dead/http-410: Removed\n"
        "\n"
        "  What it means: The server says that the page was removed for good.\n"
        "  How it is decided: Status 410, confirmed like a 404.\n"
        "  What to do: Cite the suggested archived copy, or find the page's new address."
    )
    both = reasons.explain("OK")
    assert both is not None
    assert both.startswith("ok: Fine\n")
    assert "\n\nok/ok: Fine\n" in both
    assert reasons.explain("nonsense") is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("soft404", "soft-404"),
        ("SOFT_404", "soft-404"),
        ("nxdomain", "dns-nxdomain"),
        ("ded", "dead"),
        ("paywall", "ok-paywalled"),
        ("certificate", ""),
    ],
)
def test_nearest(typed: str, meant: str) -> None:
    assert reasons.nearest(typed) == meant


def test_titles_for_reports() -> None:
    assert reasons.title("soft-404") == "Not found, in disguise"
    assert reasons.title("a-reason-of-a-later-version") == "a-reason-of-a-later-version"
