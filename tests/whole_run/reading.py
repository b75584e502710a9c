"""What a whole run has found, read back from `link-health.json` as tests like it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from citecheck.demo.folder import DemoFolder, demo_settings
from citecheck.settings import Settings


def found(report: Path) -> dict[str, str]:
    """Per address `state/reason` of the report."""
    links = json.loads(report.read_text(encoding="utf-8"))["links"]
    return {row["url"]: f"{row['state']}/{row['reason']}" for row in links}


def brief_settings(root: Path, paper: str, *, save: bool = False) -> Settings:
    """Writes the paper and gives settings for a run on loopback that waits for nothing long."""
    root.mkdir(parents=True, exist_ok=True)
    path = root / "paper.md"
    path.write_text(paper, encoding="utf-8", newline="\n")
    settings = demo_settings(Settings(progress="none"), DemoFolder(root, path, 1))
    return replace(settings, save=save, timeout=3.0, max_age=timedelta(0), vantage=None)
