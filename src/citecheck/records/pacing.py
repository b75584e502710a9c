"""When an archive was asked last: what keeps runs that follow each other within one pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pacing:
    """`asked` are the moments of the look-ups of the last minute or so, in order, `saved` those of
    the saves. Until `quiet_until` the archive wants to hear nothing; it is the last of `pauses` in
    a row."""

    asked: tuple[datetime, ...] = ()
    quiet_until: datetime | None = None
    pauses: int = 0
    saved: tuple[datetime, ...] = ()
