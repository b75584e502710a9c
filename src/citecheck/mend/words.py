"""Months as they stand in a date, words for a visit, and the commonest words, of the languages
that are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

MONTHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        language: tuple(names.split())
        for language, names in {
            "en": "January February March April May June July August September October November"
            " December",
            "de": "Januar Februar März April Mai Juni Juli August September Oktober November"
            " Dezember",
            "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre"
            " décembre",
            "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
            " diciembre",
            "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre"
            " novembre dicembre",
            "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro"
            " dezembro",
            "nl": "januari februari maart april mei juni juli augustus september oktober november"
            " december",
            "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября"
            " декабря",
            "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада"
            " грудня",
            "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września"
            " października listopada grudnia",
            "cs": "ledna února března dubna května června července srpna září října listopadu"
            " prosince",
            "sv": "januari februari mars april maj juni juli augusti september oktober november"
            " december",
            "da": "januar februar marts april maj juni juli august september oktober november"
            " december",
            "no": "januar februar mars april mai juni juli august september oktober november"
            " desember",
            "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
        }.items()
    }
)

# What a note says of the day at which a page was visited, as one language alone has it.
VISITED: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        language: re.compile(rf"(?i){words}")
        for language, words in {
            "en": r"\b(?:accessed|retrieved|visited|viewed)\b",
            "de": r"\b(?:abgerufen|aufgerufen|eingesehen|zugriff|abruf)\b",
            "fr": r"\bconsultée?\b",
            "es": r"\bconsultad[ao]\b|\bacceso\b",
            "it": r"\bconsultat[ao]\b|\baccesso\b",
            "pt": r"\bacess(?:o|ado)\s+em\b",
            "nl": r"\bgeraadpleegd\b|\bbezocht\b",
            "ru": r"\bдата\s+(?:обращения|доступа)\b|\bпроверено\b",
            "uk": r"\bдата\s+звернення\b",
            "pl": r"\bdostęp\b",
            "cs": r"\b(?:přístup|navštíveno)\b",
            "sv": r"\bhämtad\b",
            "da": r"\b(?:besøgt|hentet)\b",
            "no": r"\b(?:besøkt|lest)\b",
            "tr": r"\berişim\b",
            "zh-hans": "访问|查阅|检索",
            "zh-hant": "訪問|查閱|檢索",
            "ja": "閲覧|アクセス",
            "ko": "검색|접속",
        }.items()
    }
)

# Words that hardly any sentence of a language does without, and few others have.
COMMON: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "en": "the of and to in that with from which this was were by for is are",
            "de": "der die das und ist nicht mit dem den von zu eine ein auf für sich wird vgl",
            "fr": "le la les des et est une dans du que qui pour par sur au aux ce cette",
            "es": "el la los las del y que en una por con para es se su al como",
            "it": "il la gli della di che e del una per con dei nel alla è sono",
            "pt": "o os as da do e que em uma por com para não dos na no ao",
            "nl": "de het een van en dat niet met voor zijn op is te aan door ook",
            "sv": "och att det som en är för med av på den inte till ett",
            "da": "og at det som en er for med af på den ikke til et blev",
            "no": "og å det som en er for med av på den ikke til et ble",
            "pl": "i w na z się do że nie jest oraz przez dla po od",
            "cs": "a v se na je že s z do pro které jako nebo byl",
            "tr": "ve bir bu için ile de da olarak olan daha çok gibi",
            "ru": "и в на не что с по как это из для от к о за",
            "uk": "і в на не що з як це та для від до у за є",
        }.items()
    }
)
