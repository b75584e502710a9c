"""The world is what its table says: whole, without doubles, and served as told."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from benchmarks.comparison.answers import key
from benchmarks.comparison.behaviour import Answer, Ask, Case, Lookup, Reach, Says, origin
from benchmarks.comparison.paper import markdown, page
from benchmarks.comparison.server import formed
from benchmarks.comparison.world.shelf import CASES, GROUPS, hosts

BY_NAME = {case.name: case for case in CASES}


def visit(case: Case, *, before: int = 0, since: float = 0.0, **headers: str) -> Answer:
    """The first answer that a GET of the cited address gets."""
    parts = urlsplit(case.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    handler = hosts()[origin(case.url)].handler
    assert handler is not None
    fields = {"user-agent": "test", "accept": "text/html"} | headers
    return handler(Ask("GET", parts.scheme, origin(case.url), target, fields, before, since))


def test_there_are_sixty_rows_and_no_more_than_fit_on_a_page() -> None:
    assert 60 <= len(CASES) <= 120
    assert sum(len(cases) for _, cases in GROUPS) == len(CASES)


def test_rows_can_be_told_apart_by_name_and_by_address() -> None:
    assert [n for n, count in Counter(c.name for c in CASES).items() if count > 1] == []
    assert [k for k, count in Counter(key(c.url) for c in CASES).items() if count > 1] == []


def test_every_saying_is_met() -> None:
    assert {case.says for case in CASES} == set(Says)


def test_every_cited_host_is_in_the_world_or_lost_on_purpose() -> None:
    for case in CASES:
        host = hosts()[origin(case.url)]
        lost = host.reach is not Reach.OPEN or host.lookup not in (
            Lookup.FOUND,
            Lookup.DEAD_V6_FIRST,
        )
        assert (host.handler is None) == lost, case.name


def test_good_pages_show_the_cited_title() -> None:
    odd = {"gzip", "60 MB file", "PDF", "page in windows-1251 without saying so"}
    for case in CASES:
        if case.says is Says.WORKS and case.name not in odd:
            answer = visit(case)
            if answer.wire is None and answer.status == 200:
                assert case.title in answer.body.decode().replace("&#x27;", "'"), case.name


def test_dead_and_wrong_pages_do_not_show_it() -> None:
    for case in CASES:
        if case.says in (Says.DEAD, Says.WRONG) and hosts()[origin(case.url)].handler:
            assert case.title not in visit(case).body.decode(), case.name


def test_a_soft_404_answers_an_invented_neighbour_alike() -> None:
    for case in CASES:
        if case.name.startswith("soft 404"):
            parts = urlsplit(case.url)
            there = hosts()[origin(case.url)].handler
            assert there is not None
            other = there(Ask("GET", parts.scheme, origin(case.url), parts.path + "x", {}))
            assert (other.status, other.body) == (200, visit(case).body), case.name


def test_faults_that_pass_are_gone_at_the_second_request() -> None:
    for name in ("503 once, then fine", "404 once, then fine", "reset once, then fine"):
        case = BY_NAME[name]
        assert case.title.encode() not in visit(case).body
        assert case.title.encode() in visit(case, before=1).body


def test_a_busy_server_means_its_retry_after() -> None:
    for name, status in (
        ("503 with Retry-After, then fine", 503),
        ("429 with Retry-After, then fine", 429),
    ):
        early = visit(BY_NAME[name], before=3, since=3.0)
        assert early.status == status
        assert ("Retry-After", "5") in early.headers
        assert visit(BY_NAME[name], before=1, since=5.0).status == 200


def test_fragments_are_there_or_not_as_told() -> None:
    def body(name: str) -> str:
        return visit(BY_NAME[name]).body.decode()

    assert 'id="methods"' in body("fragment that is there")
    assert "section-9" not in body("fragment that is gone")
    assert BY_NAME["text fragment"].url.endswith(":~:text=the%20same%20decision")
    assert "the same decision" in body("text fragment")


def test_the_cookie_is_asked_back() -> None:
    case = BY_NAME["needs its cookie back, redirects to itself"]
    assert visit(case).status == 302
    assert visit(case, cookie="visit=1").status == 200


def test_every_address_is_in_the_paper_and_on_the_page() -> None:
    for case in CASES:
        assert f"<{case.url}>" in markdown()
        assert f'href="{case.url.replace("&", "&amp;")}"' in page()


def test_an_answer_on_the_wire() -> None:
    answer = Answer(200, b"hello", (("Content-Type", "text/plain"),))
    assert formed(answer, head_only=False, close=True) == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"
        b"Connection: close\r\n\r\nhello"
    )
    assert formed(answer, head_only=True, close=False).endswith(b"keep-alive\r\n\r\n")
    assert formed(Answer(999), head_only=False, close=False).startswith(b"HTTP/1.1 999 Unknown\r\n")
