"""Report files: written atomically, and left alone where nothing but the time of looking
differs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citecheck.warc.atomic import read_bytes, write_bytes

# Of these keys of `link-health.json` the value changes with every run, whatever was found.
_MOMENTS = frozenset({"generated", "checked", "last_ok"})


def write_report(path: Path, text: str) -> None:
    """Put `text` into `path` in UTF-8, atomically; folders are made. Raises LedgerError."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def read_text(path: Path) -> str | None:
    """The text of a report, None where there is none. Raises LedgerError."""
    data = read_bytes(path)
    return None if data is None else data.decode("utf-8-sig", "replace")


def semantic_equal(old_json_text: str, new_json_text: str) -> bool:
    """Whether two `link-health.json` say the same but for the times of looking; False where one
    cannot be read."""
    try:
        old, new = json.loads(old_json_text), json.loads(new_json_text)
        return bool(_lasting(old) == _lasting(new))
    except (ValueError, RecursionError):
        return False


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _lasting(v) for k, v in value.items() if k not in _MOMENTS}
    if isinstance(value, list):
        return [_lasting(item) for item in value]
    return value
