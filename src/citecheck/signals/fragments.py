"""Whether the place that a fragment names is in a page: found, missing, or cannot be told.

Ids and names as in the HTML standard ("indicated part of the document"), and what sites make of
them: GitHub's `user-content-`, MediaWiki's dot-encoding. Text fragments as in WICG's
scroll-to-text-fragment (`#:~:text=[prefix-,]start[,end][,-suffix]`), read leniently: letters and
digits alone are compared. A false "missing" would be a false alarm, so a page whose scripts may
make the place (routes, shells, line anchors, comments loaded later) tells nothing.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from citecheck.signals.page import MAX_VISIBLE, PageView
from citecheck.text.entities import unescape
from citecheck.text.fold import fold
from citecheck.text.trim import MAX_MARKUP, shallow, without

_MARK = ":~:"
_LONGEST = 2_000
_MOST_TEXTS = 10
_LONG_ENOUGH = 16  # letters of a passage that are looked for without what stands around it
_FEW_WORDS = 30
# Places that scripts make or load: lines of code, comments, reviews, pages and parts of a viewer.
_SCRIPTED = re.compile(
    r"(?i)^(?:L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?"
    r"|(?:issuecomment|discussion|discussioncomment|diff|pullrequestreview|event|ref-pullrequest"
    r"|commitcomment|comments?|respond|disqus|note|post|msg|message|reply|entry|cid|pid|tab|slide"
    r"|page|item|image|photo|gallery|modal|dialog|menu|nav|share|print|search|login|signup)"
    r"[-_:]?r?[\da-f]*(?:[-_]\d+)?|[cnpr][-_]?\d+"
    r"|disqus_thread|readme|lines-\d+.*|cl-\d+|line-?\d+|l-\d+)$"
)
_SCRIPT = re.compile(r"(?i)<script\b(?![^>]{0,300}\b(?:application/(?:ld\+)?json|text/template))")
# Ids on these are places in a text; on others they are often handles for styles.
_PLACE = re.compile(
    r"(?i)<(?:h[1-6]|a|p|li|dt|dd|section|article|span|sup|td|th|tr|figure|blockquote|cite)\b"
    r"[^<>]{0,400}?\s(?:id|name)\s?="
)
_TAG = re.compile(r"<[^<>]*>?")
_ESCAPE = re.compile(r"(?<!\\)\\++(?:u([0-9a-fA-F]{4})|[nrtbf\"'/])")
_DOTTED = re.compile(r"(?:\.[0-9A-F]{2})+")


def fragment_found(view: PageView, fragment: str) -> bool | None:
    """Whether the place named by `fragment` (as it stands in the address, without `#`) is there;
    None where there is no fragment, or where it cannot be told."""
    if not fragment or not view.parsed or len(fragment) > _LONGEST:
        return None
    name, mark, directive = fragment.partition(_MARK)
    if mark:
        found = _text_found(view, directive)
        # A browser that finds no text goes to the named place, but the passage was cited.
        return found if found is not None else _place_found(view, name)
    return _place_found(view, name)


def _place_found(view: PageView, name: str) -> bool | None:
    plain = unquote(name)
    if not name or plain.startswith("!") or "=" in plain or "/" in plain:
        return None
    if plain.lower() == "top" or {name, plain} & view.anchors:
        return True
    known = {_form(anchor) for anchor in view.anchors}
    forms = {_form(one) for one in (name, plain, _undotted(plain))}
    if any(form in known or f"user-content-{form}" in known for form in forms):
        return True
    if re.search(
        rf"""\b(?:id|name)\s?=\s?["']?{re.escape(plain)}["'\s>/]""", unescape(view.markup)
    ):
        return True  # in a drawing, or a template
    return None if _made_later(view, name, plain) else False


def _made_later(view: PageView, name: str, plain: str) -> bool:
    """Whether the place may be made by a script, or stand in what was not read."""
    shell = _shell(view)
    if shell is not None:
        return shell
    if not view.anchors or _SCRIPTED.match(plain) or not _PLACE.search(view.markup):
        return True
    return _mentioned(view.markup, {name, plain, html.escape(plain)})


def _shell(view: PageView) -> bool | None:
    """Whether what a reader sees may be wholly other than what was read; None: in part."""
    if len(view.markup) >= MAX_MARKUP or len(view.visible) >= MAX_VISIBLE:
        return True
    read = without(view.markup)
    if len(shallow(read)) < len(read):
        return True
    if not _SCRIPT.search(view.markup):
        return False
    return True if view.app_root or view.words < _FEW_WORDS else None


def _mentioned(markup: str, names: set[str]) -> bool:
    """Whether a name stands in the markup as a whole, in quotes or as a link to it: then scripts
    know of it."""
    folded = markup.lower()
    for form in {name.lower() for name in names}:
        at = folded.find(form)
        while at >= 0:
            before, after = folded[max(0, at - 1) : at], folded[at + len(form) :][:1]
            if before in ('"', "'", "#", "`", ";") and after in (
                '"',
                "'",
                "\\",
                "`",
                "&",
                " ",
                ">",
            ):
                return True
            at = folded.find(form, at + len(form))
    return False


def _form(anchor: str) -> str:
    """What is compared: case, spaces as underscores, one Unicode form."""
    return unicodedata.normalize("NFC", anchor).casefold().replace(" ", "_").strip("_")


def _undotted(name: str) -> str:
    """MediaWiki's older anchors: the bytes of a name with dots in the place of percent signs."""
    return _DOTTED.sub(
        lambda found: bytes.fromhex(found[0].replace(".", "")).decode("utf-8", "replace"), name
    )


def _text_found(view: PageView, directive: str) -> bool | None:
    """Whether any of the passages of a directive stands in the page; None without passages."""
    asked = [
        passage
        for part in directive.split("&")[:_MOST_TEXTS]
        if part.startswith("text=") and (passage := _passage(part.removeprefix("text=")))
    ]
    if not asked:
        return None
    page = _letters(view.visible)
    if any(_stands(passage, page) for passage in asked):
        return True
    shell = _shell(view)
    if shell:
        return None
    # Broken markup hides text from a parser.
    bare = _letters(unescape(_TAG.sub(" ", without(view.markup))))
    if any(_stands(passage, bare) for passage in asked):
        return None
    if shell is False:
        return False
    # What scripts, attributes or folded-in data hold may be shown to a reader all the same.
    whole = _letters(_TAG.sub(" ", _ESCAPE.sub(_said, unescape(unescape(view.markup)))))
    return None if any(passage[1] in whole for passage in asked) else False


def _said(escape: re.Match[str]) -> str:
    """The character of an escape in a script's string."""
    return chr(int(escape[1], 16)) if escape[1] else " "


def _passage(text: str) -> tuple[str, str, str, str] | None:
    """Prefix, start, end and suffix of a text directive, as letters; None where there is none."""
    parts = text.split(",")
    prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
    if not 1 <= len(parts) <= 2:
        return None
    start, end = parts[0], parts[1] if len(parts) > 1 else ""
    words = tuple(_letters(unquote(part)) for part in (prefix, start, end, suffix))
    return (words[0], words[1], words[2], words[3]) if words[1] else None


def _stands(passage: tuple[str, str, str, str], page: str) -> bool:
    prefix, start, end, suffix = passage
    if not end:
        near = prefix + start + suffix
        return near in page or (len(start) >= _LONG_ENOUGH and start in page)
    for begin in (prefix + start, start if len(start) >= _LONG_ENOUGH else ""):
        at = page.find(begin) if begin else -1
        if at < 0:
            continue
        rest = page.find(end + suffix, at + len(begin))
        if rest < 0 and len(end) >= _LONG_ENOUGH:
            rest = page.find(end, at + len(begin))
        if rest >= 0:
            return True
    return False


def _letters(text: str) -> str:
    """Letters and digits alone, folded: markup, spaces and marks differ between what a reader
    selected and what is read here."""
    return fold(text).replace(" ", "")
