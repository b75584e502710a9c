"""Words around citations: signals, abbreviations, words that only prose has (tables)."""

# ruff: noqa: SIM905
from __future__ import annotations

import re

from citecheck.cite.months import MONTHS

SIGNAL = re.compile(
    r"(?i)\s*(?:(?:but|and|aber|mais|further|moreover),?\s+)?(?:"
    r"(?:as\s+)?(?:quoted|cited|reprinted|reproduced|discussed)\s+in|quoted\s+from|"
    r"see(?:,?\s+(?:also|generally|e\.\s?g\.|for\s+example|for\s+instance|inter\s+alia"
    r"|especially|esp\.))?|"
    r"cf\.?|cfr\.?|compare|contra|accord|e\.\s?g\.|for\s+(?:example|instance)|also(?=\s+[A-Z«“\"])|"
    r"vgl\.?(?:\s+(?:auch|dazu|hierzu|etwa|nur|z\.\s?b\.))?|siehe(?:\s+(?:auch|dazu|hierzu"
    r"|etwa))?|s\.\s?a\.|so\s+auch|zit(?:iert)?\.?\s+n(?:ach|\.)|"
    r"voir(?:\s+(?:aussi|notamment|par\s+exemple|également))?|v\.\s?aussi|cité\s+(?:dans|par)|"
    r"v[ée]ase(?:\s+también)?|ver(?:\s+tamb(?:ién|ém))?|citado\s+en|vedi(?:\s+anche)?|"
    r"см\.?(?:\s+также)?|цит\.\s+по|zie(?:\s+ook)?|se(?:\s+även)?|"
    r"参见|參見|参照|见|見|참조|см)(?:[,:：]?\s+|[:：]|(?<=[见見照]))"
)
# A citation that another one leads to: the note names both.
RELAY = re.compile(
    r"(?i)[,.(]?\s{1,4}(?:(?:as\s+)?(?:quoted|cited|reprinted)\s+in|zit(?:iert)?\.?\s+n(?:ach"
    r"|\.)|cité\s+(?:dans|par)|citado\s+en|цит\.\s+по)\s*:?\s+"
)
# `Roe, *Wheat*, 12, and Doe, *Rye*, 44`
BESIDES = re.compile(r",\s+(?:and|und|sowie|et|as well as|y|и)\s+(?=[^\W\d_])")
LEAD = re.compile(
    r"(?i)\b(?:see(?:\s+also)?|cf\.|vgl\.|siehe|voir|véase|in|by|from|e\.g\.,?|of|on|with|to|von"
    r"|bei|nach|dans|par|chez|en|da|di|por|см\.)\s*:?\s+|(?<=[:,])\s+"
    r"|(?<=\s)[(\[]"
)
ABBREVIATIONS = frozenset(
    "ed eds edn trans transl vol vols no nos pp p cf vgl hrsg hg hgg bd bde nr st dr prof mr mrs"
    " ms jr sr inc"
    " co corp ltd univ dept gov sen rep gen col lt amb capt e.g i.e etc al ca c n.d d op cit loc"
    " s f ff sp art"
    " sec ch chap chaps kap para paras fig figs tab app rev repr reprint orig introd pt pts ser"
    " übers aufl jg"
    " bearb erw u.a z.b a.a.o ebd ders dies éd éds dir coll trad t n nn v vs id ibid esp insb"
    " bes bzw usw"
    " см с стр т изд ред пер н э ph.d ph m.a u.s u.k u.n l j harv am int intl q natl assn r u dt"
    " und"
    " verl abt anm art rn rz st sog dgl hl mag assoc soc acad phil"
    " proc trans comm ann viz cit no".split()
) | frozenset(m for m in MONTHS if len(m) <= 4)
ORDINAL_NEXT = re.compile(
    r"(?i)(?:aufl|auflage|ed\b|éd|jahrg|jg|bd|band|heft|jahrhundert|jh|"
    + "|".join(sorted((re.escape(m) for m in MONTHS if len(m) > 2), key=len, reverse=True))
    + r")"
)
# Words of citations that are written small.
CITING = frozenset(
    "ed eds edited edn edition trans translated transl by vol vols no nos pp in at from accessed"
    " available"
    " retrieved online last visited viewed chap chapter chaps section paper presented"
    " forthcoming quoted cited"
    " hrsg hrg herausgegeben übersetzt von bd nr aufl auflage abgerufen zugriff hier zuletzt"
    " seite seiten jahrgang"
    " sous direction dir trad traduit par consulté page pages tome numéro article unpublished"
    " manuscript"
    " diss dissertation thesis ibid ebenda passim esp especially note notes doi arxiv https http"
    " www preprint isbn issn"
    " interview with updated published edición editado traducido consultado disponible revised"
    " rev second"
    " дата обращения с стр том под ред электронный ресурс режим доступа url".split()
)
FUNCTION = frozenset(
    "of the and for to in on at by as a an or de la le les des du der die das dem den des von"
    " van und et y e el"
    " los las do da dos das del al bin ibn auf aus bei für im mit zu zur zum à au aux d l en un"
    " une sur dans par pour"
    " per con il lo gli i della dei sul vs v и в на о с по для из".split()
)
PROSE = frozenset(
    "is are was were has have had be been being does did can could would should might must will"
    " that which who whose"
    " this these those it its he she they we his her their our i thank thanks grateful argue"
    " argues argued claim claims"
    " claimed notes noted shows showed says said according although however while when where"
    " because if not than"
    " draws aligns suggests refers described describes based drawn taken here there such there"
    " ist sind war waren wird werden wurde wurden hat haben hatte dass nicht auch sich wie als"
    " wenn aber diese dieser dieses"
    " est sont était étaient ont avait que qui ne pas cette ces ce il elle nous selon ainsi"
    " son fue eran ha han había lo se según este esta estos no_ sono è stato hanno non"
    " был была были есть это который которые что не как".split()
)
