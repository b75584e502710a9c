"""Finds an installed Chromium (or a browser made of it), and Playwright, which drives it.

Nothing is ever downloaded. Names are looked up in PATH; where programs are not kept there (macOS,
Windows) the makers' usual places are looked at.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from citecheck.errors import SettingsError

AUTO = "auto"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = (
    r"Chromium\Application\chrome.exe",
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_INSTALL = "pip install 'citecheck-archive[browser]'"

Which = Callable[[str], str | None]


def playwright_present() -> bool:
    """Whether Playwright for Python is installed."""
    return importlib.util.find_spec("playwright") is not None


def find(
    wanted: str,
    *,
    which: Which = shutil.which,
    platform: str = sys.platform,
    environ: Mapping[str, str] | None = None,
) -> Path | None:
    """The browser's program: `auto` looks for it, a bare name is looked up in PATH, anything else
    is its path. None where there is none."""
    if wanted != AUTO:
        found = which(wanted)
        return Path(found) if found else None
    for name in NAMES:
        if found := which(name):
            return Path(found)
    environ = os.environ if environ is None else environ
    return next((p for p in _usual(platform, environ) if p.is_file()), None)


def _usual(platform: str, environ: Mapping[str, str]) -> list[Path]:
    if platform == "darwin":
        return [Path(p) for p in _MAC]
    if platform == "win32":
        roots = [environ.get(n) for n in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(root) / place for place in _WINDOWS for root in roots if root]
    return []


def require(
    wanted: str, *, which: Which = shutil.which, playwright: Callable[[], bool] | None = None
) -> Path:
    """The browser's program, or a SettingsError that says what to install."""
    if not (playwright or playwright_present)():
        raise SettingsError(f"--browser needs Playwright: {_INSTALL}")
    found = find(wanted, which=which)
    if found is not None:
        return found
    if wanted != AUTO:
        raise SettingsError(f"browser: {wanted} is no program that can be run")
    raise SettingsError(
        "--browser needs an installed Chromium, Chrome or Edge and none was found: install one "
        'from your system (Debian: apt install chromium), or name it: browser = "/path"'
    )
