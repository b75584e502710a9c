"""What a report's formats are told beyond the report itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from citecheck.records.report import Report


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """`fail_on` are the states (by their words) that make a run fail; formats that know failures
    (SARIF, JUnit, the badge, headlines) mark exactly these."""

    fail_on: frozenset[str] = frozenset({"dead", "changed", "mismatch"})


DEFAULT = RenderOptions()


class Render(Protocol):
    """Turns a report into text: pure, deterministic, and always encodable as UTF-8."""

    def __call__(self, report: Report, options: RenderOptions = DEFAULT, /) -> str: ...
