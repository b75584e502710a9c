# ruff: noqa: E501 - pages are read best on one line
"""Refusals in words, of any maker and in many languages, and pages that only use such words."""

from __future__ import annotations

import pytest

from standins.judged import STORY, TITLE, cited, observed, page, said, verdict_on

NAMELESS = cited(title="")


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Access Denied", "The IP address you are using has been blocked.", "forbidden"),
        ("Automated request detected", "Your access to our website has been blocked automatically.", "forbidden"),
        ("Accesso negato", "Il tuo indirizzo IP è stato bloccato per attività sospetta.", "forbidden"),
        ("접근 차단", "비정상적인 접근이 감지되어 접속이 차단되었습니다.", "forbidden"),
        ("Sorry...", "Your computer or network may be sending automated queries.", "forbidden"),
        ("Too Many Requests", "Slow down and try again later.", "rate-limited"),
        ("Доступ ограничен", "С вашего адреса поступает слишком много запросов.", "rate-limited"),
        ("Robot or human?", "Please confirm that you’re a human.", "captcha"),
        ("InfoJobs", "¿Eres humano o un robot? Disculpa las molestias.", "captcha"),
        ("Vérification", "Veuillez confirmer que vous n'êtes pas un robot.", "captcha"),
        ("访问验证", "请完成下方验证后继续操作", "captcha"),
        ("アクセス確認", "ロボットではないことを確認するため、文字を入力してください。", "captcha"),
        ("One moment, please...", "Please wait while your request is being verified...", "challenge"),
        ("Pardon Our Interruption", "Something about your browser made us think you were a bot.", "challenge"),
        ("Dostęp zabroniony", "Twoje żądanie zostało zablokowane ze względów bezpieczeństwa.", "forbidden"),
        ("Access to this page has been denied", "Because we believe you are using automation tools to browse the website.", "forbidden"),
        ("", "Access denied.", "forbidden"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_small_page_that_refuses_is_blocked(
    status: int, title: str, text: str, reason: str
) -> None:
    markup = f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>"
    finding = verdict_on(observed(markup, status=status))
    assert said(finding) == f"blocked/{reason}"
    assert finding.confidence == ("medium" if status == 200 else "high")
    assert [e.signal for e in finding.evidence][:2] == ["http-status", reason]


@pytest.mark.parametrize(
    "markup",
    [
        page("Are you a robot?", STORY),
        page("Your IP address has been blocked", STORY * 2),
        page("Minutes", "The board met. Please verify that you are human before you comment. The bell was hung, and the float was repaired by a man of the harbour who asked for nothing."),
        "<main><h1>Human verification: a study</h1><p>We seek assistants for a study of how people judge such tasks.</p></main>",
        "<main><h1>Opening hours</h1><p>The museum on the pier opens at nine and closes when the tide turns.</p><form><div class='cf-turnstile'></div><p>Verify you are human, then submit.</p></form></main>",
        "<main><h1>Radio</h1><p>Press and hold the record key to test.</p></main>",
        "<p>The museum is open.</p><div hidden><h1>Access denied</h1></div>",
    ],
    ids=["cited words", "help", "comment form", "study", "newsletter", "record key", "hidden"],
)  # fmt: skip
def test_pages_with_a_text_of_their_own_are_not(markup: str) -> None:
    link = cited(title="Are you a robot?") if "robot" in markup else NAMELESS
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"


def test_words_never_turn_a_404_into_a_wall_and_a_vendors_mark_does() -> None:
    words = "<title>Access denied</title><p>Your request has been blocked.</p>"
    assert said(verdict_on(observed(words, status=404))) == "dead/http-404"
    mark = "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>"
    assert said(verdict_on(observed(mark, status=404))) == "blocked/challenge"


def test_an_answer_without_a_page_refuses_in_words() -> None:
    seen = observed(
        '{"message":"API rate limit exceeded for 203.0.113.9."}',
        status=403,
        headers={"Content-Type": "application/json"},
    )
    assert said(verdict_on(seen)) == "blocked/rate-limited"


@pytest.mark.parametrize("status", [412, 503, 521])
def test_scripts_alone_with_a_refusing_status_are_a_test(status: int) -> None:
    seen = observed("<script>document.cookie='a=1';location.reload()</script>", status=status)
    finding = verdict_on(seen)
    assert (said(finding), finding.strike) == ("blocked/challenge", False)


def test_the_vendor_in_the_way_is_named_and_proves_nothing() -> None:
    headers = {"CF-RAY": "8c1-FRA", "Server": "cloudflare"}
    refused = verdict_on(observed("<h1>No</h1>", status=403, headers=headers))
    assert ("transit", "Cloudflare: cf-ray") in [(e.signal, e.value) for e in refused.evidence]
    failing = verdict_on(observed("<h1>Service Unavailable</h1>", status=503, headers=headers))
    assert said(failing) == "unreachable/http-5xx"
    assert said(verdict_on(observed(page(TITLE), headers=headers))) == "ok/ok"
