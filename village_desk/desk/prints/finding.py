"""Which case, meeting or notice a clerk means by a number, a title or words of it."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Protocol, TypeVar

from sqlalchemy.orm import Session

from village_desk.decisions.lookups import DecisionDetail, all_decisions, decision_numbered, one_decision
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import half_width
from village_desk.meetings.lookups import MeetingDetail, all_meetings, one_meeting
from village_desk.notices.lookups import NoticeDetail, all_notices, one_notice
from village_desk.people.lookups import MemberCard, member_card, party_members
from village_desk.people.rules.electorates import ASSEMBLY_WORDS, Assembly
from village_desk.points.lookups import Card, all_rule_sets, card, periods, standings
from village_desk.store.acts import act


class _Titled(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


T = TypeVar("T", bound=_Titled)


def notice_of(session: Session, words: str) -> NoticeDetail:
    """The notice of this number (东河村委〔2026〕3号, 2026-3, or 3 in the newest year), id, or words of its title.

    Raises NotFound, and NotAllowed when several fit.
    """
    today = act(session).today
    rows = all_notices(session, on=today)
    figures = re.findall(r"\d+", half_width(words))
    numbered = [row for row in rows if figures and re.findall(r"\d+", row.number)[-len(figures) :] == figures]
    newest = max((row.dated_on.year for row in numbered if row.dated_on), default=0)
    numbered = [row for row in numbered if row.dated_on and row.dated_on.year == newest]
    exact = [row for row in rows if words == row.number]
    found = exact or numbered or titled(rows, words)
    return one_notice(session, only(found, words, "公开内容").id, on=today)


def decision_of(session: Session, words: str) -> DecisionDetail:
    """The case of this number (〔2026〕3号, 2026-3, 3), id, or words of its title. Raises NotFound, NotAllowed."""
    found = titled(all_decisions(session), words)
    if found:
        return one_decision(session, only(found, words, "议题").id)
    return one_decision(session, decision_numbered(session, words))


def step_of(session: Session, words: str) -> tuple[DecisionDetail, int]:
    """A step of a case, written as NUMBER/STEP, such as 2/4. Raises NotFound, NotAllowed."""
    case, _, step = half_width(words).rpartition("/")
    if not case or not step.strip().isdecimal():
        raise NotAllowed(f"“{words}”没有写明第几步。", "请写成“议题编号/步骤”，例如 2/4 就是2号议题的第4步。")
    detail = decision_of(session, case)
    number = int(step)
    if not 1 <= number <= len(detail.stages):
        whole = f"{detail.row.number}“{detail.row.title}”只有{len(detail.stages)}步"
        raise NotAllowed(f"{whole}，没有第{number}步。", "请核对步骤。")
    return detail, number


def meeting_of(session: Session, words: str) -> MeetingDetail:
    """A meeting by NUMBER/STEP of a case (its last attempt), by id, or by words of its title.

    Raises NotFound, NotAllowed when several fit or the step has no meeting.
    """
    if re.fullmatch(r".*[/／]\s*\d+", words):
        detail, number = step_of(session, words)
        meeting = detail.stage(number).meeting
        if meeting is None:
            raise NotFound(
                f"{detail.row.number}“{detail.row.title}”的第{number}步没有登记会议。", "请先登记开会，再打印。"
            )
        return meeting
    return one_meeting(session, only(titled(all_meetings(session), words), words, "会议").id)


def points_card_of(session: Session, words: str) -> Card:
    """The card of one subject in the present period, by name or by SET/NAME with words of the set's name.

    Raises NotFound, NotAllowed when several fit.
    """
    scheme, _, name = words.replace("／", "/").rpartition("/")
    today = act(session).today
    found = []
    for rules in all_rule_sets(session):
        if scheme in rules.name:
            period = periods(session, set_id=rules.id, today=today)[0]
            rows = standings(session, set_id=rules.id, period=period)
            exact = [row for row in rows if name in (row.id, row.name, row.name.removesuffix("家"))]
            found += [(rules.id, row.id, period, f"“{rules.name}/{row.name}”") for row in exact]
    if not found:
        raise NotFound(f"积分里没有“{words}”。", "请写户主或党员的姓名，例如 王建国。")
    if len(found) > 1:
        listed = "、".join(one[3] for one in found[:5])
        raise NotAllowed(
            f"“{words}”对得上{len(found)}份积分：{listed}。", "请写成“办法/姓名”；还分不清的，请在窗口里打印。"
        )
    set_id, subject_id, period, _ = found[0]
    return card(session, set_id=set_id, subject_id=subject_id, period=period)


def titled(rows: Sequence[T], words: str) -> list[T]:
    """The rows of this id or title, else those whose title holds the words."""
    exact = [row for row in rows if words in (row.id, row.title)]
    return exact or [row for row in rows if words and words in row.title]


def only(found: Sequence[T], words: str, what: str) -> T:
    """The one that was found. Raises NotFound, and NotAllowed when several fit."""
    if not found:
        raise NotFound(f"没有编号或标题是“{words}”的{what}。", "请核对编号，或写标题里的几个字。")
    if len(found) > 1:
        listed = "、".join(f"“{row.title}”" for row in found[:5])
        raise NotAllowed(f"“{words}”对得上{len(found)}件：{listed}。", "请写完整的编号或标题。")
    return found[0]


def member_named(session: Session, words: str) -> MemberCard:
    """The card of the party member of this name. Raises NotFound, NotAllowed when several have it."""
    rows = [row for row in party_members(session, with_former=True) if row.name == words.strip()]
    if not rows:
        raise NotFound(f"党员名册里没有“{words}”。", "请写全名；还没有登记的，先登记为党员。")
    if len({row.id for row in rows}) > 1:
        groups = "、".join(row.group or "小组未登记" for row in rows)
        raise NotAllowed(f"叫“{words}”的党员有{len(rows)}名：{groups}。", "请在窗口里选中要打印的那一名。")
    found = member_card(session, rows[0].id)
    assert found is not None
    return found


def assembly_of(session: Session, words: str) -> tuple[Assembly, dt.date]:
    """The body and day that are meant by 党员大会 or 党员大会/2026-03-14; without a day it is today.

    Raises NotFound for an unknown body, NotAllowed for a day that cannot be read.
    """
    name, _, day = half_width(words).replace("／", "/").partition("/")
    found = [one for one, known in ASSEMBLY_WORDS.items() if name.strip() in (one.value, known)]
    found = found or [one for one, known in ASSEMBLY_WORDS.items() if name.strip() and name.strip() in known]
    if not found:
        raise NotFound(f"没有“{name}”的应到名单。", f"能打印的有：{'、'.join(ASSEMBLY_WORDS.values())}。")
    try:
        return found[0], dt.date.fromisoformat(day.strip()) if day.strip() else act(session).today
    except ValueError:
        raise NotAllowed(f"“{day}”不是日期。", "请写成2026-03-14这样。") from None
