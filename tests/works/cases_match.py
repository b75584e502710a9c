"""Pairs of a cited work and what a search offers for it, labelled by hand: S the same, ? too much
alike to be sure, N another work.

Each row: label, then cited title, authors, year, place (journal, volume, page), then registered.
"""

from __future__ import annotations

from citecheck.works.registered import Registered
from citecheck.works.wanted import Person, Wanted

Facts = tuple[str, str, int | None, str]
# fmt: off
CASES: tuple[tuple[str, Facts, Facts], ...] = (
    # The same, in another dress.
    ("S", ("The Tragedy of the Commons", "Hardin", 1968, "Science|162|1243-1248"),
          ("The Tragedy of the Commons", "Hardin", 1968, "Science|162|1243-1248")),
    ("S", ("The tragedy of the commons", "Hardin", 1968, ""),
          ("The Tragedy of the Commons", "Hardin", 1968, "Science|162|1243-1248")),
    ("S", ("Seeing Like a State", "Scott", 1998, ""),
          ("Seeing Like a State: How Certain Schemes to Improve the Human Condition Have Failed",
           "Scott", 1999, "")),
    ("S", ("Imagined Communities: Reflections on the Origin and Spread of Nationalism",
           "Anderson", 1983, ""),
          ("Imagined Communities: Reflections on the Origin and Spread of Nationalism",
           "Anderson", 2006, "")),
    ("S", ("Organisational behaviour in public hospitals", "Meyer", 2011, "Journal of Health|4|1"),
          ("Organizational Behavior in Public Hospitals", "Meyer", 2012, "Journal of Health|4|1")),
    ("S", ("Über den Ursprung der Arten im Garten", "Müller", 2001, ""),
          ("Uber den Ursprung der Arten im Garten", "Muller", 2001, "")),
    ("S", ("Deep residual learning for image recognition", "He; Zhang; Ren; Sun", 2016, ""),
          ("Deep Residual Learning for Image Recognition", "He; Zhang; Ren; Sun", 2016,
           "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)||770-778")),
    ("S", ("Measuring link rot in legal citations", "van der Berg", 2014, "J. Law Inf. Sci.|22|4"),
          ("Measuring Link Rot in Legal Citations", "Berg", 2014,
           "Journal of Law and Information Science|22|4-19")),
    ("S", ("RNA interference in cell cultures", "Okafor", 2009, "PNAS|106|1200"),
          ("RETRACTED: RNA interference in cell cultures", "Okafor", 2009,
           "Proceedings of the National Academy of Sciences|106|1200-1207")),
    ("S", ("长江水运史研究", "王", 1993, ""), ("长江水运史研究", "王", 1993, "")),
    ("S", ("Capital", "Marx", 1867, ""), ("Capital", "Marx", 1867, "")),
    ("S", ("Patterns of trade along the northern river routes", "", None, ""),
          ("Patterns of Trade along the Northern River Routes", "Larsen", 1988, "")),
    ("S", ("Patterns of trade along the northern routes", "", 1988, "Trade History|3|55"),
          ("Patterns of Trade Along the Northern Routes", "Larsen", 1988, "Trade History|3|55-70")),
    ("S", ("Attention in early readers of two languages", "Smith", 2015, "Reading|12|101"),
          ("Attention in Early Readers of Two Languages", "Schmidt", 2015, "Reading|12|101-120")),
    ("S", ("О природе власти в старой Руси", "Иванов", 1975, ""),
          ("О природе власти в старой Руси", "Иванов", 1975, "")),
    # Others: about it, beside it, or by somebody else.
    ("N", ("Seeing Like a State", "Scott", 1998, ""),
          ("Review of: Seeing Like a State", "Scott", 1999, "")),
    ("N", ("Seeing Like a State", "Scott", 1998, ""),
          ("Seeing Like a State", "Perdue", 1999, "Journal of Asian Studies|58|1")),
    ("N", ("RNA interference in cell cultures", "Okafor", 2009, "PNAS|106|1200"),
          ("Correction to: RNA interference in cell cultures", "Okafor", 2010, "PNAS|107|3")),
    ("N", ("RNA interference in cell cultures", "Okafor", 2009, ""),
          ("Retraction: RNA interference in cell cultures", "Okafor", 2010, "")),
    ("N", ("RNA interference in cell cultures", "Okafor", 2009, ""),
          ("Comment on “RNA interference in cell cultures”", "Okafor", 2009, "")),
    ("N", ("Introduction", "Miller", 2003, ""), ("Introduction", "Jones", 2003, "")),
    ("N", ("The political economy of growth in Asia", "Chen", 2004, ""),
          ("A guide to the birds of the Baltic shore", "Chen", 2004, "")),
    ("N", ("Trade and empire in the Indian Ocean", "Das", 1999, ""),
          ("Trade and Empire in the Atlantic", "Morgan", 1999, "")),
    ("N", ("Teaching statistics to nurses in rural clinics", "Bell", 2011, "Nursing|8|20"),
          ("Teaching Statistics to Nurses in Rural Clinics", "Ortiz", 2018, "Rural Care|1|4")),
    ("N", ("Quantum walks on random graphs", "Lind", 2007, ""),
          ("Quantum walks on random graphs: a reply to Lind", "Sato", 2008, "")),
    ("N", ("The Making of Modern Japan", "Jansen", 2000, ""),
          ("The Making of Modern Japan", "Hall", 2001, "Monumenta Nipponica|56|4")),
    # Too much alike to be sure either way.
    ("?", ("The political economy of growth in Asia", "Chen", 2004, ""),
          ("The political economy of growth in Africa", "Chen", 2004, "")),
    ("?", ("Crime statistics of the northern counties 2019", "Office", 2020, ""),
          ("Crime statistics of the northern counties 2018", "Office", 2019, "")),
    ("?", ("A history of the steam engine I", "Watt", 1990, ""),
          ("A history of the steam engine II", "Watt", 1991, "")),
    ("S", ("Management of hypertention in mountain villages", "Rao", 2012, "Heart|4|11"),
          ("Management of Hypertension in Mountain Villages", "Rao", 2012, "Heart|4|11-19")),
    ("?", ("Hypotension after minor surgery of the knee", "Rao", 2012, "Heart|9|80"),
          ("Hypertension after minor surgery of the knee", "Rao", 2012, "Heart|4|11-19")),
    ("?", ("Principles of macroeconomics for managers", "Wells", 2005, ""),
          ("Principles of microeconomics for managers", "Wells", 2006, "")),
    ("?", ("The economics of fishing rights", "Quist", 2010, ""),
          ("The economics of fishing rights in Iceland", "Quist", 2011, "")),
    ("?", ("Sleep and memory among male students in Oslo", "Lie", 2010, ""),
          ("Sleep and memory among students in Oslo", "Lie", 2011, "")),
    ("N", ("Erratum: Sleep and memory among students in Oslo", "Lie", 2011, ""),
          ("Sleep and memory among students in Oslo", "Lie", 2011, "")),
    ("?", ("Introduction", "Miller", None, ""), ("Introduction", "Miller", 2003, "")),
    ("?", ("Memory and place in border towns", "", 2010, ""),
          ("Memory and place in border towns", "Novak", 2010, "")),
    ("?", ("长江水运史研究", "王", 1993, ""), ("长江水运史研究 上", "王", 1993, "")),
    ("?", ("长江水运史研究", "Wang", 1993, "||31"),
          ("A history of shipping on the Yangzi", "Wang", 1993, "||31-60")),
    ("?", ("Annual meeting of the society in Leeds", "Hart", 1972, "Society Proceedings|4|1"),
          ("Annual meeting of the society in Leeds", "Hart", 1975, "Quarterly of Zoology|9|2")),
)
# fmt: on


def people(names: str) -> tuple[Person, ...]:
    return tuple(Person(name.strip()) for name in names.split(";") if name.strip())


def parts(place: str) -> list[str]:
    return [*place.split("|"), "", ""][:3]


def cited(facts: Facts) -> Wanted:
    title, names, year, place = facts
    container, volume, page = parts(place)
    return Wanted("r", (title,), people(names), year, container, volume, page)


def registered(facts: Facts) -> Registered:
    title, names, year, place = facts
    container, volume, page = parts(place)
    years = (year,) if year else ()
    containers = (container,) if container else ()
    return Registered(
        "Crossref", "10.1000/x", (title,), people(names), years, containers, volume, page
    )
