# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""How pages say "not found", whole phrases, in some hundred languages (a table of facts).

Only whole phrases, and only in title, h1 or h2: on 311 genuine pages they never hit there, while
loose words ("has been removed", "sorry") anywhere in the text hit every seventh. A phrase matches
when a heading is that phrase, or begins or ends with it beside the site's name or a bare 404.
"""

from __future__ import annotations

from functools import cache

from citecheck.text.fold import fold

NOT_FOUND: dict[str, tuple[str, ...]] = {
    "af": ("Bladsy nie gevind nie", "Bladsy nie gevind"),
    "am": ("ገጹ አልተገኘም", "ገጽ አልተገኘም"),
    "ar": (
        "الصفحة غير موجودة", "لم يتم العثور على الصفحة", "تعذر العثور على الصفحة",
        "الصفحة المطلوبة غير موجودة", "عذرا الصفحة غير موجودة", "الصفحة التي تبحث عنها غير موجودة",
    ),
    "ast": ("Nun s'alcontró la páxina", "Páxina nun atopada"),
    "az": ("Səhifə tapılmadı",),
    "be": ("Старонка не знойдзена", "Старонку не знойдзена"),
    "bg": ("Страницата не е намерена", "Страницата не беше намерена", "Страницата не е открита"),
    "bn": ("পৃষ্ঠা পাওয়া যায়নি", "পাতা পাওয়া যায়নি", "পেজ পাওয়া যায়নি"),
    "br": ("N'eo ket bet kavet ar bajenn", "Pajenn digavet"),
    "bs": ("Stranica nije pronađena",),
    "ca": ("Pàgina no trobada", "No s'ha trobat la pàgina"),
    "ckb": ("پەڕە نەدۆزرایەوە",),
    "cs": ("Stránka nenalezena", "Stránka nebyla nalezena", "Stránka neexistuje", "Požadovaná stránka nebyla nalezena"),
    "cy": ("Heb ganfod y dudalen", "Ni chanfuwyd y dudalen", "Tudalen heb ei darganfod"),
    "da": ("Siden blev ikke fundet", "Siden findes ikke", "Side ikke fundet", "Siden kunne ikke findes"),
    "de": (
        "Seite nicht gefunden", "Seite wurde nicht gefunden", "Die Seite wurde nicht gefunden",
        "Diese Seite wurde nicht gefunden", "Die Seite konnte nicht gefunden werden",
        "Diese Seite existiert nicht", "Diese Seite existiert nicht mehr", "Diese Seite gibt es nicht",
        "Diese Seite gibt es nicht mehr", "Seite existiert nicht", "Artikel nicht gefunden",
        "Die angeforderte Seite wurde nicht gefunden", "Seite nicht verfügbar", "Inhalt nicht gefunden",
    ),
    "dsb": ("Bok njejo se namakał",),
    "el": ("Η σελίδα δεν βρέθηκε", "Δεν βρέθηκε η σελίδα", "Η σελίδα δε βρέθηκε"),
    "en": (
        "Page not found", "The page was not found", "This page was not found", "Page cannot be found",
        "The page cannot be found", "This page cannot be found", "Page could not be found",
        "The page could not be found", "This page could not be found", "The page you requested was not found",
        "The page you requested could not be found", "The requested page could not be found",
        "The requested page was not found", "The page you are looking for could not be found",
        "The page you are looking for cannot be found", "The page you are looking for was not found",
        "The page you were looking for was not found", "The page you were looking for doesn't exist",
        "The page you are looking for doesn't exist", "The page you are looking for does not exist",
        "The page you're looking for doesn't exist", "The page you're looking for can't be found",
        "We can't find the page you're looking for", "We can't find that page", "We couldn't find that page",
        "We couldn't find the page you were looking for", "We could not find the page you requested",
        "We can't find this page", "We couldn't find this page",
        "That page can't be found", "Oops! That page can't be found", "Oops, page not found",
        "Sorry, page not found", "Sorry, this page isn't available", "This page isn't available",
        "Sorry, we couldn't find that page", "Sorry, we can't find that page",
        "Sorry, we couldn't find the page you were looking for", "This page does not exist",
        "This page doesn't exist", "This page no longer exists", "The page does not exist", "Page does not exist",
        "Page doesn't exist", "The requested URL was not found on this server", "404 Not Found",
        "404 Error", "Error 404", "HTTP 404", "HTTP Error 404", "404 page", "404 error page", "Page not found 404",
        "File not found", "File or directory not found", "404 File not found", "Article not found", "Document not found",
        "Content not found", "Story not found", "Post not found", "Nothing found for this address",
        "The resource cannot be found", "Resource not found", "The article you requested was not found",
        "The article could not be found", "Requested page not found", "Web page not found", "Page missing",
        "This article is no longer available", "This content is no longer available",
        "The page you requested is no longer available", "This page is no longer available",
        "This page has been removed", "Not found",
    ),
    "eo": ("Paĝo ne trovita", "La paĝo ne estis trovita"),
    "es": (
        "Página no encontrada", "No se encontró la página", "No se ha encontrado la página",
        "La página no existe", "Esta página no existe", "La página que buscas no existe",
        "La página solicitada no existe", "Página inexistente", "La página solicitada no se ha encontrado",
        "La página que busca no existe", "Contenido no encontrado",
    ),
    "et": ("Lehte ei leitud", "Lehekülge ei leitud"),
    "eu": ("Orria ez da aurkitu", "Ez da orria aurkitu", "Orrialdea ez da aurkitu"),
    "fa": ("صفحه یافت نشد", "صفحه پیدا نشد", "صفحه مورد نظر یافت نشد", "صفحه مورد نظر پیدا نشد"),
    "fi": ("Sivua ei löytynyt", "Sivua ei löydy", "Sivua ei ole"),
    "fo": ("Síðan varð ikki funnin",),
    "fr": (
        "Page non trouvée", "Page introuvable", "La page est introuvable", "Cette page est introuvable",
        "Cette page n'existe pas", "Cette page n'existe plus", "La page demandée n'existe pas",
        "La page demandée est introuvable", "La page que vous recherchez est introuvable",
        "La page que vous cherchez n'existe pas", "La page n'existe pas", "Page inexistante",
        "Article introuvable", "Erreur 404", "Page pas trouvée", "La page demandée n'a pas été trouvée",
    ),
    "fy": ("Side net fûn",),
    "ga": ("Ní bhfuarthas an leathanach", "Leathanach gan aimsiú"),
    "gd": ("Cha deach an duilleag a lorg",),
    "gl": ("Páxina non atopada", "Non se atopou a páxina"),
    "gu": ("પૃષ્ઠ મળ્યું નથી", "પેજ મળ્યું નથી"),
    "ha": ("Ba a samu shafin ba",),
    "he": ("הדף לא נמצא", "דף לא נמצא", "הדף אינו קיים", "דף לא קיים", "העמוד לא נמצא", "העמוד אינו קיים"),
    "hi": ("पृष्ठ नहीं मिला", "पेज नहीं मिला", "पृष्ठ लभ्य नहीं"),
    "hr": ("Stranica nije pronađena", "Stranica ne postoji", "Stranica nije nađena"),
    "hsb": ("Strona njeje so namakała",),
    "hu": ("Az oldal nem található", "Nincs ilyen oldal", "A keresett oldal nem található", "Oldal nem található"),
    "hy": ("Էջը չի գտնվել", "Էջը գտնված չէ"),
    "ia": ("Pagina non trovate",),
    "id": ("Halaman tidak ditemukan", "Laman tidak ditemukan", "Halaman tidak tersedia"),
    "ig": ("Ahụghị ibe ahụ",),
    "io": ("La pagino ne esas trovebla",),
    "is": ("Síða fannst ekki", "Síðan fannst ekki"),
    "it": (
        "Pagina non trovata", "La pagina non è stata trovata", "La pagina non esiste", "Questa pagina non esiste",
        "La pagina richiesta non esiste", "La pagina richiesta non è stata trovata",
        "La pagina che stai cercando non esiste", "Pagina inesistente", "Errore 404",
    ),
    "ja": (
        "ページが見つかりません", "ページが見つかりませんでした", "お探しのページは見つかりません",
        "お探しのページは見つかりませんでした", "お探しのページが見つかりません", "お探しのページが見つかりませんでした",
        "指定されたページが見つかりません", "指定されたページは見つかりませんでした", "ページは存在しません",
        "このページは存在しません", "お探しのページは存在しません", "ページが存在しません",
        "ご指定のページが見つかりません", "ご指定のページは見つかりませんでした", "ページがありません",
        "記事が見つかりません", "記事が見つかりませんでした", "お探しの記事は見つかりませんでした",
        "ファイルが見つかりません", "お探しのページは削除されたか",
    ),
    "jv": ("Kaca ora ditemokake",),
    "ka": ("გვერდი ვერ მოიძებნა", "გვერდი არ მოიძებნა"),
    "kab": ("Asebter ulac-it",),
    "kk": ("Бет табылмады", "Парақ табылмады"),
    "km": ("រកមិនឃើញទំព័រ", "រក\u200bទំព័រ\u200bមិន\u200bឃើញ"),
    "kn": ("ಪುಟ ಸಿಗಲಿಲ್ಲ", "ಪುಟ ಕಂಡುಬಂದಿಲ್ಲ"),
    "ko": (
        "페이지를 찾을 수 없습니다", "페이지를 찾을수 없습니다", "요청하신 페이지를 찾을 수 없습니다",
        "존재하지 않는 페이지입니다", "찾을 수 없는 페이지입니다", "페이지가 존재하지 않습니다",
        "요청하신 페이지가 존재하지 않습니다", "삭제된 기사입니다", "존재하지 않는 기사입니다",
        "삭제되었거나 존재하지 않는 페이지입니다", "페이지를 찾을 수 없어요",
    ),
    "ku": ("Rûpel nehat dîtin",),
    "ky": ("Барак табылган жок", "Бет табылган жок"),
    "la": ("Pagina non inventa",),
    "lb": ("Säit net fonnt", "D'Säit gouf net fonnt"),
    "lo": ("ບໍ່ພົບໜ້າ", "ບໍ່ພົບຫນ້າ"),
    "lt": ("Puslapis nerastas", "Puslapis neegzistuoja"),
    "lv": ("Lapa nav atrasta", "Lapa nav atrasta vai neeksistē", "Lapa netika atrasta"),
    "mk": ("Страницата не е најдена", "Страницата не е пронајдена"),
    "ml": ("പേജ് കണ്ടെത്തിയില്ല", "പേജ് കണ്ടില്ല"),
    "mn": ("Хуудас олдсонгүй",),
    "mr": ("पृष्ठ सापडले नाही", "पान सापडले नाही"),
    "ms": ("Halaman tidak dijumpai", "Laman tidak dijumpai"),
    "mt": ("Il-paġna ma nstabitx",),
    "my": ("စာမျက်နှာ ရှာမတွေ့ပါ", "စာမျက်နှာကို ရှာမတွေ့ပါ"),
    "nb": ("Siden ble ikke funnet", "Fant ikke siden", "Siden finnes ikke", "Side ikke funnet", "Vi finner ikke siden"),
    "ne": ("पृष्ठ भेटिएन", "पेज भेटिएन"),
    "nl": (
        "Pagina niet gevonden", "De pagina is niet gevonden", "Deze pagina bestaat niet",
        "Deze pagina bestaat niet meer", "De pagina werd niet gevonden", "Deze pagina is niet gevonden",
        "De opgevraagde pagina is niet gevonden", "Pagina bestaat niet",
    ),
    "nn": ("Sida vart ikkje funnen", "Fann ikkje sida", "Fann ikkje sidan"),
    "oc": ("Pagina pas trobada", "Pagina introbabla"),
    "os": ("Фарс нӕ разынд",),
    "pa": ("ਸਫ਼ਾ ਨਹੀਂ ਮਿਲਿਆ", "ਪੰਨਾ ਨਹੀਂ ਮਿਲਿਆ"),
    "pl": (
        "Nie znaleziono strony", "Strona nie znaleziona", "Strona nie została znaleziona",
        "Strona nie istnieje", "Podana strona nie istnieje", "Nie odnaleziono strony", "Błąd 404",
    ),
    "ps": ("پاڼه ونه موندل شوه",),
    "pt": (
        "Página não encontrada", "A página não foi encontrada", "Página não localizada", "A página não existe",
        "Esta página não existe", "Página inexistente", "A página solicitada não foi encontrada",
        "A página que procura não existe", "A página que você procura não existe",
        "A página que você está procurando não existe", "Erro 404", "Conteúdo não encontrado",
    ),
    "rm": ("Pagina betg chattada",),
    "ro": ("Pagina nu a fost găsită", "Pagină negăsită", "Pagina nu există", "Pagina negasita"),
    "ru": (
        "Страница не найдена", "Страница не существует", "Такой страницы не существует",
        "Такой страницы нет", "Запрашиваемая страница не найдена", "Запрошенная страница не найдена",
        "Страница удалена", "Страница удалена или не существует", "Материал не найден", "Документ не найден",
        "Статья не найдена", "Ошибка 404", "Страница, которую вы ищете, не найдена", "Страница не обнаружена",
        "Данной страницы не существует", "К сожалению, страница не найдена", "Новость не найдена",
    ),
    "sah": ("Сирэй көстүбэтэ",),
    "sc": ("Pàgina no agatada",),
    "si": ("පිටුව හමු නොවීය", "පිටුව හමු නොවිණි", "පිටුව සොයාගත නොහැක"),
    "sk": ("Stránka nebola nájdená", "Stránka sa nenašla", "Stránka neexistuje", "Stránka nenájdená"),
    "sl": ("Strani ni mogoče najti", "Stran ni bila najdena", "Stran ne obstaja", "Stran ni najdena"),
    "so": ("Bogga lama helin",),
    "sq": ("Faqja nuk u gjet", "Faqja nuk u gjend", "S'u gjet faqe"),
    "sr": ("Страница није пронађена", "Strana nije pronađena", "Страна није пронађена", "Stranica nije pronađena"),
    "su": ("Kaca teu kapendak",),
    "sv": ("Sidan kunde inte hittas", "Sidan hittades inte", "Sidan finns inte", "Sidan saknas", "Sidan kan inte hittas", "Vi kan inte hitta sidan"),
    "sw": ("Ukurasa haukupatikana", "Ukurasa haujapatikana"),
    "ta": ("பக்கம் கிடைக்கவில்லை", "பக்கம் காணப்படவில்லை", "பக்கத்தைக் காணவில்லை"),
    "te": ("పేజీ కనబడలేదు", "పేజీ కనుగొనబడలేదు", "పేజీ దొరకలేదు"),
    "tg": ("Саҳифа ёфт нашуд", "Саҳифа пайдо нашуд"),
    "th": ("ไม่พบหน้านี้", "ไม่พบหน้าที่ต้องการ", "ไม่พบหน้าเว็บ", "ไม่พบหน้าที่คุณต้องการ", "ไม่พบหน้าที่คุณค้นหา", "ไม่พบเพจ"),
    "tk": ("Sahypa tapylmady",),
    "tl": ("Hindi nahanap ang pahina", "Hindi matagpuan ang pahina"),
    "tr": ("Sayfa bulunamadı", "Aradığınız sayfa bulunamadı", "Böyle bir sayfa yok", "Sayfa mevcut değil", "Aradığınız sayfa mevcut değil"),
    "tt": ("Бит табылмады",),
    "udm": ("Бам ӧвӧл шедьтэмын",),
    "ug": ("بەت تېپىلمىدى",),
    "uk": (
        "Сторінку не знайдено", "Сторінка не знайдена", "Такої сторінки не існує", "Сторінка не існує",
        "Сторінки не існує", "Помилка 404", "На жаль, сторінку не знайдено",
    ),
    "ur": ("صفحہ نہیں ملا", "صفحہ موجود نہیں"),
    "uz": ("Sahifa topilmadi", "Саҳифа топилмади"),
    "vi": ("Không tìm thấy trang", "Không tìm thấy trang này", "Trang không tồn tại", "Trang không tìm thấy", "Trang bạn tìm kiếm không tồn tại"),
    "xh": ("Iphepha alifunyanwanga",),
    "yi": ("בלאט נישט געפונען",),
    "yo": ("A kò rí ojúewé náà",),
    "zh": (
        "页面不存在", "您访问的页面不存在", "你访问的页面不存在", "页面没有找到", "页面未找到", "找不到页面",
        "找不到该页面", "找不到此页面", "您要访问的页面不存在", "您所访问的页面不存在", "抱歉，您访问的页面不存在",
        "抱歉，页面不存在", "抱歉，页面无法访问", "该页面不存在", "此页面不存在", "无法找到该页", "无法找到页面",
        "您查找的页面不存在", "您请求的页面不存在", "页面已被删除", "该页面已被删除", "页面找不到了", "页面走丢了",
        "对不起，您访问的页面不存在", "您访问的页面找不到了", "没有找到您要访问的页面", "没有找到该页面",
        "文章不存在", "文章已被删除", "该文章已被删除", "内容不存在", "该内容已被删除", "内容已被删除",
        "您访问的文章不存在", "404页面", "错误404", "网页不存在", "您访问的网页不存在", "未找到页面",
        "此内容因违规无法查看", "该内容已被发布者删除", "您访问的页面已删除", "您访问的内容不存在",
        "頁面不存在", "找不到頁面", "找不到網頁", "您訪問的頁面不存在", "找不到此頁面", "找不到您要的頁面",
        "您所訪問的頁面不存在", "頁面未找到", "查無此頁", "此頁面不存在", "找不到該頁面", "該頁面不存在",
        "您要找的頁面不存在", "抱歉，找不到網頁", "文章不存在或已被刪除", "無此頁面", "網頁不存在",
    ),
    "zu": ("Ikhasi alitholakalanga",),
}  # fmt: skip


@cache
def folded() -> dict[str, str]:
    """Every phrase in folded form, with the phrase as it is written."""
    return {fold(phrase): phrase for phrases in NOT_FOUND.values() for phrase in phrases}


def phrase_in(heading: str) -> str:
    """The not-found phrase that a title or heading consists of, or the empty string.

    Beside the phrase there may be a bare 404, "error", "oops" or the site's name, set off as its own part: so
    a report called "Why page not found pages matter" is none.
    """
    from citecheck.signals.segments import parts

    table = folded()
    for part in parts(heading):
        if part in table:
            return table[part]
    return ""
