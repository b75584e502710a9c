"""The variables and types of CSL-JSON schema 1.0.2 (csl-data.json), by kind (a table of facts)."""

# ruff: noqa: SIM905
from __future__ import annotations

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter"
    " classic collection"
    " dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing"
    " interview legal_case"
    " legislation manuscript map motion_picture musical_score pamphlet paper-conference patent"
    " performance"
    " periodical personal_communication post post-weblog regulation report review review-book"
    " software song speech"
    " standard thesis treaty webpage".split()
)
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator"
    " director editor"
    " editorial-director executive-producer guest host interviewer illustrator narrator"
    " organizer original-author"
    " performer producer recipient reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
NUMBERS = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue"
    " locator number"
    " number-of-pages number-of-volumes page page-first part printing supplement volume".split()
)
STRINGS = frozenset(
    "citation-key language journalAbbreviation shortTitle abstract annote archive"
    " archive_collection"
    " archive_location archive-place authority call-number citation-label collection-title"
    " container-title"
    " container-title-short dimensions division DOI event event-title event-place genre ISBN"
    " ISSN jurisdiction"
    " keyword medium note original-publisher original-publisher-place original-title part-title"
    " PMCID PMID publisher"
    " publisher-place references reviewed-genre reviewed-title scale section source status title"
    " title-short URL"
    " version volume-title volume-title-short year-suffix".split()
)
NAME_KEYS = frozenset(
    "family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering"
    " literal"
    " parse-names".split()
)
DATE_KEYS = frozenset("date-parts season circa literal raw".split())
# Long texts of others that a reference does not need.
UNWANTED = frozenset({"abstract", "annote", "references", "citation-number", "keyword"})
