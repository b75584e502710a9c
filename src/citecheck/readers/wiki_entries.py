"""A cite template as a reference record: its parameters under the names of CSL."""

from __future__ import annotations

import re
from typing import Any

from citecheck.readers.record_fields import person
from citecheck.readers.wiki_cites import CS1, TEMPLATES, TWINS, Family
from citecheck.readers.wiki_templates import Template
from citecheck.text.entities import unescape
from citecheck.urls.archived import recognise

_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//\S+(?:\s+([^\[\]]*))?\]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_INNER = re.compile(r"\{\{[^{}]*\}\}")
_PLAIN = (
    ("volume", ("volume", "band")),
    ("issue", ("issue", "number", "nummer", "numéro", "número")),
    ("page", ("pages", "page", "seiten", "pages totales", "páginas", "p", "pp")),
    ("DOI", ("doi",)),
    ("ISBN", ("isbn",)),
    ("ISSN", ("issn",)),
    ("language", ("language", "sprache", "langue", "idioma", "lang")),
)


def family_of(template: Template) -> tuple[Family, str] | None:
    """The family of a cite template and the CSL type of its works; None for other templates."""
    found = TEMPLATES.get(template.name)
    if found is None and template.name.startswith("cite ") and template.get("title", "url"):
        return CS1, "webpage"
    twin = TWINS.get(template.name)
    if twin is not None and found is not None and not template.value(*found[0].title):
        return twin, found[1]
    return found


def csl_of(template: Template, label: str) -> dict[str, Any]:
    """The CSL fields of a cite template."""
    family, kind = family_of(template) or (CS1, "webpage")
    csl: dict[str, Any] = {"id": label, "type": kind}
    for variable, names in (
        ("title", family.title),
        ("container-title", family.work),
        ("publisher", family.publisher),
        ("issued", family.date),
        ("accessed", family.accessed),
        *_PLAIN,
    ):
        if words := plain(template.value(*names)):
            csl[variable] = words
    for variable in ("issued", "accessed"):
        if variable in csl:
            csl[variable] = {"raw": csl[variable]}
    if people := _people(template, family):
        csl["author"] = people
    url = address_in(template, family)
    if url:
        csl["URL"] = url
    copy = template.value(*family.archive_url)
    if told := recognise(copy):
        csl["archive"], csl["archive_location"] = told.archive, copy
    return csl


def address_in(template: Template, family: Family) -> str:
    """The address that a template cites; empty where it has none."""
    found = unescape(template.value(*family.url))
    if external := re.match(r"\[(\S+)", found):
        found = external[1]
    elif re.search(r"\s", found):  # words with an address among them, as `Online=` may have
        inner = re.search(r"https?://[^\s\[\]|<>]+", found)
        found = inner[0] if inner else ""
    return "https:" + found if found.startswith("//") else found


def plain(value: str) -> str:
    """A parameter's words: links, italics and tags undone, templates inside left out."""
    if not value or re.match(r"(?i)https?://\S+\Z", value):
        return value
    for _ in range(4):
        value = _INNER.sub("", value)
    value = _EXTERNAL.sub(r"\1", _LINK.sub(r"\1", value))
    return " ".join(unescape(_TAG.sub("", value.replace("''", ""))).split())


def _people(template: Template, family: Family) -> list[dict[str, str]]:
    out: list[dict[str, str]] = []
    there = {p.name for p in template.parameters}
    for number in ("", *map(str, range(1, 31))):
        family_names = [f"{name}{number}" for name in ("last", "nom", "apellidos")]
        if there.isdisjoint(family_names):
            continue
        last = plain(template.value(*family_names))
        first = plain(template.value(f"first{number}", f"prénom{number}", f"nombre{number}"))
        if last and not (number == "1" and template.value("last")):
            name = {"family": last, "given": first} if first else {"literal": last}
            out.append(name)
    if not out:
        words = plain(template.value(*family.author))
        one = person(words) if words else None
        out = [one] if one else []
    return out
