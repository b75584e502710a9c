# ruff: noqa: E501 - pages are read best on one line
"""Disguised error pages in many languages, and genuine pages that only speak of errors."""

from __future__ import annotations

import pytest

from citecheck.records.finding import Confidence
from citecheck.signals.phrases import NOT_FOUND
from citecheck.signals.segments import bare_404
from citecheck.signals.told import told
from standins.judged import OTHER, STORY, TITLE, cited, observed, page, said, verdict_on

NOT_FOUND_PAGES = [
    ("zh", "您访问的页面不存在"),
    ("zh", "抱歉，您访问的页面不存在！_中国日报网"),
    ("zh", "您访问的页面不存在或已被删除"),
    ("zh-Hant", "找不到網頁 - 外交部"),
    ("ja", "ページが見つかりません｜外務省"),
    ("ja", "お探しのページは見つかりませんでした"),
    ("ko", "페이지를 찾을 수 없습니다 | 국방부"),
    ("ru", "Страница не найдена — Официальный сайт"),
    ("uk", "Помилка 404: сторінку не знайдено"),
    ("de", "Seite nicht gefunden – Stadtarchiv"),
    ("fr", "Page non trouvée | Bibliothèque"),
    ("es", "Página no encontrada - Diario"),
    ("pt", "Página não encontrada"),
    ("it", "Errore 404: pagina non trovata"),
    ("nl", "Pagina niet gevonden | Rijksarchief"),
    ("pl", "Nie znaleziono strony"),
    ("cs", "Stránka nenalezena"),
    ("sv", "Sidan kunde inte hittas"),
    ("fi", "Sivua ei löytynyt"),
    ("tr", "Sayfa bulunamadı"),
    ("ar", "الصفحة غير موجودة"),
    ("he", "הדף לא נמצא"),
    ("fa", "صفحه مورد نظر یافت نشد"),
    ("hi", "पृष्ठ नहीं मिला"),
    ("th", "ไม่พบหน้านี้"),
    ("vi", "Không tìm thấy trang"),
    ("id", "Halaman tidak ditemukan"),
    ("el", "Η σελίδα δεν βρέθηκε"),
    ("en", "Oops! That page can’t be found."),
    ("en", "404 - Page Not Found | The Islander Gazette"),
    ("en", "404"),
]


@pytest.mark.parametrize(("language", "title"), NOT_FOUND_PAGES)
def test_a_not_found_page_with_status_200_is_dead(language: str, title: str) -> None:
    markup = (
        f'<html lang="{language}"><head><title>{title}</title></head><body><p>←</p></body></html>'
    )
    finding = verdict_on(observed(markup))
    assert said(finding) == "dead/soft-404"
    assert finding.confidence is Confidence.HIGH
    assert finding.evidence[0].signal in ("title-phrase", "title-404")


def test_the_evidence_names_the_phrase() -> None:
    finding = verdict_on(observed("<title>您访问的页面不存在</title><p>返回首页</p>"))
    assert (finding.evidence[0].signal, finding.evidence[0].value) == (
        "title-phrase",
        "您访问的页面不存在",
    )
    assert "您访问的页面不存在" in finding.detail


@pytest.mark.parametrize(
    "markup",
    [
        "<title>外交部</title><p>对不起，您要访问的页面不存在或已删除！</p>",
        "<title>Islander Gazette</title><div>Sorry, page not found. Try the search.</div>",
        "<title>Президент России</title><div>Запрашиваемая страница не найдена</div>",
        "<title>Hafenblatt</title><div>Die gewünschte Seite konnte leider nicht gefunden werden.</div>",
        "<title>Портовый вестник</title><div>К сожалению, запрашиваемая вами страница не существует.</div>",
        "<title>항구 신문</title><div>죄송합니다. 요청하신 페이지가 존재하지 않습니다.</div>",
        "<title>جريدة الميناء</title><div>عذراً، الصفحة التي تحاول الوصول إليها غير موجودة.</div>",
    ],
)
@pytest.mark.parametrize("title", [TITLE, ""])
def test_a_page_of_few_words_that_say_so(markup: str, title: str) -> None:
    link = cited(title=title)
    assert said(verdict_on(observed(markup, link=link), link=link)) == "dead/soft-404"


def test_a_long_not_found_page_with_a_feed_of_posts_is_still_found() -> None:
    """Ghost fills its error page with posts, so it is not thin; the cited title is absent."""
    markup = page(title="Islander Gazette", h1="Page not found", text=(OTHER + STORY) * 3)
    assert said(verdict_on(observed(markup))) == "dead/soft-404"


@pytest.mark.parametrize(
    "markup",
    [
        '<html id="__next_error__"><head></head><body></body></html>',
        '<html><head><title>Gazette</title><link rel="canonical" href="https://press.example/404"></head>'
        "<body><p>Nothing here.</p></body></html>",
        '<html><head><title>Gazette</title></head><body class="error404 wp-theme"><p>Hm.</p></body></html>',
    ],
    ids=["next", "canonical", "wordpress"],
)
def test_one_decisive_sign_is_enough(markup: str) -> None:
    finding = verdict_on(observed(markup))
    assert (said(finding), finding.confidence) == ("dead/soft-404", Confidence.HIGH)


def test_an_address_that_became_that_of_an_error_page() -> None:
    seen = observed(
        page(title="The Gazette", text=OTHER), final="https://press.example/notfound.html"
    )
    assert said(verdict_on(seen)) == "dead/soft-404"


GENUINE = {
    "an article about errors": page(
        title="Why page not found pages matter", text="A page that says page not found is a 404. " * 20 + STORY
    ),
    "a changelog": page(
        title="Changes in version 2.1 of the tide tables",
        text="The section on floats has been removed. The link to the annex does not exist any more; sorry. " + STORY,
    ),
    "a street number": page(title="404 Harbour Road, Ormsay", text=STORY),
    "a car": page(title="The Peugeot 404 in the islands", text=STORY),
    "the cited title on a page that also says so": page(
        text=STORY, body="<h2>Page not found</h2><p>is what you may see when you follow older links.</p>"
    ),
    "a short page": page(title="Opening hours", text="Monday to Friday."),
    "noindex": page(title="Tide well", text=STORY, head='<meta name="robots" content="noindex">'),
}  # fmt: skip


@pytest.mark.parametrize("name", GENUINE)
@pytest.mark.parametrize("title", [TITLE, ""])
def test_genuine_pages_are_never_dead(name: str, title: str) -> None:
    link = cited(title=title)
    finding = verdict_on(observed(GENUINE[name], link=link), link=link)
    assert finding.state == "ok", said(finding)


@pytest.mark.parametrize("title", ["", "HTTP 404"])
def test_an_encyclopedia_article_on_the_status_is_well(title: str) -> None:
    link = cited(title=title)
    seen = observed(page(title="HTTP 404 - Encyclopedia", h1="HTTP 404", text=STORY * 4), link=link)
    assert verdict_on(seen, link=link).state == "ok"


def test_the_cited_title_on_the_page_outweighs_every_phrase() -> None:
    markup = page(title="Page not found", h1=TITLE)
    assert said(verdict_on(observed(markup))) == "ok/ok"


def test_the_home_page_of_a_host_is_never_soft_404() -> None:
    link = cited("https://press.example/", title="")
    seen = observed("<title>Page not found</title><p>hm</p>", link=link)
    assert verdict_on(seen, link=link).state == "ok"


def test_the_table_has_ninety_languages_and_every_phrase_is_recognised() -> None:
    assert len(NOT_FOUND) >= 90
    missed = [p for phrases in NOT_FOUND.values() for p in phrases if not told(p)]
    assert missed == []


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("404", True),
        ("Error 404", True),
        ("404 | Gazette", True),
        ("Highway 404", False),
        ("404 ways to leave", False),
    ],
)
def test_bare_404(heading: str, expected: bool) -> None:
    assert bare_404(heading) is expected


def test_a_work_whose_title_begins_like_an_error_page() -> None:
    link = cited("https://press.example/1981/essay", title="")
    markup = page(
        "Page Not Found: The Web and Its Memory", "A short note, printed in our next issue."
    )
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"


def test_a_lost_video_on_a_page_that_is_cited_in_translation() -> None:
    link = cited(title="The Weaving Looms of the Nadder Valley")
    german = (
        "Die Weberei lag am Fluss, und das Wasser trieb die Räder an, bis die Fabrik im Krieg geschlossen wurde. "
        "Heute ist in dem Haus ein Museum, in dem die alten Stühle noch mit der Hand bedient werden. "
    )
    video = "<figure><p>Dieses Video ist nicht mehr verfügbar.</p></figure>"
    markup = page("Webstühle", german * 3, body=video).replace('lang="en"', 'lang="de"')
    assert verdict_on(observed(markup, link=link), link=link).state == "ok"
    gone = page("Museum", "Dieses Video ist leider nicht mehr verfügbar.", h1="Videothek")
    assert said(verdict_on(observed(gone, link=link), link=link)) == "dead/soft-404"


def test_words_of_scripts_without_spaces_are_counted_by_three_characters() -> None:
    link = cited(title="The silk weavers of Lan Na")
    furniture = "เราใช้คุกกี้เพื่อปรับปรุงเว็บไซต์และแสดงโฆษณาที่เหมาะสม หน้าแรก ข่าว วัฒนธรรม กีฬา ติดต่อ"
    gone = "<p>บทความนี้ถูกลบแล้ว</p>"
    markup = page("ข่าวล้านนา", furniture, body=gone).replace('lang="en"', 'lang="th"')
    assert said(verdict_on(observed(markup, link=link), link=link)) == "dead/soft-404"
