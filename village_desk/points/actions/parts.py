"""What the acts of points share: the record that is meant, who acts, and the next line of the ledger."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.notices.actions import holds_series
from village_desk.notices.rules.kinds import next_number
from village_desk.people.lookups import kin_homes
from village_desk.points.lookups import subject
from village_desk.points.lookups.rows import ItemRow, RuleSetRow, SubjectRow
from village_desk.points.records import PointApplication, PointEntry
from village_desk.points.rules.entries import Actor, ApplicationState
from village_desk.points.rules.sets import SubjectKind
from village_desk.store.acts import act, add_many


@dataclass(frozen=True)
class Many:
    """What an act on many came to: the ids that went through, and a sentence for each that did not."""

    done: tuple[str, ...]
    left: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """How many went through and why the others did not."""
        first = f"还有{len(self.left)}笔没办成：{self.left[0]}" if self.left else ""
        return f"{len(self.done)}笔已办。{first}" if first else f"{len(self.done)}笔已办。"


def open_application(session: Session, application_id: str) -> PointApplication:
    """An application that is still on its way. Raises NotFound, NotAllowed."""
    found = session.get(PointApplication, application_id)
    if found is None or found.retired:
        raise NotFound("找不到这笔积分申报。", "它可能还在另一台电脑上，请先导入备份或上报包。")
    if found.state == ApplicationState.BOOKED:
        raise NotAllowed("这一笔已经入账。", "记错了请点“更正这一笔”。")
    if found.state == ApplicationState.REFUSED:
        raise NotAllowed("这一笔审核没有通过。", "补充依据后可以重新申报。")
    if found.state == ApplicationState.WITHDRAWN:
        raise NotAllowed("这一笔已经撤回。", "需要时请重新申报。")
    return found


def item_row(found: RuleSetRow, item_id: str) -> ItemRow:
    """An item of a set. Raises NotFound."""
    row = found.item(item_id)
    if row is None:
        raise NotFound(f"《{found.name}》里没有这条积分项目。", "它可能已经停用，请重新选择。")
    return row


def scored(session: Session, found: RuleSetRow, subject_id: str) -> SubjectRow:
    """A subject of a set. Raises NotFound."""
    who = subject(session, found.subject, subject_id)
    if who is None:
        raise NotFound(f"名册里找不到要记分的{found.subject_words}。", "请先在村民页核对。")
    return who


def person(session: Session, person_id: str) -> SubjectRow:
    """Somebody of the register. Raises NotFound."""
    found = subject(session, SubjectKind.VILLAGER, person_id) if person_id else None
    if found is None:
        raise NotFound("名册里找不到这个人。", "请从名册里选。")
    return found


def actors(session: Session, person_ids: Iterable[str]) -> tuple[Actor, ...]:
    """People who act, with their own and related households. Raises NotFound."""
    found = [person(session, each) for each in person_ids]
    kin = kin_homes(session, [each.id for each in found], on=act(session).today)
    return tuple(Actor(each.id, each.name, "", each.household_id, tuple(kin[each.id].items())) for each in found)


def named(who: SubjectRow) -> str:
    """三组张大山家."""
    return f"{who.group}{who.name}" if who.group else who.name


def add_lines(
    session: Session, lines: Sequence[dict[str, Any]], *, booked_on: dt.date | None = None
) -> list[int | None]:
    """Write lines of the ledger with the next numbers of the year, where this laptop numbers; returns the numbers."""
    if not lines:
        return []
    day = booked_on or act(session).today
    taken = session.scalar(select(func.max(PointEntry.number)).where(PointEntry.year == day.year))
    first = next_number((taken,) if taken else (), holds_series=holds_series(session))
    numbers = [None if first is None else first + place for place in range(len(lines))]
    add_many(
        session,
        PointEntry,
        [
            {**line, "booked_on": day, "year": day.year, "number": number}
            for line, number in zip(lines, numbers, strict=True)
        ],
    )
    return numbers
