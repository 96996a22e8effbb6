"""Duties to post: opened by a decision, a damage or a date; the same cause opens one duty."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.notices.records import Duty
from village_desk.notices.rules.kinds import NoticeKind


def add_duty(
    session: Session,
    *,
    item: str,
    about: str,
    source_room: str,
    source_id: str,
    due_on: dt.date | None,
    kind: str = NoticeKind.PUBLICATION,
    legal_ref: str = "",
) -> str:
    """Open a duty to post and return its id; the same item of the same cause opens it once.

    `item` is a posting kind of the rulebook (resolution, result …), `about` what it is about in the clerk's words.
    Called again with another day or title it brings the duty up to date; a retired duty comes back.
    """
    identity = same_id("duty", source_room, source_id, item)
    duty = session.get(Duty, identity)
    if duty is None:
        session.add(
            Duty(
                id=identity,
                item=item,
                kind=NoticeKind(kind).value,
                about=tidy(about),
                source_room=source_room,
                source_id=source_id,
                due_on=due_on,
                legal_ref=legal_ref,
            )
        )
        session.flush()
        return identity
    duty.about, duty.due_on, duty.legal_ref = tidy(about), due_on, legal_ref or duty.legal_ref
    duty.kind, duty.retired = NoticeKind(kind).value, False
    session.flush()
    return identity


def waive_duty(session: Session, *, duty_id: str, reason: str) -> None:
    """Mark a duty as not applicable, with its reason. Raises NotFound, NotAllowed without a reason."""
    if not tidy(reason):
        raise NotAllowed("标为“不适用”要写明原因。", "例如：议题已撤回，没有形成决议。")
    _duty(session, duty_id).not_applicable = tidy(reason)
    session.flush()


def apply_duty_again(session: Session, *, duty_id: str) -> None:
    """Take back that a duty is not applicable. Raises NotFound."""
    _duty(session, duty_id).not_applicable = ""
    session.flush()


def _duty(session: Session, duty_id: str) -> Duty:
    duty = session.get(Duty, duty_id)
    if duty is None or duty.retired:
        raise NotFound("找不到这项公开任务。", "它可能还在另一台电脑上，请先导入备份或上报包。")
    return duty
