"""Report files: written atomically, and left alone where nothing is new: where nothing differs but
the time of looking and what any visit changes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from citecheck.disk import read_bytes, write_bytes

# Of these keys of `link-health.json` the value changes from run to run though there is no news:
# when was looked; how a server put the same page (304 for 200). Not `news`: yesterday's news must
# not stand as today's, so the first quiet run after one with news rewrites the report once more.
_PASSING = frozenset(
    {"generated", "checked", "last_ok", "http_status", "evidence", "match", "media_type"}
)
# And of `content` these: a page with a clock in it has another hash at every visit.
_OF_THE_VISIT = frozenset({"bytes", "sha256", "text_sha256", "similarity"})


def write_report(path: Path, text: str) -> None:
    """Put `text` into `path` in UTF-8, atomically; folders are made. Raises LedgerError."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def read_text(path: Path) -> str | None:
    """The text of a report, None where there is none. Raises LedgerError."""
    data = read_bytes(path)
    return None if data is None else data.decode("utf-8-sig", "replace")


def semantic_equal(old_json_text: str, new_json_text: str) -> bool:
    """Whether two `link-health.json` say the same but for what any visit changes; False where one
    cannot be read. What is news in the new one differs in state, reason or `since`."""
    try:
        old, new = json.loads(old_json_text), json.loads(new_json_text)
        return bool(_lasting(old) == _lasting(new))
    except (ValueError, RecursionError):
        return False


def _lasting(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            k: _lasting(_baseline_only(v) if k == "content" else v)
            for k, v in value.items()
            if k not in _PASSING
        }
    if isinstance(value, list):
        return [_lasting(item) for item in value]
    return value


def _baseline_only(content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    return {k: v for k, v in content.items() if k not in _OF_THE_VISIT}
