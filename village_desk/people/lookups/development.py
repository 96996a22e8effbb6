"""The way to membership as lists and cards show it: steps with days, what is lacking, when the next one is due."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.rolls import branch_rule
from village_desk.people.records import (
    DevelopmentStep,
    PartyMembership,
    Person,
    PersonSearch,
    Post,
    VolunteerTime,
    kept_id,
)
from village_desk.people.rules.dates import age_on
from village_desk.people.rules.development import (
    STAGE_WORDS,
    Record,
    Stage,
    Step,
    earliest,
    hours_words,
    next_stage,
    step_lacks,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.store.acts import act


@dataclass(frozen=True)
class Facts:
    """What the way of one person to membership is judged from."""

    steps: tuple[Step, ...]
    record: Record
    extended_to: dt.date | None


@dataclass(frozen=True)
class TimeRow:
    """One entry of voluntary work."""

    id: str
    on: dt.date | None
    minutes: int
    what: str


@dataclass(frozen=True)
class DevelopmentRow:
    """One person on the way: `id` is the person's, `next_on` the first day on which the next step is in order."""

    id: str
    name: str
    sex: str
    group: str
    age: int | None
    steps: tuple[Step, ...]
    mentors: str
    minutes: int
    had_post: bool
    extended_to: dt.date | None
    next_stage: Stage | None
    next_on: dt.date | None
    lacking: tuple[str, ...]

    @property
    def stage(self) -> Stage:
        """The step reached last."""
        return self.steps[-1].stage

    def day_of(self, stage: Stage) -> str:
        """The day of a step in words; empty for a step that was not taken."""
        found = next((step for step in self.steps if step.stage is stage), None)
        if found is None:
            return ""
        return chinese_date(found.on) if found.on else "未登记"

    @property
    def hours(self) -> str:
        """Voluntary work so far."""
        return hours_words(self.minutes) if self.minutes else "未登记"

    @property
    def next_words(self) -> str:
        """What comes next and from when, as a sentence."""
        if self.next_stage is None:
            return "已经停止培养。" if self.stage is Stage.ENDED else "已经转为正式党员。"
        words = STAGE_WORDS[self.next_stage]
        if self.next_on is None:
            return f"下一步是{words}。"
        return f"下一步是{words}，最早{chinese_date(self.next_on)}。"


def facts_of(session: Session, person_id: str) -> Facts:
    """What is registered about one person's way to membership; admission and confirmation as the membership says."""
    return _facts(session, [person_id]).get(person_id, Facts((), Record(), None))


def lacks(session: Session, person_id: str, stage: Stage, on: dt.date) -> tuple[str, ...]:
    """What is not in order about a step on that day, in sentences."""
    facts = facts_of(session, person_id)
    rows = rulebook(session).party_rules(on)
    return step_lacks(stage, on, facts.steps, facts.record, branch_rule(session, on), facts.extended_to, rows)


def development_rows(session: Session, *, with_done: bool = False) -> tuple[DevelopmentRow, ...]:
    """Everybody on the way to membership, the furthest first; `with_done` also who became full or was given up."""
    today = act(session).today
    ids = set(session.scalars(select(kept_id(DevelopmentStep.person_id)).where(DevelopmentStep.retired.is_(False))))
    ids |= set(
        session.scalars(
            select(kept_id(PartyMembership.person_id)).where(
                PartyMembership.retired.is_(False),
                PartyMembership.probationary.is_(True),
                PartyMembership.left_on.is_(None),
            )
        )
    )
    facts, rule = _facts(session, sorted(ids)), branch_rule(session, today)
    rows = rulebook(session).party_rules(today)
    mentors = {
        row.person_id: row.mentors
        for row in session.execute(
            select(DevelopmentStep.person_id, DevelopmentStep.mentors)
            .where(DevelopmentStep.retired.is_(False), DevelopmentStep.mentors != "")
            .order_by(DevelopmentStep.stepped_on)
        )
    }
    found = []
    for person in session.scalars(select(PersonSearch).where(PersonSearch.person_id.in_(sorted(ids)))):
        one = facts.get(person.person_id)
        if one is None or not one.steps:
            continue
        coming = next_stage(one.steps)
        if coming is None and not with_done:
            continue
        found.append(
            DevelopmentRow(
                person.person_id,
                person.name,
                person.sex,
                person.group_name,
                age_on(person.birth, today),
                one.steps,
                mentors.get(person.person_id, ""),
                one.record.minutes,
                one.record.had_post,
                one.extended_to,
                coming,
                (one.extended_to if coming is Stage.FULL else None) or earliest(coming, one.steps, rows),
                step_lacks(coming, today, one.steps, one.record, rule, one.extended_to, rows) if coming else (),
            )
        )
    place = {stage: i for i, stage in enumerate(Stage)}
    return tuple(sorted(found, key=lambda row: (-place[row.stage], row.name)))


def voluntary_time(session: Session, person_id: str) -> tuple[TimeRow, ...]:
    """Voluntary work of one person, the latest first."""
    rows = session.scalars(
        select(VolunteerTime)
        .where(kept_id(VolunteerTime.person_id) == person_id, VolunteerTime.retired.is_(False))
        .order_by(VolunteerTime.done_on.desc(), VolunteerTime.id)
    )
    return tuple(TimeRow(row.id, row.done_on, row.minutes, row.what) for row in rows)


def _facts(session: Session, ids: list[str]) -> dict[str, Facts]:
    steps: dict[str, dict[Stage, Step]] = {}
    known = aliases(session)
    for row in session.scalars(
        select(DevelopmentStep)
        .where(kept_id(DevelopmentStep.person_id).in_(ids), DevelopmentStep.retired.is_(False))
        .order_by(DevelopmentStep.stepped_on)
    ):
        if row.stage in set(Stage):
            own = steps.setdefault(known.of(row.person_id), {})
            own[Stage(row.stage)] = Step(Stage(row.stage), row.stepped_on, row.despite)
    extended: dict[str, dt.date | None] = {}
    for member in session.scalars(
        select(PartyMembership).where(
            kept_id(PartyMembership.person_id).in_(ids),
            PartyMembership.retired.is_(False),
            PartyMembership.left_on.is_(None),
        )
    ):
        who = known.of(member.person_id)
        own = steps.setdefault(who, {})
        extended[who] = member.extended_to
        # What the membership says is the truth; the step only keeps the reason.
        despite = own[Stage.PROBATIONARY].despite if Stage.PROBATIONARY in own else ""
        own[Stage.PROBATIONARY] = Step(Stage.PROBATIONARY, member.joined_on, despite)
        if member.probationary:
            own.pop(Stage.FULL, None)
        else:
            despite = own[Stage.FULL].despite if Stage.FULL in own else ""
            own[Stage.FULL] = Step(Stage.FULL, member.full_on, despite)
    posts = set(
        session.scalars(
            select(kept_id(Post.person_id)).where(kept_id(Post.person_id).in_(ids), Post.retired.is_(False))
        )
    )
    minutes = {
        row.person_id: row.whole
        for row in session.execute(
            select(kept_id(VolunteerTime.person_id).label("person_id"), func.sum(VolunteerTime.minutes).label("whole"))
            .where(kept_id(VolunteerTime.person_id).in_(ids), VolunteerTime.retired.is_(False))
            .group_by(kept_id(VolunteerTime.person_id))
        )
    }
    births = {
        row.id: row.birth or "" for row in session.execute(select(Person.id, Person.birth).where(Person.id.in_(ids)))
    }
    order = {stage: place for place, stage in enumerate(Stage)}
    return {
        one: Facts(
            tuple(sorted(steps.get(one, {}).values(), key=lambda step: order[step.stage])),
            Record(births.get(one, ""), one in posts, int(minutes.get(one, 0) or 0)),
            extended.get(one),
        )
        for one in ids
    }
