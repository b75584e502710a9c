# ruff: noqa: E501 - patterns and phrases are facts, read best on one line
"""What changes in a text without anybody editing it: time stamps, dates, counters, request numbers.

They are cut out before a text is hashed or compared, so that a page with nothing but a new time
stamp stays the page it was. Years that stand alone and numbers in sentences are kept: they are
content. Every pattern is bounded and without nested repetition.
"""

from __future__ import annotations

import re

_MONTH = (
    r"(?:jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar|rero)?|f[eé]vr(?:ier)?|mar(?:ch|s|zo|[çc]o)?|"
    r"m[äa]rz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|maio|maggio|jun[ei]?|juin|junio|junho|"
    r"jul[iy]?|juil(?:let)?|julio|julho|luglio|giugno|aug(?:ust)?|ao[uû]t|ago(?:sto)?|"
    r"sep(?:t|tember|tembre|tiembre|tembro)?|set(?:embro|tembre)?|o[ck]t(?:ober|obre|ubre|ubro)?|out(?:ubro)?|"
    r"ottobre|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?|"
    r"январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|"
    r"ноябр[ья]|декабр[ья]|gennaio|febbraio|enero|fevereiro)\.?"
)
_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|sekunden?|minuten?|"
    r"stunden?|tage?n?|wochen?|monate?n?|jahre?n?|secondes?|heures?|jours?|semaines?|mois|ans?|"
    r"segundos?|minutos?|horas?|d[ií]as?|semanas?|mes(?:es)?|a[ñn]os?|anos?|ore|ora|minuti|giorni|"
    r"секунд[уы]?|минут[уы]?|час(?:а|ов)?|дн(?:я|ей)|день|недел[юиь]|месяц(?:а|ев)?|год(?:а)?|лет)"
)
_COUNTED = (
    r"(?:page ?views?|views?|visits?|visitors?|reads?|readers?|hits?|downloads?|clicks?|likes?|shares?|"
    r"comments?|replies|upvotes?|followers?|subscribers?|reactions?|retweets?|aufrufe|vues|lectures|"
    r"commentaires|vistas|lecturas|comentarios|visualiza[çc][õo]es|coment[áa]rios|просмотр(?:а|ов)?|"
    r"комментари(?:й|я|ев)|online|users? online)"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d{1,9})?)?"

_WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)"
)

# Each pattern after a part of itself that is quick to look for: without it, the pattern cannot hit.
_PATTERNS = tuple(
    (re.compile(needs, re.IGNORECASE), re.compile(pattern, re.IGNORECASE))
    for needs, pattern in (
        # a weekday before a date
        ("", rf"\b(?=[mtwfsdljvпвсч]){_WEEKDAY}\b\.?,?\s(?=(?:the\s|den\s|le\s)?(?:\d{{1,4}}\b|{_MONTH}\s))"),
        # Sun Mar  1 12:00:00 2026 (ctime), with or without zone
        (r"\d:\d{2}:\d{2}\s", rf"\b{_MONTH}\s{{1,2}}\d{{1,2}}\s\d{{2}}:\d{{2}}:\d{{2}}\s(?:[A-Z]{{3,4}}\s)?\d{{4}}\b"),
        # seconds or milliseconds since 1970, of this century's first half
        (r"\d", r"\b1[2-9]\d{8}(?:\d{3})?\b"),
        # ISO dates and times, with or without zone
        (r"\d", r"\b\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?\s?(?:Z\b|[+-]\d{2}:?\d{2}\b)?"),
        # 2026年11月22日 10時30分, 2026년 11월 22일
        (r"\d", r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]?(?:\s?[(（]?(?:星期|周|曜日)?[一二三四五六日月火水木金土]?(?:曜日)?[)）]?)?(?:\s?\d{1,2}\s?[時时点點시]\s?\d{1,2}\s?[分분]?(?:\s?\d{1,2}\s?[秒초])?)?"),
        # 22.11.2026, 11/22/2026, 2026/11/22, 2026.11.22
        (r"\d", r"\b\d{1,2}[./-]\d{1,2}[./-]\d{4}\b"),
        (r"\d", r"\b\d{4}[./]\d{1,2}[./]\d{1,2}\b"),
        # 22 November 2026; 22. November 2026; 22 de noviembre de 2026
        (r"\d", rf"\b\d{{1,2}}(?:st|nd|rd|th|\.|er|º)?\s(?:de\s|of\s)?{_MONTH}(?:\s(?:de\s)?\d{{4}}\b)?"),
        # November 22, 2026
        (r"\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}\b", rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}\b"),
        # clock times with seconds or with a colon, am/pm, zone
        (r"\d", rf"\b{_CLOCK.replace('[:.]', ':')}\s?(?:[ap]\.?m\b\.?)?\s?(?:\b(?:UTC|GMT|CET|CEST|EST|EDT|PST|PDT|MSK|JST|KST|Uhr)\b(?:[+-]\d{{1,2}})?)?"),
        # five minutes ago, in the languages that pages use most
        (r"\s(?:ago|назад|fa\b|atr[áa]s)", rf"\b(?:\d{{1,4}}|an?|one|few)\s{_UNIT}\s(?:ago|назад|fa\b|atr[áa]s)"),
        ("", rf"\b(?:vor|il y a|hace|h[áa]|для)\s(?:\d{{1,4}}|einer?|une?|um)\s{_UNIT}\b"),
        (r"\d", r"\d{1,4}\s?(?:秒|分|分钟|分鐘|分間|小时|小時|時間|天|日|个月|個月|ヶ月|年|초|분|시간|일|개월)\s?(?:之?前|전)"),
        ("", r"\bjust now\b|刚刚|たった今|방금"),
        # counters: 1,234 views; Views: 1234; 浏览次数：123; 조회수 123
        (r"\d", rf"\b\d[\d.,' \u00a0\u202f]{{0,14}}[kKmMKМ]?\s?{_COUNTED}\b"),
        (r"\d", r"\bvisitor (?:no\.?|number|#)\s?\d[\d.,]{0,12}\b"),
        (r"[:：=(]\s?\d", rf"\b{_COUNTED}(?:\s(?:today|total|so far))?\s?(?:[:：=]|\()\s?\d[\d.,' \u00a0\u202f]{{0,14}}[kKmM]?\)?"),
        (r"\d", r"(?:浏览次数|浏览量|瀏覽次數|浏览|阅读量|阅读数|阅读|閱讀|点击数|点击量|点击|點擊|訪問|访问量|评论|评论数|点赞|"
               r"閲覧数|再生回数|アクセス数|조회수?|댓글|추천)\s?[:：(（]?\s?\d[\d.,]{0,12}\s?[万萬億]?[)）次回]?"),
        (r"\d", r"\d[\d.,]{0,12}\s?[万萬]?\s?(?:次浏览|次阅读|次播放|人浏览|人阅读|条评论|個評論|回再生|件のコメント)"),
        # page furniture of machines
        (r"\d", r"\b(?:page )?(?:generated|rendered|loaded|erstellt|executed) in \d{1,6}(?:[.,]\d{1,9})?\s?(?:ms|s|sec|seconds?)\b"),
        ("", r"\b(?:request|ray|reference|incident|event|session|trace|correlation|error) ?id\s?[:#=]?\s?[\w.-]{6,80}"),
        ("", r"\byour ip(?: address)?(?: is)?\s?[:=]?\s?[0-9a-f.:]{7,45}"),
        ("", r"\bdownloaded (?:from|by|on|at)\b.{0,120}$"),
        (r"-", r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"),
        (r"\d", r"\b(?=[a-f]*[0-9])[0-9a-f]{24,128}\b"),
        (r"\d", r"(?:©|\(c\)|copyright)\s?(?:\d{4}\s?[-–]\s?)?\d{4}"),
    )
)  # fmt: skip
_LINE = 20_000


def masked(text: str) -> str:
    """The text without what changes by itself; lines are kept."""
    out = []
    for line in text.splitlines():
        for start in range(0, max(1, len(line)), _LINE):
            piece = line[start : start + _LINE]
            for needs, pattern in _PATTERNS:
                if needs.search(piece):
                    piece = pattern.sub(" ", piece)
            out.append(piece)
    return "\n".join(out)
