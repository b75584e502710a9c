"""Manifests: one text for one content, sealed, of a published form."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.proof.manifest import (
    Manifest,
    ManifestError,
    Named,
    Record,
    Sealed,
    canonical,
    parse,
    sha256,
    written,
)

RECORD = Record(
    id="<urn:uuid:1f0a2a6e-0000-4000-8000-000000000001>",
    type="response",
    uri="https://example.org/%E9",
    date="2026-03-01T12:00:00.000000Z",
    offset=0,
    length=7,
    sha256="a" * 64,
    payload_digest="sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
    body_sha256="b" * 64,
    extractor="trafilatura 2.0",
)
MANIFEST = Manifest(
    generated="2026-03-01T12:00:00Z",
    version="0.1.0",
    previous=(Named("manifests/20260201120000.json", "c" * 64),),
    files=(Sealed("citecheck-20260301120000-001.warc.gz", 7, "d" * 64, False, (RECORD,)),),
)


def schema() -> jsonschema.Draft202012Validator:
    path = files("citecheck.proof") / "schema" / "manifest-1.schema.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return jsonschema.Draft202012Validator(found)


def value_of(manifest: Manifest) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(manifest))
    return found


def test_the_text_is_as_documented() -> None:
    small = Manifest("2026-03-01T12:00:00Z", "0.1.0", (), ())
    text = written(small).decode()
    assert text == (
        '{"citecheck":"0.1.0","files":[],"generated":"2026-03-01T12:00:00Z","previous":[],'
        f'"schema":"citecheck/manifest/1","seal":"{json.loads(text)["seal"]}"}}\n'
    )


def test_anybody_can_make_the_seal_again() -> None:
    value = value_of(MANIFEST)
    seal = value.pop("seal")
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert seal == sha256(text.encode("utf-8"))


def test_it_is_valid_by_the_published_schema_and_read_again() -> None:
    schema().validate(value_of(MANIFEST))
    assert parse(written(MANIFEST)) == MANIFEST


@pytest.mark.parametrize("key", ["schema", "generated", "citecheck", "previous", "files", "seal"])
def test_the_schema_misses_what_is_missing(key: str) -> None:
    value = value_of(MANIFEST)
    del value[key]
    assert not schema().is_valid(value)
    with pytest.raises(ManifestError):
        parse(canonical(value))


def sealed_anew(value: dict[str, Any]) -> bytes:
    value.pop("seal", None)
    return canonical(value | {"seal": sha256(canonical(value))})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"schema": "citecheck/manifest/2"}, "this version cannot read"),
        ({"schema": "citecheck/links/1"}, "is no manifest"),
        ({"files": 3}, "does not have the form"),
        ({"files": [{"name": "x"}]}, "does not have the form"),
        ({"generated": 3}, "does not have the form"),
        ({"previous": [{"name": "x", "sha256": 3}]}, "does not have the form"),
    ],
)
def test_what_is_sealed_but_no_manifest_is_refused(change: dict[str, Any], why: str) -> None:
    with pytest.raises(ManifestError, match=why):
        parse(sealed_anew(value_of(MANIFEST) | change))


def test_keys_of_a_later_version_are_passed_over() -> None:
    assert parse(sealed_anew(value_of(MANIFEST) | {"later": [1]})) == MANIFEST


@pytest.mark.parametrize("data", [b"", b"null", b"[]", b"\xff", b"[" * 100_000, b'{"seal": NaN}'])
def test_garbage_is_refused(data: bytes) -> None:
    with pytest.raises(ManifestError):
        parse(data)


def test_the_same_content_in_another_text_is_refused() -> None:
    text = json.dumps(value_of(MANIFEST), sort_keys=True).encode()
    with pytest.raises(ManifestError, match="written anew"):
        parse(text)


WRITTEN = written(MANIFEST)


@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_one_altered_byte_is_found_by_the_manifest_alone(place: int, change: int) -> None:
    altered = bytearray(WRITTEN)
    altered[place] ^= change
    with pytest.raises(ManifestError):
        parse(bytes(altered))
