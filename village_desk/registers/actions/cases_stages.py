"""The stages of a service case after it was taken on: given, handled, told to the township, answered, rated."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import tidy
from village_desk.registers.actions.cases_moving import (
    add_step,
    answer,
    case_of,
    end,
    explain,
    move,
    named_person,
    open_case,
    put,
)
from village_desk.registers.lookups.cases import (
    PROGRESS,
    REFUSED,
    presets,
    team_named,
    unpacked,
)
from village_desk.registers.rules.cases import (
    LEVEL_WORDS,
    RATING_WORDS,
    Level,
    Rating,
    StageKind,
    check_day,
    check_unrated,
)
from village_desk.store.acts import act

CAME = "来人"


def assign_case(
    session: Session,
    *,
    case_id: str,
    on: dt.date,
    team_id: str = "",
    person_id: str = "",
    name: str = "",
    words: str = "",
) -> None:
    """Give a case to a team, or to a person of the roll or from outside; a later call names the member of the team.

    Raises NotFound, NotAllowed without anybody.
    """
    case = open_case(session, case_id)
    flow = unpacked(case.flow)
    person_id, agent = named_person(session, person_id, name)
    team = team_named(session, team_id or case.team_id)
    if not team_id and not agent:
        raise NotAllowed("还没有选派给谁。", "请选一支服务队，或一个承办人。")
    stage = flow.stage(StageKind.ASSIGNED)
    at = StageKind(case.stage)
    if at not in (StageKind.ASSIGNED, StageKind.ACCEPTED):
        flow.check_next(at, StageKind.ASSIGNED)
    check_day(stage.name, on, after=case.stage_on, today=act(session).today)
    case.team_id = team_id or case.team_id
    case.agent_id, case.agent = person_id, agent
    put(session, case, StageKind.ASSIGNED, on, by=agent, by_id=person_id, unit=team, words=words)


def accept_case(session: Session, *, case_id: str, on: dt.date) -> None:
    """The one to whom a case was given takes it. Raises NotFound, NotAllowed."""
    case = open_case(session, case_id)
    if not case.agent:
        raise NotAllowed("这件还没有派到人。", "请先派给服务队里的一个人。")
    move(session, case, StageKind.ACCEPTED, on, by=case.agent, by_id=case.agent_id)


def refuse_case(session: Session, *, case_id: str, on: dt.date, reason: str) -> None:
    """The one to whom a case was given cannot take it: it goes back to be given to another.

    Raises NotFound, NotAllowed without a reason.
    """
    case = open_case(session, case_id)
    if StageKind(case.stage) not in (StageKind.ASSIGNED, StageKind.ACCEPTED):
        raise NotAllowed("这件没有派出去，不用退回。", "请看办件经过。")
    if not tidy(reason):
        raise NotAllowed("退回派单要写原因。", "例如“外出务工，月底才回”。")
    check_day("退回派单", on, after=case.stage_on, today=act(session).today)
    add_step(session, case, REFUSED, on, by=case.agent or team_named(session, case.team_id), words=reason)
    case.stage, case.stage_on = StageKind.TAKEN.value, on
    case.team_id, case.agent_id, case.agent = "", "", ""
    session.flush()


def record_work(
    session: Session, *, case_id: str, on: dt.date, words: str = "", person_id: str = "", name: str = ""
) -> None:
    """Somebody worked on the case, or a mediator talked to both sides: who, when, and what was done.

    Raises NotFound, NotAllowed.
    """
    case = open_case(session, case_id)
    person_id, agent = named_person(session, person_id, name)
    if agent:
        case.agent_id, case.agent = person_id, agent
    if not case.agent:
        raise NotAllowed("还没有填由谁承办。", "请选承办人。")
    move(session, case, StageKind.HANDLED, on, by=case.agent, by_id=case.agent_id, words=words)


def report_up(session: Session, *, case_id: str, on: dt.date, way: str, unit: str, words: str = "") -> None:
    """The village told the township by phone, on paper or by stick; the desk sends nothing by itself.

    Raises NotFound, NotAllowed.
    """
    if not tidy(way) or not tidy(unit):
        raise NotAllowed("还没有填怎么报、报给谁。", "例如电话报给镇应急办。")
    move(session, open_case(session, case_id), StageKind.REPORTED, on, way=way, unit=unit, words=words)


def record_order(
    session: Session,
    *,
    case_id: str,
    on: dt.date,
    unit: str,
    order_no: str,
    due_on: dt.date,
    words: str = "",
) -> None:
    """The township's order as it came: number, unit that handles it, and until when. Raises NotFound, NotAllowed."""
    case = open_case(session, case_id)
    if not tidy(unit) or not tidy(order_no):
        raise NotAllowed("派单要有单号和承办单位。", "请照乡镇派单上的写。")
    if due_on < on:
        raise NotAllowed("派单的时限早于派单日期。", "请核对这两个日期。")
    case.outside_due_on = due_on
    move(session, case, StageKind.ORDERED, on, unit=unit, order_no=order_no, due_on=due_on, words=words)


def record_feedback(session: Session, *, case_id: str, on: dt.date, words: str, unit: str = "") -> None:
    """What the unit that handled it tells the village. Raises NotFound, NotAllowed without words."""
    if not tidy(words):
        raise NotAllowed("还没有填反馈的内容。", "例如“已更换井盖”。")
    move(session, open_case(session, case_id), StageKind.FEEDBACK, on, unit=unit, words=words)


def answer_case(
    session: Session,
    *,
    case_id: str,
    on: dt.date,
    way: str,
    reply: str,
    level: str = "",
    confirmed: bool = False,
    overdue_reason: str = "",
    overdue_by: str = "",
) -> None:
    """Tell the person the result: day, way and words; most kinds of cases end with it.

    A case past its promised day needs a reason, one with money needs every fen accounted for. `level` is where it was
    settled, the township without an answer when it was carried up. Raises NotFound, NotAllowed.
    """
    case = open_case(session, case_id)
    if not tidy(way):
        raise NotAllowed("还没有填怎么回复的。", "例如当面、电话、入户。")
    if not tidy(reply):
        raise NotAllowed("还没有填回复的内容。", "例如“证已办好，本人已领”。")
    if level and level not in LEVEL_WORDS:
        raise NotAllowed("不知道在哪一级解决的。", "请选村里、镇里或县里以上。")
    usual = Level.TOWNSHIP if case.carried_on is not None else Level.VILLAGE
    case.level, case.confirmed = level or usual.value, confirmed or case.confirmed
    explain(case, overdue_reason, overdue_by)
    answer(session, case, on, tidy(reply), tidy(way), by=case.agent or case.first_asked)


def follow_up(session: Session, *, case_id: str, on: dt.date, words: str, way: str = "") -> None:
    """Ask the parties of a dispute some time later how it stands; the case ends. Raises NotFound, NotAllowed."""
    if not tidy(words):
        raise NotAllowed("还没有填回访的情况。", "例如“双方都按协议办了”。")
    move(session, open_case(session, case_id), StageKind.FOLLOWED, on, way=way, words=words)


def check_off(
    session: Session,
    *,
    case_id: str,
    on: dt.date,
    by: str,
    words: str,
    overdue_reason: str = "",
    overdue_by: str = "",
) -> None:
    """The village looked on the spot and strikes the case off; nobody else can. Raises NotFound, NotAllowed."""
    case = open_case(session, case_id)
    if not tidy(by) or not tidy(words):
        raise NotAllowed("销号要写谁去核实的、看到什么。", "例如“王建国，井盖已换，周围已填平”。")
    explain(case, overdue_reason, overdue_by)
    move(session, case, StageKind.CHECKED, on, by=by, words=words)


def rate_case(session: Session, *, case_id: str, on: dt.date, rating: str, conduct: str = "", words: str = "") -> None:
    """What the person says of it, asked once; the rating confirms the case.

    `conduct` is one of the words of the pack for how the person was met. Raises NotFound, NotAllowed.
    """
    case = case_of(session, case_id)
    flow = unpacked(case.flow)
    if rating not in set(Rating) or not rating:
        raise NotAllowed("还没有选评价。", "请选满意、基本满意或不满意。")
    if conduct and conduct not in presets().lists.conduct:
        raise NotAllowed(f"没有“{conduct}”这一种作风问题。", f"可以选：{'、'.join(presets().lists.conduct)}。")
    if case.rating:
        raise NotAllowed(f"这件已经评价过：{RATING_WORDS[Rating(case.rating)]}。", "填错的，请撤销那一步再填。")
    if case.withdrawn:
        raise NotAllowed("这件已经撤回，不用评价。", "请看办件经过。")
    flow.stage(StageKind.RATED)
    case.rating, case.rated_on, case.confirmed, case.conduct = rating, on, True, conduct
    said = "，".join(part for part in (RATING_WORDS[Rating(rating)], conduct, tidy(words)) if part)
    if case.closed_on is None:
        move(session, case, StageKind.RATED, on, words=said)
        return
    check_day("评价", on, after=case.replied_on, today=act(session).today)
    add_step(session, case, StageKind.RATED, on, words=said)


def end_unrated(session: Session, *, case_id: str, on: dt.date, note: str) -> None:
    """End a case whose rating did not come after the days that its way allows. Raises NotFound, NotAllowed."""
    case = open_case(session, case_id)
    flow = unpacked(case.flow)
    flow.check_next(StageKind(case.stage), StageKind.RATED)
    check_unrated(flow, case.stage_on or on, on, note)
    check_day("结案", on, after=case.stage_on, today=act(session).today)
    add_step(session, case, PROGRESS, on, words=f"没有评价，结案：{tidy(note)}")
    end(session, case, on, tidy(note))
