"""File names in `references/` for documents, safe on every system and never outside the folder.

A name is the document's path with `/` as `__`, plus `.json`. Where that would not be safe or not be
one document's alone, what offends is replaced by `_` and a hash of the path is put before `.json`:

- characters other than letters, marks, digits and ` ._-+@=,~()[]` (so no `..\\`, control, bidi
  override, surrogate, wildcard or quote), a first character `.`, `-`, `~` or space;
- names that Windows keeps for devices (`con`, `nul`, `com1`, with any suffix);
- names above 180 bytes in UTF-8 (file systems take 255, encrypted ones 143 to 200);
- paths with `__` in them, which would read as another path, and `corrections`, a person's file.

Two names that differ only in case or in Unicode composition are one on many systems; there the one
that came first keeps its name and the other gets the hash.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

CORRECTIONS = "corrections.json"
SUFFIX = ".json"
LONGEST = 180
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)")
_SAFE = frozenset(" ._-+@=,~()[]")


def plain_name(document: str) -> str:
    """The name of a document's file, where no other document's file has it."""
    name, safe = _name(document), _safe(document)
    whole = safe + SUFFIX
    ambiguous = "__" in document or not safe or folded(whole) == CORRECTIONS
    if safe != name or ambiguous or len(whole.encode()) > LONGEST:
        return hashed_name(document)
    return whole


def hashed_name(document: str) -> str:
    """The name with a hash of the path, which no other document has."""
    digest = hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    room = LONGEST - len(SUFFIX) - len(digest) - 1
    short = _safe(document).encode()[:room].decode("utf-8", "ignore")
    return f"{short}-{digest}{SUFFIX}"


def document_of(name: str) -> str:
    """The document that a plain name stands for; empty where the name cannot tell."""
    stem = name.removesuffix(SUFFIX)
    document = stem.replace("__", "/")
    hashed = re.search(r"-[0-9a-f]{12}$", stem)
    return document if plain_name(document) == name and not hashed else ""


def folded(name: str) -> str:
    """What a system that knows no case and one composition takes the name for."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _name(document: str) -> str:
    return unicodedata.normalize("NFC", document).replace("/", "__")


def _safe(document: str) -> str:
    safe = "".join(c if _is_safe(c) else "_" for c in _name(document))
    safe = re.sub(r"^[.\-~ ]", "_", safe)
    return "_" + safe if _DEVICES.match(safe) else safe


def _is_safe(char: str) -> bool:
    return char in _SAFE or unicodedata.category(char)[0] in "LM" or char.isdecimal()
