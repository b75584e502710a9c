"""Whatever a server does: a visit ends, within its bounds, and asks for nothing forbidden."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.web.guard import Guard
from citecheck.web.ladder import Plan
from standins.clock import START
from standins.visits import visit

A, B, C = "https://a.example/", "https://b.example/new", "https://c.example/x"

_TARGETS = st.sampled_from(
    [
        *(A, B, C, "/", "/x", "?q", "#f", "", "..", "//b.example"),
        *("http://10.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://u:p@a.example/"),
        *("javascript:x", "mailto:a@b", "https://[", "file:///etc/passwd", "gopher://a/"),
        *("https://a.example/\ud800", "\x1b]8;;x"),
    ]
) | st.text(max_size=30)
_HEADERS = st.dictionaries(
    st.sampled_from(["Location", "Retry-After", "Set-Cookie", "Refresh", "Content-Type"]),
    _TARGETS
    | st.sampled_from(["0", "3", "59", "61", "1000000000", "a=1", "b=2; Domain=example; Secure"])
    | st.sampled_from(["0;url=/x", "1; url=http://10.0.0.1/", "text/html"]),
    max_size=4,
)
_PAGES = st.sampled_from(
    [b"", b"<p>x", b"<meta http-equiv=refresh content='0;url=/y'>", b"\xff\xfe<meta refresh"]
)


@st.composite
def _answers(draw: st.DrawFn) -> Exchange | Fault:
    if draw(st.integers(0, 4)) == 0:
        return Fault(draw(st.sampled_from(list(FaultKind))), "x")
    status = draw(st.sampled_from([200, 204, 301, 302, 303, 304, 307, 308, 401, 403, 404, 410]))
    status = draw(st.sampled_from([status, 429, 500, 503, 599, 999]))
    return Exchange(
        method="GET",
        url=A,
        at=START,
        request_headers=(),
        status=status,
        reason="",
        headers=tuple(
            (k.encode(), v.encode("utf-8", "surrogatepass")) for k, v in draw(_HEADERS).items()
        ),
        raw=b"",
        content=draw(_PAGES),
        truncated=draw(st.sampled_from(["", "", "length", "time", "disconnect"])),
    )


@settings(max_examples=150, deadline=None)
@given(answers=st.lists(_answers(), min_size=1, max_size=12))
def test_every_visit_ends_within_its_bounds(answers: list[Exchange | Fault]) -> None:
    plan = Plan(now=lambda: START)
    count = 0

    def serve(url: str, _: int) -> Exchange | Fault:
        nonlocal count
        count += 1
        host = url.partition("//")[2].partition("/")[0].partition("?")[0]
        # The client refuses these; the ladder must take the refusal for an answer.
        if host.startswith(("10.", "127.")) or Guard().refuses_name(host.partition(":")[0]):
            return Fault(FaultKind.PRIVATE_ADDRESS)
        return answers[(count - 1) % len(answers)]

    story = visit(A, serve, plan)
    assert len(story.asks) <= plan.most_asks()
    assert sum(w.seconds for w in story.waits) <= 60.0 * plan.retries + 5.0 + 2.0
    assert len(story.end.hops) <= plan.max_hops + 1
    assert all(u.startswith(("http://", "https://")) and "@" not in u for u in story.urls)
    assert story.tries, "every try leaves an attempt"
