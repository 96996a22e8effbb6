"""The result of a round, its notice, what follows from it, and problems on their way to being closed."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import counts_of
from village_desk.assessments.actions.assessing import round_of
from village_desk.assessments.lookups.assessing import ROOM, one_assessment
from village_desk.assessments.lookups.reports import SECRETARY
from village_desk.assessments.lookups.rows import AssessmentDetail, SubjectResult
from village_desk.assessments.records import (
    AssessmentConsequence,
    AssessmentSubject,
    RectificationLine,
)
from village_desk.assessments.rules.forms import FULL, Band, Follow, ItemKind, StageKey, Target
from village_desk.assessments.rules.running import check_close, check_line_closed
from village_desk.assessments.rules.scoring import TENTHS, VETOED, band_of
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, tidy
from village_desk.notices.actions import add_event_duties, draft_notice
from village_desk.notices.lookups import catalogue
from village_desk.notices.rules.kinds import Issuer, NoticeClass, NoticeKind
from village_desk.people.lookups import all_posts
from village_desk.rulebook.rules import Trigger
from village_desk.store.acts import act, edit

_FOLLOWS = {ItemKind.SANCTION: Follow.SANCTION, ItemKind.REWARD: Follow.REWARD}


def close_assessment(session: Session, *, round_id: str, on: dt.date, decided_by: str, why_unproved: str = "") -> int:
    """Fix the result of a round; returns how many things follow from it (each has its due day).

    Needs every rater's judgement on every subject. Lines without a paper are named: those that must have one refuse,
    the others need a reason. Where the form says so a duty to post the result opens. Raises NotFound, NotAllowed.
    """
    found = round_of(session, round_id)
    if found.closed_on is not None:
        raise NotAllowed(f"{chinese_date(found.closed_on)}已经登记了结果。", "要改的，请先看看历史里的撤销。")
    detail = one_assessment(session, round_id)
    missing = [f"{one.name}的{name}" for one in detail.subjects for _, name in one.missing]
    check_close(len(detail.subjects), missing, detail.unproved, why_unproved, on, act(session).today)
    if not tidy(decided_by):
        raise NotAllowed("还没填结果是谁定的。", "例如“村党支部委员会会议”“平安镇考核工作组”。")
    found.closed_on, found.decided_by = on, tidy(decided_by)
    found.why_unproved = tidy(why_unproved)
    session.flush()
    many = sum(_follow(session, detail, one, on) for one in detail.subjects)
    if detail.form.has(StageKey.POST):
        _duties(session, detail, on)
    return many


def receive_result(
    session: Session,
    *,
    subject_id: str,
    grade: str,
    on: dt.date,
    decided_by: str,
    document: str,
    tenths: int | None = None,
    rank: int | None = None,
) -> None:
    """Type in the result that came from above; it stands in place of the village's own. Raises NotFound, NotAllowed."""
    record = session.get(AssessmentSubject, subject_id)
    if record is None or record.retired:
        raise NotFound("这次考评里没有这个对象。", "请刷新后再试。")
    if not tidy(grade) and tenths is None:
        raise NotAllowed("等次和得分至少填一个。", "请照通知填写。")
    if tenths is not None and not 0 <= tenths <= FULL * TENTHS:
        raise NotAllowed("得分要在0到100之间。", "请照通知核对。")
    if not tidy(decided_by) or not tidy(document):
        raise NotAllowed("要填评定单位和文号。", "没有文号的，写明是哪一天的什么通知。")
    if on > act(session).today:
        raise NotAllowed("评定日期在今天以后。", "请填通知上的日期。")
    record.received_grade, record.received_tenths, record.received_rank = tidy(grade), tenths, rank
    record.received_on, record.received_by, record.document = on, tidy(decided_by), tidy(document)
    session.flush()
    detail = one_assessment(session, record.round_id)
    one = detail.subject(subject_id)
    band = next((each for each in detail.form.bands if each.name == tidy(grade)), None)
    if one is not None and detail.closed_on is not None and band is not None:
        _open_follows(session, detail, one, band, on)


def draft_result_notice(session: Session, *, round_id: str) -> str:
    """Write the notice of a finished round, once, and return its id. Raises NotFound, NotAllowed before the result."""
    detail = one_assessment(session, round_id)
    if detail.closed_on is None:
        raise NotAllowed("还没有登记结果，不能公示。", "请先把各方的评议录全，登记结果。")
    if detail.notices:
        return detail.notices[0].id
    duty_ids = _duties(session, detail, detail.closed_on)
    # A county's own catalogue may have no item that waits for an assessment: then the sheet hangs among the others.
    item = next((one for one in catalogue(session, on=act(session).today) if one.trigger is Trigger.ASSESSMENT), None)
    return draft_notice(
        session,
        item=item.posting if item else "affairs",
        title=f"{detail.village}{detail.row.title}结果公示",
        body=_notice_text(detail),
        kind=item.kind if item else NoticeKind.PUBLICATION,
        issuer=item.issuer if item else Issuer.COMMITTEE,
        column=item.column if item else NoticeClass.VILLAGE,
        duty_id=duty_ids[0] if duty_ids else "",
        source_room=ROOM,
        source_id=round_id,
        code=item.code if item else "",
    )


def carry_out(session: Session, *, consequence_id: str, on: dt.date, words: str) -> None:
    """Enter that something that followed from a result was done. Raises NotFound, NotAllowed."""
    record = session.get(AssessmentConsequence, consequence_id)
    if record is None or record.retired:
        raise NotFound("找不到这一项结果运用。", "请刷新后再试。")
    _not_ahead(session, on, "办理日期")
    if not tidy(words):
        raise NotAllowed("还没写怎么办的。", "例如“9月20日党员大会上通报”。")
    record.done_on, record.done_words = on, tidy(words)
    session.flush()


def add_problem(
    session: Session,
    *,
    round_id: str,
    subject_id: str,
    problem: str,
    due_on: dt.date,
    unit: str = "",
    owner_id: str = "",
) -> str:
    """Open a line of rectification by hand; returns its id. Raises NotFound, NotAllowed without words."""
    detail = one_assessment(session, round_id)
    one = detail.subject(subject_id)
    if one is None:
        raise NotFound("这次考评里没有这个对象。", "请刷新后再试。")
    if not tidy(problem):
        raise NotAllowed("还没写是什么问题。", "请照检查结果写清楚。")
    record = RectificationLine(
        round_id=round_id,
        subject_id=subject_id,
        problem=tidy(problem),
        due_on=due_on,
        unit=tidy(unit) or _unit(detail, one),
        owner_id=owner_id or _secretary(session),
    )
    session.add(record)
    session.flush()
    return record.id


def plan_rectification(
    session: Session,
    *,
    line_id: str,
    seen: str,
    cause: str,
    measure: str,
    unit: str,
    owner_id: str,
    due_on: dt.date,
    on_wall: bool = False,
) -> None:
    """Enter cause, measure, who is responsible and the deadline of a problem. Raises NotFound, NotAllowed."""
    record = _line(session, line_id)
    if record.accepted_on is not None:
        raise NotAllowed(f"“{record.problem}”已经销号。", "再出现的问题请另开一条。")
    edit(
        session,
        record,
        seen=seen,
        cause=tidy(cause),
        measure=tidy(measure),
        unit=tidy(unit),
        owner_id=owner_id,
        due_on=due_on,
        on_wall=on_wall,
    )


def finish_rectification(session: Session, *, line_id: str, on: dt.date, words: str) -> None:
    """Enter that a problem was put right; the township's acceptance is still to come. Raises NotFound, NotAllowed."""
    record = _line(session, line_id)
    _not_ahead(session, on, "整改完成的日期")
    if not tidy(words):
        raise NotAllowed("还没写整改情况。", "请写明做了什么、结果怎样。")
    record.done_on, record.done_words = on, tidy(words)
    session.flush()


def accept_rectification(session: Session, *, line_id: str, on: dt.date, accepted_by: str) -> None:
    """Close a problem: it needs evidence and the township's acceptance. Raises NotFound, NotAllowed."""
    record = _line(session, line_id)
    _not_ahead(session, on, "验收日期")
    if record.done_on is None:
        raise NotAllowed(f"“{record.problem}”还没有登记整改情况。", "请先登记整改完成，再验收。")
    files = counts_of(session, of_table=RectificationLine.__tablename__, of_ids=(line_id,))
    check_line_closed(record.problem, bool(files or record.links), accepted_by)
    record.accepted_on, record.accepted_by = on, tidy(accepted_by)
    session.flush()


def _follow(session: Session, detail: AssessmentDetail, one: SubjectResult, on: dt.date) -> int:
    """Open what a subject's result brings: lines for its problems, what its grade says, what 一律 and 必奖 say."""
    many = 0
    form = detail.form
    for at, item in enumerate(form.items):
        answers = [row.mark.yes for row in one.marks if row.place == at]
        if item.kind is ItemKind.YES and form.opens_on and answers and any(answers) == (form.opens_on == "yes"):
            many += _open_line(session, detail, one, at, item.text, on + dt.timedelta(days=form.open_days))
    for hit in one.hits:
        if hit.kind in _FOLLOWS:
            due = on + dt.timedelta(days=form.open_days)
            many += _open_consequence(session, detail, one, _FOLLOWS[hit.kind], f"{hit.text}：{hit.fact}", due)
    band = band_of(form, one.total.tenths)
    if one.vetoed and form.bands:
        band = min(form.bands, key=lambda each: each.least)
    return many + (_open_follows(session, detail, one, band, on) if band is not None else 0)


def _open_follows(session: Session, detail: AssessmentDetail, one: SubjectResult, band: Band, on: dt.date) -> int:
    """What a grade brings; what another grade brought and nobody has done yet is taken back."""
    grade = VETOED if one.vetoed else band.name
    due = on + dt.timedelta(days=band.days)
    wanted = {_consequence_id(one.id, each) for each in band.follows}
    ours = (Follow.PRAISE, Follow.CRITICISM, Follow.TALK)
    for each in session.scalars(
        select(AssessmentConsequence).where(
            AssessmentConsequence.subject_id == one.id, AssessmentConsequence.kind.in_(ours)
        )
    ):
        if each.id not in wanted and each.done_on is None:
            each.retired = True
    line = session.get(RectificationLine, same_id("rectification_line", one.id, "grade"))
    if line is not None and Follow.RECTIFY not in band.follows and line.done_on is None:
        line.retired = True
    many = 0
    for follow in band.follows:
        words = f"{detail.row.title}定为{grade}"
        if follow is Follow.RECTIFY:
            reason = one.reasons or words
            many += _open_line(session, detail, one, -1, reason if one.vetoed else words, due)
        else:
            many += _open_consequence(session, detail, one, follow, words, due)
    session.flush()
    return many


def _consequence_id(subject_id: str, follow: Follow, words: str = "") -> str:
    plain = follow in (Follow.SANCTION, Follow.REWARD)
    return same_id("assessment_consequence", subject_id, follow.value, words if plain else "")


def _open_consequence(
    session: Session, detail: AssessmentDetail, one: SubjectResult, follow: Follow, words: str, due_on: dt.date
) -> int:
    identity = _consequence_id(one.id, follow, words)
    record = session.get(AssessmentConsequence, identity)
    if record is None:
        record = AssessmentConsequence(id=identity, round_id=detail.row.id, subject_id=one.id, kind=follow.value)
        session.add(record)
    record.words, record.due_on, record.retired = words, due_on, False
    session.flush()
    return 1


def _open_line(
    session: Session, detail: AssessmentDetail, one: SubjectResult, place: int, problem: str, due_on: dt.date
) -> int:
    identity = same_id("rectification_line", one.id, "grade" if place < 0 else str(place))
    record = session.get(RectificationLine, identity)
    if record is None:
        record = RectificationLine(id=identity, round_id=detail.row.id, subject_id=one.id, place=place)
        session.add(record)
    record.problem, record.due_on, record.retired = problem, due_on, False
    record.unit = record.unit or _unit(detail, one)
    record.owner_id = record.owner_id or _secretary(session)
    session.flush()
    return 1


def _unit(detail: AssessmentDetail, one: SubjectResult) -> str:
    """Who answers for a problem at first: the body that was assessed, else the village."""
    return one.name if one.target is Target.BODY else detail.village


def _secretary(session: Session) -> str:
    """The party secretary of the day, who is responsible first; "" when none is entered."""
    today = act(session).today
    return next((one.person_id for one in all_posts(session) if one.role == SECRETARY and one.held_on(today)), "")


def _duties(session: Session, detail: AssessmentDetail, on: dt.date) -> tuple[str, ...]:
    return add_event_duties(
        session,
        trigger=Trigger.ASSESSMENT,
        about=f"{detail.row.title}结果",
        happened_on=on,
        source_room=ROOM,
        source_id=detail.row.id,
    )


def _notice_text(detail: AssessmentDetail) -> str:
    """What hangs on the wall: who was assessed by whom, and each subject's grade; never a person's ballots."""
    raters = "、".join(one.name for one in detail.form.raters)
    day = chinese_date(detail.closed_on) if detail.closed_on else ""
    lines = [
        f"{detail.row.title}由{raters}评定，{day}由{detail.decided_by}确定结果，现予公示，接受监督。",
        "结果如下：",
    ]
    for at, one in enumerate(detail.in_rank, start=1):
        ended = f"，{one.result_words}" if one.result_words else ""
        vetoed = "；".join(hit.text for hit in one.hits if hit.kind is ItemKind.VETO)
        why = f"（{vetoed}）" if vetoed and one.grade == VETOED else ""
        lines.append(f"{at}．{one.name}：{one.grade or '不定等次'}{why}{ended}。")
    public = [line for line in detail.lines if line.on_wall]
    if public:
        lines.append("需要整改的事项：")
        lines += [
            f"{at}．{line.problem}，{line.due_on and chinese_date(line.due_on)}前整改。"
            for at, line in enumerate(public, start=1)
        ]
    return "\n".join(lines)


def _line(session: Session, line_id: str) -> RectificationLine:
    record = session.get(RectificationLine, line_id)
    if record is None or record.retired:
        raise NotFound("找不到这条整改。", "请刷新后再试。")
    return record


def _not_ahead(session: Session, on: dt.date, what: str) -> None:
    if on > act(session).today:
        raise NotAllowed(f"{what}在今天以后。", "请填实际的日期。")
