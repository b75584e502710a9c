# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""Short ways to say "not found" that name nothing (a table of facts).

A dictionary, a poem or a function may be called so: they count where the page shows the number 404
as well, or says hardly anything else.
"""

from __future__ import annotations

from functools import cache

from citecheck.text.fold import fold

SHORT = (
    "Not found", "Not Found 404", "Nothing found", "Nothing here", "There's nothing here", "There is nothing here",
    "Nothing to see here", "Nothing was found", "Nothing was found here", "Lost", "You are lost", "You seem to be lost",
    "Are you lost", "Looks like you're lost", "Looks like you are lost", "You look lost", "Lost your way", "Lost in space", "Not here", "Gone", "Deleted", "Removed", "Expired",
    "Unavailable", "Not available", "No longer available", "Broken link", "Dead end", "You've reached a dead end", "Wrong turn", "Missing page", "Page missing", "How did we get here",
    "This is not the page you are looking for", "This is not the page you're looking for", "This isn't the page you are looking for",
    "This is not the web page you are looking for", "These aren't the droids you're looking for", "You just hit a route that doesn't exist", "That's a four oh four", "Four oh four",
    "Nicht gefunden", "Nichts gefunden", "Nicht verfügbar", "Hier ist nichts", "Introuvable", "Non trouvé", "Non trouvée", "Rien ici", "Rien trouvé", "Pas trouvé",
    "No encontrado", "No encontrada", "No se encontró", "No se ha encontrado", "Nada por aquí", "Não encontrado", "Não encontrada", "Nada encontrado", "Nada por aqui",
    "Non trovato", "Non trovata", "Niente da vedere qui", "Niet gevonden", "Hittades inte", "Hittades ej", "Kunde inte hittas", "Ikke fundet", "Ikke funnet", "Ikkje funnen", "Ei löytynyt", "Ei löydy", "Ei löydetty",
    "Fannst ekki", "Finnst ekki", "Ei leitud", "Nav atrasts", "Nav atrasta", "Nerastas", "Nerasta", "Nie znaleziono", "Nenalezeno", "Nenalezena", "Nenájdené", "Nebolo nájdené", "Ni najdeno", "Ni mogoče najti",
    "Nije pronađeno", "Nije pronađena", "Није пронађено", "Није пронађена", "Не е намерено", "Не е намерена", "Не е најдено", "Не е пронајдено", "Не найдено", "Не найдена", "Ничего не найдено", "Не знайдено", "Нічого не знайдено", "Не знойдзена",
    "Δεν βρέθηκε", "Negăsit", "Nu a fost găsit", "Nu a fost găsită", "Nem található", "Bulunamadı", "Tapılmadı", "Табылмады", "Табылган жок", "Табылмаган", "Топилмади", "Topilmadi", "Tapylmady", "Ёфт нашуд", "Дарёфт нашуд", "Олдсонгүй", "Табылмады",
    "غير موجود", "غير موجودة", "لم يتم العثور عليه", "لم يتم العثور عليها", "غير متوفر", "یافت نشد", "پیدا نشد", "نہیں ملا", "تېپىلمىدى", "ونه موندل شو", "نەدۆزرایەوە",
    "לא נמצא", "לא נמצאה", "ניט געפונען", "נישט געפונען", "नहीं मिला", "नही मिला", "सापडले नाही", "सापडला नाही", "भेटिएन", "फेला परेन", "পাওয়া যায়নি", "পাওয়া যায় নি", "মিলেনি", "ਨਹੀਂ ਮਿਲਿਆ", "ਨਹੀਂ ਲੱਭਿਆ", "મળ્યું નથી", "મળ્યુ નથી",
    "ମିଳିଲା ନାହିଁ", "கிடைக்கவில்லை", "காணப்படவில்லை", "కనుగొనబడలేదు", "దొరకలేదు", "ಕಂಡುಬಂದಿಲ್ಲ", "ದೊರೆತಿಲ್ಲ", "കണ്ടെത്തിയില്ല", "കണ്ടെത്താനായില്ല", "හමු නොවීය", "සොයාගත නොහැක", "ไม่พบ", "ບໍ່ພົບ", "រកមិនឃើញ", "မတွေ့ပါ", "ရှာမတွေ့ပါ",
    "Không tìm thấy", "Tidak ditemukan", "Tidak dijumpai", "Hindi nahanap", "Hindi natagpuan", "Hindi matagpuan", "Ora ditemokake", "Teu kapanggih", "No trobat", "No s'ha trobat", "Non atopado", "Non se atopou", "Ez da aurkitu", "Nun s'alcontró",
    "Pas trobat", "N'eo ket bet kavet", "Heb ganfod", "Heb ei ganfod", "Ní bhfuarthas", "Gan aimsiú", "Cha deach a lorg", "Net fonnt", "Net fûn", "Nie gevind nie", "Ne trovita", "Non trovate", "Nuk u gjet", "S'u gjet", "Ma nstabx", "Ma nstabitx",
    "ვერ მოიძებნა", "არ მოიძებნა", "Չի գտնվել", "Չգտնվեց", "አልተገኘም", "ኣይተረኽበን", "Haipatikani", "Haikupatikana", "Haijapatikana", "Lama helin", "Ba a samu ba", "Ahụghị", "A ko ri", "Ayitholakalanga", "Ayifunyanwanga", "Peyda nebû", "Nehat dîtin", "Tsy hita", "Kāore i kitea",
    "未找到", "找不到", "没有找到", "不存在", "未发现", "沒有找到", "未找到內容", "查無資料", "查无此页", "見つかりません", "見つかりませんでした", "見つからない", "存在しません", "찾을 수 없음", "찾을 수 없습니다", "없는 페이지", "존재하지 않음",
)  # fmt: skip


@cache
def short_phrases() -> frozenset[str]:
    """The phrases in folded form."""
    return frozenset(fold(phrase) for phrase in SHORT)
