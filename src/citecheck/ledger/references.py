"""`references/`: the records of each document as CSL-JSON, byte-identical while it is unchanged.

A file is ours when its items carry `custom.citecheck`; what else lies there (an export of a
reference manager) is read as a source of its own and never overwritten or removed. Which document
a file belongs to is read from its items' `custom.cited`, not from its name. Userinfo is never
stored (`url-printed` shows `***`); values of secret parameters are kept here, and only here, as
the document has them: without them the address could not be asked for, and the document says them
anyway.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from citecheck.disk import read_bytes, remove, saying, write_if_different
from citecheck.errors import LedgerError
from citecheck.ledger import names
from citecheck.ledger.layout import refuse_stray
from citecheck.ledger.redaction import without_userinfo
from citecheck.records.reference import Reference, from_item


@dataclass(frozen=True, slots=True)
class ReferencesWritten:
    """`written` files, how many stayed as they were, documents that are `gone` (their files left
    in place) and those whose files were removed (`pruned`)."""

    written: tuple[Path, ...]
    unchanged: int
    gone: tuple[str, ...]
    pruned: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A file as it lies: `document` it belongs to (empty: not to be told), `ours` or foreign."""

    path: Path
    document: str
    ours: bool
    items: tuple[dict[str, Any], ...]


def read(folder: Path) -> tuple[tuple[str, tuple[Reference, ...]], ...]:
    """Every document with its references, by document; a foreign file is a document of its own.

    Raises LedgerError naming file and line where a file is broken.
    """
    found = []
    for path in _files(folder):
        held = _held(path)
        document = held.document or f"{folder.name}/{path.name}"
        found.append((document, tuple(from_item(item) for item in held.items)))
    return tuple(sorted(found, key=lambda pair: pair[0]))


def corrections(folder: Path) -> dict[str, dict[str, Any]]:
    """A person's corrections, fields by id; empty where there are none. Raises LedgerError."""
    path = folder / names.CORRECTIONS
    found = _json(path)
    if found is None:
        return {}
    if not isinstance(found, dict) or not all(isinstance(v, dict) for v in found.values()):
        raise LedgerError(
            f'{path}: must be an object from ids to fields, such as {{"id": {{"title": "…"}}}}'
        )
    return found


def write(
    folder: Path,
    root: Path,
    by_document: Sequence[tuple[str, Sequence[Reference]]],
    *,
    prune: bool,
) -> ReferencesWritten:
    """Bring the files of the documents given up to date; those of other documents stay.

    A document without a reference gets no file, one that it has becomes `[]`. `gone` are files
    whose document is neither given nor on the disk below `root`. Raises LedgerError.
    """
    held = [_held(path) for path in _files(folder)]
    written, unchanged = [], 0
    for document, path in _paths(folder, held, [d for d, _ in by_document]).items():
        references = dict(by_document)[document]
        if not references and not path.exists():
            continue
        refuse_stray(path, root)
        if write_if_different(path, text_of(references).encode()):
            written.append(path)
        else:
            unchanged += 1
    given = {document for document, _ in by_document}
    left = [h for h in held if h.document not in given and _is_gone(root, h.document)]
    if prune:
        for one in left:
            remove(one.path)
    documents = tuple(sorted({h.document for h in left}))
    return ReferencesWritten(
        tuple(written), unchanged, () if prune else documents, documents if prune else ()
    )


def text_of(references: Sequence[Reference]) -> str:
    """The file for one document's references, sorted by id."""
    items = [_without_userinfo(r.to_item()) for r in sorted(references, key=lambda r: r.id)]
    text = json.dumps(items, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8
        text = json.dumps(items, indent=2)
    return text + "\n"


def _paths(folder: Path, held: Sequence[Held], documents: Sequence[str]) -> dict[str, Path]:
    """The file of each document: the one it has, else a name that no other has."""
    owned = {h.document: h.path for h in reversed(held) if h.ours}
    taken = {names.folded(h.path.name) for h in held}
    result = {}
    for document in sorted(set(documents)):
        if document in owned:
            result[document] = owned[document]
            continue
        name = names.plain_name(document)
        if names.folded(name) in taken:
            name = names.hashed_name(document)
        taken.add(names.folded(name))
        result[document] = folder / name
    return result


def _files(folder: Path) -> list[Path]:
    with saying(folder, "read"):
        files = sorted(folder.glob("*.json"))
        return [p for p in files if names.folded(p.name) != names.CORRECTIONS and p.is_file()]


def _held(path: Path) -> Held:
    found = _json(path)
    if not isinstance(found, list):
        raise LedgerError(f"{path}, line 1: must be a CSL-JSON array of references")
    for number, item in enumerate(found):
        _check(path, number, item)
    items = tuple(found)
    ours = all(isinstance(i.get("custom"), dict) and "citecheck" in i["custom"] for i in items)
    if not items:
        document = names.document_of(path.name)
        return Held(path, document, bool(document), items)
    return Held(path, _document(path, items) if ours else "", ours, items)


def _check(path: Path, number: int, item: Any) -> None:
    why = ""
    if not isinstance(item, dict):
        why = "is no object"
    elif not isinstance(item.get("id"), str | int) or item["id"] == "":
        why = "has no id"
    else:
        try:
            from_item(item)
        except (TypeError, ValueError, AttributeError, OverflowError) as fault:
            why = f"cannot be understood ({fault})"
    if why:
        line = _line_of_item(path, number)
        raise LedgerError(f"{path}, line {line}: reference {number + 1} of the file {why}")


def _document(path: Path, items: Sequence[Mapping[str, Any]]) -> str:
    """The document that the items cite from: the one that the name fits, else the commonest."""
    counted = Counter(c.document for item in items for c in from_item(dict(item)).citations)
    for document in counted:
        if path.name in (names.plain_name(document), names.hashed_name(document)):
            return document
    return counted.most_common(1)[0][0] if counted else names.document_of(path.name)


def _json(path: Path) -> Any:
    data = read_bytes(path)
    if data is None:
        return None
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as fault:
        hint = "; is a merge unfinished?" if b"<<<<<<<" in data else ""
        raise LedgerError(
            f"{path}, line {fault.lineno}: is not valid JSON ({fault.msg}){hint}"
        ) from None
    except UnicodeDecodeError as fault:
        line = data[: fault.start].count(b"\n") + 1
        raise LedgerError(f"{path}, line {line}: is not UTF-8") from None
    except (RecursionError, ValueError):
        raise LedgerError(
            f"{path}, line 1: is nested too deeply or holds too long a number"
        ) from None


def _line_of_item(path: Path, number: int) -> int:
    text = (read_bytes(path) or b"").decode("utf-8-sig", "replace")
    position, decoder = text.find("[") + 1, json.JSONDecoder()
    for remaining in range(number, -1, -1):
        found = re.compile(r"[\s,]*").match(text, position)
        position = found.end() if found else position
        if remaining:
            position = decoder.raw_decode(text, position)[1]
    return text.count("\n", 0, position) + 1


def _is_gone(root: Path, document: str) -> bool:
    """Whether a document that a file belongs to is no longer there; streams and addresses are
    documents that were never files."""
    if not document or document.startswith(("-", "<")) or "://" in document:
        return False
    try:
        return not (root / document).exists()
    except (OSError, ValueError):
        return False


def _without_userinfo(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        return without_userinfo(value, "***@" if key == "url-printed" else "")
    if isinstance(value, list | tuple):
        return [_without_userinfo(item, key) for item in value]
    if isinstance(value, dict):
        return {name: _without_userinfo(item, name) for name, item in value.items()}
    return value
