"""How a copy is spoken of beside a link: the words of the document's language, its form of days.

The access dates of the note come first, then its other full dates, then the same of all notes.
A document that does not tell its language leaves it to the note.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from citecheck.cite.access import access_dates
from citecheck.mend.days import Form, form_in, form_of, full_dates
from citecheck.mend.language import language_of, language_of_note
from citecheck.mend.sheet import Sheet
from citecheck.records.document import Note
from citecheck.text.archived_words import PHRASES, Phrase

_LONGEST = 5000  # characters of a note that are looked at


@dataclass(frozen=True, slots=True)
class Style:
    phrase: Phrase
    form: Form

    def words(self, day: date) -> str:
        """`archived 16 March 2019`, as this document would say it."""
        return self.phrase.words.format(self.form(day))


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of one document: `accessed` and `dated` are the forms of all its notes' access
    dates and of all their dates, None where they tell none; `language` is empty where nothing
    tells."""

    language: str
    accessed: Form | None
    dated: Form | None

    def of(self, note: Note | None) -> Style:
        """The style of a note, or that of the document where there is none."""
        text = note.text[:_LONGEST] if note else ""
        accessed, dated = access_dates(text), full_dates(text)
        language = self.language or language_of_note(text, accessed or dated) or "en"
        form = (
            form_in(accessed, language)
            or form_in(dated, language)
            or self.accessed
            or self.dated
            or form_of(language)
        )
        return Style(PHRASES[language], form)


def styles_of(sheet: Sheet) -> Styles:
    """What a document shows of its language and its dates; notes that are in several languages,
    where it does not tell its own, lend each other no form."""
    texts = [note.text[:_LONGEST] for note in sheet.document.notes[:2000]]
    accessed, dated = [access_dates(text) for text in texts], [full_dates(text) for text in texts]
    language = language_of(sheet.text)
    if not language:
        days = (a or d for a, d in zip(accessed, dated, strict=True))
        told = {language_of_note(*of) for of in zip(texts, days, strict=True)}
        if len(told - {""}) > 1:
            return Styles("", None, None)
        language = next(iter(told - {""}), "")
    forms = (form_in(chain.from_iterable(days), language) for days in (accessed, dated))
    return Styles(language, *forms)
