"""One box over the register: names, pinyin, initials, tails of numbers, household numbers, groups."""

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import half_width, tidy
from village_desk.people.lookups.counts import count_condition
from village_desk.people.records import PersonSearch
from village_desk.people.rules.standings import CountKind
from village_desk.people.rules.words import (
    Kinship,
    PersonState,
    Political,
    Sex,
    household_key,
    looks_like_group,
    read_group,
)
from village_desk.store.acts import act

_DIGITS = re.compile(r"\d+[Xx]?")
_HOUSEHOLD = re.compile(r"(?:户号)?(\d{1,8})[号户]+")
_LATIN = re.compile(r"[a-zü]+")
_MIXED = re.compile(r"([^a-z\s]+)([a-z]+)")
# Above every sum of ranks.
_UNRANKED = 1000
# Shorter tails of numbers would find a tenth of the village.
_TAIL = 3


@dataclass(frozen=True)
class PeopleFilter:
    """What a list is narrowed to; `state` "" means everybody, `only` is "", a CountKind or a key of _ONLY."""

    words: str = ""
    group: str = ""
    state: str = PersonState.ON_ROLL.value
    only: str = ""


_ORDERS: dict[str, tuple[Any, ...]] = {
    "name": (PersonSearch.sort_name, PersonSearch.birth),
    "strokes": (PersonSearch.sort_strokes, PersonSearch.birth),
    "sex": (PersonSearch.sex, PersonSearch.sort_name),
    "identity": (PersonSearch.identity, PersonSearch.sort_name),
    "group": (PersonSearch.group_place, PersonSearch.group_name, PersonSearch.sort_name),
    "phone": (PersonSearch.phone, PersonSearch.sort_name),
    "state": (PersonSearch.state, PersonSearch.living, PersonSearch.sort_name),
    "relation": (PersonSearch.relation_place, PersonSearch.relation, PersonSearch.sort_name),
    "political": (PersonSearch.political, PersonSearch.sort_name),
    "household": (
        PersonSearch.group_place,
        PersonSearch.group_name,
        PersonSearch.household_place,
        PersonSearch.household_no,
        PersonSearch.household_id,
        PersonSearch.relation_place,
        PersonSearch.birth,
    ),
}


def person_ids(
    session: Session, wanted: PeopleFilter, *, order: str = "household", descending: bool = False
) -> list[str]:
    """Ids of the people that a filter leaves, the best match first when words are given, else in the given order.

    Orders: household, name (pinyin), strokes, sex, age, identity, group, phone, state, relation, political.
    """
    if tidy(wanted.words):
        return _found(session, wanted)
    statement = _narrowed(session, select(PersonSearch.person_id), wanted)
    keys = _by_age(descending) if order == "age" else [key.desc() if descending else key for key in _ORDERS[order]]
    return list(session.scalars(statement.order_by(*keys, PersonSearch.person_id)))


def find_ids(session: Session, words: str, *, limit: int = 12) -> list[str]:
    """The best matches for a search box, people who left or died after those on the roll."""
    if not tidy(words):
        return []
    return _found(session, PeopleFilter(words, state=""), limit)


def _found(session: Session, wanted: PeopleFilter, limit: int | None = None) -> list[str]:
    """The ids that words find, the best match first; of equal ones those on the roll, then by pinyin."""
    tokens = half_width(tidy(wanted.words)).lower().split()
    row = PersonSearch
    ranks = [case(*_matches(token), else_=_UNRANKED) for token in tokens]
    place, none = sum(ranks[1:], start=ranks[0]) * 2 + row.gone, _UNRANKED * 2
    if any(_DIGITS.fullmatch(token) or _HOUSEHOLD.fullmatch(token) for token in tokens):
        # A household's number brings its head first; everything else goes by name.
        place, none = place * len(Kinship) + row.relation_place, none * len(Kinship)
    # One look that drops most people, and the finer ones only once; nothing but what the index of keys holds.
    statement = select(row.person_id, place.label("place")).where(*(_holds(_common(token)) for token in tokens))
    if wanted.state == PersonState.ON_ROLL:
        statement = statement.where(row.gone == 0)
    if wanted.group or wanted.only or wanted.state not in ("", PersonState.ON_ROLL):
        some = _narrowed(session, select(PersonSearch.person_id), wanted)
        statement = statement.where(row.person_id.in_(some.correlate(None)))
    # No objects are asked for, so the session has nothing to add to a village's worth of rows.
    asked = session.connection()
    if limit is not None:
        found = asked.execute(statement.order_by("place", row.keys, row.person_id).limit(limit)).all()
    else:
        # The index brings them by pinyin, so only their places are left to sort by.
        found = asked.execute(statement.order_by(row.gone, row.keys, row.person_id)).all()
        found = sorted(found, key=itemgetter(1))
    return [identity for identity, at in found if at < none]


def _by_age(descending: bool) -> list[Any]:
    # The older somebody is, the smaller the birth date.
    return [PersonSearch.birth if descending else PersonSearch.birth.desc(), PersonSearch.sort_name]


def _narrowed(session: Session, statement: Select[str], wanted: PeopleFilter) -> Select[str]:
    row = PersonSearch
    if wanted.group:
        statement = statement.where(row.group_name == wanted.group)
    if wanted.state:
        statement = statement.where(row.state == wanted.state)
    if wanted.only in set(CountKind):
        return statement.where(count_condition(CountKind(wanted.only), act(session).today))
    return statement.where(_ONLY[wanted.only]) if wanted.only else statement


_ONLY: dict[str, ColumnElement[bool]] = {
    "heads": and_(PersonSearch.relation_place == 0, PersonSearch.relation != ""),
    "party": PersonSearch.political.in_([Political.PARTY_MEMBER.value, Political.PROBATIONARY.value]),
    "away": PersonSearch.living == "away",
    "women": PersonSearch.sex == Sex.FEMALE.value,
    "no_identity": PersonSearch.identity == "",
    "no_phone": PersonSearch.phone == "",
    "no_birth": PersonSearch.birth == "",
    "no_household": PersonSearch.household_id == "",
}
"""Ways to narrow a list, beside the five counts."""


def _common(token: str) -> str:
    """What stands in the keys of everybody whom a word of the search can mean."""
    household = _HOUSEHOLD.fullmatch(token)
    mixed = _MIXED.fullmatch(token)
    if household:
        return household_key(household.group(1))
    if _DIGITS.fullmatch(token):
        return household_key(token) if len(token) >= _TAIL else f"={household_key(token)}|"
    if mixed:
        return mixed.group(1)
    if looks_like_group(token):
        return read_group(token)[:-1] if read_group(token)[:-1] in token else ""
    return token.replace("ü", "v") if _LATIN.fullmatch(token) else token


def _matches(token: str) -> list[tuple[ColumnElement[bool], int]]:
    """Ways in which one word of the search can meet a person, each with its rank; the smallest counts."""
    found: list[tuple[ColumnElement[bool], int]] = []
    household = _HOUSEHOLD.fullmatch(token)
    mixed = _MIXED.fullmatch(token)
    if household:
        found.append((_holds(f"={household_key(household.group(1))}|"), 0))
    if _DIGITS.fullmatch(token):
        # Nobody's name has figures in it.
        return _number_matches(token)
    if _LATIN.fullmatch(token):
        found += _pinyin_matches(token.replace("ü", "v"))
    if mixed:
        begun, rest = mixed.groups()
        initials = "_" * len(begun) + rest
        found.append((and_(_holds(f"^{begun}"), PersonSearch.keys.like(f"%.{initials}%")), 1))
    if looks_like_group(token):
        found.append((_holds(f"@{read_group(token)}|"), 1))
    inside = _like(token)
    found += [
        (_holds(f"^{token}$"), 0),
        (_holds(f"^{token}"), 1),
        (and_(_holds(token), PersonSearch.keys.like(f"%^%{inside}%$%", escape="\\")), 2),
        (and_(_holds(token), PersonSearch.keys.like(f"%~%{inside}%`%", escape="\\")), 3),
        (_holds(f"@{token}|"), 3),
    ]
    return sorted(found, key=lambda pair: pair[1])


def _number_matches(number: str) -> list[tuple[ColumnElement[bool], int]]:
    found: list[tuple[ColumnElement[bool], int]] = [(_holds(f"={household_key(number)}|"), 0)]
    if len(number) >= _TAIL:
        found += [(_holds(f"{number}!"), 1), (_holds(f"{number};"), 2)]
    if len(number) >= 6:
        found.append((_holds(number), 3))
    return found


def _pinyin_matches(letters: str) -> list[tuple[ColumnElement[bool], int]]:
    found: list[tuple[ColumnElement[bool], int]] = [
        (_holds(f".{letters}."), 0),
        (_holds(f" {letters} "), 0),
        (_holds(f".{letters}"), 1),
        (_holds(f" {letters}"), 1),
    ]
    if len(letters) >= 2:
        found.append((_holds(letters), 4))
    return found


def _holds(text: str) -> ColumnElement[bool]:
    # instr compares bytes; LIKE would fold the case of every letter.
    return func.instr(PersonSearch.keys, text) > 0


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
