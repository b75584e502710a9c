"""Whether a ZIP file has the one form that `zipped` writes: finds a flipped byte in a header, which
no checksum covers.
"""

from __future__ import annotations

from typing import BinaryIO

from citecheck.warc.unzip import Opened, Packed
from citecheck.warc.zipped import FULL32, Entry, central_row, ending, local_header


def fixed_form(stream: BinaryIO, opened: Opened) -> tuple[str, ...]:
    """Where the ZIP differs from what `zipped` writes for the same content."""
    faults, rows = [], bytearray()
    for file in sorted(opened.files.values(), key=lambda f: f.offset):
        stream.seek(file.offset)
        head = stream.read(file.start - file.offset)
        forms = _forms(file)
        entry = next((e for e in forms if local_header(e) == head), None)
        if entry is None:
            faults.append(f"{file.name}: its header is not as it was written")
        rows += central_row(entry or forms[0])
    whole = bytes(rows) + ending(len(opened.files), opened.directory, len(rows))
    if whole != opened.tail:
        faults.append("the directory at the end is not as it was written")
    return tuple(faults)


def _forms(file: Packed) -> tuple[Entry, ...]:
    """A file that might have become long has a wide header though it did not."""
    name = file.name.encode("ascii", "replace").decode()
    kinds = (True,) if file.size >= FULL32 else (False, True)
    return tuple(Entry(name, file.size, file.crc, file.offset, wide) for wide in kinds)
