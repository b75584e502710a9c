"""The comparison step by step: each checker in a world of its own, then the document."""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.comparison import paper, peers, table
from benchmarks.comparison.namespace import Unable, look_for_means, world
from benchmarks.comparison.peers import Peer
from benchmarks.comparison.results import Result, from_json, manners, matched, to_json
from benchmarks.comparison.scoring import Call, is_right, score
from benchmarks.comparison.world.shelf import CASES, GROUPS

LIMIT = 900.0  # seconds for one checker
PLAINEST = CASES[0].name


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - a script's own words


def try_out(peer: Peer, folder: Path | None, work: Path) -> Result:
    """One checker in a fresh world; raises Unable where it cannot be run."""
    peers.command(peer, folder)
    cwd, papers = work / peer.name / "run", work / peer.name / "world"
    for each in (cwd, papers):
        shutil.rmtree(each, ignore_errors=True)  # what an earlier run left is no answer
        each.mkdir(parents=True)
    cases = tuple(case for case in CASES if case.name not in peer.omit)
    (cwd / "paper.md").write_text(paper.markdown(cases), encoding="utf-8")
    with world(papers) as place:
        answers, ended = peers.ask(peer, folder, place, cwd, LIMIT)
    heard = matched(peer, answers, CASES)
    if heard[PLAINEST].call is not Call.FINE:
        raise Unable("its output was not understood: it does not even call a plain page fine")
    return Result(
        peer.name,
        peers.version_of(peer, folder),
        shlex.join([Path(peer.program[-1]).name, *peer.arguments]),
        ended.seconds,
        ended.code,
        manners(papers / "requests.jsonl"),
        heard,
    )


def run_all(options: argparse.Namespace, work: Path) -> tuple[list[Result], dict[str, str]]:
    """The results, in the order of the document, and why some are missing."""
    kept = work / "results.json"
    old = json.loads(kept.read_text(encoding="utf-8")) if options.only and kept.exists() else []
    known = {row["peer"]: from_json(row) for row in old}
    absent: dict[str, str] = {}
    for peer in peers.PEERS:
        if options.only and peer.name not in options.only:
            continue
        say(f"{peer.name} ...")
        try:
            result = known[peer.name] = try_out(peer, options.peers, work)
        except Unable as missing:
            known.pop(peer.name, None)
            absent[peer.name] = str(missing)
            say(f"  left out: {missing}")
            continue
        told = score((case, result.heard[case.name]) for case in CASES)
        say(f"  {told.right} of {told.rows} right, {result.seconds:.0f} s")
    results = [known[p.name] for p in peers.PEERS if p.name in known]
    kept.write_text(json.dumps([to_json(r) for r in results], indent=1), encoding="utf-8")
    return results, absent


def read_options(root: Path, about: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--peers", type=Path, help="folder of the peers")
    parser.add_argument("--install", action="store_true", help="put the peers into it first")
    parser.add_argument("--only", action="append", choices=[p.name for p in peers.PEERS])
    parser.add_argument("--keep", type=Path, help="folder for what was printed and seen")
    parser.add_argument("--document", type=Path, default=root / "docs" / "comparison.md")
    options = parser.parse_args()
    options.peers = options.peers.resolve() if options.peers else None
    if not options.document.is_file():
        parser.error(f"{options.document}: no such document to write the table into")
    return options


def main(root: Path, about: str) -> int:
    """0: the document is written. 2: this machine cannot do it."""
    options = read_options(root, about)
    try:
        look_for_means()
        if options.install and options.peers:
            peers.install(options.peers)
        with tempfile.TemporaryDirectory() as made:
            work = options.keep.resolve() if options.keep else Path(made)
            work.mkdir(parents=True, exist_ok=True)
            work.chmod(0o755)  # LinkChecker reads as `nobody`
            results, absent = run_all(options, work)
    except Unable as missing:
        say(f"cannot run: {missing}")
        return 2
    now = datetime.now(UTC)
    table.put(options.document, table.written(GROUPS, results, absent, now))
    for result in results:
        wrong = [c.name for c in CASES if not is_right(c, result.heard[c.name])]
        say(f"{result.peer}: {len(wrong)} wrong: " + "; ".join(wrong))
    return 0
