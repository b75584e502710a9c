"""CSL-JSON: the copy in `archive` and `archive_location`, every other byte of the file kept.

CSL 1.0.2 has no variable for archived copies of web pages; these two are the ones that its editors
name for the purpose. An item that names an archive already (of papers, perhaps) is left alone.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache

from citecheck.mend.edits import Change, Kind, Settled, Unmendable, Wish
from citecheck.mend.json_places import Member, Place, objects, value
from citecheck.mend.places import Spot, leads_to
from citecheck.mend.present import copy_in
from citecheck.mend.sheet import Sheet
from citecheck.mend.style import Styles

formats = ("csl-json",)

_NAMES = {
    "wayback": "Internet Archive",
    "arquivo.pt": "Arquivo.pt",
    "perma.cc": "Perma.cc",
    "software-heritage": "Software Heritage",
}


def write(sheet: Sheet, spot: Spot, wish: Wish, styles: Styles) -> tuple[Change, ...]:
    """The changes of a wish in one item."""
    assert spot.entry is not None
    if "citecheck" in (spot.entry.csl.get("custom") or {}):
        raise Unmendable("this record is citecheck's own: mend the document that it was made from")
    text = sheet.text
    item = _item(text, spot, wish)
    kept = item.get("archive_location")
    if wish.kind is Kind.COPY and kept is not None:
        return (Change(kept.start, kept.end, _quoted(wish.new)),)
    if wish.kind is not Kind.ARCHIVE:
        return _swap(text, item, wish)
    texts = [text[m.start : m.end] for m in item.members if m.key != "URL"]
    if copy_in([json.loads(t) if t.startswith('"') else t for t in texts], wish.url, wish.new):
        raise Settled
    if item.get("archive") or item.get("archive_location"):
        raise Unmendable("the item names an archive already")
    after = item.get("URL") or item.members[-1]
    number = item.members.index(after)
    before = text[item.members[number - 1].end : after.at] if number else _first(text, item, after)
    colon = re.sub(r"\A\s*\"(?:[^\"\\]|\\.)*\"", "", text[after.at : after.start])
    told = (("archive", _NAMES.get(wish.archive, wish.archive)), ("archive_location", wish.new))
    said = "".join(f"{before}{_quoted(k)}{colon}{_quoted(v)}" for k, v in told if v)
    return (Change(after.end, after.end, said.replace("\r\n", "\n")),)


def _first(text: str, item: Place, first: Member) -> str:
    """What parts members where there is but one: a comma and what stands before it."""
    if len(item.members) > 1:
        return text[first.end : item.members[1].at]
    return "," + (text[item.start + 1 : first.at] or " ")


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


@lru_cache(maxsize=1)
def _named(text: str) -> dict[str | None, list[tuple[Place, str | None]]]:
    """The objects that cite something by their id (None: they have none), with their address."""
    found: dict[str | None, list[tuple[Place, str | None]]] = {}
    for place in objects(text):
        url, doi, key = (place.get(name) for name in ("URL", "DOI", "id"))
        if place.end < 0 or not (url or doi):
            continue
        label = str(value(text, key.start, key.end)) if key else None
        address = str(value(text, url.start, url.end)).strip() if url else None
        found.setdefault(label, []).append((place, address))
    return found


def _item(text: str, spot: Spot, wish: Wish) -> Place:
    """The object of the entry: by its id and its address; one without an id by its address."""
    for label in (spot.label, None):
        fit = [
            place
            for place, url in _named(text).get(label, ())
            if url is None or wish.kind is Kind.COPY or leads_to(url, wish.url)
        ]
        if len(fit) == 1:
            return fit[0]
        if fit:
            break
    raise Unmendable("the item is not found, or there are several of its name")


def _swap(text: str, item: Place, wish: Wish) -> tuple[Change, ...]:
    url = item.get("URL")
    if url is None:
        raise Unmendable("the item has no URL")
    old = str(value(text, url.start, url.end))
    if wish.kind is Kind.HTTPS:
        if not text[url.start + 1 : url.start + 6].lower() == "http:":
            raise Unmendable("the address is not printed with http:// there")
        return (Change(url.start + 5, url.start + 5, "s"),)
    if old == wish.new:
        raise Settled
    return (Change(url.start, url.end, _quoted(wish.new)),)
