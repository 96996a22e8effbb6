"""The way to party membership as the desk keeps it: the steps with their days, voluntary work, what was lacking."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import chinese_date, tidy
from village_desk.people.actions.checking import find_person, refuse_future
from village_desk.people.actions.party import add_party_member, confirm_full_member
from village_desk.people.lookups.development import facts_of, lacks
from village_desk.people.records import DevelopmentStep, VolunteerTime, kept_id
from village_desk.people.rules.development import STAGE_WORDS, Stage, order_fault
from village_desk.people.rules.words import PersonState
from village_desk.store.acts import retire


def take_step(
    session: Session,
    *,
    person_id: str,
    stage: str,
    on: dt.date,
    mentors: str = "",
    despite: str = "",
    branch_id: str = "",
) -> tuple[str, ...]:
    """Record a step on the way to membership; returns what was lacking, in sentences, which stays on the card.

    Admission makes the person a probationary member and confirmation a full one. Where something is lacking (the
    least time, a post, voluntary work) `despite` says why the step was taken all the same. Raises NotAllowed without
    that reason, for a day before an earlier step, and for a step that is registered.
    """
    wanted, person = _stage(stage), find_person(session, person_id)
    if person.state == PersonState.DEAD:
        raise NotAllowed(f"{person.name}已登记为去世。", "如果登记错了，请撤销那一步。")
    refuse_future(session, on, "日期")
    facts = facts_of(session, person_id)
    if any(step.stage is Stage.ENDED for step in facts.steps) and wanted is not Stage.APPLICANT:
        raise NotAllowed(f"{person.name}已经登记为不再培养。", "重新递交申请的，请从入党申请人开始登记。")
    if any(step.stage is wanted for step in facts.steps):
        raise NotAllowed(f"{person.name}已经登记为{STAGE_WORDS[wanted]}。", "日期不对的，请先去掉原来那一步。")
    fault = order_fault(wanted, on, facts.steps)
    if fault:
        raise NotAllowed(fault, "请核对日期。")
    found = lacks(session, person_id, wanted, on)
    if found and not tidy(despite):
        raise NotAllowed("".join(found), "确实已经这样办了的，请照实登记日期并写明原因。")
    if wanted is Stage.PROBATIONARY:
        add_party_member(session, person_id=person_id, probationary=True, joined_on=on, branch_id=branch_id)
    elif wanted is Stage.FULL:
        confirm_full_member(session, person_id=person_id, on=on)
    if wanted is Stage.APPLICANT:
        _begin_again(session, person_id)
    session.add(
        DevelopmentStep(
            person_id=person_id,
            stage=wanted.value,
            stepped_on=on,
            mentors=tidy(mentors),
            despite=tidy(despite) if found else "",
        )
    )
    session.flush()
    return found


def take_back_step(session: Session, *, person_id: str, stage: str) -> None:
    """Take away a step that was entered wrongly, the latest only; what the membership says is undone on its own."""
    wanted, person = _stage(stage), find_person(session, person_id)
    if wanted in (Stage.PROBATIONARY, Stage.FULL):
        raise NotAllowed("入党和转正的日期请在“修改党员信息”里更正。", "登记错了的，也可以在“最近操作”里撤销那一步。")
    steps = _steps(session, person_id)
    if not steps or steps[-1].stage != wanted:
        raise NotAllowed(
            f"{person.name}的这一步后面还有别的步骤，或者没有登记过。", "只能从最后一步开始，一步一步往回去掉。"
        )
    retire(session, steps[-1])


def add_voluntary_time(session: Session, *, person_id: str, on: dt.date, minutes: int, what: str) -> str:
    """Voluntary work of an activist or member on a day, in minutes; returns the entry's id."""
    find_person(session, person_id)
    refuse_future(session, on, "服务日期")
    if not 0 < minutes <= 24 * 60:
        raise NotAllowed("一天的志愿服务时间在1分钟到24小时之间。", "请核对时间。")
    if not tidy(what):
        raise NotAllowed("请写明做了什么。", "例如打扫村口、值守防火。")
    that_day = session.scalar(
        select(func.sum(VolunteerTime.minutes)).where(
            kept_id(VolunteerTime.person_id) == person_id, VolunteerTime.done_on == on, VolunteerTime.retired.is_(False)
        )
    )
    if (that_day or 0) + minutes > 24 * 60:
        raise NotAllowed(f"{chinese_date(on)}已经登记了{(that_day or 0) // 60}小时，加起来超过一天。", "请核对时间。")
    made = VolunteerTime(person_id=person_id, done_on=on, minutes=minutes, what=tidy(what))
    session.add(made)
    session.flush()
    return made.id


def take_back_time(session: Session, *, entry_id: str) -> None:
    """Take away voluntary work that was entered wrongly."""
    entry = session.get(VolunteerTime, entry_id)
    if entry is None or entry.retired:
        raise NotFound("找不到这条志愿服务。", "可能刚被撤销，请刷新后再查。")
    retire(session, entry)


def _begin_again(session: Session, person_id: str) -> None:
    """A new application after the way was given up: the old steps leave the card and stay in the journal."""
    for step in _steps(session, person_id):
        step.retired = True


def _steps(session: Session, person_id: str) -> list[DevelopmentStep]:
    return list(
        session.scalars(
            select(DevelopmentStep)
            .where(kept_id(DevelopmentStep.person_id) == person_id, DevelopmentStep.retired.is_(False))
            .order_by(DevelopmentStep.stepped_on, DevelopmentStep.id)
        )
    )


def _stage(stage: str) -> Stage:
    try:
        return Stage(stage)
    except ValueError:
        raise NotAllowed(f"没有“{stage}”这一步。", "请从列表里选。") from None
