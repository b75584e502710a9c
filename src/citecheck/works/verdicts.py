"""From what registries said of one reference to its row: the state, and a sentence for a person.

Nothing here says that a work does not exist. Registries err as well as people do, and many works
are in none: that is said with every row that asks somebody to look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from citecheck.records.work import Difference, Notice, Work, WorkState
from citecheck.works import crossref, datacite
from citecheck.works.alike import bears_its_fate, short
from citecheck.works.match import differences, see
from citecheck.works.registered import Registered
from citecheck.works.wanted import Wanted

RETRACTING = frozenset(
    {"retraction", "withdrawal", "removal", "partial-retraction", "retracted", "withdrawn"}
)
_RETRACTED = frozenset({"retraction", "partial-retraction", "retracted"})
REINSTATING = frozenset({"reinstatement"})
CORRECTING = frozenset(
    {"correction", "corrigendum", "erratum", "addendum", "clarification", "expression-of-concern"}
    | {"concern", "reinstatement"}
)
_PROVES_LITTLE = (
    "That proves little: many books, theses, reports and older articles are in no registry. "
    "See whether title, author and year are copied rightly, and where the work can be found."
)


def found(
    wanted: Wanted, registered: Registered, by: str, *, sure: bool = True, alone: bool = True
) -> Work:
    """The row of a work that a registry has. `sure`: its notices could be asked about; `alone`:
    no other registered work fits as well."""
    notices = _notices(registered)
    differ = differences(wanted, registered)
    if wanted.doi and registered.has_doi and registered.identifier != wanted.doi:
        differ = (Difference("DOI", wanted.doi, registered.identifier), *differ)
    kinds = {n.kind for n in notices}
    if _reinstated(notices):
        kinds -= RETRACTING
    state = WorkState.DIFFERS if differ else WorkState.FOUND
    if kinds & CORRECTING:
        state = WorkState.CORRECTED
    if kinds & RETRACTING:
        state = WorkState.RETRACTED
    work = Work(
        wanted.reference,
        state,
        wanted.fingerprint,
        by,
        registered.where,
        registered.identifier,
        differ,
        notices,
        suggestion=_suggestion(wanted, registered, by) if alone else "",
        settled=sure,
    )
    return replace(work, detail=_found_sentence(work))


def _suggestion(wanted: Wanted, registered: Registered, by: str) -> str:
    """The address of a DOI that the reference does not have."""
    if by == "doi" or not registered.has_doi:
        return ""
    seen = see(wanted, registered)
    if seen.year is False or (seen.container is False and not seen.placed):
        return ""
    return f"https://doi.org/{registered.identifier}"


def _notices(registered: Registered) -> tuple[Notice, ...]:
    marked = any(bears_its_fate(t) for t in registered.titles)
    if marked and not any(n.kind in RETRACTING for n in registered.notices):
        withdrawn = not any("retracted" in t[:20].lower() for t in registered.titles)
        return (*registered.notices, Notice("withdrawal" if withdrawn else "retraction"))
    return registered.notices


def _reinstated(notices: Sequence[Notice]) -> bool:
    """Whether a work was reinstated after its last retraction, as far as dates tell."""
    last = max((n.date for n in notices if n.kind in RETRACTING), default="")
    return any(n.kind in REINSTATING and n.date > last > "" for n in notices)


def _found_sentence(work: Work) -> str:
    named = ", ".join(d.field for d in work.differences)
    said = []
    if work.state is WorkState.RETRACTED:
        what = "a retraction" if _RETRACTED & {n.kind for n in work.notices} else "a withdrawal"
        said.append(f"{work.where} tells of {what}{_where(work, RETRACTING)}.")
        said.append("Read the notice before relying on this work, and say so where you cite it.")
    elif work.state is WorkState.CORRECTED:
        reinstated = _reinstated(work.notices)
        kinds = CORRECTING | RETRACTING if reinstated else CORRECTING
        what = "a retraction that was taken back" if reinstated else "a correction"
        if {n.kind for n in work.notices} & kinds <= {"expression-of-concern", "concern"}:
            what = "an expression of concern"
        said.append(f"{work.where} tells of {what}{_where(work, kinds)}.")
        said.append("See whether it touches what is cited.")
    elif not named:
        said.append(f"{work.where} has this work.")
    if named and "title" in named and work.by != "title":
        said.append(
            f"{work.where} has another work under this {work.by.upper()} than is cited, or the "
            f"same under other words ({named}). Compare both with the work itself."
        )
    elif named:
        said.append(
            f"{work.where} has it with other particulars ({named}). Compare both with the work "
            "itself: registries err as well."
        )
    said += [
        f"It has been {'published as' if n.kind == 'publication' else 'replaced by'} {n.doi}."
        for n in work.notices
        if n.kind in ("publication", "replacement", "new-version", "new-edition") and n.doi
    ]
    if not work.settled:
        said.append("Whether it was retracted could not be asked; the next run asks again.")
    return " ".join(said)


def _where(work: Work, kinds: frozenset[str]) -> str:
    told = [n for n in work.notices if n.kind in kinds]
    words = ", ".join(
        " ".join(filter(None, (n.kind, n.date, f"https://doi.org/{n.doi}" if n.doi else "")))
        for n in told[:3]
        if n.date or n.doi
    )
    return f" ({words})" if words else ""


def elsewhere(wanted: Wanted, agency: str) -> Work:
    """A DOI of an agency that has no interface here, or has not put the work into it yet."""
    here = agency in (crossref.NAME, datacite.NAME)
    why = "which tells nothing of it" if here else "which is not asked"
    detail = (
        f"The DOI is registered with {agency}, {why}: that it exists is certain, what it stands "
        "for is not known here."
    )
    return Work(
        wanted.reference,
        WorkState.UNKNOWN,
        wanted.fingerprint,
        "doi",
        identifier=wanted.doi,
        detail=detail,
    )


def within(wanted: Wanted, book: Registered, *, settled: bool) -> Work:
    """A part of a book, of which no registry tells."""
    what = f" ({book.titles[0]})" if book.titles else ""
    return Work(
        wanted.reference,
        WorkState.UNKNOWN,
        wanted.fingerprint,
        "isbn",
        book.where,
        book.identifier,
        detail=f"{book.where} has the book that is cited{what}, but tells nothing of its parts.",
        settled=settled,
    )


def none_found(
    wanted: Wanted,
    asked: Sequence[str],
    silent: Mapping[str, str],
    like: Registered | None,
) -> Work:
    """No registry has what is certainly the work."""
    work = Work(wanted.reference, WorkState.NOT_FOUND, wanted.fingerprint)
    if like is not None:
        resembles = f"“{like.titles[0]}”" if like.titles else "a work"
        year = f", {like.years[0]}" if like.years else ""
        what = f"https://doi.org/{like.identifier}" if like.has_doi else like.identifier
        detail = (
            f"{like.where} has {resembles}{year} ({what}), which may or may not be this work: "
            "compare them."
        )
        if wanted.doi:
            detail = f"The DOI {wanted.doi} is not registered. {detail}"
        return replace(work, state=WorkState.UNKNOWN, detail=detail, settled=not silent)
    if silent or not asked:
        why = "; ".join(f"{name}: {said}" for name, said in silent.items())
        detail = f"Nothing is known: {why or 'no registry was asked'}. The next run asks again."
        return replace(work, state=WorkState.UNKNOWN, detail=detail, settled=False)
    names = _listed(asked)
    have = "has" if len(asked) == 1 else "have"
    if wanted.doi:
        detail = (
            f"The DOI {wanted.doi} is not registered ({names} asked): a letter of it may be "
            "wrong. Look at the work itself for it."
        )
    elif short(wanted.titles) and not wanted.isbn:
        detail = (
            f"{names} offered nothing that is certainly this work, but its title is too short to "
            "be searched for: many works are called so."
        )
        return replace(work, state=WorkState.UNKNOWN, detail=detail)
    elif wanted.foreign:
        detail = (
            f"{names} {have} no work of this title, but it may be registered in its own language "
            "and script, which is not printed here: that cannot be told."
        )
        return replace(work, state=WorkState.UNKNOWN, detail=detail)
    else:
        detail = f"{names} {have} no work that is certainly this one. {_PROVES_LITTLE}"
    return replace(work, detail=detail)


def _listed(names: Sequence[str]) -> str:
    *most, last = dict.fromkeys(names)
    return f"{', '.join(most)} and {last}" if most else last
