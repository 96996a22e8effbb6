"""Frozen rows as nested tuples of text, numbers and nothing else, so that a case can keep the row it began with."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")


def packed(row: Any) -> Any:
    """The row as tuples of (field, value) pairs; dates become text, fields at their default are left out."""
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return tuple(
            (field.name, packed(getattr(row, field.name)))
            for field in dataclasses.fields(row)
            if field.default is dataclasses.MISSING or getattr(row, field.name) != field.default
        )
    if isinstance(row, Enum):
        return row.value
    if isinstance(row, dt.date):
        return row.isoformat()
    if isinstance(row, tuple):
        return tuple(packed(item) for item in row)
    return row


def unpacked(kind: type[T], pairs: Any) -> T:
    """The row of this kind from its pairs; fields that this version does not know are passed over."""
    values = dict(pairs)
    known = _readers(kind)
    return kind(**{name: known[name](value) for name, value in values.items() if name in known})


_KNOWN: dict[Any, dict[str, Callable[[Any], Any]]] = {}


def _readers(kind: Any) -> dict[str, Callable[[Any], Any]]:
    if kind not in _KNOWN:
        hints = typing.get_type_hints(kind)
        _KNOWN[kind] = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}
    return _KNOWN[kind]


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin = typing.get_origin(hint)
    if origin is tuple:
        inner = _reader(typing.get_args(hint)[0])
        return lambda value: tuple(inner(item) for item in value)
    if origin is types.UnionType:
        inner = _reader(typing.get_args(hint)[0])
        return lambda value: None if value is None else inner(value)
    if hint is dt.date:
        return dt.date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda value: unpacked(hint, value)
    return lambda value: value
