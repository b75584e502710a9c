"""What a finding advises where no archive has a copy to cite.

A finding is made before archives are asked; its sentence offers an archived copy as one way out.
Where they have answered that there is none, the other ways are left.
"""

from __future__ import annotations

import re
from dataclasses import replace

from citecheck.records.archive import LookupState
from citecheck.records.report import LinkRow

_NO_COPY = frozenset({LookupState.NONE, LookupState.EXCLUDED, LookupState.NOT_ASKED})
_COPY = "an archived copy"
_INSTEAD = (
    (f"; cite {_COPY} or find its new address.", "; find its new address."),
    (f"; cite {_COPY} or another source.", "; cite another source."),
    (f", or cite {_COPY} or another source.", ", or cite another source."),
    (f", or cite {_COPY}.", ", or cite another source."),
    (f", else cite {_COPY}.", ", else cite another source."),
    (f"; cite {_COPY} of what you read.", "; see whether it still supports the citation."),
    (f"; cite {_COPY}, and do not link there.", "; cite another source, and do not link there."),
    (f"; cite {_COPY}, and look again", "; look again"),
    (f" and cite {_COPY}.", " and cite another source."),
    (f"; cite {_COPY}.", "; cite another source."),
    (f"; compare it with {_COPY}.", "; see whether it still supports the citation."),
    (f"; {_COPY} is the safer one to cite.", "."),
)


def advised(row: LinkRow) -> LinkRow:
    """The row of a report, without the advice to cite an archived copy where there is none."""
    lookup = row.lookup
    known = any(copy.role != "local" for copy in row.snapshots)
    if lookup is None or lookup.state not in _NO_COPY or known or _COPY not in row.finding.detail:
        return row
    if row.finding.suggestion is not None and row.finding.suggestion.kind == "snapshot":
        return row
    return replace(row, finding=replace(row.finding, detail=_without_copy(row.finding.detail)))


def _without_copy(detail: str) -> str:
    for said, instead in _INSTEAD:
        detail = detail.replace(said, instead)
    return re.sub(rf"; (?:cite|compare it with) {_COPY}(?=[.,;])", "", detail)
