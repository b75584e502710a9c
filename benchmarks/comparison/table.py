"""docs/comparison.md: the part between its two marks is written here, the rest by hand."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from benchmarks.comparison.behaviour import Case
from benchmarks.comparison.peers import LENIENT
from benchmarks.comparison.results import Result
from benchmarks.comparison.scoring import Score, is_right, score

BEGIN = "<!-- begin: written by benchmarks/comparison/run.py -->"
END = "<!-- end -->"
Groups = Sequence[tuple[str, tuple[Case, ...]]]


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"


def line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def scored(result: Result, cases: Sequence[Case]) -> Score:
    return score((case, result.heard[case.name]) for case in cases)


def summary(groups: Groups, results: Sequence[Result]) -> list[str]:
    """Totals, by group and over all."""
    every = tuple(case for _, cases in groups for case in cases)
    out = [line(["", *(r.peer for r in results)]), line(["---", *("---:" for _ in results)])]
    total = [scored(r, every) for r in results]
    best = max((s.right for s in total), default=0)
    right = [f"**{s.right}**" if s.right == best else str(s.right) for s in total]
    out.append(line([f"**right, of {len(every)}**", *right]))
    for title, cases in groups:
        cells = [str(scored(r, cases).right) for r in results]
        out.append(line([f"{title}, of {len(cases)}", *cells]))
    out.append(
        line(["living or guarded pages called broken", *(str(s.false_alarms) for s in total)])
    )
    out.append(line(["dead or wrong pages called fine", *(str(s.missed) for s in total)]))
    out.append(line(["seconds", *(f"{r.seconds:.0f}" for r in results)]))
    out.append(line(["requests", *(str(r.manners.requests) for r in results)]))
    unwanted = (str(r.manners.unwanted) for r in results)
    out.append(line(["requests for a page that always says 429", *unwanted]))
    too_soon = (str(r.manners.too_soon) for r in results)
    return [*out, line(["requests inside a Retry-After", *too_soon])]


def rows(cases: Sequence[Case], results: Sequence[Result]) -> list[str]:
    """One line a behaviour: what a person says, and what each checker said."""
    out = [line(["behaviour", "a person says", *(r.peer for r in results)])]
    out.append(line(["---", "---", *("---" for _ in results)]))
    for case in cases:
        cells = []
        for result in results:
            heard = result.heard[case.name]
            cells.append(("✓ " if is_right(case, heard) else "✗ ") + heard.word)
        says = case.says.value + (f" ({case.why})" if case.why else "")
        out.append(line([case.name, says, *cells]))
    return out


def written(
    groups: Groups, results: Sequence[Result], absent: dict[str, str], now: datetime
) -> str:
    """The part of the document that a run writes."""
    out = [BEGIN, "", f"Run on {now:%Y-%m-%d} ({machine()}).", ""]
    out += [line(["tool", "version", "command"]), line(["---", "---", "---"])]
    out += [line([r.peer, r.version, f"`{r.words}`"]) for r in results]
    out += [part for name, why in absent.items() for part in ("", f"{name} was not run: {why}.")]
    out += ["", "### Totals", "", *summary(groups, results)]
    whole = [r for r in results if r.peer != LENIENT]
    for title, cases in groups:
        out += ["", f"### {title}", "", *rows(cases, whole)]
    return "\n".join([*out, "", END])


def put(document: Path, text: str) -> None:
    """Replaces the written part of the document; raises ValueError where its marks are missing."""
    old = document.read_text(encoding="utf-8")
    before, mark, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{document} has no place for the table: its marks are missing")
    document.write_text(before + text + after, encoding="utf-8")
