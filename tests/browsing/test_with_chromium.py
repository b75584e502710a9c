"""The real Chromium on a loopback web: what it passes by itself, and what it does not."""

from __future__ import annotations

from pathlib import Path

from citecheck.demo.site import Answer, Request, page
from citecheck.demo.walls import cloudflare_challenge
from standins.chromium import ARTICLE, NEEDS_CHROMIUM, draws, shell, with_browser

pytestmark = NEEDS_CHROMIUM


def challenge(request: Request) -> Answer:
    """A wall that wants a cookie set by script, and the page behind it."""
    if "passed=yes" in request.headers.get("cookie", ""):
        return page("The tide bell", ARTICLE)
    wall = cloudflare_challenge(request)
    script = (
        b"<script>setTimeout(() => { document.cookie = 'passed=yes'; location.reload(); }, 500)"
        b"</script></body>"
    )
    return Answer(wall.status, wall.body.replace(b"</body>", script), wall.headers)


def test_what_scripts_show_is_judged_like_any_page() -> None:
    def fetched(request: Request) -> Answer:
        if request.path == "/text":
            return Answer(200, ARTICLE.encode(), (("Content-Type", "text/plain"),))
        return shell(
            "fetch('/text').then(r => r.text()).then(t => {" + draws("") + "root.innerHTML = t})"
        )

    shadow = (
        "customElements.define('the-story', class extends HTMLElement { connectedCallback() {"
        f"this.attachShadow({{mode: 'open'}}).innerHTML = {ARTICLE!r}; }} }});"
        "document.body.append(document.createElement('the-story'));"
    )
    pictures = draws(ARTICLE + "<img src=/p.png><video src=/v.mp4></video>")
    told = with_browser(
        {
            "fetched.example": fetched,
            "shadow.example": lambda _: shell(shadow),
            "error.example": lambda _: shell(draws("<h1>Page not found</h1>", "Page not found")),
            "pictures.example": lambda _: shell(pictures),
        }
    )
    assert set(told.before.values()) == {"blocked/needs-javascript"}
    assert told.said("fetched.example") == "ok/ok-insecure"
    assert told.said("shadow.example") == "ok/ok-insecure"
    assert told.said("error.example") == "dead/soft-404"
    assert told.said("pictures.example") == "ok/ok-insecure"
    paths = {r.path for r in told.asked if r.host == "pictures.example"}
    assert not paths & {"/p.png", "/v.mp4"}, "pictures and films are not loaded"
    page_facts = told.observations["http://fetched.example/a"].page
    assert page_facts
    assert page_facts.extractor.startswith("browser+")
    agents = {r.headers["user-agent"] for r in told.asked if r.path == "/text"}
    assert all("HeadlessChrome/" in a and "citecheck/" in a and "(+http" in a for a in agents)


def test_a_challenge_that_a_browser_passes_by_itself_is_passed_and_no_other() -> None:
    captcha = page(
        "Security check",
        '<div class="g-recaptcha" data-sitekey="x"></div><p>Prove that you are human.</p>',
        status=403,
    )

    def asks_a_person(request: Request) -> Answer:
        """A challenge that turns into a captcha once scripts have run."""
        if "passed=yes" in request.headers.get("cookie", ""):
            return captcha
        return challenge(request)

    told = with_browser(
        {
            "passes.example": challenge,
            "stays.example": cloudflare_challenge,
            "captcha.example": lambda _: captcha,
            "turns.example": asks_a_person,
        }
    )
    assert told.said("passes.example") == "ok/ok-insecure"
    assert told.observations["http://passes.example/a"].status == 200
    assert told.observations["http://passes.example/a"].hops == ()
    assert told.said("stays.example") == "blocked/challenge"
    assert told.refused("stays.example") == "what it shows is still a case of challenge"
    assert told.said("captcha.example") == "blocked/captcha"
    assert [r.host for r in told.asked].count("captcha.example") == 1, "not opened at all"
    assert told.said("turns.example") == "blocked/challenge"
    assert told.refused("turns.example") == "what it shows is still a case of captcha"


def test_a_program_that_is_no_browser_leaves_the_findings_alone(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n", "ascii")
    program.chmod(0o755)
    told = with_browser({"shell.example": lambda _: shell("")}, program=program)
    assert told.said("shell.example") == told.before["shell.example"]
    [left] = told.skipped
    assert left.why.startswith("1 link not opened with a browser:")
    assert "cannot be started" in left.why
