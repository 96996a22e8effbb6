"""Holds a line against the register beyond the persons: counts, absence, the representatives, the grid."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.people.actions.roster_beyond.findings import Beyond, day_of, living
from village_desk.people.actions.roster_beyond.membership import PARTY_FIELDS, MembershipPlanner
from village_desk.people.lookups.aliases import aliases
from village_desk.people.records import (
    GridHousehold,
    GridUnit,
    Organisation,
    PersonEvent,
    PersonStanding,
    Post,
    Term,
)
from village_desk.people.rules.bodies import Body, Candidate, Role, check_appointment
from village_desk.people.rules.changes import ABSENCE_WORDS, Absence, Change
from village_desk.people.rules.roster import DAY_FIELDS, NO, YES, CellState, Field, Line
from village_desk.people.rules.standings import STANDING_WORDS, Period, Standing
from village_desk.people.rules.words import PERSON_STATE_WORDS, Living, PersonState, Sex
from village_desk.store.acts import act, add_many, change_many
from village_desk.store.base import Record

_STANDINGS = (
    (Standing.RESIDENT, Field.LIVING, Field.RESIDENT_ON),
    (Standing.VOTER, Field.VOTER, Field.VOTER_ON),
    (Standing.COLLECTIVE, Field.COLLECTIVE, Field.COLLECTIVE_ON),
)
_STATE_DAYS = {Field.MOVED_OUT_ON: PersonState.MOVED_OUT, Field.DIED_ON: PersonState.DEAD}
_OFFICE_BY_ROSTER = "按导入的名单登记"
_BEYOND = frozenset(
    {
        Field.STATE,
        Field.VOTER,
        Field.COLLECTIVE,
        Field.LIVING,
        Field.REPRESENTATIVE,
        Field.GRID,
        *PARTY_FIELDS,
        *DAY_FIELDS,
    }
)


class BeyondPlanner:
    """The register beyond the persons as it stands, for the fields that a roster has; `plan` judges one line."""

    def __init__(self, session: Session, lines: Iterable[Line]) -> None:
        fields: set[Field] = set().union(*(line.values for line in lines))
        self.today = act(session).today
        self.of = aliases(session).of
        self.busy = bool(fields & _BEYOND)
        self.standings: dict[tuple[str, str], list[PersonStanding]] = defaultdict(list)
        self.absences: dict[str, PersonEvent] = {}
        self.meeting = ""
        self.posts: dict[str, Post] = {}
        self.units: dict[str, list[str]] = defaultdict(list)
        self.unit_names: dict[str, str] = {}
        self.places: dict[str, str] = {}
        if fields & {one for _, *pair in _STANDINGS for one in pair}:
            for entry in living(session, PersonStanding):
                self.standings[self.of(entry.person_id), entry.kind].append(entry)
        if Field.STATE in fields:
            for event in living(session, PersonEvent):
                if event.kind == Change.AWAY and event.ended_on is None:
                    self.absences[self.of(event.person_id)] = event
        self.party = MembershipPlanner(session, self.of) if fields & {*PARTY_FIELDS} else None
        if fields & {Field.REPRESENTATIVE, Field.ELECTED_ON}:
            self._read_meeting(session)
        if Field.GRID in fields:
            self._read_grid(session)

    def _read_meeting(self, session: Session) -> None:
        kinds = [one for one in living(session, Organisation) if one.kind == Body.REPRESENTATIVES_MEETING]
        self.meeting = kinds[0].id if kinds else ""
        self.terms = sorted(
            (term.from_on, term.id)
            for term in living(session, Term)
            if term.organisation_id == self.meeting and term.from_on
        )
        for post in living(session, Post):
            if post.organisation_id == self.meeting and post.role == Role.REPRESENTATIVE and post.ended_on is None:
                self.posts[self.of(post.person_id)] = post

    def _read_grid(self, session: Session) -> None:
        units = [one for one in living(session, GridUnit) if one.ended_on is None]
        above = {one.parent_id for one in units}
        for unit in units:
            if unit.id not in above:
                self.units[unit.name].append(unit.id)
            self.unit_names[unit.id] = unit.name
        for place in living(session, GridHousehold):
            if place.ended_on is None:
                self.places[place.household_id] = place.grid_id

    def plan(self, line: Line, known: Mapping[str, Any] | None, home: str, changes: dict[str, Any]) -> Beyond:
        """What the line adds to a person; `home` names its household, `changes` are those of the person's own columns.

        What must not be changed by a word without a day is taken out of `changes`.
        """
        made = Beyond()
        if not self.busy or line.refused:
            return made
        values, person_id = line.values, known["id"] if known is not None else ""
        if values.get(Field.CAME_ON) and made.set(
            Field.CAME_ON, known and known["came_on"], day_of(values, Field.CAME_ON)
        ):
            made.person["came_on"] = day_of(values, Field.CAME_ON)
        self._state(made, values, known)
        for standing, said, day in _STANDINGS:
            self._standing(made, values, person_id, standing, said, day, changes)
        if self.party is not None and any(values.get(one) for one in PARTY_FIELDS):
            self.party.plan(made, values, known, changes)
        if values.get(Field.REPRESENTATIVE) or values.get(Field.ELECTED_ON):
            self._representative(made, line, known)
        if values.get(Field.GRID):
            self._grid(made, values[Field.GRID], home)
        return made

    def _state(self, made: Beyond, values: Mapping[Field, str], known: Mapping[str, Any] | None) -> None:
        said, on = values.get(Field.STATE, ""), day_of(values, Field.STATE_ON)
        for one, state in _STATE_DAYS.items():
            if values.get(one) and said in ("", state):
                said, on = state.value, day_of(values, one)
        fields = (Field.STATE, Field.STATE_ON, *_STATE_DAYS)
        if not said:
            made.leave(fields, values, "没有写明是什么状态，日期不采用。")
            return
        now = PersonState(known["state"]) if known is not None else PersonState.ON_ROLL
        if said in set(Absence):
            self._absence(made, values, self.absences.get(known["id"]) if known is not None else None, said, on)
        elif said == now:
            for one in fields:
                made.tell(one, CellState.UNCHANGED)
        elif known is None:
            made.person |= {"state": said, "state_on": on}
            kind = Change.DIED if said == PersonState.DEAD else Change.MOVED_OUT
            made.rows.append((PersonEvent, {"kind": kind.value, "happened_on": on}))
        else:
            reason = f"现在登记的是{PERSON_STATE_WORDS[now]}；去世、迁出和迁回会连带职务、党籍，请在人员卡上办理。"
            made.leave(fields, values, reason)

    def _absence(
        self, made: Beyond, values: Mapping[Field, str], open_one: PersonEvent | None, said: str, on: dt.date | None
    ) -> None:
        fields = (Field.STATE, Field.STATE_ON)
        if open_one is None:
            row = {"kind": Change.AWAY.value, "ground": said, "happened_on": on}
            place = values.get(Field.WORK)
            made.rows.append((PersonEvent, {**row, "place": place} if place else row))
            made.leave(_STATE_DAYS, values, "人还在册，这个日期不采用。")
            for one in fields:
                made.tell(one, CellState.NEW)
        elif open_one.ground == said and (on is None or on == open_one.happened_on):
            for one in fields:
                made.tell(one, CellState.UNCHANGED)
        else:
            ground = ABSENCE_WORDS[Absence(open_one.ground)] if open_one.ground in set(Absence) else "外出"
            since = f"{chinese_date(open_one.happened_on)}起" if open_one.happened_on else ""
            made.leave(fields, values, f"已登记为{since}{ground}，还没有登记回来，请在人员卡上办理。")

    def _standing(
        self,
        made: Beyond,
        values: Mapping[Field, str],
        person_id: str,
        standing: Standing,
        said_in: Field,
        day_in: Field,
        changes: dict[str, Any],
    ) -> None:
        said, on = values.get(said_in, ""), day_of(values, day_in)
        entries = self.standings.get((person_id, standing.value), []) if person_id else []
        if not said and on is None:
            return
        words = STANDING_WORDS[standing]
        if standing is Standing.RESIDENT:
            if entries and "living" in changes:
                changes.pop("living")
                made.tell(said_in, CellState.LEFT_OUT, "常住情况是带日期登记的，请在人员卡上改。")
            if on is None:
                return
            said = NO if said == Living.AWAY else YES
        open_one = next((one for one in entries if one.ended_on is None), None)
        if said == NO:
            ends = f"已登记为{words}；结束要写原因和日期，请在人员卡上办理。"
            if standing is not Standing.RESIDENT:
                made.tell(said_in, CellState.LEFT_OUT if open_one else CellState.UNCHANGED, ends if open_one else "")
            made.leave((day_in,), values, f"写的是{'外出' if standing is Standing.RESIDENT else '否'}，日期不采用。")
            return
        own = () if standing is Standing.RESIDENT else (said_in,)
        begins = on if on is not None or open_one is None else open_one.from_on
        if any(one.meets(Period(begins, None)) for one in _ended(entries)):
            made.leave((*own, day_in), values, f"以前登记过{words}又结束了，再登记的起始日期要在那以后，请写明日期。")
            return
        if open_one is None:
            made.rows.append((PersonStanding, {"kind": standing.value, "from_on": on}))
            if standing is Standing.RESIDENT and not values.get(said_in):
                made.person["living"] = Living.HERE.value
            for one in (*own, day_in):
                made.tell(one, CellState.NEW)
            return
        for one in own:
            made.tell(one, CellState.UNCHANGED)
        if on is not None and made.set(day_in, open_one.from_on, on):
            made.changes[PersonStanding, open_one.id] = {"from_on": on}

    def _representative(self, made: Beyond, line: Line, known: Mapping[str, Any] | None) -> None:
        values, fields = line.values, (Field.REPRESENTATIVE, Field.ELECTED_ON)
        post = self.posts.get(known["id"]) if known is not None else None
        on = day_of(values, Field.ELECTED_ON)
        if values.get(Field.REPRESENTATIVE) == NO:
            reason = "已登记为村民代表；离任要写日期和原因，请在“组织与职务”里办理。" if post else ""
            made.tell(Field.REPRESENTATIVE, CellState.LEFT_OUT if post else CellState.UNCHANGED, reason)
            return
        if post is not None:
            made.tell(Field.REPRESENTATIVE, CellState.UNCHANGED)
            since = chinese_date(post.from_on) if post.from_on else "以前"
            same = on is None or on == post.from_on
            reason = "" if same else f"已登记从{since}起任村民代表，日期不对的请在“组织与职务”里改。"
            made.tell(Field.ELECTED_ON, CellState.UNCHANGED if same else CellState.LEFT_OUT, reason)
            return
        begins = on or next((day for day, _ in reversed(self.terms) if day <= self.today), None) if self.meeting else on
        if not self.meeting or begins is None:
            lacking = "请写明当选日期" if self.meeting else "还没有建立村民代表会议，请先在“组织与职务”里建立"
            made.leave(fields, values, f"{lacking}，再导入一次。")
            return
        state = PersonState(made.person.get("state") or (known["state"] if known is not None else PersonState.ON_ROLL))
        birth = values.get(Field.BIRTH) or (known["birth"] if known is not None else "") or ""
        try:
            candidate = Candidate("", line.name, Sex(values.get(Field.SEX, "")), birth, state, False)
            check_appointment(candidate, Role.REPRESENTATIVE, self.meeting, (), (), on=begins)
        except NotAllowed as fault:
            made.leave(fields, values, fault.message)
            return
        term = next((one for day, one in reversed(self.terms) if day <= begins), "")
        row = {"organisation_id": self.meeting, "role": Role.REPRESENTATIVE.value, "term_id": term, "from_on": begins}
        made.rows.append((Post, {**row, "how": _OFFICE_BY_ROSTER}))
        for one in fields:
            made.tell(one, CellState.NEW)

    def _grid(self, made: Beyond, name: str, home: str) -> None:
        units = self.units.get(name, [])
        if len(units) != 1:
            reason = (
                f"村里有{len(units)}个网格叫“{name}”，分不清是哪一个。" if units else f"没有名叫“{name}”的末级网格。"
            )
            made.tell(Field.GRID, CellState.LEFT_OUT, reason + "请在“网格”里核对。")
        elif not home:
            made.tell(Field.GRID, CellState.LEFT_OUT, "这一行没有户，网格是按户登记的。")
        elif self.places.get(home) == units[0]:
            made.tell(Field.GRID, CellState.UNCHANGED)
        else:
            now = self.unit_names.get(self.places.get(home, ""), "")
            made.tell(Field.GRID, CellState.CHANGED if now else CellState.NEW, old=now)
            made.grid = self.places[home] = units[0]


def write_beyond(session: Session, written: Iterable[tuple[Beyond, str, str]]) -> None:
    """Write what the lines say beyond their persons: (what was planned, the person's id, the household's id)."""
    rows: dict[type[Record], list[dict[str, Any]]] = defaultdict(list)
    changes: dict[type[Record], dict[str, dict[str, Any]]] = defaultdict(dict)
    grids: dict[str, str] = {}
    for beyond, person_id, household_id in written:
        for record, values in beyond.rows:
            rows[record].append({"person_id": person_id, **values})
        for (record, record_id), changed in beyond.changes.items():
            changes[record][record_id] = changed
        if beyond.grid and household_id:
            grids[household_id] = beyond.grid
    for record, added in rows.items():
        add_many(session, record, added)
    today = act(session).today
    if grids:
        for place in living(session, GridHousehold):
            if place.household_id in grids and place.ended_on is None:
                changes[GridHousehold][place.id] = {"ended_on": today}
        moved = [{"household_id": one, "grid_id": unit, "from_on": today} for one, unit in grids.items()]
        add_many(session, GridHousehold, moved)
    for record, altered in changes.items():
        change_many(session, record, altered)


def _ended(entries: Iterable[PersonStanding]) -> list[Period]:
    return [Period(one.from_on, one.ended_on) for one in entries if one.ended_on is not None]
