# ruff: noqa: E501 - patterns and tables are read best on one line
"""Every rule of the one table: what a visit saw, what is remembered, and the verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from citecheck import reasons
from citecheck.records.archive import Snapshot
from citecheck.records.finding import Confidence, Finding, State, Suggestion
from citecheck.records.link import Expected, Link
from citecheck.records.memory import LinkRecord, Memory, Strikes
from citecheck.records.observation import Attempt, FaultKind, Hop, Observation
from citecheck.records.reference import Quote
from citecheck.records.report import Skipped
from citecheck.settings import Settings
from citecheck.text.shingles import shingle_hashes, to_hex, tokens
from citecheck.verdict import RULES, down_because, needs_probe, network_down, reconsider, unvisited
from standins.clock import START
from standins.judged import (
    OTHER,
    PARAGRAPH,
    STORY,
    TITLE,
    URL,
    cited,
    failed,
    observed,
    page,
    said,
    verdict_on,
    visited,
)

DAY = timedelta(days=1)
PLAIN = cited(title="")


def known(text: str = STORY * 2, *, link: Link = PLAIN, title: str = TITLE) -> Memory:
    """What is remembered after a first good visit."""
    return visited(Memory(), observed(page(title, text), link=link), link=link)[1]


def later(markup: str, memory: Memory, link: Link = PLAIN) -> Finding:
    return verdict_on(observed(markup, link=link, at=START + DAY), link=link, memory=memory)


# No answer


@pytest.mark.parametrize(
    ("kind", "expected", "strike"),
    [
        (FaultKind.DNS_FAILURE, "unreachable/dns-failure", True),
        (FaultKind.CONNECT_TIMEOUT, "unreachable/connect-timeout", True),
        (FaultKind.READ_TIMEOUT, "unreachable/read-timeout", True),
        (FaultKind.CONNECTION_REFUSED, "unreachable/connection-refused", True),
        (FaultKind.CONNECTION_RESET, "unreachable/connection-reset", True),
        (FaultKind.TLS_EXPIRED, "unreachable/tls-expired", False),
        (FaultKind.TLS_HOSTNAME, "unreachable/tls-hostname", False),
        (FaultKind.TLS_UNTRUSTED, "unreachable/tls-untrusted", False),
        (FaultKind.TLS_FAILURE, "unreachable/tls-failure", False),
        (FaultKind.PROTOCOL_ERROR, "unreachable/protocol-error", False),
        (FaultKind.TOO_MANY_REDIRECTS, "unreachable/too-many-redirects", False),
        (FaultKind.INCOMPLETE, "unreachable/incomplete", False),
        (FaultKind.DNS_NXDOMAIN, "dead/dns-nxdomain", False),
        (FaultKind.PRIVATE_ADDRESS, "unchecked/private-address", False),
        (FaultKind.UNSUPPORTED_SCHEME, "unchecked/unsupported-scheme", False),
        (FaultKind.INVALID_URL, "unchecked/invalid-url", False),
        (FaultKind.ROBOTS, "unchecked/robots", False),
        (FaultKind.INTERRUPTED, "unchecked/interrupted", False),
        (FaultKind.ORDERS_SAVING, "unchecked/orders-saving", False),
        (FaultKind.LIBRARY_PROXY, "blocked/library-proxy", False),
        (FaultKind.RATE_LIMITED, "blocked/rate-limited", False),
    ],
)
def test_every_fault(kind: FaultKind, expected: str, strike: bool) -> None:
    finding = verdict_on(failed(kind))
    assert (said(finding), finding.strike) == (expected, strike)
    assert finding.detail.endswith(".")


def test_every_fault_has_a_verdict() -> None:
    for kind in FaultKind:
        assert verdict_on(failed(kind)).reason in reasons.REASONS


def test_nxdomain_must_be_said_twice_five_seconds_apart() -> None:
    once = failed(FaultKind.DNS_NXDOMAIN, tries=1)
    assert said(verdict_on(once)) == "unreachable/dns-failure"
    hasty = replace(once, attempts=once.attempts * 2)
    assert said(verdict_on(hasty)) == "unreachable/dns-failure"
    assert verdict_on(failed(FaultKind.DNS_NXDOMAIN)).confidence is Confidence.HIGH


def test_a_circle_of_redirects_at_a_login_is_a_login() -> None:
    hops = (Hop(URL, 302), Hop("https://press.example/login?next=/2019", 302))
    seen = failed(FaultKind.TOO_MANY_REDIRECTS, hops=hops)
    assert said(verdict_on(seen)) == "blocked/login"


def test_the_third_strike_days_apart_is_dead_with_medium_confidence() -> None:
    memory = known(link=cited())
    found = []
    for day in (1, 2, 4, 7):
        finding, memory = visited(memory, failed(FaultKind.CONNECT_TIMEOUT, at=START + day * DAY))
        found.append((said(finding), finding.confidence))
    assert found == [
        ("unreachable/connect-timeout", Confidence.MEDIUM),
        ("unreachable/connect-timeout", Confidence.MEDIUM),
        ("unreachable/connect-timeout", Confidence.MEDIUM),
        ("dead/unreachable-confirmed", Confidence.MEDIUM),
    ]
    finding, _ = visited(memory, failed(FaultKind.CONNECT_TIMEOUT, at=START + 8 * DAY))
    assert said(finding) == "dead/unreachable-confirmed"
    finding, _ = visited(memory, observed(page(), at=START + 9 * DAY))
    assert said(finding) == "ok/ok"


def test_strikes_are_configurable() -> None:
    finding = verdict_on(failed(FaultKind.READ_TIMEOUT), settings=Settings(strikes=1))
    assert said(finding) == "dead/unreachable-confirmed"


def test_a_library_proxy_is_blocked_with_the_address_behind_it() -> None:
    link = replace(cited(), proxied=True, unproxied="https://advance.example/doc")
    finding = verdict_on(failed(FaultKind.LIBRARY_PROXY, link=link), link=link)
    assert said(finding) == "blocked/library-proxy"
    assert finding.suggestion == Suggestion("unproxied", "https://advance.example/doc")


# Statuses


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (301, "unreachable/protocol-error"),
        (400, "unreachable/protocol-error"),
        (401, "blocked/login"),
        (402, "blocked/forbidden"),
        (403, "blocked/forbidden"),
        (404, "dead/http-404"),
        (405, "blocked/forbidden"),
        (406, "blocked/forbidden"),
        (408, "unreachable/read-timeout"),
        (410, "dead/http-410"),
        (418, "blocked/forbidden"),
        (429, "blocked/rate-limited"),
        (431, "unreachable/protocol-error"),
        (451, "blocked/legal-451"),
        (500, "unreachable/http-5xx"),
        (502, "unreachable/http-5xx"),
        (503, "unreachable/http-5xx"),
        (511, "unreachable/protocol-error"),
        (522, "unreachable/http-5xx"),
        (530, "unreachable/http-5xx"),
        (999, "blocked/forbidden"),
    ],
)
def test_statuses(status: int, expected: str) -> None:
    assert said(verdict_on(observed("<p>x", status=status))) == expected


def test_404_must_be_confirmed_by_a_second_try() -> None:
    once = observed("", status=404, tries=1)
    assert said(verdict_on(once)) == "unreachable/incomplete"
    hasty = replace(once, attempts=once.attempts * 2)
    assert said(verdict_on(hasty)) == "unreachable/incomplete"
    other = Attempt(START + timedelta(seconds=3), URL, 410, None)
    assert said(verdict_on(replace(once, attempts=(*once.attempts, other)))) == "dead/http-404"


# Pages that are there


def test_an_ordinary_page_is_ok() -> None:
    finding = verdict_on(observed(page()))
    assert (said(finding), finding.confidence) == ("ok/ok", Confidence.HIGH)
    assert finding.evidence[0].signal == "title-match"


@pytest.mark.parametrize(
    ("start", "final", "statuses", "expected"),
    [
        ("http://press.example/a/b", "https://press.example/a/b", (301,), "moved/https-upgrade"),
        ("https://press.example/a/b", "https://press.example/c/d", (301, 308), "moved/redirected"),
        ("https://press.example/a/b", "https://www.press.example/a/b", (308,), "moved/redirected"),
        ("https://press.example/a/b", "https://paper.example/a/b", (301,), "moved/host-moved"),
        ("https://press.example/a/b", "https://press.example/a/b/", (301,), "moved/redirected"),
        ("https://press.example/a/b", "https://press.example/c/d", (301, 302), "ok/ok"),
        ("https://press.example/a/b", "https://press.example/c/d", (303,), "ok/ok"),
        ("https://press.example/a/b", "https://press.example/c/d", (307,), "ok/ok"),
        ("https://doi.org/10.5555/a", "https://press.example/c/d", (301,), "ok/ok"),
        ("http://hdl.handle.net/1/2", "https://press.example/c/d", (301,), "ok/ok"),
        ("http://purl.org/net/x/y", "https://press.example/c/d", (301,), "ok/ok"),
    ],
)
def test_moved_or_not(start: str, final: str, statuses: tuple[int, ...], expected: str) -> None:
    link = cited(start)
    seen = observed(page(), link=link, final=final, hops=[Hop(start, s) for s in statuses])
    finding = verdict_on(seen, link=link)
    assert said(finding) == expected
    if finding.state is State.MOVED:
        assert finding.suggestion == Suggestion("redirect", final, "ok")


def test_a_redirect_in_the_page_is_not_permanent() -> None:
    seen = observed(page(), final="https://press.example/c/d", hops=[Hop(URL, 200, "meta")])
    assert said(verdict_on(seen)) == "ok/ok"


def test_the_suggested_address_keeps_the_place_in_the_page() -> None:
    link = cited(URL + "#part")
    seen = observed(
        page(body="<p id=part>x"),
        link=link,
        final="https://press.example/new/b",
        hops=[Hop(URL, 301)],
    )
    assert verdict_on(seen, link=link).suggestion == Suggestion(
        "redirect", "https://press.example/new/b#part", "ok"
    )


def test_a_move_to_another_work_is_a_mismatch() -> None:
    markup = page("Forty new chairs for the summer garden", OTHER * 2)
    seen = observed(markup, final="https://press.example/chairs/4", hops=[Hop(URL, 301)])
    assert said(verdict_on(seen)) == "mismatch/title-mismatch"


def test_ok_with_something_worth_knowing() -> None:
    plain = cited("http://press.example/2019/bell")
    assert said(verdict_on(observed(page(), link=plain), link=plain)) == "ok/ok-insecure"
    doubtful = verdict_on(observed(page("Chairs", "A small page."), link=plain), link=plain)
    assert (said(doubtful), doubtful.confidence) == ("ok/ok-insecure", Confidence.LOW)
    assert [e.signal for e in doubtful.evidence] == ["title-absent"]
    placed = cited(URL + "#part-9")
    finding = verdict_on(observed(page(), link=placed), link=placed)
    assert said(finding) == "ok/ok-fragment-missing"
    assert "#part-9" in finding.detail
    whole = observed(page())
    assert whole.body is not None
    large = replace(whole, body=replace(whole.body, truncated=True))
    assert said(verdict_on(large)) == "ok/ok-too-large"


def test_https_is_suggested_where_the_page_names_it() -> None:
    link = cited("http://press.example/2019/bell")
    head = '<link rel="canonical" href="https://press.example/2019/bell">'
    finding = verdict_on(observed(page(head=head), link=link), link=link)
    assert finding.suggestion == Suggestion("https", "https://press.example/2019/bell")


# Pages that have changed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (STORY * 2, "ok/ok"),
        (STORY * 2 + "Last updated: 2026-11-22 10:33:01", "ok/ok"),
        (STORY * 2 + "A correction: the float was made of copper.", "ok/ok-edited"),
        (STORY * 2 + OTHER * 2, "ok/ok-edited"),
        (STORY.replace("Ait", "Aita") * 2, "ok/ok-edited"),
        (PARAGRAPH + OTHER, "changed/content-changed"),
        (OTHER * 2, "changed/content-replaced"),
    ],
    ids=["same", "time stamp", "correction", "appended", "edited", "half", "replaced"],
)
def test_the_text_against_the_baseline(text: str, expected: str) -> None:
    assert said(later(page(text=text), known())) == expected


def test_similarity_is_reported() -> None:
    finding = later(page(text=PARAGRAPH + OTHER), known())
    assert finding.similarity is not None
    assert finding.similarity.measure == "containment-4"
    assert finding.similarity.basis == "full"
    assert 0.1 < finding.similarity.value < 0.8
    same = later(page(text=STORY * 2), known())
    assert same.similarity is not None
    assert same.similarity.value == 1.0


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Its text.", "Its text, edited on the second day.", "ok/ok-edited"),
        ("Open on Mondays.", "Closed for the winter.", "ok/ok-edited"),
        (PARAGRAPH, PARAGRAPH.replace("rope", "cord"), "ok/ok-edited"),
        (PARAGRAPH, OTHER[:180], "changed/content-changed"),
    ],
)
def test_short_texts_cry_no_wolf(before: str, after: str, expected: str) -> None:
    finding = later(page(text=after), known(before))
    assert said(finding) == expected
    if finding.state is State.CHANGED:
        assert finding.confidence is Confidence.LOW


def test_a_short_text_with_another_title_is_replaced() -> None:
    finding = later(page("Garden furniture catalogue", OTHER[:180]), known(PARAGRAPH))
    assert said(finding) == "changed/content-replaced"
    assert [(e.signal, e.value) for e in finding.evidence] == [
        ("title-before", TITLE),
        ("title-now", "Garden furniture catalogue"),
    ]


def test_a_home_page_may_say_something_else_every_day() -> None:
    link = cited("https://press.example/", title="")
    memory = known(link=link, title="The Islander Gazette")
    assert said(later(page("The Islander Gazette", OTHER * 2), memory, link)) == "ok/ok-edited"
    assert later(page("Garden furniture for all", OTHER * 2), memory, link).state is State.CHANGED


def test_a_teaser_in_the_place_of_the_text_is_no_change() -> None:
    finding = later(page(text=STORY[:330]), known())
    assert (said(finding), finding.confidence) == ("ok/ok-edited", Confidence.LOW)


def test_what_is_not_whole_is_not_compared() -> None:
    seen = observed(page(text=OTHER * 2), link=PLAIN, at=START + DAY)
    assert seen.body is not None
    cut = replace(seen, body=replace(seen.body, truncated=True))
    assert said(verdict_on(cut, link=PLAIN, memory=known())) == "ok/ok-too-large"
    head = '<meta property="article:content_tier" content="locked">'
    assert said(later(page(text=OTHER, head=head), known())) == "ok/ok-paywalled"


def test_a_wall_after_a_good_page_is_a_wall() -> None:
    seen = observed("<title>Just a moment...</title>", link=PLAIN, status=403)
    assert said(verdict_on(seen, link=PLAIN, memory=known())) == "blocked/challenge"


def test_a_name_in_other_hands() -> None:
    head = '<meta name="description" content="Situs slot gacor dan casino online terpercaya">'
    markup = page("Slot Gacor Casino Online", OTHER * 2, head=head)
    assert said(later(markup, known())) == "changed/usurped"


def quote(words: str) -> Quote:
    return Quote(len(tokens(words)), tuple(to_hex(h) for h in shingle_hashes(tokens(words))))


QUOTED = Link(URL, expected=(Expected("r", quotes=(quote("wrote down each stroke in a ledger with ruled columns"),)),))  # fmt: skip


def test_quoted_words_that_are_gone() -> None:
    memory = known(link=QUOTED)
    edited = (STORY * 2).replace("each stroke in a ledger", "every sound in one book")
    finding = later(page(text=edited), memory, QUOTED)
    assert (said(finding), finding.confidence) == ("changed/quote-missing", Confidence.HIGH)


def test_words_that_never_stood_there_are_not_missed() -> None:
    link = Link(
        URL, expected=(Expected("r", quotes=(quote("nobody read the ledger of the keeper"),)),)
    )
    finding = later(page(text=STORY * 2 + OTHER[:200]), known(link=link), link)
    assert said(finding) == "ok/ok-edited"


def test_quoted_words_that_are_still_there_make_a_change_immaterial() -> None:
    kept = "The keeper wrote down each stroke in a ledger with ruled columns. "
    finding = later(page(text=PARAGRAPH + kept + OTHER), known(link=QUOTED), QUOTED)
    assert said(finding) == "ok/ok-edited"


def test_a_file_that_became_a_page() -> None:
    link = cited("https://press.example/report.pdf", title="")
    pdf = observed(b"%PDF-1.7 x", link=link, headers={"Content-Type": "application/pdf"})
    _, memory = visited(Memory(), pdf, link=link)
    again = observed(b"%PDF-1.7 y", link=link, headers={"Content-Type": "application/pdf"})
    finding = verdict_on(again, link=link, memory=memory)
    assert (said(finding), finding.confidence) == ("ok/ok", Confidence.LOW)
    assert said(later(page(text=OTHER), memory, link)) == "changed/content-changed"


# 304


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        ("ok", "ok-edited", "ok/ok-edited"),
        ("changed", "content-replaced", "changed/content-replaced"),
        ("moved", "redirected", "moved/redirected"),
        ("blocked", "challenge", "ok/ok"),
        ("unreachable", "http-5xx", "ok/ok"),
    ],
)
def test_not_modified_keeps_what_is_known(state: str, reason: str, expected: str) -> None:
    record = known().record
    assert record is not None
    memory = Memory(replace(record, state=state, reason=reason))
    seen = replace(observed("", status=304), not_modified=True, page=None, body=None, signals=())
    assert said(verdict_on(seen, memory=memory)) == expected


def test_a_304_that_nobody_asked_for_says_nothing_of_the_page() -> None:
    seen = replace(observed("", status=304), page=None, body=None, signals=())
    assert said(verdict_on(seen)) == "unreachable/protocol-error"
    assert said(verdict_on(seen, memory=known())) == "unreachable/protocol-error"


# Hindsight

CAPTURE = Snapshot("wayback", "https://web.archive.example/2/x", START + 2 * DAY, "latest", 200)
STRUCK = replace(
    LinkRecord(URL, "unreachable", "connect-timeout", "medium", "", START, START),
    strikes=Strikes(2, START, START + 3 * DAY),
)
CONFIRMED = Finding(State.DEAD, "unreachable-confirmed", Confidence.MEDIUM, "x.", strike=True)


def test_a_capture_since_the_first_failure_means_not_from_here() -> None:
    finding = reconsider(CONFIRMED, STRUCK, [CAPTURE])
    assert said(finding) == "unreachable/not-from-here"
    assert CAPTURE.url in finding.detail
    assert finding.suggestion == Suggestion("snapshot", CAPTURE.url, "unchecked")
    assert finding.strike


@pytest.mark.parametrize(
    "capture",
    [
        replace(CAPTURE, taken=START - DAY),
        replace(CAPTURE, status=404),
        replace(CAPTURE, status=None),
        replace(CAPTURE, role="local"),
    ],
    ids=["before", "archived 404", "unknown", "our own"],
)
def test_other_captures_prove_nothing(capture: Snapshot) -> None:
    assert said(reconsider(CONFIRMED, STRUCK, [capture])) == "dead/unreachable-confirmed"
    assert said(reconsider(CONFIRMED, None, [CAPTURE])) == "dead/unreachable-confirmed"


def test_the_cited_snapshot_is_suggested_and_an_archived_404_never() -> None:
    gone = verdict_on(observed("", status=404))
    good = replace(CAPTURE, role="cited")
    assert reconsider(gone, None, [CAPTURE, good]).suggestion == Suggestion(
        "snapshot", good.url, "unchecked"
    )
    seen = replace(good, verified=True)
    assert reconsider(gone, None, [CAPTURE, seen]).suggestion == Suggestion(
        "snapshot", good.url, "ok"
    ), "what was looked at and shows the page"
    assert reconsider(gone, None, [replace(good, status=404)]).suggestion is None
    assert reconsider(verdict_on(observed(page())), None, [good]).suggestion is None


def test_a_copy_that_was_looked_at_is_suggested_before_one_that_was_not() -> None:
    gone = verdict_on(observed("", status=404))
    cited = replace(CAPTURE, role="cited", url="https://web.archive.example/1/x")

    def offered(*snapshots: Snapshot) -> str:
        finding = reconsider(gone, None, snapshots)
        return finding.suggestion.url if finding.suggestion else ""

    assert offered(cited, replace(CAPTURE, verified=True)) == CAPTURE.url
    assert offered(replace(cited, verified=True), replace(CAPTURE, verified=True)) == cited.url
    assert offered(cited, CAPTURE) == cited.url
    assert offered(replace(cited, verified=False), CAPTURE) == cited.url
    assert offered(CAPTURE) == CAPTURE.url, "of a dead page any copy is better than none"
    unseen = reconsider(gone, None, [cited])
    assert unseen.detail == f"{gone.detail} Nobody has looked at the archived copy yet."
    assert reconsider(unseen, None, [cited]) == unseen, "said once"
    seen = reconsider(unseen, None, [replace(cited, verified=True)])
    assert seen.detail == gone.detail
    assert reconsider(seen, None, []).suggestion is None, "passed over since"


def far(host: str, kind: FaultKind = FaultKind.CONNECT_TIMEOUT) -> Observation:
    return failed(kind, link=Link(f"https://{host}/a"))


THREE = [far("a.example"), far("b.example", FaultKind.DNS_FAILURE), far("c.example")]


def test_the_network_is_down() -> None:
    assert network_down(THREE)
    assert not needs_probe(THREE)
    assert network_down([far(f"{c}.example", FaultKind.NOT_FROM_HERE) for c in "abc"]), "a proxy"
    few = [far("a.example"), far("www.a.example")]
    assert needs_probe(few)
    assert not network_down(few)
    probes = [far("web.archive.org"), far("doi.org")]
    assert network_down(few, probes)
    assert not network_down(few, [probes[0], observed(page(), link=Link("https://doi.org/"))])


@pytest.mark.parametrize(
    "answer",
    [
        observed("", status=500),
        failed(FaultKind.TLS_EXPIRED),
        failed(FaultKind.READ_TIMEOUT),
        failed(FaultKind.CONNECT_TIMEOUT, hops=[Hop(URL, 302)]),
    ],
    ids=["status", "tls", "slow", "after a redirect"],
)
def test_one_answer_means_that_the_network_is_up(answer: Observation) -> None:
    assert not network_down([*THREE, answer])
    assert not needs_probe([far("a.example"), answer])


def test_what_was_not_attempted_says_nothing_about_the_network() -> None:
    aside = failed(FaultKind.LIBRARY_PROXY)
    assert network_down([*THREE, aside])
    assert not network_down([aside])
    assert not needs_probe([])


@pytest.mark.parametrize("why", ["offline", "interrupted", "not-due"])
def test_an_unvisited_link_keeps_its_state(why: str) -> None:
    memory = known()
    assert said(unvisited(PLAIN, memory, why)) == "ok/ok"
    assert said(unvisited(PLAIN, Memory(), why)) == f"unchecked/{why}"


def test_an_unvisited_link_that_has_moved_still_says_where_to() -> None:
    old, new = "https://press.example/old#part-2", "https://press.example/new"
    link = cited(old)
    seen = observed(page(), link=link, final=new, hops=(Hop("https://press.example/old", 301),))
    found, memory = visited(Memory(), seen, link=link)
    later = unvisited(link, memory, "not-due")
    assert (said(later), later.suggestion) == ("moved/redirected", found.suggestion)
    assert later.suggestion == Suggestion("redirect", f"{new}#part-2", "ok")


@pytest.mark.parametrize("why", ["excluded", "ignored", "robots", "invalid-url", "private-address"])
def test_a_link_left_out_is_unchecked(why: str) -> None:
    finding = unvisited(PLAIN, known(), why)
    assert said(finding) == f"unchecked/{why}"
    assert finding.detail != "Not visited."


def test_the_table_is_the_only_place_and_names_its_rules() -> None:
    names = [name for name, _ in RULES]
    assert len(names) == len(set(names))
    assert names.index("a wall against robots") < names.index("certainly an error page")
    assert names.index("an error page by its words") < names.index("another text")


def test_evidence_is_plain() -> None:
    finding = verdict_on(observed("<title>\x1b]0;x\x07 | Page not found</title>"))
    text = finding.detail + "".join(e.value for e in finding.evidence)
    assert not any(ord(c) < 32 for c in text)


def test_a_page_without_the_cited_title_is_ok_with_a_word_of_doubt() -> None:
    link = cited(title="Rural Schools in the Census of the Northern Provinces")
    brief = page("Ten Best Cakes", "Beat the butter with the sugar for forty minutes.")
    finding = verdict_on(observed(brief, link=link), link=link)
    assert (said(finding), finding.confidence) == ("ok/ok", Confidence.LOW)
    assert "cited title was not found" in finding.detail


def test_an_error_page_is_not_compared_with_the_baseline() -> None:
    _, memory = visited(Memory(), observed(page()))
    gone = verdict_on(observed(page("Not here", "Nothing."), status=404), memory=memory)
    assert gone.state is State.DEAD
    assert gone.similarity is None


def test_why_the_network_is_down_is_told_once() -> None:
    why = "the proxy p.example:3128 cannot be reached"
    seen = [far("a.example", FaultKind.NOT_FROM_HERE), far("b.example")]
    seen = [replace(o, fault=replace(o.fault, detail=why)) for o in seen if o.fault]
    assert down_because([*seen, *seen]) == (Skipped("network", why),)


def test_trouble_on_this_side_never_counts_against_a_link() -> None:
    """No IPv6, or a proxy that is down: the third failure in weeks is no death."""
    finding = verdict_on(failed(FaultKind.NOT_FROM_HERE))
    assert (finding.state, finding.reason) == (State.UNREACHABLE, "not-from-here")
    assert not finding.strike
