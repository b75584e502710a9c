"""Whether two titles, names, places of publication are the same: yes, no, or nobody can tell. Pure.

Titles agree by the rules for page titles (`text.titles`), held closer: a search hands us the works
that are most alike, so one other word, another number or a notice about the work ("Correction to:
…") make another title. A word spelt a little otherwise may be a slip or another word altogether
(hypertension, hypotension), and what goes on after a title without a mark may be a subtitle or
another work ("… in Asia"): both are `NEAR`, and want more to bear them out. Across scripts nobody
can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from itertools import islice

from citecheck.text.fold import fold
from citecheck.text.titles import compare, enough, informative, script
from citecheck.works.wanted import Person

_ABOUT = re.compile(
    r"(?i)\W*(?:(?:publisher|author)s?\W+)?"
    r"(?:correction|corrigend(?:um|a)|errat(?:um|a)|addendum|retraction|expression of concern"
    r"|withdrawal|comments?|repl(?:y|ies)|response|rejoinder|reviews?|book reviews?|review essay"
    r"|notes?)(?:\s+(?:notice|note))?\s*(?:to|on|of|for|:|-|–|—)\s*"
)
# "Withdrawn: A Novel" is a title; capitals, brackets or "article" make it a mark.
_OWN_FATE = re.compile(
    r"^\W*(?:(?:RETRACTED|WITHDRAWN|REMOVED)\s*[:–—-]"
    r"|(?i:(?:retracted|withdrawn|removed)\s+(?:article|paper|chapter|preprint)\s*[:–—-]|retracted\s*:)"
    r"|(?<=[\[(])(?i:(?:retracted|withdrawn|removed)(?:\s+\w+)?\s*[\])])\W?)\s*"
)
_COUNTING = frozenset(
    {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "first", "second",
     "third", "fourth", "fifth", "one", "two", "three", "four", "five"}
)  # fmt: skip
# What thousands of works are called: an author's name does not make it one.
_GENERIC = frozenset(
    {
        "abstract", "abstracts", "acknowledgements", "afterword", "appendix", "avant propos",
        "bibliography", "book review", "book reviews", "comment", "commentary", "conclusion",
        "conclusions", "contents", "correspondence", "discussion", "editor s note", "editorial",
        "editorial board", "einfuhrung", "einleitung", "epilogue", "erratum", "foreword",
        "from the editor", "front matter", "geleitwort", "guest editorial", "in memoriam", "index",
        "introduccion", "introducao", "introduction", "introduzione", "letter",
        "letter to the editor", "letters", "letters to the editor", "nachwort", "note", "notes",
        "obituary", "overview", "postscript", "preface", "prefacio", "prefazione", "premessa",
        "presentacion", "presentation", "prologo", "prologue", "references", "reply", "response",
        "review", "reviews", "summary", "table of contents", "vorwort", "введение", "заключение",
        "предисловие", "前言", "序", "序言", "はじめに",
    }
)  # fmt: skip
_SPELT = 80  # from here on two words may be one in two spellings
_GOES_ON = re.compile(r"\s*(?:[:;.?!(\[/|=–—]|-\s)")  # before a subtitle
_MOST_MARKS = 20  # that are looked at in a title
_LETTERED = ("han", "hangul", "thai")


class Title(Enum):
    """`PART`: one is the other without its subtitle; `NEAR`: but for the spelling of a word, for
    one word of a long one, or for what follows; `LIKE`: too much alike to be sure either way."""

    SAME = 6
    PART = 5
    NEAR = 4
    LIKE = 3
    UNTOLD = 2
    OTHER = 1


def titles(cited: Iterable[str], registered: Iterable[str]) -> Title:
    """The best agreement of any cited form with any registered one."""
    forms = tuple(registered)
    found = [title(c, r) for c in cited for r in forms]
    return max(found, key=lambda t: t.value, default=Title.UNTOLD)


def title(cited: str, registered: str) -> Title:
    cited, registered = _OWN_FATE.sub("", cited), _OWN_FATE.sub("", registered)
    if bool(_ABOUT.match(registered)) != bool(_ABOUT.match(cited)):
        return Title.OTHER
    a, b = fold(cited), fold(registered)
    if a and a.replace(" ", "") == b.replace(" ", ""):
        return Title.SAME  # `data base`, and `H 2 O` where markup was
    here, there = script(cited), script(registered)
    if not here or not there or here != there:
        return Title.UNTOLD
    score = compare(cited, registered).score
    if here in _LETTERED:
        return _lettered(a, b, score)
    mine, theirs, respelt = _left(informative(cited), informative(registered))
    counted = any(w.isdigit() or w in _COUNTING for w in (*mine, *theirs))
    if counted or _counted_otherwise(a, b):
        return Title.LIKE if score >= 70 else Title.OTHER
    if not mine and not theirs:
        return Title.NEAR if respelt else Title.SAME
    if mine and theirs:
        return Title.LIKE if score >= 70 else Title.OTHER
    shorter, longer = sorted((cited, registered), key=lambda t: len(fold(t)))
    if _goes_on(fold(longer), fold(shorter)):
        return Title.PART if _subtitled(longer, fold(shorter)) else Title.NEAR
    few = len(mine) + len(theirs) == 1 and len(informative(shorter)) >= 5
    return Title.NEAR if few else Title.LIKE


def one_goes_on(cited: Iterable[str], registered: Iterable[str]) -> bool:
    """Whether a title is the beginning of one on the other side."""
    forms = tuple(fold(r) for r in registered)
    return any(_goes_on(r, c) or _goes_on(c, r) for c in map(fold, cited) for r in forms)


def _goes_on(longer: str, shorter: str) -> bool:
    return f"{longer} ".startswith(f"{shorter} ")


def bears_its_fate(registered: str) -> bool:
    """Whether a title is marked as retracted or withdrawn ("RETRACTED: …"); one that only begins
    with such a word ("Retracted papers and their readers") is not."""
    return _OWN_FATE.match(registered) is not None


def _subtitled(longer: str, beginning: str) -> bool:
    """Whether a mark stands where a title goes on after its beginning (folded)."""
    marks = islice(_GOES_ON.finditer(longer), _MOST_MARKS)
    return any(fold(longer[: mark.start()]) == beginning for mark in marks)


def _counted_otherwise(a: str, b: str) -> bool:
    """Whether folded titles differ in a number or letter alone: part 1 and 2, A and B."""
    mine, theirs = ({w for w in t.split() if len(w) == 1} for t in (a, b))
    here, there = mine - theirs, theirs - mine
    return any(w.isdigit() for w in here | there) or bool(here and there)


def _lettered(a: str, b: str, score: float) -> Title:
    a, b = a.replace(" ", ""), b.replace(" ", "")
    if a == b:
        return Title.SAME
    if min(len(a), len(b)) >= 4 and (a.startswith(b) or b.startswith(a)):
        left = a[len(b) :] or b[len(a) :]
        return Title.LIKE if re.search(r"[\d一二三四五六七八九十上中下]", left) else Title.PART
    return Title.LIKE if score >= 70 else Title.OTHER


def _left(mine: list[str], theirs: list[str]) -> tuple[list[str], list[str], bool]:
    """The words that only one of the titles has, but for those that may be one in two spellings,
    and whether there are such beyond those of two spelling habits."""
    from rapidfuzz import fuzz

    a, b = Counter(mine), Counter(theirs)
    here, there = list((a - b).elements()), list((b - a).elements())
    respelt = False
    for word in tuple(here):
        near = (
            w
            for w in there
            if min(len(w), len(word)) >= 4 and fuzz.ratio(w, word) >= _SPELT
            if not (w.isdigit() or word.isdigit())
        )
        if (other := next(near, None)) is not None:
            here.remove(word)
            there.remove(other)
            respelt = respelt or _habit(word) != _habit(other)
    return here, there, respelt


def _habit(word: str) -> str:
    """A word without what British and American spelling, plurals and ligatures differ in."""
    word = re.sub(r"is(?=(?:e[drs]?|ing|ations?)$)", "iz", word).removesuffix("s")
    word = re.sub(r"(?<=[a-z])our", "or", word)
    return re.sub(r"([a-z])\1", r"\1", re.sub(r"ae|oe", "e", word)).replace("tre", "ter")


def short(cited: Iterable[str]) -> bool:
    """Whether no form of a title is long enough to tell the work by."""
    return not any(enough(t) for t in cited)


def generic(cited: Iterable[str]) -> bool:
    """Whether each form of a title is one of those that thousands of works have."""
    return all(fold(t) in _GENERIC for t in cited)


def people(cited: tuple[Person, ...], registered: tuple[Person, ...]) -> bool | None:
    """Whether one person at least is on both sides; None where that cannot be told."""
    if not cited or not registered:
        return None
    if any(same_person(c, r) for c in cited for r in registered):
        return True
    if any(_same_family(c, r) for c in cited for r in registered):
        return None  # Bob and Robert, or two of one name
    comparable = any(_comparable(c, r) for c in cited for r in registered)
    return False if comparable else None


def missing(cited: tuple[Person, ...], registered: tuple[Person, ...]) -> tuple[Person, ...]:
    """Those cited of whose family name nobody is certainly among the registered."""
    if not registered:
        return ()
    return tuple(
        c
        for c in cited
        if all(_comparable(c, r) for r in registered)
        and not any(same_person(c, r) or _same_family(c, r) for r in registered)
    )


def same_person(a: Person, b: Person) -> bool:
    """By the family name; by initials, too, where both are given and the name is all there is."""
    first, second = fold(a.family), fold(b.family)
    if not first or not second:
        return False
    if a.whole or b.whole:
        from rapidfuzz import fuzz

        return fuzz.token_set_ratio(fold(str(a)), fold(str(b))) >= 85
    if _same_family(a, b):
        return _initials_fit(a, b)
    # `Kim Jong Il`, `Il Kim Jong`: which part is the family's is not always known.
    return sorted(fold(str(a)).split()) == sorted(fold(str(b)).split())


def _same_family(a: Person, b: Person) -> bool:
    """`van der Berg` is `Berg`."""
    first, second = fold(a.family).split(), fold(b.family).split()
    return bool(first and second and (first == second or first[-1] == second[-1]))


def _initials_fit(a: Person, b: Person) -> bool:
    mine, theirs = fold(a.given), fold(b.given)
    return not mine or not theirs or mine[0] == theirs[0] or script(mine) != script(theirs)


def _comparable(a: Person, b: Person) -> bool:
    """Two persons in one script; what an organisation is called differs too much."""
    return not a.whole and not b.whole and script(a.family) == script(b.family) != ""


def container(cited: str, registered: tuple[str, ...]) -> bool | None:
    """Whether a journal or book is the same; abbreviations count. None where it cannot be told."""
    from rapidfuzz import fuzz

    if not cited or not registered:
        return None
    best = 0.0
    for name in registered:
        a, b = fold(cited), fold(name)
        if not a or not b or script(cited) != script(name):
            return None
        if a == b or _shortened(a, b) or _shortened(b, a):
            return True
        best = max(best, fuzz.token_set_ratio(a, b))
    if best >= 85:
        return True
    return False if best < 50 else None


def _shortened(short: str, long: str) -> bool:
    """`j phys chem`, `pnas` for the full name."""
    words = [w for w in long.split() if w not in ("of", "the", "and", "in", "for", "on", "a", "de")]
    parts = [
        w for w in short.split() if w not in ("of", "the", "and", "in", "for", "on", "a", "de")
    ]
    if len(parts) == 1 and len(words) > 1:
        initials = "".join(w[0] for w in words)
        return len(parts[0]) > 2 and initials.startswith(parts[0])
    if not parts or len(parts) > len(words):
        return False
    rest = iter(words)
    return all(any(w[0] == p[0] and w.startswith(p) for w in rest) for p in parts)


def volume(cited: str, registered: str) -> bool | None:
    mine, theirs = re.search(r"\d+", cited), re.search(r"\d+", registered)
    return int(mine[0]) == int(theirs[0]) if mine and theirs else None


def page(cited: str, registered: str) -> bool | None:
    """Whether the cited pages begin with, or lie within, the registered ones."""
    mine, theirs = _pages(cited), _pages(registered)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return None
    return theirs[1] <= mine[1] <= max(theirs[1], theirs[2])


def _pages(pages: str) -> tuple[str, int, int] | None:
    """A letter before the number, first and last page; `123-8` is short for 128."""
    match = re.match(r"\s*([A-Za-z]?)(\d{1,6})(?:\s*[-–—]+\s*[A-Za-z]?(\d{1,6}))?", pages)
    if not match:
        return None
    first, last = match[2], match[3] or match[2]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return match[1].lower(), int(first), int(last)
