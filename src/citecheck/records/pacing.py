"""When an archive was asked last: what keeps runs that follow each other within one pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Pacing:
    """`asked` are the moments of the look-ups of the last minute or so, in order."""

    asked: tuple[datetime, ...] = ()
