"""From one citation's text to its fields: the steps, in their one order."""

from __future__ import annotations

from collections.abc import Callable, Collection

from citecheck.cite.access import read_access
from citecheck.cite.addresses import read_addresses
from citecheck.cite.archiving import read_archiving
from citecheck.cite.containers import read_marked_container
from citecheck.cite.credits import read_credits
from citecheck.cite.descriptors import read_descriptors
from citecheck.cite.heads import read_head
from citecheck.cite.imprint import read_edition, read_imprint
from citecheck.cite.issued import read_issued
from citecheck.cite.kinds import read_type
from citecheck.cite.leftovers import read_leftovers
from citecheck.cite.legal import read_case, read_reporter
from citecheck.cite.piece import LONGEST, Piece, Segment, piece_of
from citecheck.cite.pinpoints import (
    read_labelled_numbers,
    read_pages,
    read_pinpoint,
    read_roman,
)
from citecheck.cite.spoken import read_spoken
from citecheck.cite.statutes import read_statute
from citecheck.cite.titles import read_title
from citecheck.cite.unmarked import read_unmarked

STEPS: tuple[Callable[[Piece], None], ...] = (
    read_archiving,
    read_access,
    read_case,
    read_spoken,
    read_statute,
    read_unmarked,
    read_title,
    read_head,
    read_descriptors,
    read_marked_container,
    read_reporter,
    read_edition,
    read_credits,
    read_labelled_numbers,
    read_pages,
    read_imprint,
    read_issued,
    read_pinpoint,
    read_roman,
    read_leftovers,
    read_type,
)


def read_fields(segment: Segment, hosts: Collection[str] = ()) -> Piece:
    """Everything that can be told about one citation; what rules do not decide is left out."""
    piece = piece_of(segment)
    read_addresses(piece, hosts)
    if len(segment.text) > LONGEST:
        piece.csl["type"], piece.confidence["type"] = "webpage", "low"
        return piece
    for step in STEPS:
        step(piece)
    return piece
