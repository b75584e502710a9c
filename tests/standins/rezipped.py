"""A WACZ taken apart and put together again, changed as a test wants it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citecheck.warc.wacz import DIGEST, PACKAGE, digest
from citecheck.warc.zipped import ZipOut


def taken_apart(path: Path) -> dict[str, bytes]:
    """The files of a ZIP by name."""
    with zipfile.ZipFile(path) as found:
        return {name: found.read(name) for name in found.namelist()}


def put_together(
    path: Path, files: Mapping[str, bytes], *, listed: bool = True, **said: Any
) -> Path:
    """Write a WACZ in this program's own form; with `listed` its resources are brought up to date,
    `said` are further things that the datapackage is to say."""
    files = dict(files)
    if listed:
        package = {**json.loads(files[PACKAGE]), **said}
        package["resources"] = [
            {"name": name, "path": name, "bytes": len(data),
             "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
            for name, data in files.items()
            if name not in (PACKAGE, DIGEST)
        ]  # fmt: skip
        files[PACKAGE] = json.dumps(package).encode()
        files[DIGEST] = digest(files[PACKAGE])
    out = io.BytesIO()
    made = ZipOut(out)
    for name, data in files.items():
        made.put(name, data)
    made.close()
    path.write_bytes(out.getvalue())
    return path
