"""Holds a roster against the register: who is new, who changed in what, who must be looked at first."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.actions.roster_beyond import Beyond, BeyondPlanner
from village_desk.people.records import Household, HouseholdStay, Person
from village_desk.people.rules.dates import agrees
from village_desk.people.rules.roster import Field, Line, Roster
from village_desk.people.rules.words import (
    Kinship,
    household_key,
    read_kinship,
)

COLUMN_OF: dict[Field, str] = {
    Field.NAME: "name",
    Field.FORMER_NAME: "former_name",
    Field.RELATION: "relation",
    Field.SEX: "sex",
    Field.PEOPLE: "people",
    Field.IDENTITY: "identity",
    Field.BIRTH: "birth",
    Field.SCHOOLING: "schooling",
    Field.POLITICAL: "political",
    Field.MARRIAGE: "marriage",
    Field.PHONE: "phone",
    Field.ADDRESS: "address",
    Field.RESIDENCE: "residence",
    Field.LIVING: "living",
    Field.IDENTITY_KIND: "identity_kind",
    Field.BIRTH_SOURCE: "birth_source",
    Field.HEALTH: "health",
    Field.MILITARY: "military",
    Field.WORK: "work",
    Field.NOTE: "note",
}
OF_HOUSEHOLD = frozenset({Field.HOUSEHOLD_NO, Field.HEAD_NAME, Field.GROUP})
"""Fields of the household that a line belongs to."""
BY_ROSTER = "花名册导入"
"""The reason of a move that a roster brought."""


@dataclass(frozen=True)
class KnownHousehold:
    """A household as it stands in the register."""

    id: str
    number: str
    group: str
    retired: bool = False


@dataclass
class PlannedHousehold:
    """What the import does with one household of the roster: `known` is None when it is new."""

    key: str
    number: str
    group: str
    known: KnownHousehold | None = None

    @property
    def group_changes(self) -> bool:
        """True when the roster names another group than the register."""
        return self.known is not None and bool(self.group) and self.group != self.known.group


@dataclass
class PlannedPerson:
    """What the import does with one line: `known` is the row of the matched person, None for a new one."""

    line: Line
    household: PlannedHousehold | None
    known: Mapping[str, Any] | None = None
    fault: str = ""
    note: str = ""
    went: bool = False
    """True when the person has left this very household since: an old list does not bring anybody back."""
    changes: dict[str, Any] = field(default_factory=dict)
    beyond: Beyond = field(default_factory=Beyond)
    """What the line says beyond the person's own columns."""

    @property
    def home(self) -> str:
        """What names the household that the line belongs to; empty for none, and when the person has left it since."""
        if self.household is None or self.went:
            return ""
        return self.household.known.id if self.household.known is not None else self.household.key

    @property
    def moves(self) -> bool:
        """True when the roster puts a known person into another household."""
        if self.known is None or self.household is None or self.went:
            return False
        return self.household.known is None or self.household.known.id != self.known["household_id"]


class Matcher:
    """The register as it stands, indexed for matching."""

    def __init__(self, session: Session) -> None:
        self.session = session
        person, home = Person.__table__, Household.__table__
        self.people = [
            dict(row) for row in session.execute(select(person).where(person.c.retired.is_(False))).mappings()
        ]
        lived_in = {row["household_id"] for row in self.people}
        # An undo may have retired a household in which somebody stayed who was edited since; it is still his.
        self.households = {
            row.id: KnownHousehold(row.id, row.number, row.group_name, row.retired)
            for row in session.execute(select(home))
            if not row.retired or row.id in lived_in
        }
        stays = select(HouseholdStay.person_id, HouseholdStay.household_id, HouseholdStay.ended_on).where(
            # What another list said is no fact of anybody's life.
            HouseholdStay.retired.is_(False),
            HouseholdStay.reason != BY_ROSTER,
        )
        self.left = {(row.person_id, row.household_id): row.ended_on for row in session.execute(stays)}
        self.by_number: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in self.people:
            if row["identity"]:
                self.by_number[row["identity"]].append(row)
            self.by_name[row["name"]].append(row)
        self.births = {row["id"]: row["birth"] or "" for row in self.people}
        self.by_household_key: dict[str, list[KnownHousehold]] = defaultdict(list)
        for household in self.households.values():
            if household.number:
                self.by_household_key[household_key(household.number)].append(household)

    def plan(self, roster: Roster) -> list[PlannedPerson]:
        """One plan a line, in the order of the roster."""
        households = self._plan_households(roster)
        planned = [PlannedPerson(line, households.get(line.household)) for line in roster.lines]
        for one in planned:
            number = one.line.values.get(Field.IDENTITY, "")
            if not one.line.refused and number:
                self._by_identity(one, number)
        # What an identity number settles is known to the rows that only have a name.
        settled = {one.known["id"]: one.line.values.get(Field.BIRTH, "") for one in planned if one.known is not None}
        for row in self.people:
            self.births[row["id"]] = row["birth"] or settled.get(row["id"], "")
        self._settle_households_by_members(planned)
        claims: dict[str, list[PlannedPerson]] = defaultdict(list)
        for one in planned:
            if not one.line.refused and one.known is None and not one.fault:
                self._by_name(one)
            if one.known is not None:
                claims[one.known["id"]].append(one)
        for rows in claims.values():
            if len(rows) > 1:
                _refuse_claims(rows)
        for one in planned:
            if one.known is not None:
                self._leave_where_they_went(one, one.known)
                one.changes = _changes(one.line, one.known)
                if one.went:
                    one.changes.pop("relation", None)
        beyond = BeyondPlanner(self.session, roster.lines)
        for one in planned:
            if not one.fault:
                one.beyond = beyond.plan(one.line, one.known, one.home, one.changes)
        return planned

    def _leave_where_they_went(self, one: PlannedPerson, known: Mapping[str, Any]) -> None:
        """Somebody who married or moved out of the household that the list names stays where he is."""
        home = one.household.known if one.household is not None else None
        if home is None or home.id == known["household_id"] or (known["id"], home.id) not in self.left:
            return
        one.went = True
        day = self.left[known["id"], home.id]
        when = chinese_date(day) if day else "以前"
        one.note += f"{known['name']}{when}已从这一户转出，导入不把人转回去；确实搬回来的，请在人员卡上办理转户。"

    # households

    def _plan_households(self, roster: Roster) -> dict[str, PlannedHousehold]:
        found: dict[str, PlannedHousehold] = {}
        for line in roster.lines:
            if not line.household:
                continue
            planned = found.get(line.household)
            if planned is None:
                planned = found[line.household] = PlannedHousehold(line.household, "", "")
            planned.number = planned.number or line.values.get(Field.HOUSEHOLD_NO, "")
            planned.group = planned.group or line.values.get(Field.GROUP, "")
        for planned in found.values():
            if planned.number:
                planned.known = self._household(planned, roster.numbers_restart)
        return found

    def _household(self, planned: PlannedHousehold, restart: bool) -> KnownHousehold | None:
        same = self.by_household_key.get(household_key(planned.number), [])
        exact = [household for household in same if household.group == planned.group]
        if exact:
            return exact[0]
        if len(same) == 1 and (not restart or not planned.group or not same[0].group):
            return same[0]
        return None

    def _settle_households_by_members(self, planned: list[PlannedPerson]) -> None:
        """A household without a number is the one in which its head, or else its first known member, already lives."""
        for one in planned:
            household = one.household
            if household is None or household.number or household.known is not None:
                continue
            known = one.known
            if known is None and read_kinship(one.line.values.get(Field.RELATION, "")) is Kinship.HEAD:
                known = self._head_by_name(one.line, household.group)
            if known is not None:
                household.known = self.households.get(known["household_id"])

    def _head_by_name(self, line: Line, group: str) -> Mapping[str, Any] | None:
        candidates = [
            row
            for row in self.by_name.get(line.name, ())
            if read_kinship(row["relation"]) is Kinship.HEAD
            and self._births_agree(line, row)
            and (not group or self._group(row) == group)
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _group(self, row: Mapping[str, Any]) -> str:
        household = self.households.get(row["household_id"])
        return household.group if household else str(row["group_name"])

    # persons

    def _by_identity(self, one: PlannedPerson, number: str) -> None:
        same = self.by_number.get(number, [])
        if len(same) > 1:
            names = "、".join(str(row["name"]) for row in same)
            one.fault = f"这个身份证号已登记在{names}名下，请先核对是不是登记重了。"
        elif same:
            one.known = same[0]

    def _by_name(self, one: PlannedPerson) -> None:
        line = one.line
        named = [row for row in self.by_name.get(line.name, ()) if self._births_agree(line, row)]
        found = self._candidates(one, named)
        number = line.values.get(Field.IDENTITY)
        if number:
            other = [row for row in found if row["identity"]]
            found = [row for row in found if not row["identity"]]
            if other and not found and line.values.get(Field.BIRTH) == other[0]["birth"]:
                tail = other[0]["identity"][-4:]
                one.fault = f"{line.name}已登记了另一个身份证号（末四位{tail}），请核对后在人员卡上修改。"
                return
        if len(found) == 1:
            one.known = found[0]
        elif len(found) > 1:
            where = "这一户有" if one.household else "已登记了"
            one.fault = f"{where}{len(found)}位{line.name}，分不清是哪一位，请补上身份证号或出生日期。"
        elif named and not number and not line.values.get(Field.BIRTH) and one.household is None:
            one.fault = f"已登记了{line.name}，这一行没有身份证号、出生日期和户号，分不清是不是同一个人，请补上一项。"
        elif not number and any(row["birth"] and row["birth"] == line.values.get(Field.BIRTH) for row in named):
            one.note = "别的户里有同名、同出生日期的人，请核对是不是同一个人。"

    def _births_agree(self, line: Line, row: Mapping[str, Any]) -> bool:
        said, known = line.values.get(Field.BIRTH, ""), self.births[row["id"]]
        return not said or not known or agrees(said, known)

    def _candidates(self, one: PlannedPerson, named: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Whom of the namesakes the line can mean: those of its household, of its birth date, or as bare as it is."""
        if one.household is not None:
            known = one.household.known
            here = [row for row in named if known is not None and row["household_id"] == known.id]
            if here or known is None or not one.line.values.get(Field.BIRTH):
                return here
            # An old list still has those who moved out of this household since.
            return [row for row in named if self.births[row["id"]] and (row["id"], known.id) in self.left]
        if one.line.values.get(Field.BIRTH):
            return [row for row in named if self.births[row["id"]]]
        group = one.line.values.get(Field.GROUP, "")
        return [
            row
            for row in named
            if not (row["birth"] or row["identity"] or row["household_id"]) and row["group_name"] == group
        ]


def _refuse_claims(rows: list[PlannedPerson]) -> None:
    """Several rows seem to be one registered person: whom a number names stays, the others must be told apart."""
    certain = [
        one
        for one in rows
        if one.known and one.known["identity"] and one.known["identity"] == one.line.values.get(Field.IDENTITY)
    ]
    for one in rows:
        if certain and one is certain[0]:
            continue
        other = next(each for each in rows if each is not one)
        name = one.known["name"] if one.known else one.line.name
        one.fault = f"与第{other.line.row}行的{other.line.name}都像是已登记的{name}，请补上身份证号。"
    for one in rows:
        if one.fault:
            one.known = None


def _changes(line: Line, known: Mapping[str, Any]) -> dict[str, Any]:
    """Columns whose value the line changes; a blank or a coarser date changes nothing."""
    found: dict[str, Any] = {}
    for one, column in COLUMN_OF.items():
        value = line.values.get(one)
        before = known[column] or ""
        if not value or value == before:
            continue
        if one is Field.BIRTH and before.startswith(value):
            continue
        found[column] = str(value)
    if line.kept and line.kept != (known["identity_reason"] or ""):
        found["identity_reason"] = line.kept
    return found
