"""How a copy is spoken of beside a link: the words of the document's language, its form of days.

The access dates of the note come first, then its other full dates, then the same of all notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from citecheck.cite.access import access_dates
from citecheck.mend.days import Form, form_in, form_of, full_dates
from citecheck.mend.language import language_of
from citecheck.mend.sheet import Sheet
from citecheck.records.document import Note
from citecheck.text.archived_words import PHRASES, Phrase


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
    dates and of all their dates, None where they tell none."""

    language: str
    accessed: Form | None
    dated: Form | None

    def of(self, note: Note | None) -> Style:
        """The style of a note, or that of the document where there is none."""
        text = note.text if note else ""
        form = (
            form_in(access_dates(text), self.language)
            or form_in(full_dates(text), self.language)
            or self.accessed
            or self.dated
            or form_of(self.language)
        )
        return Style(PHRASES[self.language], form)


def styles_of(sheet: Sheet) -> Styles:
    """What a document shows of its language and its dates."""
    language = language_of(sheet.text)
    texts = [note.text[:5000] for note in sheet.document.notes[:2000]]
    return Styles(
        language,
        form_in((d for text in texts for d in access_dates(text)), language),
        form_in((d for text in texts for d in full_dates(text)), language),
    )
