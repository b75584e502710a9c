"""Sentences that say nothing else than that a page is not there, and titles that do."""

from __future__ import annotations

import pytest

from citecheck.signals.phrases import NOT_FOUND
from citecheck.signals.sayings import SAYINGS
from citecheck.signals.statements import opens_with_statement, says_absent, statement_in
from citecheck.signals.told import told, told_shortly

SAID = [
    "We couldn't find the page you're looking for.",
    "The story you are looking for is no longer on our site.",
    "Sorry, the page you were looking for in this blog does not exist.",
    "The requested topic does not exist.",
    "It may have been moved or deleted: this document is no longer available.",
    "Die von Ihnen gesuchte Seite konnte leider nicht gefunden werden.",
    "Der gewünschte Artikel ist leider nicht mehr verfügbar",
    "Nous n'avons pas trouvé la page que vous recherchez.",
    "Désolé, cet article n'est plus disponible",
    "No hemos podido encontrar la página que está buscando",
    "A página que você procurava não existe neste blog.",
    "La pagina che stavi cercando non è più disponibile",
    "De pagina die u zoekt bestaat niet meer",
    "Sidan du letar efter finns inte längre",
    "Siden du leder efter findes ikke",
    "Siden du leter etter finnes ikke lenger",
    "Valitettavasti etsimääsi sivua ei löytynyt",
    "Strona, której szukasz, nie istnieje",
    "Omlouváme se, hledaná stránka neexistuje",
    "К сожалению, страница, которую вы ищете, была удалена",
    "Элемент не найден!",
    "Сторінку, яку ви шукаєте, не знайдено або її було видалено.",
    "Страницата, която търсите, не съществува",
    "Η σελίδα που ζητήσατε δεν βρέθηκε",
    "Az Ön által keresett oldal nem található",
    "Aradığınız sayfa bulunamadı veya silinmiş olabilir",
    "الصفحة التي تبحث عنها غير متوفرة",
    "صفحه مورد نظر شما یافت نشد",
    "מצטערים, הדף שחיפשת לא נמצא",
    "क्षमा करें, पृष्ठ नहीं मिला",
    "ขออภัย ไม่พบหน้าที่คุณกำลังค้นหา",
    "Trang bạn đang tìm kiếm không tồn tại",
    "Maaf, halaman yang Anda cari tidak ditemukan",
    "抱歉，指定的主题不存在或已被删除或正在被审核",
    "文档尚未审核或已被删除，非作者本人无权查看！",
    "您所訪問的網頁不存在",
    "お探しのページは、移動または削除された可能性があります",
    "指定されたアイテムは存在しません。",
    "게시물이 삭제되었거나 다른 페이지로 변경되었습니다.",
    "요청하신 페이지를 찾을 수 없습니다",
    "This listing has ended and is no longer available.",
    "The requested document is not on this server.",
    "Diese Anzeige ist nicht mehr online",
    "Der gesuchte Artikel steht nicht mehr zur Verfügung.",
    "Cette vidéo n'est plus disponible.",
    "No se ha podido encontrar la página.",
    "O conteúdo solicitado não foi localizado.",
    "Questo annuncio non è più disponibile.",
    "De opgevraagde pagina kon niet worden gevonden.",
    "Artikkelen er ikke lenger tilgjengelig.",
    "Artykuł nie jest już dostępny.",
    "Článek byl smazán.",
    "Articolul a fost șters.",
    "Търсената от вас страница не е намерена.",
    "Объявление снято с публикации.",
    "Το άρθρο δεν είναι πλέον διαθέσιμο.",
    "Bu ilan yayından kaldırılmıştır.",
    "هذا المحتوى لم يعد متاحا.",
    "הכתבה הוסרה.",
    "Bài viết không tồn tại hoặc đã bị gỡ.",
    "この商品は販売を終了しました",
    "판매가 종료된 상품입니다.",
    "该网页无法访问或已下线",
]
NOT_SAID = [
    "Page not found in Django",
    "The statue has been removed from the square",
    "The Missing Page",
    "Nobody found the page that the monk had hidden in the wall",
    "This article has been retracted",
    "The page on floats has been removed from the second edition",
    "Die Seite der Verlierer ist nicht gefunden worden, sagt der Historiker",
    "Почему страница не найдена и как это исправить",
    "页面不存在的原因及其解决方法有哪些",
    "お探しのページが見つからないときの対処法",
    "404",
    "",
]


@pytest.mark.parametrize("sentence", SAID)
def test_said(sentence: str) -> None:
    assert statement_in(sentence)


@pytest.mark.parametrize("sentence", NOT_SAID)
def test_not_said(sentence: str) -> None:
    assert not statement_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Document not available online.",
        "Dokument nicht online verfügbar",
        "Document non disponible en ligne",
        "Documento no disponible en línea.",
        "Documento non disponibile online",
    ],
)
def test_a_record_without_a_digital_copy_is_there(sentence: str) -> None:
    assert not says_absent(sentence)
    assert not statement_in(f"{sentence} Read it in the reading room.", loosely=True)


def test_what_is_no_longer_online_is_gone() -> None:
    assert says_absent("This article is no longer available online.", loosely=True)
    assert says_absent("Der Artikel ist leider nicht mehr online")


def test_a_question_introduces_something_else() -> None:
    assert not statement_in("Page not found? Here is what to do.")
    assert not statement_in("La page demandée est introuvable ? Voici comment corriger.")
    assert statement_in("Oops! The page was not found. Go back to the start?")


def test_what_comes_after_other_words_may_be_quoted() -> None:
    quoted = "Raise NotFound to show it. The requested URL was not found on this server."
    assert statement_in(quoted)
    assert not opens_with_statement(quoted)
    assert opens_with_statement("Sorry! The page was not found. Try the search of our library.")


def test_loosely_a_few_other_words_may_stand_in_it() -> None:
    sentence = "Unfortunately the gazette page you are looking for could not be found"
    assert not says_absent(sentence)
    assert says_absent(sentence, loosely=True)
    assert not says_absent("The keeper wrote that the page was not found by him", loosely=True)


def test_every_language_has_words_of_each_kind() -> None:
    assert all(all(words) for words in SAYINGS.values())
    assert len(NOT_FOUND.keys() | SAYINGS.keys()) >= 100


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("404 Not Found – Tea shop", True),
        ("Errore 404: pagina non trovata", True),
        ("404 - Page not found: /a/b", True),
        ("抱歉，您访问的页面不存在！_中国日报网", True),
        ("ファイルが見つかりません（404 File Not Found）", True),
        ("Artiklen findes ikke", True),
        ("404 Not Found: a study of link rot in law reviews", False),
        ("How to design a great 404 page | UX blog", False),
        ("Page not found in Django - Q&A", False),
        ("Erreur 404 : que faire ?", False),
        ("「ページが見つかりません」を減らすには", False),
        ("页面不存在怎么办？404错误的原因", False),
        ("An Error Has Occurred!", False),
    ],
)
def test_titles(title: str, expected: bool) -> None:
    assert bool(told(title)) is expected


def test_short_phrases_name_nothing() -> None:
    assert told_shortly("Nicht gefunden | Forum") == "Nicht gefunden"
    assert told_shortly("Not found") == "Not found"
    assert not told("Nicht gefunden")
    assert not told_shortly("Nicht gefunden: Gedichte")
