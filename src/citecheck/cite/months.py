"""Names of months and seasons, folded, in the languages whose notes are read (a table of facts).

English, German, French, Spanish, Portuguese, Italian, Dutch, Russian, Ukrainian, Polish, Czech,
Swedish, Danish, Norwegian, Turkish: full forms, genitives and the usual abbreviations.
"""

# ruff: noqa: SIM905
from __future__ import annotations

_NAMES: tuple[str, ...] = (
    "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari января январь янв"
    " січня stycznia styczeń ledna leden ocak",
    "february feb febr februar février fevrier févr fevr febrero fevereiro fev febbraio febbr"
    " februari февраля февраль фев февр лютого lutego luty února únor şubat",
    "march mar märz mrz maerz mars marzo março marco maart марта март березня marca marzec března"
    " březen marts mart",
    "april apr avril avr abril abr aprile апреля апрель апр квітня kwietnia kwiecień dubna duben"
    " nisan",
    "may mai mayo maio maggio magg mei мая май травня maja května květen maj mayıs",
    "june jun juni juin junio junho giugno giu июня июнь июн червня czerwca czerwiec června"
    " haziran",
    "july jul juli juillet juil julio julho luglio lug июля июль июл липня lipca lipiec července"
    " temmuz",
    "august aug août aout agosto ago августа август авг серпня sierpnia sierpień srpna augustus"
    " augusti ağustos",
    "september sep sept septembre septiembre setiembre setembro set settembre sett сентября"
    " сентябрь сен сент вересня września wrzesień září eylül",
    "october oct okt oktober octobre octubre outubro out ottobre ott октября октябрь окт жовтня"
    " października října ekim",
    "november nov novembre noviembre novembro ноября ноябрь ноя листопада listopada listopad"
    " listopadu kasım",
    "december dec dez dezember décembre decembre déc diciembre dic dezembro dicembre dicembre"
    " декабря декабрь дек грудня grudnia grudzień prosince aralık",
)

MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_NAMES, 1) for name in names.split()
}

# CSL seasons: 1 spring, 2 summer, 3 autumn, 4 winter.
SEASONS: dict[str, int] = {
    **dict.fromkeys("spring frühjahr frühling printemps primavera весна".split(), 1),
    **dict.fromkeys("summer sommer été verano verão estate лето".split(), 2),
    **dict.fromkeys("autumn fall herbst automne otoño outono autunno осень".split(), 3),
    **dict.fromkeys("winter hiver invierno inverno зима".split(), 4),
}

# Japanese eras: the year before the era's first.
ERAS: dict[str, int] = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
