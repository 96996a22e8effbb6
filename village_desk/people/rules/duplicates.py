"""Entries that may be one person: why the desk thinks so, strongest reason first."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why two entries look like one person, from the strongest on."""

    IDENTITY = "identity"
    NAME_BIRTH = "name_birth"
    FORMER_NAME = "former_name"
    PINYIN_BIRTH = "pinyin_birth"
    NAME_HOUSEHOLD = "name_household"
    NAME_PHONE = "name_phone"


REASON_WORDS: dict[Reason, str] = {
    Reason.IDENTITY: "身份证号相同",
    Reason.NAME_BIRTH: "姓名和出生日期相同",
    Reason.FORMER_NAME: "一人的曾用名是另一人的姓名，出生日期相同",
    Reason.PINYIN_BIRTH: "姓名读音和出生日期相同，可能是同音字",
    Reason.NAME_HOUSEHOLD: "同一户里姓名相同",
    Reason.NAME_PHONE: "姓名和电话相同",
}
_PLACE = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Entry:
    """One entry as the search for doubles needs it."""

    person_id: str
    name: str
    former_name: str
    sounds: str
    birth: str
    identity: str
    household_id: str
    phone: str


@dataclass(frozen=True)
class Pair:
    """Two entries with every reason; the smaller id first."""

    one: str
    other: str
    reasons: tuple[Reason, ...]


def pairs(entries: Iterable[Entry]) -> tuple[Pair, ...]:
    """Entries that may be one person, the strongest reasons first. Two different identity numbers speak against it."""
    known = list(entries)
    by_id = {one.person_id: one for one in known}
    found: dict[tuple[str, str], list[Reason]] = {}
    for reason, keys in _KEYS.items():
        together: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for entry in known:
            for key in keys(entry):
                together[key].append(entry.person_id)
        for ids in together.values():
            for at, first in enumerate(ids):
                for second in ids[at + 1 :]:
                    _note(found, reason, by_id[first], by_id[second])
    made = [Pair(one, other, tuple(reasons)) for (one, other), reasons in found.items()]
    return tuple(
        sorted(made, key=lambda pair: (_PLACE[pair.reasons[0]], -len(pair.reasons), by_id[pair.one].name, pair.one))
    )


def _note(found: dict[tuple[str, str], list[Reason]], reason: Reason, one: Entry, other: Entry) -> None:
    if one.person_id == other.person_id:
        return
    if one.identity and other.identity and one.identity != other.identity:
        return
    if reason is Reason.NAME_HOUSEHOLD and one.birth and other.birth and one.birth[:4] != other.birth[:4]:
        return
    if reason is Reason.FORMER_NAME and one.name == other.name:
        return
    if reason is Reason.PINYIN_BIRTH and one.name == other.name:
        return
    key = (min(one.person_id, other.person_id), max(one.person_id, other.person_id))
    reasons = found.setdefault(key, [])
    if reason not in reasons:
        reasons.append(reason)


def _whole(*parts: str) -> list[tuple[str, ...]]:
    return [parts] if all(parts) else []


def _former(entry: Entry) -> list[tuple[str, ...]]:
    return [key for name in {entry.name, entry.former_name} for key in _whole(name, entry.birth)]


_KEYS: dict[Reason, Callable[[Entry], list[tuple[str, ...]]]] = {
    Reason.IDENTITY: lambda entry: _whole(entry.identity),
    Reason.NAME_BIRTH: lambda entry: _whole(entry.name, entry.birth),
    Reason.FORMER_NAME: _former,
    Reason.PINYIN_BIRTH: lambda entry: _whole(entry.sounds, entry.birth),
    Reason.NAME_HOUSEHOLD: lambda entry: _whole(entry.name, entry.household_id),
    Reason.NAME_PHONE: lambda entry: _whole(entry.name, entry.phone),
}


def resolved(merges: dict[str, str]) -> dict[str, str]:
    """Each entry with the last link of its chain; of a circle that two laptops made the smallest id is kept."""
    found = {}
    for start in merges:
        chain = [start]
        while chain[-1] in merges and merges[chain[-1]] not in chain:
            chain.append(merges[chain[-1]])
        last = chain[-1]
        if last in merges:
            last = min(chain[chain.index(merges[last]) :])
        if last != start:
            found[start] = last
    return found
