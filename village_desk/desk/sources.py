"""Where the page of today finds what has to be done: the lookups of the rooms."""

import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from village_desk.decisions.lookups import DecisionState, all_decisions
from village_desk.desk.today import Day, Hanging, Item, Source
from village_desk.notices.lookups import NoticeRow, all_notices, open_duties
from village_desk.notices.rules.life import Stage
from village_desk.people.lookups import counts
from village_desk.points.lookups import applications
from village_desk.store.acts import act
from village_desk.sync.lookups import standing

TABLES = frozenset(
    """person duty notice notice_review notice_posting notice_damage notice_takedown printed_sheet
    decision decision_stage meeting meeting_roll vote_count motion
    point_application point_check point_entry trusted_township""".split()
)


def day(session: Session) -> Day:
    """Everything for the page of today, by the village's confirmed day."""
    today = act(session).today
    village = counts(session)
    sheets = all_notices(session, on=today)
    return Day(
        today,
        (*_sheets_to_take_down(sheets), *(item for source in SOURCES for item in source(session, today))),
        village.people,
        village.households,
        tuple(
            Hanging(one.id, one.title, one.next_act) for one in sheets if one.stage in (Stage.POSTED, Stage.OFF_EARLY)
        ),
    )


def _duties(session: Session, today: dt.date) -> Iterator[Item]:
    for duty in open_duties(session, on=today):
        yield Item(f"duty {duty.id}", duty.words, duty.legal_ref, duty.due_on, "去办理", "notices", duty.notice_id)


def _sheets_to_take_down(sheets: Iterable[NoticeRow]) -> Iterator[Item]:
    for notice in sheets:
        if notice.stage is Stage.RUN_OUT:
            words = f"{notice.title}：张贴期满，可以撤下。"
            remark = "撤下后请登记日期，存档件归档。"
            yield Item(f"notice {notice.id}", words, remark, None, "登记撤下", "notices", notice.id)


def _cases(session: Session, today: dt.date) -> Iterator[Item]:
    for case in all_decisions(session):
        if case.state is DecisionState.OPEN and case.step:
            words = f"{case.title}：办到第{case.step}步，{case.step_name}。"
            yield Item(f"decision {case.id}", words, case.next_act, None, "接着办", "decisions", case.id)


def _points(session: Session, today: dt.date) -> Iterator[Item]:
    for one in applications(session, open_only=True):
        words = f"{one.subject}的积分申请（{one.item}）等着办。"
        yield Item(f"points {one.id}", words, one.next_act, None, "去看看", "points", one.id)


def _stick(session: Session, today: dt.date) -> Iterator[Item]:
    now = standing(session)
    if now.township is not None and now.saved:
        words = f"有{now.saved}处改动还没有写到U盘报给{now.township.name}。"
        yield Item("stick", words, "插上U盘，写一个上报包带到镇里。", None, "写上报包", "stick")


SOURCES: tuple[Source, ...] = (_duties, _cases, _points, _stick)
