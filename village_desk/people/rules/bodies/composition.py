"""What the make-up of a body lacks by the rows of the day: its size, women, shares, households, double posts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from village_desk.people.rules.bodies.kinds import BODY_WORDS, ROLES, Body
from village_desk.rulebook.rules import BodyCheck, BodyRule, Op, Share
from village_desk.rulebook.rules.shares import Base


@dataclass(frozen=True)
class Finding:
    """One thing that a body lacks: the sentence, the row that asks for it, and the people it is about."""

    body: Body
    words: str
    rule_id: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seats:
    """Who sits in one body on a day, once each.

    `whole` are all who belong to its meeting, with the villagers' committee at the representatives' meeting;
    `households` are those of the village, `registered` the people on the roll; `household_of` says who lives in which.
    """

    body: Body
    organisation: str
    holders: tuple[str, ...]
    women: tuple[str, ...] = ()
    whole: int = 0
    households: int = 0
    registered: int = 0
    household_of: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def composition_findings(seats: Seats, rules: tuple[BodyRule, ...]) -> tuple[Finding, ...]:
    """What the rows of the day ask for and the body lacks; a body without anybody is not judged."""
    if not seats.holders:
        return ()
    found: dict[tuple[BodyCheck, tuple[str, ...]], Finding] = {}
    for row in rules:
        if row.body != seats.body or not _fits(row, seats.registered):
            continue
        for words, people in _lacks(seats, row):
            # Of several places that ask for the same the nearest is named: it is never the looser one.
            found[row.check, people] = Finding(seats.body, f"{words}（{row.legal_ref}）。", row.rule_id, people)
    return tuple(found.values())


def _fits(row: BodyRule, registered: int) -> bool:
    return row.people_from <= registered and (not row.people_below or registered < row.people_below)


def _lacks(seats: Seats, row: BodyRule) -> Iterator[tuple[str, tuple[str, ...]]]:
    name, number = BODY_WORDS[seats.body], len(seats.holders)
    if row.check is BodyCheck.SIZE:
        yield from _size(name, number, row)
    elif row.check is BodyCheck.WOMEN and len(seats.women) < row.least:
        yield f"{name}成员中应当有妇女" if row.least == 1 else f"{name}妇女应有{row.least}人以上", seats.women
    elif row.check is BodyCheck.SHARE:
        need = _share(row).needed(seats.whole)
        if number < need:
            words = f"{_share(row).words.removesuffix('以上')}"
            yield f"{name}组成人员{seats.whole}人，其中代表{number}人，不足{words}，还差{need - number}人", ()
    elif row.check is BodyCheck.WOMEN_SHARE:
        need = _share(row).needed(seats.whole)
        if len(seats.women) < need:
            yield f"{name}组成人员{seats.whole}人，妇女代表应有{need}人以上，现有{len(seats.women)}人", seats.women
    elif row.check is BodyCheck.HOUSEHOLDS_EACH and seats.households:
        if not row.least * number <= seats.households <= row.most * number:
            yield (
                f"全村{seats.households}户推选了{number}名代表，不在每{row.least}户至{row.most}户推选一人的范围内；"
                "按村民小组推选的不受此限",
                (),
            )
    elif row.check is BodyCheck.ONE_A_HOUSEHOLD:
        yield from _one_a_household(name, seats)


def _size(name: str, number: int, row: BodyRule) -> Iterator[tuple[str, tuple[str, ...]]]:
    asked = f"{row.least}至{row.most}人" if row.most else f"{row.least}人以上"
    asked = f"不超过{row.most}人" if not row.least else asked
    odd = "，并且是单数" if row.odd else ""
    if number < row.least or (row.most and number > row.most) or (row.odd and number % 2 == 0):
        yield f"{name}现有{number}人，应为{asked}{odd}", ()


def _one_a_household(name: str, seats: Seats) -> Iterator[tuple[str, tuple[str, ...]]]:
    homes, names = dict(seats.household_of), dict(seats.names)
    counted = Counter(homes[one] for one in seats.holders if homes.get(one))
    for home, number in counted.items():
        if number > 1:
            people = tuple(one for one in seats.holders if homes.get(one) == home)
            yield f"{name}的{'、'.join(names.get(one, '') for one in people)}是同一户，一户最多一名代表", people


def _share(row: BodyRule) -> Share:
    return Share(row.num, row.den, Op.AT_LEAST, Base.ALL_MEMBERS)


def double_posts(held: tuple[tuple[str, str, Body, str], ...], rules: tuple[BodyRule, ...]) -> tuple[Finding, ...]:
    """People who hold two posts that a row keeps apart; each is (person_id, name, body, role)."""
    by_person: dict[str, list[tuple[str, Body, str]]] = {}
    for person_id, name, body, role in held:
        by_person.setdefault(person_id, []).append((name, body, role))
    found: dict[tuple[str, str, str], Finding] = {}
    for row in (one for one in rules if one.check is BodyCheck.NOT_TOGETHER):
        for person_id, posts in by_person.items():
            for name, body, role in posts:
                if body != row.body or (row.posts and role not in row.posts):
                    continue
                for _, other, other_role in posts:
                    if other.value in row.against or other_role in row.against:
                        words = f"{name}同时任{_word(role)}和{_word(other_role)}（{row.legal_ref}）。"
                        found[person_id, role, other_role] = Finding(body, words, row.rule_id, (person_id,))
    return tuple(found.values())


def _word(role: str) -> str:
    return next((rule.words for one, rule in ROLES.items() if one == role), role)
