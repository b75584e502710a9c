"""Writes the exchanges of a run into WARC files, one file a run, and their index.

A file is called `citecheck-YYYYmmddHHMMSS-NNN.warc.gz` and carries `.open` at its end while it is
being written; each record is handed to the system as it comes, so a killed run loses at most the
record it was writing (the next recorder closes such a file before it opens its own, or when it is
closed itself and had nothing to write). A file above `max_size` bytes is followed by the next
number. The index is merged on closing.

A body that the folder already holds for the same address becomes a revisit record; an empty or a
cut off body never does, nor does one whose original file is gone, nor that of a redirect, which
pywb would replay empty. Only whole answers to GET are
indexed: a replay of a HEAD or a 304 would show an empty page.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from citecheck.disk import make_folder, saying, sync_folder
from citecheck.records.copies import Copy
from citecheck.records.exchange import Exchange
from citecheck.records.ports import Clock
from citecheck.warc import index as cdxj
from citecheck.warc import pruned, records, recovery
from citecheck.warc.headers import media_type, shown
from citecheck.warc.holdings import Holdings
from citecheck.warc.index import OPEN, Place
from citecheck.warc.records import Original


class WarcRecorder:
    """The `Recorder` that keeps what was seen. One at a time, under the ledger's lock.

    `folder` holds the files, `index` is the CDXJ file, `software` goes into warcinfo
    (`citecheck/0.1.0`) and so do the fields `about`, `max_size` is in bytes. Use as a context
    manager or call `close`. Every method raises LedgerError where the disk does not take the data.
    Safe to call from threads.
    """

    def __init__(
        self,
        folder: Path,
        index: Path,
        *,
        clock: Clock,
        software: str,
        max_size: int = 1_000_000_000,
        about: Sequence[tuple[str, str]] = (),
    ) -> None:
        self._folder = folder
        self._index = index
        self._clock = clock
        self._software, self._about = software, about
        self._max_size = max_size
        self._lock = threading.Lock()
        self._holdings: Holdings | None = None
        self._pruned: frozenset[str] = frozenset()
        self._stamp = ""
        self._number = 0
        self._name = ""
        self._stream: BinaryIO | None = None
        self._size = 0
        self._places: list[Place] = []

    def record(self, exchange: Exchange, link: str, via: str = "") -> None:
        """Write one exchange made for `link`; what was no HTTP answer is passed over. `via` is the
        page that it is a requisite of."""
        if not 100 <= exchange.status <= 999:
            return
        with self._lock:
            self._open_if_needed()
            identity = records.new_id()
            digest = records.payload_digest(exchange.raw)
            original = self._original(exchange, digest)
            if original is None:
                main = records.response(exchange, identity, digest)
            else:
                main = records.revisit(exchange, identity, original)
            offset = self._size
            rest = (
                records.request(exchange, identity),
                records.metadata(exchange, link, identity, via),
            )
            self._append(main + b"".join(rest))
            self._note(exchange, identity, digest, original, offset, len(main))
            self._close_if_full()

    def note(self, copy: Copy, fields: Sequence[tuple[str, str]]) -> None:
        """Write down what was found out about a copy; for a copy of another run it is written as
        well, into the file of this one."""
        with self._lock:
            self._open_if_needed()
            about = copy.visit or copy.record
            self._append(records.note(copy.url, self._clock.now(), about, fields))
            self._close_if_full()

    def holds(self, url: str) -> bool:
        """Whether the folder has a whole copy of the address that was well."""
        with self._lock:
            return self._held().holds(url)

    def settled(self, url: str) -> bool:
        """Whether the folder has an answer of the address that is no failure of the server."""
        with self._lock:
            return self._held().settled(url)

    def copy_of(self, url: str, at: datetime) -> Copy | None:
        """The copy of what a visit to `url` saw at that moment, None where none is kept."""
        with self._lock:
            return self._held().copy_of(url, at)

    def close(self) -> None:
        """Finish the file and merge its records into the index. May be called more than once."""
        with self._lock:
            self._recover_once()
            self._close_file()

    def __enter__(self) -> WarcRecorder:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def _held(self) -> Holdings:
        if self._holdings is None:
            self._recover_once()
            self._holdings = Holdings(self._folder, self._index)
        return self._holdings

    def _original(self, exchange: Exchange, digest: str) -> Original | None:
        if exchange.status == 304:
            return self._held().latest(exchange.url)
        if exchange.truncated or 300 <= exchange.status < 400:
            return None
        return self._held().same(exchange.url, digest)

    def _note(
        self,
        exchange: Exchange,
        identity: str,
        digest: str,
        original: Original | None,
        offset: int,
        length: int,
    ) -> None:
        url, date = shown(exchange.url), records.warc_date(exchange.at)
        if exchange.status == 304 and original is not None:
            self._held().confirmed(url, date, original)
        if exchange.method != "GET" or exchange.status == 304:
            return
        mime = media_type(exchange) if original is None else cdxj.REVISIT
        place = Place(
            url, date, mime, str(exchange.status), digest, length, offset, self._name, identity,
            exchange.truncated,
        )  # fmt: skip
        self._places.append(place)
        self._held().add(place)

    def _close_if_full(self) -> None:
        if self._size >= self._max_size:
            self._close_file()

    def _open_if_needed(self) -> None:
        if self._stream is not None:
            return
        make_folder(self._folder)
        self._recover_once()
        with saying(self._folder, "written"):
            while self._stream is None:
                self._number += 1
                self._name = f"citecheck-{self._stamp}-{self._number:03d}.warc.gz"
                # The name of a pruned file would have the next run remove this one.
                if self._name in self._pruned or (self._folder / self._name).exists():
                    continue
                with contextlib.suppress(FileExistsError):
                    path = self._folder / (self._name + OPEN)
                    self._stream = open(path, "xb", buffering=0)  # noqa: SIM115 (kept open)
        self._size = 0
        opening = records.warcinfo(self._name, self._clock.now(), self._software, self._about)
        self._append(opening)

    def _recover_once(self) -> None:
        if not self._stamp:
            self._stamp = self._clock.now().strftime("%Y%m%d%H%M%S")
            recovery.recover(self._folder, self._index)
            self._pruned = frozenset(line.file for line in pruned.read(self._folder))

    def _append(self, data: bytes) -> None:
        assert self._stream is not None
        with saying(self._folder / self._name, "written"):
            try:
                view = memoryview(data)
                while view:
                    view = view[self._stream.write(view) :]
            except OSError:
                # Half a record in the middle would make all that follows unreadable.
                with contextlib.suppress(OSError):
                    self._stream.truncate(self._size)
                    self._stream.seek(self._size)
                raise
        self._size += len(data)

    def _close_file(self) -> None:
        if self._stream is None:
            return
        stream, self._stream = self._stream, None
        path = self._folder / self._name
        with saying(path, "written"), stream:
            os.fsync(stream.fileno())
        with saying(path, "written"):
            os.replace(path.with_name(self._name + OPEN), path)
        sync_folder(self._folder)
        places, self._places = self._places, []
        cdxj.merge(self._index, places)
