"""What an audit finds: damage, with its place, and what could not be looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Room(StrEnum):
    """What kind of file is damaged, in the order in which they are listed."""

    COPY = "copy"
    INDEX = "index"
    MANIFEST = "manifest"
    STAMP = "stamp"
    EXPORT = "export"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Damage:
    """`file` as a person finds it, `why` a clause about it (or about the record at `offset`, in
    bytes, with its id and address where these are known)."""

    room: Room
    file: str
    why: str
    offset: int | None = None
    record: str = ""
    address: str = ""


@dataclass(slots=True)
class Findings:
    """Gathers what an audit finds; damage of one place is told once, with all that shows it."""

    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _places: dict[tuple[Room, str, int | None], Damage] = field(default_factory=dict)

    @property
    def damage(self) -> tuple[Damage, ...]:
        order = list(Room)
        return tuple(
            sorted(
                self._places.values(),
                key=lambda d: (order.index(d.room), d.file, -1 if d.offset is None else d.offset),
            )
        )

    def add(self, found: Damage) -> None:
        key = found.room, found.file, found.offset
        known = self._places.get(key)
        if known is None:
            self._places[key] = found
        elif found.why not in known.why:
            self._places[key] = replace(
                known,
                why=f"{known.why}; {found.why}",
                record=known.record or found.record,
                address=known.address or found.address,
            )

    def count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def spoilt(self, file: str) -> bool:
        """Whether damage of this file has been found."""
        return any(place[1] == file for place in self._places)
