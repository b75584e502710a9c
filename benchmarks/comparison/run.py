"""Compares citecheck with other link checkers on one small web of over a hundred behaviours.

    sudo python benchmarks/comparison/run.py --peers FOLDER [--install]

Each checker gets the same list of addresses in a fresh copy of the same world: real names, DNS,
TLS and ports 80 and 443, inside a network namespace (Linux, root, iproute2). FOLDER holds the
peers; with --install they are put there from PyPI and npm. A peer that is absent is left out, and
the document says so. The table goes to docs/comparison.md; --keep FOLDER keeps what each checker
printed and what the servers saw, and lets --only NAME repeat one of them.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    from benchmarks.comparison.comparing import main as compare

    return compare(ROOT, (__doc__ or "").split("\n", maxsplit=1)[0])


if __name__ == "__main__":
    sys.exit(main())
