"""Arguments of an action from JSON, by the annotations of the action itself."""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin

from village_desk.desk.commands.answer import WrongCall

_PLAIN_WORDS: dict[type, str] = {
    str: "文字",
    bool: "true或false",
    int: "整数",
    dt.date: "日期（如2026-03-14）",
    bytes: "文件名（读文件的内容）",
    Path: "文件名",
}
DEEPEST_SPELT = 1
_LISTS = (tuple, list, frozenset, set, Sequence, Iterable, Collection)


def annotations_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The annotations of the function's own arguments, resolved."""
    hints = typing.get_type_hints(function)
    hints.pop("return", None)
    return hints


def buildable(kind: Any) -> bool:
    """Whether JSON can carry this kind of argument."""
    origin = get_origin(kind)
    if kind in _PLAIN_WORDS or kind is type(None):
        return True
    if origin in (typing.Union, types.UnionType):
        return all(buildable(one) for one in get_args(kind))
    if origin is typing.Literal:
        return True
    if origin in _LISTS or origin in (dict, Mapping):
        return all(one is Ellipsis or buildable(one) for one in get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return True
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return all(buildable(hints[one.name]) for one in dataclasses.fields(kind) if one.init)
    return False


def built(kind: Any, value: Any, place: str) -> Any:
    """The value as the action wants it; `place` names the argument for the sentence.

    Raises WrongCall when the value does not fit.
    """
    origin = get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _built_union(kind, value, place)
    if origin is typing.Literal:
        if value not in get_args(kind):
            raise WrongCall(f"“{place}”只能是{_alternatives(get_args(kind))}。")
        return value
    if origin is tuple and Ellipsis not in get_args(kind):
        kinds = get_args(kind)
        if not isinstance(value, list) or len(value) != len(kinds):
            raise WrongCall(f"“{place}”要写成有{len(kinds)}项的列表。")
        return tuple(built(one, item, f"{place}[{n}]") for n, (one, item) in enumerate(zip(kinds, value, strict=True)))
    if origin in _LISTS:
        return _built_list(kind, value, place)
    if origin in (dict, Mapping):
        if not isinstance(value, dict):
            raise WrongCall(f"“{place}”要写成 {{…}}。")
        key_kind, item_kind = get_args(kind)
        return {built(key_kind, key, place): built(item_kind, item, f"{place}.{key}") for key, item in value.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _built_enum(kind, value, place)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _built_row(kind, value, place)
    return _built_plain(kind, value, place)


def words_for(kind: Any, depth: int = 0) -> str:
    """What to write for this kind of argument, in Chinese; rows inside rows inside rows are not spelt out."""
    origin = get_origin(kind)
    if kind in _PLAIN_WORDS:
        return _PLAIN_WORDS[kind]
    if origin in (typing.Union, types.UnionType):
        return "或".join(words_for(one, depth) for one in get_args(kind) if one is not type(None))
    if origin is typing.Literal:
        return _alternatives(get_args(kind))
    if origin is tuple and Ellipsis not in get_args(kind):
        return f"[{'，'.join(words_for(one, depth) for one in get_args(kind))}]"
    if origin in _LISTS:
        return f"[{words_for(get_args(kind)[0], depth)}…]"
    if origin in (dict, Mapping):
        return "{名称：" + words_for(get_args(kind)[1], depth) + "}"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _alternatives([one.value for one in kind])
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        own = [one for one in dataclasses.fields(kind) if one.init]
        if depth >= DEEPEST_SPELT:
            return "{" + "，".join(one.name for one in own) + "}"
        return "{" + "，".join(f"{one.name}：{words_for(hints[one.name], depth + 1)}" for one in own) + "}"
    return "只能在窗口里填写的内容"


def built_arguments(
    known: Mapping[str, Any], required: Collection[str], given: Mapping[str, Any], name: str
) -> dict[str, Any]:
    """All arguments of `name` from a JSON object; raises WrongCall for unknown, missing and unfitting ones."""
    unknown = [one for one in given if one not in known]
    if unknown:
        wanted = "、".join(known) or "什么都不用填"
        raise WrongCall(f"{name}没有“{'”“'.join(unknown)}”这一项，没有做；它认得的有：{wanted}。")
    missing = [one for one in required if one not in given]
    if missing:
        raise WrongCall(f"{name}还缺“{'”“'.join(missing)}”，没有做。")
    return {one: built(known[one], value, one) for one, value in given.items()}


def _built_union(kind: Any, value: Any, place: str) -> Any:
    kinds = get_args(kind)
    if value is None:
        if type(None) in kinds:
            return None
        raise WrongCall(f"“{place}”不能空着。")
    wanted = [one for one in kinds if one is not type(None)]
    for one in wanted:
        try:
            return built(one, value, place)
        except WrongCall:
            if len(wanted) == 1:
                raise
    raise WrongCall(f"“{place}”要写成{words_for(kind)}。")


def _built_list(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, list):
        raise WrongCall(f"“{place}”要写成列表 […]。")
    item_kind = get_args(kind)[0]
    items = [built(item_kind, item, f"{place}[{n}]") for n, item in enumerate(value)]
    origin = get_origin(kind)
    if origin in (frozenset, set):
        return origin(items)
    return items if origin is list else tuple(items)


def _built_enum(kind: type[Enum], value: Any, place: str) -> Enum:
    for one in kind:
        if value == one.value or value == one.name:
            return one
    raise WrongCall(f"“{place}”只能是{_alternatives([one.value for one in kind])}。")


def _built_row(kind: Any, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise WrongCall(f"“{place}”要写成 {words_for(kind)}。")
    hints = typing.get_type_hints(kind)
    own = [one for one in dataclasses.fields(kind) if one.init]
    known = {one.name: hints[one.name] for one in own}
    required = [
        one.name for one in own if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    ]
    return kind(**built_arguments(known, required, value, f"“{place}”"))


def _built_plain(kind: Any, value: Any, place: str) -> Any:
    if kind is dt.date and isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as reason:
            raise WrongCall(f"“{place}”要写成2026-03-14这样的日期，“{value}”不是。") from reason
    if kind is bytes and isinstance(value, str):
        try:
            return Path(value).read_bytes()
        except OSError as reason:
            raise WrongCall(f"“{place}”写的文件“{value}”读不到。") from reason
    if kind is Path and isinstance(value, str):
        return Path(value)
    # true is an int in Python, not here.
    if (kind is int and type(value) is int) or (kind in (str, bool) and isinstance(value, kind)):
        return value
    raise WrongCall(f"“{place}”要写成{words_for(kind)}。")


def _alternatives(values: Iterable[Any]) -> str:
    return "、".join(f"“{one}”" for one in values)
