"""One box over the register: names, pinyin, initials, tails of numbers, household numbers, groups."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, or_, select
from sqlalchemy.orm import Session

from village_desk.kit.text import half_width, tidy
from village_desk.people.lookups.counts import count_condition
from village_desk.people.records import PersonSearch
from village_desk.people.rules.standings import CountKind
from village_desk.people.rules.words import PersonState, Political, household_key, looks_like_group, read_group
from village_desk.store.acts import act

_DIGITS = re.compile(r"\d+[Xx]?")
_HOUSEHOLD = re.compile(r"(?:户号)?(\d{1,8})[号户]+")
_LATIN = re.compile(r"[a-zü]+")
_MIXED = re.compile(r"([^a-z\s]+)([a-z]+)")
_UNRANKED = 9


@dataclass(frozen=True)
class PeopleFilter:
    """What a list is narrowed to; `state` "" means everybody, `only` is "", heads, party, away or a CountKind."""

    words: str = ""
    group: str = ""
    state: str = PersonState.ON_ROLL.value
    only: str = ""


_ORDERS: dict[str, tuple[Any, ...]] = {
    "name": (PersonSearch.sort_name, PersonSearch.birth),
    "sex": (PersonSearch.sex, PersonSearch.sort_name),
    "identity": (PersonSearch.identity, PersonSearch.sort_name),
    "group": (PersonSearch.group_place, PersonSearch.group_name, PersonSearch.sort_name),
    "phone": (PersonSearch.phone, PersonSearch.sort_name),
    "state": (PersonSearch.state, PersonSearch.living, PersonSearch.sort_name),
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

    Orders: household, name, sex, age, identity, group, phone, state.
    """
    statement, rank = _narrowed(wanted)
    if wanted.only in set(CountKind):
        statement = statement.where(count_condition(CountKind(wanted.only), act(session).today))
    keys = _by_age(descending) if order == "age" else [key.desc() if descending else key for key in _ORDERS[order]]
    if rank is not None:
        keys = [*_best_first(rank, wanted.words), *keys]
    return list(session.scalars(statement.order_by(*keys, PersonSearch.person_id)))


def find_ids(session: Session, words: str, *, limit: int = 12) -> list[str]:
    """The best matches for a search box, people who left or died after those on the roll."""
    if not tidy(words):
        return []
    statement, rank = _narrowed(PeopleFilter(words, state=""))
    assert rank is not None
    keys = [*_best_first(rank, words), PersonSearch.birth]
    return list(session.scalars(statement.order_by(*keys, PersonSearch.person_id).limit(limit)))


def _best_first(rank: ColumnElement[int], words: str) -> list[Any]:
    # A household's number brings its head first; everything else goes by name.
    of_household = any(_DIGITS.fullmatch(token) or _HOUSEHOLD.fullmatch(token) for token in half_width(words).split())
    within = PersonSearch.relation_place if of_household else PersonSearch.sort_name
    return [rank, PersonSearch.state != PersonState.ON_ROLL.value, within, PersonSearch.sort_name]


def _by_age(descending: bool) -> list[Any]:
    # The older somebody is, the smaller the birth date.
    return [PersonSearch.birth if descending else PersonSearch.birth.desc(), PersonSearch.sort_name]


def _narrowed(wanted: PeopleFilter) -> tuple[Select[str], ColumnElement[int] | None]:
    statement = select(PersonSearch.person_id)
    if wanted.group:
        statement = statement.where(PersonSearch.group_name == wanted.group)
    if wanted.state:
        statement = statement.where(PersonSearch.state == wanted.state)
    if wanted.only == "heads":
        statement = statement.where(PersonSearch.relation_place == 0, PersonSearch.relation != "")
    elif wanted.only == "party":
        statement = statement.where(
            PersonSearch.political.in_([Political.PARTY_MEMBER.value, Political.PROBATIONARY.value])
        )
    elif wanted.only == "away":
        statement = statement.where(PersonSearch.living == "away")
    rank: ColumnElement[int] | None = None
    for token in half_width(tidy(wanted.words)).lower().split():
        matches = _matches(token)
        statement = statement.where(or_(false(), *(condition for condition, _ in matches)))
        one = case(*matches, else_=_UNRANKED)
        rank = one if rank is None else rank + one
    return statement, rank


def _matches(token: str) -> list[tuple[ColumnElement[bool], int]]:
    """Ways in which one word of the search can meet a person, each with its rank; the smallest counts."""
    row = PersonSearch
    found: list[tuple[ColumnElement[bool], int]] = []
    household = _HOUSEHOLD.fullmatch(token)
    mixed = _MIXED.fullmatch(token)
    if household:
        found.append((row.household_key == household_key(household.group(1)), 0))
    if _DIGITS.fullmatch(token):
        found += _number_matches(token.upper())
    elif _LATIN.fullmatch(token):
        found += _pinyin_matches(token.replace("ü", "v"))
    elif mixed:
        begun, rest = mixed.groups()
        found.append(
            (
                and_(row.name.like(_like(begun) + "%", escape="\\"), _word_like(row.initials, "_" * len(begun) + rest)),
                1,
            )
        )
    if looks_like_group(token):
        found.append((row.group_name == read_group(token), 1))
    text = _like(token)
    found += [
        (row.name == token, 0),
        (row.name.like(text + "%", escape="\\"), 1),
        (row.name.like(f"%{text}%", escape="\\"), 2),
        (row.former_name.like(f"%{text}%", escape="\\"), 3),
        (row.group_name == token, 3),
    ]
    return sorted(found, key=lambda pair: pair[1])


def _number_matches(number: str) -> list[tuple[ColumnElement[bool], int]]:
    row = PersonSearch
    found: list[tuple[ColumnElement[bool], int]] = [(row.household_key == household_key(number), 0)]
    if len(number) >= 3:
        found += [
            (row.identity.like(f"%{number}"), 1),
            (row.phone.like(f"%{number}"), 2),
            (row.phone.like(f"%{number}、%"), 2),
        ]
    if len(number) >= 6:
        found += [(row.identity.like(f"%{number}%"), 3), (row.phone.like(f"%{number}%"), 3)]
    return found


def _pinyin_matches(letters: str) -> list[tuple[ColumnElement[bool], int]]:
    row = PersonSearch
    found: list[tuple[ColumnElement[bool], int]] = [
        (_word_is(row.initials, letters), 0),
        (_word_is(row.spellings, letters), 0),
        (_word_like(row.initials, letters), 1),
        (_word_like(row.spellings, letters), 1),
    ]
    if len(letters) >= 2:
        found.append((row.spellings.like(f"%{letters}%"), 4))
    return found


def _word_is(column: Any, word: str) -> ColumnElement[bool]:
    # The words of these columns stand between spaces.
    made: ColumnElement[bool] = column.like(f"% {word} %")
    return made


def _word_like(column: Any, start: str) -> ColumnElement[bool]:
    made: ColumnElement[bool] = column.like(f"% {start}%")
    return made


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
