"""Manifests against each other, and against their time stamps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from citecheck.proof import timestamp
from citecheck.proof.damage import Damage, Room
from citecheck.proof.manifest import ManifestError, Named, Sealed, parse, sha256
from citecheck.proof.timestamp import StampError


@dataclass(slots=True)
class Chain:
    """`sums` are the hashes of the manifests that are there, `previous` what each names, `sealed`
    which manifest names a WARC file (the newest, where there are several)."""

    sums: dict[str, str] = field(default_factory=dict)
    previous: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> Iterator[Damage]:
        """Take up a manifest, oldest first."""
        self.sums[name] = sha256(data)
        try:
            found = parse(data)
        except ManifestError as fault:
            yield Damage(Room.MANIFEST, name, f"it {fault}")
            return
        self.previous[name] = found.previous
        self.sealed |= {file.name: name for file in found.files}

    def heads(self, wanted: Callable[[str], bool] = lambda _: True) -> tuple[Named, ...]:
        """The readable manifests among those `wanted` that none of these names, by name."""
        among = [name for name in self.previous if wanted(name)]
        named = {one.name for name in among for one in self.previous.get(name, ())}
        return tuple(Named(name, self.sums[name]) for name in sorted(among) if name not in named)

    def broken(self) -> Iterator[Damage]:
        """Manifests that are not what a later one was chained to; see `missing`."""
        for name, previous in self.previous.items():
            for one in previous:
                if self.sums.get(one.name, one.sha256) != one.sha256:
                    why = f"it is not the one that {name} was chained to"
                    yield Damage(Room.MANIFEST, one.name, why)

    def missing(self) -> dict[str, str]:
        """Manifests that are named but not there, with one that names each."""
        return {
            one.name: name
            for name, previous in self.previous.items()
            for one in previous
            if one.name not in self.sums
        }


def files(data: bytes, wanted: Iterable[str]) -> dict[str, Sealed]:
    """What a manifest that was taken up says of WARC files."""
    names = frozenset(wanted)
    return {one.name: one for one in parse(data, verified=True).files if one.name in names}


def stamp(name: str, reply: bytes, data: bytes | None) -> tuple[str, Damage | None]:
    """Who says when of a manifest's bytes, and what is wrong with that."""
    if data is None:
        return "", Damage(Room.STAMP, name, "its manifest is gone")
    try:
        found = timestamp.verified(reply, data)
    except StampError as fault:
        return "", Damage(Room.STAMP, name, f"it {fault}")
    return f"{found.at:%Y-%m-%dT%H:%M:%SZ} by {found.authority}", None
