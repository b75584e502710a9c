"""Whatever a server does: a visit ends, within its bounds, and asks for nothing forbidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from citecheck.records.ask import Ask
from citecheck.records.exchange import Exchange
from citecheck.records.observation import Fault, FaultKind
from citecheck.urls.address import registrable_domain
from citecheck.web.guard import Guard
from citecheck.web.ladder import Answer, Chance, Climb, Plan, Wait, climb
from standins.clock import START

A, B, C = "https://a.example/", "https://b.example/new", "http://www.c.example/x"
HUB = "https://linkinghub.elsevier.com/retrieve/pii/S1931312816301536"
VIDEO = "https://www.youtube.com/watch?v=NlKuICiT470"
STARTS = (A, A + "#part", B, C, "http://c.example/", HUB, VIDEO, "https://doi.org/10.5555/1")

_TARGETS = st.sampled_from(
    [
        *(A, B, C, HUB, VIDEO, "/", "/x", "?q", "#f", "", "..", "//b.example", "../new?a=1#b"),
        *("/action/cookieAbsent", "?cookieSet=1", "https://sub.a.example/y", "/lander"),
        *("http://10.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://u:p@a.example/"),
        *("javascript:x", "mailto:a@b", "https://[", "file:///etc/passwd", "gopher://a/"),
        *("https://a.example/\ud800", "\x1b]8;;x", "ws://a.example/", "http://x.onion/"),
    ]
) | st.text(max_size=30)
_COOKIES = st.sampled_from(
    [
        *("a=1", "a=2", "b=2; Domain=example; Secure", "c=3; Domain=a.example", "d=4; Max-Age=0"),
        *(
            "e=5; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "f=6; Expires=\xff",
            "g=7; Domain=.b.example",
        ),
    ]
)
_HEADERS = st.lists(
    st.tuples(st.just("Location"), _TARGETS)
    | st.tuples(st.just("Set-Cookie"), _COOKIES)
    | st.tuples(
        st.sampled_from(["Retry-After", "Refresh", "Content-Type", "ETag", "WWW-Authenticate"]),
        st.sampled_from(["0", "3", "59", "61", "1000000000", "a=1", "0;url=/x", "text/html"])
        | st.sampled_from(["1; url=http://10.0.0.1/", "application/pdf", '"7"'])
        | _TARGETS,
    ),
    max_size=4,
)
_PAGES = st.sampled_from(
    [
        *(b"", b"<p>x", b"\xff\xfe<meta refresh", b"<title>- YouTube</title>"),
        *(b"<meta http-equiv=refresh content='0;url=/y'>", b"<script>location='/z'</script>"),
        *(b"<script>top.location.replace('https://b.example/new')</script>", b"location" * 99),
        *(b"<script>location='javascript:x'</script>", b"<p>many words </p>" * 99),
    ]
) | st.builds(
    lambda target: f"<script>location.href={target!r}</script>".encode("utf-8", "replace"), _TARGETS
)
_STATUSES = [200, 204, 301, 302, 303, 304, 307, 308, 401, 403, 404, 410, 429, 500, 503, 599, 999]


@st.composite
def _answers(draw: st.DrawFn) -> Exchange | Fault:
    if draw(st.integers(0, 4)) == 0:
        return Fault(draw(st.sampled_from(list(FaultKind))), "x")
    return Exchange(
        method="GET",
        url=A,
        at=START,
        request_headers=(),
        status=draw(st.sampled_from([200, 302, 404]) | st.sampled_from(_STATUSES)),
        reason="",
        headers=tuple((k.encode(), v.encode("utf-8", "replace")) for k, v in draw(_HEADERS)),
        raw=b"",
        content=draw(_PAGES),
        truncated=draw(st.sampled_from(["", "", "", "length", "time", "disconnect"])),
    )


@dataclass
class _Story:
    """What a visit did, in order: requests, with who had set the cookies that went with them."""

    plan: Plan
    steps: list[Ask | Wait | Chance] = field(default_factory=list)
    set_by: dict[str, set[str]] = field(default_factory=dict)

    def answer(self, step: Ask | Wait | Chance, answers: list[Exchange | Fault]) -> Answer:
        count = len(self.asks)
        self.steps.append(step)
        if isinstance(step, Wait):
            return None
        ask = step.ask if isinstance(step, Chance) else step
        self._look_at(ask)
        host = urlsplit(ask.url).hostname or ""
        # The client refuses these; the ladder must take the refusal for an answer.
        if re.match(r"10\.|127\.|0x", host) or Guard().refuses_name(host):
            return Fault(FaultKind.PRIVATE_ADDRESS)
        answer = answers[count % len(answers)]
        if isinstance(answer, Fault):
            return answer
        for key, value in answer.headers:
            if key == b"Set-Cookie":
                name, _, rest = value.decode("latin-1").partition("=")
                pair = f"{name}={rest.partition(';')[0]}"
                self.set_by.setdefault(pair, set()).add(registrable_domain(host))
        return Exchange(**{n: getattr(answer, n) for n in _FIELDS} | {"url": ask.url})

    @property
    def asks(self) -> list[Ask]:
        found = (s.ask if isinstance(s, Chance) else s for s in self.steps)
        return [s for s in found if isinstance(s, Ask)]

    def _look_at(self, ask: Ask) -> None:
        parts = urlsplit(ask.url)
        assert parts.scheme in ("http", "https")
        assert "@" not in parts.netloc
        assert "#" not in ask.url
        assert ask.method == "GET"
        sent = dict(ask.headers).get("Cookie", "")
        for pair in filter(None, sent.split("; ")):
            assert registrable_domain(parts.hostname or "") in self.set_by[pair], "a stray cookie"


_FIELDS = tuple(Exchange.__dataclass_fields__)


def _walk(start: str, answers: list[Exchange | Fault], plan: Plan) -> tuple[_Story, Climb]:
    story = _Story(plan)
    steps = climb(start, plan)
    answer: Answer = None
    try:
        while True:
            answer = story.answer(steps.send(answer), answers)
            assert len(story.asks) <= plan.most_asks(), "it does not end"
    except StopIteration as done:
        end = done.value
        assert isinstance(end, Climb)
        return story, end


def _never_twice_at_once(story: _Story) -> None:
    """Equal requests are made again only after a pause."""
    since_pause: set[object] = set()
    for step in story.steps:
        if isinstance(step, Wait):
            assert step.seconds > 0
            since_pause.clear()
            continue
        ask = step.ask if isinstance(step, Chance) else step
        mark = (ask.url, tuple(h for h in ask.headers if h[0] == "Cookie"))
        assert mark not in since_pause, f"{mark} asked twice without a pause"
        since_pause.add(mark)


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(STARTS),
    answers=st.lists(_answers(), min_size=1, max_size=12),
    hops=st.sampled_from([1, 3, 20]),
    quirks=st.booleans(),
    validated=st.sampled_from(["", A, B]),
)
def test_every_visit_ends_within_its_bounds(
    start: str, answers: list[Exchange | Fault], hops: int, quirks: bool, validated: str
) -> None:
    plan = Plan(
        now=lambda: START,
        max_hops=hops,
        quirks=quirks,
        variants=True,
        validators=(("If-None-Match", '"7"'),),
        validated=validated,
    )
    story, end = _walk(start, answers, plan)
    waits = [s for s in story.steps if isinstance(s, Wait)]
    assert sum(w.seconds for w in waits) <= 60.0 * plan.retries + 5.0 + 2.0
    assert len(end.hops) <= plan.max_hops + 1
    assert end.attempts, "every try leaves an attempt"
    _never_twice_at_once(story)
    told = [ask for ask in story.asks if "If-None-Match" in dict(ask.headers)]
    assert len(told) <= 1
    assert all(ask.url == (validated or start.partition("#")[0]) for ask in told)
    assert not any(ask.fresh for ask in told)
    if end.other is not None:
        there = urlsplit(end.other[0].url).hostname or ""
        cited = urlsplit(start).hostname or ""
        assert registrable_domain(there) == registrable_domain(cited)


@settings(max_examples=50, deadline=None)
@given(start=st.text(max_size=60))
def test_whatever_is_cited(start: str) -> None:
    _, end = _walk(start, [Fault(FaultKind.READ_TIMEOUT)], Plan(now=lambda: START, variants=True))
    assert isinstance(end.end, Fault)
