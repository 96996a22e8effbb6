"""What of points hangs on the wall goes through the notices room: drafts of its sheets, and the duty of a closing."""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.notices.actions import add_event_duties, draft_notice
from village_desk.notices.lookups import duties_about
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.points.lookups.rows import ApplicationRow, RuleSetRow
from village_desk.points.lookups.walls import WallRow, masked_subject
from village_desk.points.records import PointClosing, PointPosting, PointSheet
from village_desk.points.rules.numbers import shown, signed
from village_desk.points.rules.sets import SubjectKind, period_words
from village_desk.rulebook.rules import Trigger
from village_desk.store.acts import act

ROOM = "points"
POSTING = "points"
# A notice is one operation of at most 64 KiB; a longer list hangs beside it as the room's own sheet.
MOST_LINES = 300
_NO_TIE = "积分只作评先评优参考，不与法律规定的任何待遇挂钩。"


def draft_posting(session: Session, found: RuleSetRow, sheet: PointPosting, rows: Sequence[ApplicationRow]) -> str:
    """Draft the 公示 of entries that hang for objections; returns the notice's id."""
    assert sheet.posted_on is not None
    ordered = sorted(rows, key=lambda row: (row.group, row.subject, row.happened_on, row.id))
    lines = [
        f"{masked_subject(found, row.subject)}，{row.item}，{signed(row.points, row.decimals)}分；" for row in ordered
    ]
    body = (
        f"下列{len(rows)}笔积分经审核评议，拟按《{found.name}》记入，"
        f"从{chinese_date(sheet.posted_on)}起公示{sheet.days}天。"
        "对积分有异议的，请在公示期内口头或书面提出，由另外的人复核答复；期满没有异议的入账。\n"
        f"{_listed([row.group for row in ordered], lines, '《积分公示》表')}\n{_NO_TIE}"
    )
    return _draft(
        session,
        found,
        title=f"{act(session).village_name}关于{len(rows)}笔积分的公示",
        body=body,
        kind=NoticeKind.OBJECTION,
        source_id=sheet.id,
    )


def draft_list(session: Session, found: RuleSetRow, sheet: PointSheet, rows: Sequence[WallRow]) -> str:
    """Draft the 公开 of a period's sums, for the duty that its closing opened when there is one."""
    lines = [
        f"{f'第{row.place}名，' if row.place else ''}{row.name}，{shown(row.points, found.rules.decimals)}分"
        f"{f'，{row.band}' if row.band else ''}；"
        for row in rows
    ]
    body = (
        f"{period_words(sheet.period)}《{found.name}》入账的积分如下。"
        "对积分有异议的，可以口头或书面提出，由另外的人复核答复。\n"
        f"{_listed([row.group for row in rows], lines, '《积分公示榜》')}\n{_NO_TIE}"
    )
    return _draft(
        session,
        found,
        title=f"{act(session).village_name}{period_words(sheet.period)}{found.subject_words}积分榜",
        body=body,
        kind=NoticeKind.PUBLICATION,
        source_id=sheet.id,
        duty_id=_open_duty(session, found.id, sheet.period),
    )


def open_closing_duties(session: Session, found: RuleSetRow, closing: PointClosing) -> tuple[str, ...]:
    """Open the duties of the catalogue that wait for a period of points to close; once for each period."""
    return add_event_duties(
        session,
        trigger=Trigger.POINTS_CLOSE,
        about=f"《{found.name}》{period_words(closing.period)}积分结果",
        happened_on=act(session).today,
        source_room=ROOM,
        source_id=_cause(found.id, closing.period),
    )


def _open_duty(session: Session, set_id: str, period: str) -> str:
    found = duties_about(session, source_room=ROOM, source_id=_cause(set_id, period), on=act(session).today)
    return found[0].id if found else ""


def _cause(set_id: str, period: str) -> str:
    return f"{set_id} {period}"


def _listed(groups: Sequence[str], lines: Sequence[str], sheet: str) -> str:
    """The lines under their groups; of a long list only how many there are, and the sheet that hangs beside."""
    told = []
    place = 0
    for group, some in groupby(groups):
        many = len(list(some))
        part = lines[place : place + many]
        place += many
        name = group or "未分组"
        told.append(f"{name}{many}条。" if len(lines) > MOST_LINES else f"{name}：{''.join(part).rstrip('；')}。")
    if len(lines) > MOST_LINES:
        told.append(f"逐条内容见一并张贴的{sheet}。")
    return "\n".join(told)


def _draft(
    session: Session, found: RuleSetRow, *, title: str, body: str, kind: NoticeKind, source_id: str, duty_id: str = ""
) -> str:
    party = found.subject is SubjectKind.PARTY_MEMBER
    return draft_notice(
        session,
        item=POSTING,
        title=title,
        body=body,
        kind=kind,
        issuer=Issuer.BRANCH if party else Issuer.COMMITTEE,
        column=NoticeClass.PARTY if party else NoticeClass.VILLAGE,
        duty_id=duty_id,
        source_room=ROOM,
        source_id=source_id,
    )
