"""Manifests chained to those before them, over quiet runs, branches and clones."""

from __future__ import annotations

from citecheck.ledger.manifests import kept
from citecheck.proof.chain import Chain, stamp
from citecheck.proof.manifest import Manifest, Named, sha256, written
from standins.tsa import Authority, integer

K1, K2, K3 = (f"manifests/2026030{n}120000.json" for n in (1, 2, 3))
Q1 = "warc/20260301180000.manifest.json"


def manifest(*previous: tuple[str, bytes], moment: str = "2026-03-01T12:00:00Z") -> bytes:
    named = tuple(Named(name, sha256(data)) for name, data in previous)
    return written(Manifest(moment, "0.1.0", named, ()))


def of(*all_: tuple[str, bytes]) -> Chain:
    found = Chain()
    for name, data in all_:
        assert list(found.add(name, data)) == []
    return found


FIRST = manifest()
QUIET = manifest((K1, FIRST), moment="2026-03-01T18:00:00Z")
SECOND = manifest((K1, FIRST), (Q1, QUIET), moment="2026-03-02T12:00:00Z")


def test_the_heads_are_those_that_nothing_is_chained_to() -> None:
    assert [h.name for h in of((K1, FIRST)).heads()] == [K1]
    assert [h.name for h in of((K1, FIRST), (Q1, QUIET)).heads()] == [Q1]
    assert [h.name for h in of((K1, FIRST), (Q1, QUIET), (K2, SECOND)).heads()] == [K2]


def test_after_a_merge_there_are_two() -> None:
    one = manifest((K1, FIRST), moment="2026-03-02T12:00:00Z")
    two = manifest((K1, FIRST), moment="2026-03-03T12:00:00Z")
    assert [h.name for h in of((K1, FIRST), (K2, one), (K3, two)).heads()] == [K2, K3]


def test_those_that_git_keeps_are_a_chain_of_their_own() -> None:
    found = of((K1, FIRST), (Q1, QUIET))
    assert [h.name for h in found.heads(kept)] == [K1]


def test_an_exchanged_manifest_is_told_by_the_next() -> None:
    other = manifest(moment="2026-03-01T12:00:01Z")  # whole, but another
    (damage,) = of((K1, other), (K2, SECOND)).broken()
    assert (damage.file, damage.why) == (K1, f"it is not the one that {K2} was chained to")


def test_a_missing_one_is_named_with_who_names_it() -> None:
    assert of((K2, SECOND)).missing() == {K1: K2, Q1: K2}


def test_a_damaged_one_is_told_and_nothing_new_is_chained_to_it() -> None:
    found = Chain()
    (damage,) = found.add(K1, FIRST.replace(b"0.1.0", b"0.1.1"))
    assert damage.why == "it is not what was sealed: its own hash does not hold"
    assert found.heads() == ()


def test_a_stamp_tells_who_and_when_or_what_is_wrong() -> None:
    reply = Authority().stamp(bytes.fromhex(sha256(FIRST)), 1)
    assert stamp("x.tsr", reply, FIRST) == ("2026-11-22T03:14:15Z by CN=Stand-in TSA", None)
    said, damage = stamp("x.tsr", reply, SECOND)
    assert said == ""
    assert damage is not None
    assert damage.why == "it is for other bytes than these"
    assert stamp("x.tsr", reply, None)[1] is not None
    assert stamp("x.tsr", integer(1), FIRST)[1] is not None
