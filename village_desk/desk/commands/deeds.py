"""`do`: any action of any room by its name, with arguments from JSON."""

import importlib
import importlib.util
import inspect
import json
import pkgutil
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from village_desk.desk.commands.answer import Answer, WrongCall, plain
from village_desk.desk.commands.building import annotations_of, buildable, built_arguments, words_for
from village_desk.desk.commands.opening import opened
from village_desk.desk.rooms import ROOMS
from village_desk.store.operators import add_operator, change_role, describe_home, retire_operator, set_code

# The cellar's few actions are done like those of the rooms.
PREFIXES = ("store", "sync", *ROOMS)
STORE_DEEDS: tuple[Callable[..., Any], ...] = (add_operator, change_role, retire_operator, set_code, describe_home)
SEEN = "seen"
ROOMS_OF_VILLAGES = frozenset(ROOMS) - {"township"}
LARGEST_JSON_BYTES = 5_000_000


@dataclass(frozen=True)
class Deed:
    """One action: its name as ROOM.ACTION, its function, and what it wants."""

    name: str
    function: Callable[..., Any]
    arguments: dict[str, Any]
    required: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The action and its arguments in one line."""
        wanted = [f"{one}：{words_for(self.arguments[one])}" for one in self.required]
        may = [f"{one}：{words_for(kind)}" for one, kind in self.arguments.items() if one not in self.required]
        parts = [f"要填 {'；'.join(wanted)}"] if wanted else []
        parts += [f"可填 {'；'.join(may)}"] if may else []
        return f"{self.name}　{'。'.join(parts) or '什么都不用填'}。"


def deeds(prefixes: Iterable[str] = PREFIXES) -> dict[str, Deed]:
    """Every action that JSON can carry, by name."""
    found = {}
    for prefix in prefixes:
        for function in _actions_of(prefix):
            deed = _deed(f"{prefix}.{function.__name__}", function)
            if deed is not None:
                found[deed.name] = deed
    return dict(sorted(found.items()))


def do(options: Namespace, answer: Answer) -> None:
    """Carry out one action as one step, or list what there is."""
    if options.list:
        listed = deeds()
        answer.put(actions={name: _schema(deed) for name, deed in listed.items()})
        for deed in listed.values():
            answer.say(deed.sentence)
        return
    if not options.file or not options.action:
        raise WrongCall(
            '还缺档案和要做的事。例如：village-desk do 东河村.vdesk people.add_person \'{"name": "王秀兰"}\'。'
        )
    deed = _named(options.action)
    arguments = built_arguments(deed.arguments, deed.required, _given(options.arguments), deed.name)
    if SEEN in deed.arguments and not re.fullmatch(r"[0-9a-f,]*", arguments.setdefault(SEEN, "")):
        raise WrongCall(f"{deed.name}的“{SEEN}”要原样写查到的那一串；不知道就不写，按现在的内容改。")
    with opened(options, writing=True, of_village=deed.name.partition(".")[0] in ROOMS_OF_VILLAGES) as file:
        with file.writing(deed.name) as session:
            result = deed.function(session, **arguments)
        done = plain(result)
    answer.put(action=deed.name, result=done)
    answer.say(f"做好了：{deed.name}。")
    if isinstance(done, dict | list):
        answer.say(json.dumps(done, ensure_ascii=False, indent=1))
    elif done is not None:
        answer.say(f"结果：{done}")


def _named(name: str) -> Deed:
    prefix = name.partition(".")[0]
    known = deeds([prefix] if prefix in PREFIXES else PREFIXES)
    if name in known:
        return known[name]
    close = get_close_matches(name, known, n=3)
    hint = f"是不是{'、'.join(close)}？" if close else "全部名称可用“village-desk do --list”查看。"
    raise WrongCall(f"没有“{name}”这件事。{hint}")


def _given(text: str) -> dict[str, Any]:
    if text == "-":
        text = sys.stdin.read(LARGEST_JSON_BYTES)
    elif text.startswith("@"):
        try:
            text = Path(text[1:]).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as reason:
            raise WrongCall(f"读不到“{text[1:]}”里的内容。") from reason
    try:
        found = json.loads(text or "{}")
    except ValueError as reason:
        raise WrongCall(
            f'要填的内容不是正确的JSON：{text[:40]}。应写成 {{"name": "王秀兰"}} 这样，整段放在单引号里。'
        ) from reason
    if not isinstance(found, dict):
        raise WrongCall('要填的内容要写成 {"名称": 值} 这样的JSON。')
    return found


def _actions_of(prefix: str) -> Iterator[Callable[..., Any]]:
    if prefix == "store":
        yield from STORE_DEEDS
        return
    name = f"village_desk.{prefix}.actions"
    if not all(importlib.util.find_spec(one) for one in (f"village_desk.{prefix}", name)):
        # A room such as schedule only answers questions.
        return
    package = importlib.import_module(name)
    offered = getattr(package, "__all__", None)
    seen = set()
    for module in (package, *_inside(package)):
        for function in vars(module).values():
            own = inspect.isfunction(function) and function.__module__.startswith(name)
            wanted = function.__name__ in offered if offered and own else own and not function.__name__.startswith("_")
            if wanted and function.__name__ not in seen:
                seen.add(function.__name__)
                yield function


def _inside(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(getattr(package, "__path__", [])):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def _deed(name: str, function: Callable[..., Any]) -> Deed | None:
    first, *others = inspect.signature(function).parameters.values()
    if first.name != "session" or any(one.kind is not one.KEYWORD_ONLY for one in others):
        return None
    hints = annotations_of(function)
    arguments = {one.name: hints[one.name] for one in others}
    # Who writes `seen` hands back what a row showed; without it the action builds on what stands now.
    required = tuple(one.name for one in others if one.default is one.empty and one.name != SEEN)
    if not all(buildable(arguments[one]) for one in required):
        return None
    return Deed(name, function, {one: kind for one, kind in arguments.items() if buildable(kind)}, required)


def _schema(deed: Deed) -> dict[str, Any]:
    return {one: {"write": words_for(kind), "required": one in deed.required} for one, kind in deed.arguments.items()}
