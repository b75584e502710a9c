"""What registries said of cited works: `works.jsonl`, one line a reference, sorted.

A line changes only with what is said. When it was said last, if it was the same again, stands in
`.state/works.jsonl`, which may be lost: then is asked once more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from citecheck.disk import write_if_different
from citecheck.ledger import jsonl
from citecheck.ledger.codec import CodecError, decode, encode
from citecheck.records.work import Work

SCHEMA = "works"
_ASKED = "works-asked"


@dataclass(frozen=True, slots=True)
class _Asked:
    reference: str
    asked: str
    checked: datetime


def read(path: Path, state: Path, warnings: list[str]) -> dict[str, Work]:
    """By reference; of doubles the newest. Raises LedgerError."""
    found: dict[str, Work] = {}
    for row in jsonl.read(path, SCHEMA, warnings):
        try:
            work = decode(Work, row)
        except CodecError as fault:
            warnings.append(f"{path}: a line was passed over ({fault})")
            continue
        known = found.get(work.reference)
        if work.checked is not None and (known is None or _newer(work, known)):
            found[work.reference] = work
    for row in jsonl.read(state, _ASKED, []):
        try:
            asked = decode(_Asked, row)
        except CodecError:
            continue
        known = found.get(asked.reference)
        if known is None or known.checked is None or known.asked != asked.asked:
            continue
        found[asked.reference] = replace(known, checked=max(known.checked, asked.checked))
    return found


def _newer(work: Work, known: Work) -> bool:
    assert work.checked is not None
    return known.checked is None or work.checked >= known.checked


def write(path: Path, state: Path, works: Iterable[Work]) -> None:
    """Lay these over the stored ones; files whose bytes would stay are left alone. Raises
    LedgerError."""
    stored = read(path, path.with_name(".none"), [])
    moments = {w.reference: w for w in read(path, state, []).values()}
    for work in works:
        known = stored.get(work.reference)
        if known is None or replace(known, checked=work.checked) != work:
            stored[work.reference] = work
        moments[work.reference] = work
    if not stored:
        return
    rows = (encode(stored[key]) for key in sorted(stored))
    write_if_different(path, jsonl.file(SCHEMA, rows))
    again = [
        _Asked(key, work.asked, work.checked)
        for key, work in sorted(moments.items())
        if work.checked is not None and work.checked != stored[key].checked
    ]
    if again or state.exists():
        write_if_different(state, jsonl.file(_ASKED, (encode(one) for one in again)))
