"""The house as docs/architecture.md draws it: floors, sizes, names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "citecheck"
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"records", "errors"}),
    frozenset(
        {
            "settings", "urls", "text", "values", "reasons", "saving_reasons", "copy_words",
            "options", "disk",
        }
    ),
    frozenset({"configuration", "web", "warc", "signals", "progress"}),
    frozenset(
        {
            "readers", "cite", "engines", "archives", "ledger", "reports",
            "verdict", "judging", "history", "due", "assemble", "standing",
            "browsing", "proof",
        }
    ),
    frozenset({"remember", "demo", "publish", "gather", "starting", "sinks", "mend", "exported",
               "copy_judge", "requisites", "sealing", "audited", "audit_ledger", "works"}),
    frozenset(
        {
            "resume", "evidence", "browsed", "again", "copies", "mending", "exporting", "auditing",
            "looking_up", "reporting",
        }
    ),
    frozenset({"run"}),
    frozenset({"wiring"}),
    frozenset({"cli"}),
)  # fmt: skip
# Rooms of one floor that are one machine in several files may know each other.
NEIGHBOURS = {("verdict", "judging"), ("settings", "values"), ("configuration", "values")}
TABLES = frozenset(
    {
        "text/phrases.py", "cite/surnames.py", "cite/months.py", "reasons.py", "options.py",
        "cli.py",
    }
)  # fmt: skip


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(SRC.rglob("*.py")):
        yield path.relative_to(SRC).as_posix(), path


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("citecheck"):
            rest = node.module.split(".")[1:]
            yield from [".".join(rest)] if rest else [alias.name for alias in node.names]
        elif isinstance(node, ast.Import):
            yield from [
                a.name.removeprefix("citecheck.")
                for a in node.names
                if a.name.startswith("citecheck.")
            ]


def test_every_room_has_a_floor() -> None:
    rooms = {room_of(name) for name, _ in modules()} - {"__init__", "__main__"}
    housed = frozenset().union(*FLOORS)
    assert rooms - housed == frozenset(), "give the new room a floor in FLOORS"


def test_nothing_imports_upwards_or_sideways() -> None:
    floor = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
    wrong = []
    for name, path in modules():
        here = room_of(name)
        if here not in floor:
            continue
        for target in imports(parsed(path)):
            there = target.split(".")[0]
            if there == here or there.startswith("__"):
                continue
            if floor[there] >= floor[here] and (here, there) not in NEIGHBOURS:
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_no_member_imports_its_own_shelf() -> None:
    wrong = []
    for name, path in modules():
        package = name.split("/")[0] if "/" in name else None
        if package is None or name.endswith("__init__.py"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom) and node.module == f"citecheck.{package}":
                siblings = {p.stem for p in (SRC / package).glob("*.py")}
                siblings |= {p.name for p in (SRC / package).iterdir() if p.is_dir()}
                wrong += [f"{name}: {a.name}" for a in node.names if a.name not in siblings]
    assert wrong == []


def is_table(name: str, tree: ast.Module) -> bool:
    """A file of facts: constants only, and at most a small function or two to look them up."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    code = sum((f.end_lineno or 0) - f.lineno for f in functions)
    return name in TABLES or code <= 40


def test_files_and_functions_stay_small() -> None:
    wrong = []
    for name, path in modules():
        tree = parsed(path)
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > 300 and not is_table(name, tree):
            wrong.append(f"{name} has {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or 0) - node.lineno + 1
                if size > 60 and name != "cli.py":
                    wrong.append(f"{name}: {node.name} has {size} lines")
    assert wrong == []


def test_modules_say_what_they_are_and_have_no_vague_names() -> None:
    wrong = []
    for name, path in modules():
        if not ast.get_docstring(parsed(path)):
            wrong.append(f"{name} has no docstring")
        if path.stem in ("utils", "util", "helpers", "manager", "common", "misc"):
            wrong.append(f"{name} has a name that says nothing")
    assert wrong == []


def test_the_picture_of_the_house_names_every_room() -> None:
    picture = SRC.parents[1] / "docs" / "architecture.md"
    text = picture.read_text(encoding="utf-8")
    missing = [room for floor in FLOORS for room in floor
               if (SRC / room).is_dir() and f"`{room}/`" not in text]  # fmt: skip
    missing += [room for floor in FLOORS for room in floor
                if (SRC / f"{room}.py").is_file() and f"`{room}.py`" not in text]  # fmt: skip
    assert missing == []
