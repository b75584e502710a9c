"""Records to plain JSON values and back, without losing anything.

The mapping follows the records' own annotations, so that a field added to a record is stored with
no change here; nothing but the kinds below is understood (no pickle, no class names in the data).
A dataclass is an object without the fields that hold their default; a tuple an array; an enum its
value; a moment ISO 8601 in UTC with `Z`; a date `YYYY-MM-DD`; the hashes of a sketch one base64
text of big-endian 64-bit numbers (512 of them would be 10 kB as decimals). Reading passes over
unknown keys, so that a newer version may add some, and raises CodecError for anything of the
wrong kind.
"""

from __future__ import annotations

import base64
import binascii
import struct
import types
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from citecheck.records.observation import Sketch

_PLAIN = frozenset({str, bool, int, float})
T = TypeVar("T")
Reader = Callable[[Any], Any]


class CodecError(ValueError):
    """The data is not what the record needs; `str()` says where and why in a few words."""


def encode(value: Any) -> Any:
    """The JSON value of a record (or of anything that a record holds); times must be aware."""
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise CodecError("a time without a zone")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if is_dataclass(value):
        return _encode_record(value)
    raise CodecError(f"a {type(value).__name__} cannot be stored")


def decode(kind: type[T], data: Any) -> T:
    """The record of type `kind` that `encode` made `data` from; raises CodecError."""
    return cast(T, _reader(cast(Any, kind))(data))


def _encode_record(value: Any) -> dict[str, Any]:
    row = {}
    for name, default in _defaults(cast(Any, type(value))):
        item = getattr(value, name)
        if item is default or item == default:
            continue
        if name == "hashes" and isinstance(value, Sketch):
            packed = struct.pack(f">{len(value.hashes)}Q", *value.hashes)
            row[name] = base64.b64encode(packed).decode("ascii")
        else:
            row[name] = encode(item)
    return row


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The names of a record's fields and what each holds when it is left out (MISSING: never)."""
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _reader(kind: Any) -> Reader:
    """The function that reads one annotated type, built once."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(kind)
    if kind in (str, bool, int):
        return _exactly(kind)
    if kind is float:
        return _float
    if kind is datetime:
        return _datetime
    if kind is date:
        return _date
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no record may hold {kind}")  # a programmer's error, met by the first test


def _optional(kind: Any) -> Reader:
    inner = [k for k in get_args(kind) if k is not type(None)]
    if len(inner) != 1:
        raise TypeError(f"no record may hold {kind}")
    read = _reader(inner[0])
    return lambda data: None if data is None else read(data)


def _tuple(kind: Any) -> Reader:
    inner = get_args(kind)
    if len(inner) == 2 and inner[1] is Ellipsis:
        read = _reader(inner[0])
        return lambda data: tuple(read(item) for item in _array(data))
    readers = [_reader(k) for k in inner]

    def fixed(data: Any) -> tuple[Any, ...]:
        if len(_array(data)) != len(readers):
            raise CodecError(f"an array of {len(readers)} is needed")
        return tuple(r(item) for r, item in zip(readers, data, strict=True))

    return fixed


def _record(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind) if field.init}
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    if kind is Sketch:
        readers["hashes"] = _hashes

    def read(data: Any) -> Any:
        if not isinstance(data, dict):
            raise CodecError(f"an object is needed for {kind.__name__}")
        for name in needed:
            if name not in data:
                raise CodecError(f"{kind.__name__} lacks {name!r}")
        values = {}
        for name, one in readers.items():
            if name in data:
                try:
                    values[name] = one(data[name])
                except CodecError as fault:
                    raise CodecError(f"{name}: {fault}") from None
        return kind(**values)

    return read


def _array(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise CodecError("an array is needed")
    return data


def _exactly(kind: type) -> Reader:
    def read(data: Any) -> Any:
        if type(data) is not kind:
            raise CodecError(f"a {kind.__name__} is needed")
        return data

    return read


def _float(data: Any) -> float:
    if isinstance(data, bool) or not isinstance(data, int | float):
        raise CodecError("a number is needed")
    return float(data)


def _datetime(data: Any) -> datetime:
    try:
        found = datetime.fromisoformat(data)
        if found.tzinfo is None:
            raise CodecError("a time needs its zone")
        return found.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise CodecError("a time such as 2026-11-22T03:14:15Z is needed") from None


def _date(data: Any) -> date:
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        raise CodecError("a date such as 2026-11-22 is needed") from None


def _enum(kind: type[Enum]) -> Reader:
    def read(data: Any) -> Enum:
        try:
            return kind(data)
        except ValueError:
            raise CodecError(f"{str(data)[:40]!r} is no {kind.__name__}") from None

    return read


def _hashes(data: Any) -> tuple[int, ...]:
    try:
        packed = base64.b64decode(data, validate=True)
        return struct.unpack(f">{len(packed) // 8}Q", packed)
    except (TypeError, ValueError, binascii.Error, struct.error):
        raise CodecError("hashes in base64 are needed") from None
