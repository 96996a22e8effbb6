"""Where the page of today finds what has to be done: the lookups of the rooms."""

import datetime as dt
from collections.abc import Iterable, Iterator

from sqlalchemy.orm import Session

from village_desk.accounts.lookups import (
    contracts_ending,
    finance_reviews,
    instalments_late,
    missing_months,
    supervision_notes,
)
from village_desk.assessments.lookups import consequences, rectifications
from village_desk.decisions.lookups import DecisionState, all_decisions, late_works
from village_desk.desk.happened import happened
from village_desk.desk.today import WEEK_DAYS, Day, Hanging, Item, Source
from village_desk.kit.money import yuan
from village_desk.kit.text import short_date
from village_desk.notices.lookups import NoticeRow, inquiries, notices_in_life, open_duties, plan_of_day
from village_desk.notices.rules.life import Stage
from village_desk.people.lookups import counts
from village_desk.points.lookups import applications, one_rule_set, waiting_by_set
from village_desk.registers.lookups.cases import open_cases as service_cases
from village_desk.registers.lookups.cases_rows import Pile
from village_desk.registers.lookups.owed import TALKS, due_entries, talks_owed, waiting_reports
from village_desk.schedule.lookups import agenda_of_day, errands
from village_desk.store.acts import act
from village_desk.sync.lookups import standing

TABLES = frozenset(
    """rectification_line assessment_consequence assessment_round
    contract contract_instalment supervision_note finance_review
    person duty notice notice_review notice_posting notice_damage notice_takedown printed_sheet
    decision decision_stage decision_work meeting meeting_roll vote_count motion
    point_application point_check point_entry trusted_township
    errand schedule_entry date_rule date_rule_waiver inquiry catalogue_setting catalogue_choice catalogue_local_item
    installed_pack notice_objection objection_answer
    register_form register_entry private_entry up_report post
    service_case case_step case_cash case_kind""".split()
)


def day(session: Session) -> Day:
    """Everything for the page of today, by the village's confirmed day."""
    today = act(session).today
    village = counts(session)
    sheets = notices_in_life(session, on=today)
    return Day(
        today,
        (*_sheets(sheets), *(item for source in SOURCES for item in source(session, today))),
        village.people,
        village.households,
        tuple(
            Hanging(one.id, one.title, one.next_act) for one in sheets if one.stage in (Stage.POSTED, Stage.OFF_EARLY)
        ),
    )


def _duties(session: Session, today: dt.date) -> Iterator[Item]:
    for duty in open_duties(session, on=today):
        at = duty.notice_id or f"duty {duty.id}"
        yield Item(f"duty {duty.id}", duty.words, duty.legal_ref, duty.due_on, "去办理", "notices", at)


def _sheets(sheets: Iterable[NoticeRow]) -> Iterator[Item]:
    for notice in sheets:
        if notice.answers_overdue:
            words = f"《{notice.title}》有{notice.answers_overdue}条意见过了答复期限。"
            yield Item(f"answer {notice.id}", words, notice.next_act, None, "去答复", "notices", notice.id)
        if notice.stage is Stage.RUN_OUT:
            words = f"{notice.title}：张贴期满，可以撤下。"
            remark = "撤下后请登记日期，存档件归档。"
            yield Item(f"notice {notice.id}", words, remark, None, "登记撤下", "notices", notice.id)


def _inquiries(session: Session, today: dt.date) -> Iterator[Item]:
    for inquiry in inquiries(session, on=today):
        if inquiry.answered_on is None:
            words = f"{inquiry.raised_by}（{inquiry.kind_words}）：{inquiry.words}"
            record = f"inquiries {inquiry.id}"
            yield Item(f"inquiry {inquiry.id}", words, inquiry.joint, inquiry.due_on, "去答复", "plan", record)


def _errands(session: Session, today: dt.date) -> Iterator[Item]:
    for errand in errands(session, open_only=True):
        taken = f"{short_date(errand.taken_on)}接到" if errand.taken_on is not None else ""
        record = f"errands {errand.id}"
        yield Item(f"errand {errand.id}", errand.words, taken, errand.due_on, "登记办好", "plan", record)


def _year(session: Session, today: dt.date) -> Iterator[Item]:
    """One line for the plan of publications and one for the calendar: the lists stand on their page."""
    if not counts(session).people:
        return
    plan = plan_of_day(session, on=today)
    if plan.late or plan.soon:
        first = min(row.due_on for row in (plan.late or plan.soon))
        yield Item("plan", plan.summary, "逐项在“年度计划”里办。", first, "看计划", "plan", "plan")
    owed = agenda_of_day(session, on=today, also=happened(session))
    if owed:
        late = sum(row.overdue for row in owed)
        named = "、".join(dict.fromkeys(row.rule.name for row in owed))
        words = f"日程里有{len(owed)}次会议和活动没有登记{f'，其中{late}次过了期限' if late else ''}。"
        yield Item("agenda", words, named, owed[0].due_on, "看日程", "plan", "agenda")


def _cases(session: Session, today: dt.date) -> Iterator[Item]:
    for case in all_decisions(session):
        if case.state is DecisionState.OPEN and case.step:
            words = f"{case.title}：办到第{case.step}步，{case.step_name}。"
            yield Item(f"decision {case.id}", words, case.next_act, None, "接着办", "decisions", case.id)


def _works(session: Session, today: dt.date) -> Iterator[Item]:
    for title, work in late_works(session, today):
        words, remark = f"{title}：{work.title}还没有办完，由{work.owner}来办。", "请登记进展或者办完的日期。"
        yield Item(f"work {work.id}", words, remark, work.due_on, "登记进展", "decisions", work.decision_id)


# A scoring sheet brings hundreds at once; they are one thing to do.
MANY_SCORES = 10


def _points(session: Session, today: dt.date) -> Iterator[Item]:
    for set_id, many in waiting_by_set(session):
        if many > MANY_SCORES:
            words = f"《{one_rule_set(session, set_id).name}》有{many}笔积分申报等着办。"
            yield Item(f"points {set_id}", words, "请到积分页的“申报”里批量办理。", None, "去看看", "points", "")
            continue
        for one in applications(session, set_id=set_id, open_only=True):
            words = f"{one.subject}的积分申请（{one.item}）等着办。"
            yield Item(f"points {one.id}", words, one.next_act, None, "去看看", "points", one.id)


def _stick(session: Session, today: dt.date) -> Iterator[Item]:
    now = standing(session)
    if now.township is not None and now.saved:
        words = f"有{now.saved}处改动还没有写到U盘报给{now.township.name}。"
        yield Item("stick", words, "插上U盘，写一个上报包带到镇里。", None, "写上报包", "stick")


def _money(session: Session, today: dt.date) -> Iterator[Item]:
    """Contracts that end, sums that are late, findings of the committee without an answer."""
    for row in contracts_ending(session, on=today):
        name = f"和{row.facts.party}的合同“{row.facts.subject}”"
        over = row.days_left is not None and row.days_left < 0
        words = f"{name}已经到期，续签、收回都要登记。" if over else f"{name}快到期了。"
        remark = "续签、重新发包都要先走民主决策。"
        yield Item(f"contract {row.id}", words, remark, row.facts.until_on, "去看看", "accounts", f"contracts {row.id}")
    for row, one in instalments_late(session, on=today):
        owed = "还没有收" if row.facts.receivable else "还没有付"
        words = f"合同“{row.facts.subject}”有一期款{yuan(one.due - one.paid)}元{owed}。"
        yield Item(f"instalment {one.id}", words, one.note, one.due_on, "登记收付", "accounts", f"contracts {row.id}")
    for note in supervision_notes(session, on=today):
        if not note.answer and note.due_on is not None:
            words = f"监委会对“{note.subject}”的意见等着答复。"
            yield Item(f"supervision {note.id}", words, note.finding, note.due_on, "登记答复", "accounts", "")
    # A village that has never reviewed its vouchers here is not told of every month.
    if finance_reviews(session) and (months := missing_months(session, on=today)[-1:]):
        yield Item(f"review {months[0]}", f"{months[0]}还没有民主理财记录。", "", None, "去登记", "accounts", "")


def _registers(session: Session, today: dt.date) -> Iterator[Item]:
    """What registers owe: hazards that nobody reported yet, due entries, people to be talked to."""
    now = dt.datetime.combine(today, dt.datetime.now().time())
    for row in waiting_reports(session, on=today, now=now):
        words = f"隐患“{row.words}”须上报，已经过了{row.waits}，还没有登记上报。"
        remark = "立即打电话或当面报告，再登记什么时候、向谁报的。"
        yield Item(f"report {row.id}", words, remark, row.noted_on, "登记上报", "registers", row.id)
    for due in due_entries(session, on=today):
        place, record = ("people", "") if due.post else ("registers", due.id)
        yield Item(f"entry {due.id}", due.words, due.remark, due.due_on, "去办理", place, record)
    for person in talks_owed(session, on=today):
        yield Item(f"talk {person.id}", f"{person.words}{person.why}。", "", None, "去登记", "registers", TALKS)


# As many cases as a page of today bears by themselves; more are one line.
MANY_CASES = 12


def _service(session: Session, today: dt.date) -> Iterator[Item]:
    """Cases of people that are late or due within a week, what waits to be carried up, and ratings to ask for."""
    rows = service_cases(session)
    soon = [(due, row) for row in rows if (due := row.acts_until) is not None and (due - today).days <= WEEK_DAYS]
    late = sum(bool(row.late) for _, row in soon)
    if len(soon) > MANY_CASES:
        words = f"有{len(soon)}件群众的事七天内到期{f'，其中{late}件已经超期' if late else ''}。"
        first = min(due for due, _ in soon)
        yield Item("service", words, "请逐件办理。", first, "去办理", "cases", Pile.LATE if late else Pile.DUE)
    else:
        for due, row in soon:
            words = f"{row.applicant}的“{row.matter}”（{row.number}）{f'：{row.late}' if row.late else '快到期了。'}"
            remark = "" if row.late else row.next_words
            yield Item(f"service {row.id}", words, remark, due, "接着办", "cases", row.id)
    if carried := sum(row.needs_carrying for row in rows):
        words = f"有{carried}件等着上送到镇里。"
        yield Item("service carry", words, "便民服务日打印带件单一起带去。", None, "去上送", "cases", Pile.CARRY)


# What follows from an assessment is told a week before its day.
_AHEAD = dt.timedelta(days=7)


def _assessed(session: Session, today: dt.date) -> Iterator[Item]:
    """Problems to put right and results to carry out, once their day comes near or has passed."""
    for line in rectifications(session, open_only=True):
        if line.done_on is None and line.due_on is not None and line.due_on <= today + _AHEAD:
            words = f"{line.subject}的整改“{line.problem}”{'过了期限' if line.overdue else '快到期了'}。"
            remark = f"由{line.owner or line.unit}负责，办完请登记，附上材料。"
            yield Item(f"line {line.id}", words, remark, line.due_on, "登记整改", "assessments", f"line {line.id}")
    for one in consequences(session, open_only=True):
        if one.due_on is not None and one.due_on <= today + _AHEAD:
            words = f"{one.subject}：{one.words}，要{one.kind_words}。"
            record = f"consequence {one.id}"
            yield Item(record, words, "办完请登记日期。", one.due_on, "登记办理", "assessments", record)


SOURCES: tuple[Source, ...] = (
    _duties,
    _inquiries,
    _errands,
    _year,
    _cases,
    _works,
    _points,
    _assessed,
    _stick,
    _money,
    _registers,
    _service,
)
