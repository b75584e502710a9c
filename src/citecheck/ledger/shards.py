"""A table of JSON lines, one row a link: one file, or a folder of shards when it grows.

`<name>.jsonl` holds up to 10,000 links; above that the folder `<name>/` holds up to 256 files
`<xx>.jsonl`, xx being the first byte of the SHA-256 of the registrable domain, in hexadecimal. A
table that has become a folder stays one, so that it does not flap at the limit. Readers read both,
because a run may be killed between writing the shards and removing the file.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citecheck.disk import remove, saying, write_if_different
from citecheck.ledger import jsonl
from citecheck.urls.address import host_of, registrable_domain

LIMIT = 10_000
Row = dict[str, Any]


def shard_of(url: str) -> str:
    """The two hexadecimal digits of the shard that a link's rows stand in."""
    domain = registrable_domain(host_of(url))
    return hashlib.sha256(domain.encode("utf-8", "surrogatepass")).hexdigest()[:2]


@dataclass(frozen=True, slots=True)
class Table:
    """A table below `folder`; `schema` is the word between the slashes of its header line."""

    folder: Path
    name: str
    schema: str

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.jsonl"

    @property
    def shards(self) -> Path:
        return self.folder / self.name

    @property
    def sharded(self) -> bool:
        return self.shards.is_dir()

    def read(self, warnings: list[str]) -> Iterator[Row]:
        """Every row with a `url`, shards in order; see `jsonl.read` for what is tolerated."""
        for path in [self.file, *self._shard_files()]:
            for row in jsonl.read(path, self.schema, warnings):
                if isinstance(row.get("url"), str):
                    yield row
                else:
                    warnings.append(f"{path}: a line without a url was passed over")

    def write(self, rows: Iterable[Row], order: Callable[[Row], Any], *, sharded: bool) -> None:
        """Make the table hold exactly `rows`; files whose bytes would stay are left alone."""
        if not sharded:
            write_if_different(self.file, jsonl.file(self.schema, sorted(rows, key=order)))
            return
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[shard_of(row["url"])].append(row)
        for name, group in sorted(groups.items()):
            data = jsonl.file(self.schema, sorted(group, key=order))
            write_if_different(self.shard(name), data)
        for path in self._shard_files():
            if path.stem not in groups:
                remove(path)
        remove(self.file)

    def shard(self, name: str) -> Path:
        return self.shards / f"{name}.jsonl"

    def _shard_files(self) -> list[Path]:
        with saying(self.shards, "read"):
            return sorted(self.shards.glob("[0-9a-f][0-9a-f].jsonl"))
