"""MediaWiki wikitext: `archive-url`, `archive-date` and `url-status` in cite templates, words in
notes without one.

The rules of CS1 hold: the time in a Wayback address has 14 digits and no flag but `id_`, the date
is that of the address. A copy that somebody has put there stays; only a mark that says the address
lives is set right. Parameters have the names that the template, and the page, use.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from citecheck.mend.days import form_in
from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.places import Spot, leads_to
from citecheck.mend.plain import printable
from citecheck.mend.present import copy_beside, copy_in
from citecheck.mend.prose import Beside, inserted
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles
from citecheck.mend.swap import secured, swapped
from citecheck.mend.wiki_params import added, filled
from citecheck.readers.wiki_cites import Family
from citecheck.readers.wiki_entries import address_in, family_of
from citecheck.readers.wiki_refs import Ref, refs
from citecheck.readers.wiki_templates import Template, opaque, templates
from citecheck.readers.wikitext import cited
from citecheck.records.document import TextLink
from citecheck.urls.archived import recognise

formats = ("wikitext",)

_OF_ITS_OWN = "the copy is named by a template of its own"
_SAMPLE = 200  # access dates of a page that tell the form of its days
_CHAPTERS = tuple(
    f"{part}{dash}url" for part in ("chapter", "section", "article", "entry") for dash in ("-", "")
)
_LIVING = frozenset({"live", "no", "nein", "nee", "hayır", "não", "activo", "nei"})


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in a cite template, or in a note that has none."""
    if spot.entry is None:
        return _note(sheet, spot, wish, styles)
    text = sheet.source.text
    page = _page(text)
    if wish.kind is Kind.COPY:
        return _renewed(text, page, spot, wish)
    adding, copied = wish.kind is Kind.ARCHIVE, "archive_location" in spot.entry.csl
    if adding and copied and spot.label not in page.records:
        raise Settled  # a template of its own that names nothing but the copy
    template, family = _template(page, spot, wish)
    if not adding:
        return _swap(text, template, family, wish)
    if not family.archive_url:
        raise Unmendable("the template has no parameter for a copy")
    kept = template.get(*family.archive_url)
    if kept is not None and kept.value:
        return _marked_dead(text, template, family, wish)
    address, day = _copy(wish)
    if copied or copy_in([_around(text, page.notes, template)], wish.url, address):
        raise Settled
    _refuse_chapter(template, wish)
    shown = [template.value(*family.accessed), template.value(*family.date)]
    language = family.language or styles.language or "en"
    form = form_in(filter(None, shown), language) or form_in(
        page.accessed.get(family.accessed, ()), language
    )
    pairs = [
        (_name(page, template, family.archive_url), address),
        (_name(page, template, family.archive_date), form(day) if form else day.isoformat()),
    ]
    status = _status(family, wish)
    changes: tuple[Change, ...] = ()
    if status:
        marked = template.get(family.dead[0])
        if marked is None or not marked.value:
            pairs.append((family.dead[0], status))
        elif marked.value.lower() in _LIVING:
            changes = (filled(text, marked, status),)
    return (*added(text, template, pairs), *changes)


@dataclass(frozen=True, slots=True)
class _Page:
    """`records` are the cite templates by the label of their note, `used` counts the names of all
    parameters, `accessed` has the access dates of each family."""

    notes: tuple[Ref, ...]
    records: dict[str, list[Template]]
    used: Counter[str]
    accessed: dict[tuple[str, ...], list[str]]


@lru_cache(maxsize=1)
def _page(text: str) -> _Page:
    hidden = opaque(text)
    found = templates(text, hidden)
    tags = refs(text, hidden, found)
    page = _Page(tags, {}, Counter(p.name for t in found for p in t.parameters), {})
    for label, template in cited(found, tags):
        page.records.setdefault(label, []).append(template)
        known = family_of(template)
        names = known[0].accessed if known else ()
        if len(shown := page.accessed.setdefault(names, [])) < _SAMPLE and template.value(*names):
            shown.append(template.value(*names))
    return page


def _template(page: _Page, spot: Spot, wish: Wish) -> tuple[Template, Family]:
    """The template of a record: by the label of its note and by its address."""
    for template in page.records.get(spot.label, ()):
        known = family_of(template)
        if known and leads_to(address_in(template, known[0]), wish.url):
            return template, known[0]
    raise Unmendable("the template prints no address, only an identifier")


def _refuse_chapter(template: Template, wish: Wish) -> None:
    """Raises Unmendable where the copy would be taken for that of another address: CS1 has
    `archive-url` go with the address of the chapter where there is one."""
    chapter = template.value(*_CHAPTERS)
    if chapter and not leads_to(chapter, wish.url):
        raise Unmendable("the template has an address of a chapter, which the copy is not of")


def _marked_dead(text: str, template: Template, family: Family, wish: Wish) -> tuple[Change, ...]:
    """The mark of a template that has a copy already, where it says that the address lives."""
    status = _status(family, wish)
    marked = template.get(family.dead[0]) if status else None
    if marked is None or marked.value.lower() not in _LIVING or status == "live":
        raise Settled
    return (filled(text, marked, status),)


def _renewed(text: str, page: _Page, spot: Spot, wish: Wish) -> tuple[Change, ...]:
    """Another copy, and its day, in the parameters of a template."""
    address, day = _copy(wish)
    for template in page.records.get(spot.label, ()):
        known = family_of(template)
        kept = template.get(*known[0].archive_url) if known else None
        if known is None or kept is None or not leads_to(kept.value, wish.url):
            continue
        if text[kept.start : kept.end] != kept.value:
            break
        change = swapped(text, kept.start, kept.end, address)
        dated = template.get(*known[0].archive_date)
        if dated is None or not dated.value:
            return (change,)
        form = form_in([dated.value], known[0].language or "en")
        return change, filled(text, dated, form(day) if form else day.isoformat())
    raise Unmendable(_OF_ITS_OWN)


def _status(family: Family, wish: Wish) -> str:
    """The word for the state of the link, empty where the family has none for it."""
    name, word = family.dead
    if not name:
        return ""
    if wish.reason in ("usurped", "parked"):
        told = "usurped"
    elif wish.state == "dead":
        told = "dead"
    else:
        told = "deviated" if wish.state in ("changed", "mismatch") else "live"
    if word == "{}":
        return told
    return word if told in ("dead", "usurped") else ""


def _copy(wish: Wish) -> tuple[str, date]:
    """The copy's address as a template may have it, and its day."""
    told = recognise(wish.new)
    address = wish.new
    if told is not None and told.archive == "wayback":
        address = re.sub(r"(/web/\d+)(?!id_)(?:[a-z]{2}_)+(?=/)", r"\1", address)
        if len(told.stamp) != 14 or told.taken is None:
            raise Unmendable("the time in the copy's address has not the 14 digits it needs")
        return _encoded(address), told.taken.date()
    return _encoded(address), wish.day


def _encoded(url: str) -> str:
    """An address that no template and no link of the page can take apart, and in which the wiki
    sees no entity, signature or switch."""
    for char, code in (
        ("|", "%7C"),
        ("[", "%5B"),
        ("]", "%5D"),
        ("''", "%27%27"),
        ("~~~", "~~%7E"),
    ):
        url = url.replace(char, code)
    url = re.sub(r"__(?=[A-Z]+__)", "%5F_", url)
    return re.sub(r"(&(?:#\w{1,8}|\w{2,32}));", r"\1%3B", url)


def _name(page: _Page, template: Template, names: tuple[str, ...]) -> str:
    """The name of a parameter: an empty one's own, else what the page uses most."""
    if (empty := template.get(*names)) is not None:
        return empty.name
    return max(names, key=lambda n: (page.used[n], -names.index(n)))


def _around(text: str, notes: tuple[Ref, ...], template: Template) -> str:
    """The whole note in which a template stands, or the template."""
    i = bisect_right(notes, template.start, key=lambda ref: ref.start) - 1
    inner = notes[i].inner if i >= 0 else None
    start, end = inner if inner and inner[1] > template.start else (template.start, template.end)
    return text[start:end]


def _swap(text: str, template: Template, family: Family, wish: Wish) -> tuple[Change, ...]:
    for name in family.url:
        parameter = template.get(name)
        if parameter is None or not leads_to(parameter.value, wish.url):
            continue
        if text[parameter.start : parameter.end] != parameter.value:
            break
        if wish.kind is Kind.HTTPS:
            return (secured(text, parameter.start),)
        return (swapped(text, parameter.start, parameter.end, _encoded(wish.new)),)
    raise Unmendable("no parameter of the template prints the address as it is")


def _note(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """A note without a template: the copy beside the link, a link as the wiki writes one."""
    assert spot.note is not None
    if wish.kind is Kind.COPY and not all(leads_to(k.target, wish.url) for k in spot.links):
        raise Unmendable(_OF_ITS_OWN)
    if wish.kind is not Kind.ARCHIVE:
        return tuple(_swap_link(sheet, link, wish) for link in spot.links)
    link = spot.links[0]
    first, last = sheet.chars(spot.note.span)
    alone = len(spot.note.links) == 1
    address, day = _copy(wish)
    if copy_beside(spot.note, link, address) or (
        alone and copy_in([sheet.text[first:last]], wish.url, address)
    ):
        raise Settled
    start, end = sheet.chars(link.span)
    style = styles.of(spot.note)
    words = style.words(day)
    if sheet.text[start] == "[":
        copy = Beside(f"[{address} {words}]", "", linked=True)
    else:
        copy = Beside(words, printable(address, words, angled=None))
    glued = sheet.text[start] == "["
    return (Change(end, end, inserted(sheet, spot.note, start, end, copy, style, glued=glued)),)


def _swap_link(sheet: Sheet, link: TextLink, wish: Wish) -> Change:
    start, end = sheet.chars(link.span)
    if sheet.text[start] == "[":
        start += 1
        end = start + len(re.split(r"[\s\]]", sheet.text[start:end], maxsplit=1)[0])
    if wish.kind is Kind.HTTPS:
        return secured(sheet.text, start)
    return swapped(sheet.text, start, end, _encoded(wish.new))
