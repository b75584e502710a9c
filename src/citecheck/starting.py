"""`citecheck init`: a configuration, lines for git, and the scheduled workflow.

Nothing that is there already is overwritten: a file is made, or missing lines are added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from citecheck import __version__, configuration
from citecheck.errors import LedgerError
from citecheck.ledger import layout

_SUFFIXES = (".md", ".markdown", ".txt", ".html", ".bib")
_NOT_SOURCES = ("readme", "changelog", "contributing", "license", "code_of_conduct", "security")


def begin(folder: Path, *, save: bool) -> Iterator[str]:
    """Write what a project needs; yields one line a file.

    Raises LedgerError on a disk error, SettingsError where a configuration that is there already
    cannot be read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "citecheck.toml"
        yield _new(file, _configuration(folder, save))
        settings = configuration.from_file(file)
        yield _lines(folder / ".gitignore", layout.gitignore_lines(settings))
        yield _lines(folder / ".gitattributes", layout.gitattributes_lines(settings))
        workflow = resources.files("citecheck").joinpath("templates/link-health.yml")
        text = workflow.read_text(encoding="utf-8").replace("@VERSION@", __version__)
        yield _new(folder / ".github" / "workflows" / "link-health.yml", text)
    except OSError as fault:
        raise LedgerError(f"{fault.filename or folder}: {fault.strerror or fault}") from None


def _new(path: Path, text: str) -> str:
    if path.exists():
        return f"kept     {path} (it is there already)"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return f"wrote    {path}"


def _lines(path: Path, wanted: tuple[str, ...]) -> str:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [line for line in wanted if line not in old.splitlines()]
    if not missing:
        return f"kept     {path} (nothing is missing)"
    gap = "" if not old or old.endswith("\n") else "\n"
    path.write_text(old + gap + "\n".join(missing) + "\n", encoding="utf-8", newline="\n")
    return f"{'added to' if old else 'wrote   '} {path}"


def _configuration(folder: Path, save: bool) -> str:
    found = sorted(
        p.name
        for p in folder.iterdir()
        if p.suffix.lower() in _SUFFIXES and p.stem.lower() not in _NOT_SOURCES
    )
    quoted = ", ".join('"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"' for name in found)
    return f"""# Settings of citecheck: https://github.com/citecheck/citecheck#configuration
# Documents, folders, globs or URLs; paths are relative to this file.
sources = [{quoted}]

# States that make the run exit with 1.
fail-on = ["dead", "changed", "mismatch"]

# The oldest that a visit of a steady link may be; links that fail or change are visited sooner.
# With a run a week: steady links every other week. Without it, every run visits all.
# max-age = "14d"

# Ask the Wayback Machine to keep cited pages. This publishes, in public and for good, and needs
# the keys IA_ACCESS_KEY_ID and IA_SECRET_ACCESS_KEY in the environment.
# Software Heritage is asked to keep cited repositories of public code; that needs no keys.
save = {"true" if save else "false"}

# Whom a site's keeper can write to; it is part of the User-Agent.
# [contact]
# email = "you@example.org"
"""
