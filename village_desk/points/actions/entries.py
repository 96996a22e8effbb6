"""The path of points: applied for, checked by another person, booked once, and at most once taken back."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import short_date, tidy
from village_desk.notices.actions import holds_series
from village_desk.notices.rules.kinds import next_number
from village_desk.points.lookups import entry_id_of, entry_number, one_rule_set, subject, sums_of
from village_desk.points.lookups.rows import ItemRow, RuleSetRow, SubjectRow
from village_desk.points.records import PointApplication, PointCheck, PointEntry
from village_desk.points.rules.entries import (
    Actor,
    ApplicationState,
    Verdict,
    Way,
    check_checker,
    check_classes,
    check_evidence,
    check_reversal,
    event_key,
    fit,
)
from village_desk.points.rules.entries import check_application as check_application_rules
from village_desk.points.rules.sets import SubjectKind
from village_desk.store.acts import act


@dataclass(frozen=True)
class Booked:
    """A booked line: its number in words, its points, and why they differ from those asked."""

    entry_id: str
    number: str
    points: int
    why: str


def apply_for_points(
    session: Session,
    *,
    set_id: str,
    item_id: str,
    subject_id: str,
    points: int,
    event: str,
    happened_on: dt.date,
    evidence: str = "",
    applicant_id: str = "",
    subject_class: str = "",
) -> str:
    """Apply for points for a household or a person and return the application's id.

    The same event, subject and item never twice. Raises NotFound, NotAllowed.
    """
    found = one_rule_set(session, set_id)
    row, who = _item(found, item_id), _subject(session, found, subject_id)
    check_application_rules(found.rules, row.item, points, event, happened_on, act(session).today)
    check_classes(row.item, who.name, subject_class)
    check_evidence(row.item, evidence)
    key = event_key(row.item, event, happened_on)
    identity, attempt = _free_attempt(session, found, row, who, key)
    session.add(
        PointApplication(
            id=identity,
            set_id=set_id,
            item_id=item_id,
            subject_id=subject_id,
            points=points,
            event=tidy(event),
            happened_on=happened_on,
            event_key=key,
            attempt=attempt,
            evidence=tidy(evidence),
            applicant_id=applicant_id,
            applicant=_person(session, applicant_id).name if applicant_id else "",
            operator_id=act(session).actor,
            applied_on=act(session).today,
        )
    )
    session.flush()
    return identity


def withdraw_application(session: Session, *, application_id: str) -> None:
    """Take an application back before it is booked. Raises NotFound, NotAllowed."""
    application = _open_application(session, application_id)
    application.state = ApplicationState.WITHDRAWN.value
    session.flush()


def check_application(
    session: Session,
    *,
    application_id: str,
    verdict: str,
    checker_id: str,
    checked_on: dt.date,
    way: str = Way.PAPER,
    words: str = "",
) -> str:
    """Enter what the second person says: agreed or refused; returns the check's id.

    `way` is login (the checker sits at the desk under an own name) or paper (the clerk books a signature).
    Raises NotFound, NotAllowed for the applicant, the same operator, a member of the household.
    """
    application = _open_application(session, application_id)
    found = one_rule_set(session, application.set_id)
    who, checker = _subject(session, found, application.subject_id), _person(session, checker_id)
    if checked_on > act(session).today:
        raise NotAllowed("审核日期在今天以后。", "请填审核人签字的日期。")
    applied = Actor(application.applicant_id, application.applicant, application.operator_id, "")
    check_checker(
        applied,
        Actor(checker_id, checker.name, act(session).actor, checker.household_id),
        Way(way),
        who.household_id,
        who.name,
    )
    if verdict == Verdict.REFUSED and not tidy(words):
        raise NotAllowed("不同意要写明理由。", "例如：签到表上没有这一户。")
    check = PointCheck(
        application_id=application_id,
        verdict=Verdict(verdict).value,
        checker_id=checker_id,
        checker=checker.name,
        way=Way(way).value,
        operator_id=act(session).actor,
        checked_on=checked_on,
        words=tidy(words),
    )
    session.add(check)
    if verdict == Verdict.REFUSED:
        application.state = ApplicationState.REFUSED.value
    session.flush()
    return check.id


def book(session: Session, *, application_id: str) -> Booked:
    """Book a checked application as one line of the ledger; caps and floors may cut it.

    Raises NotFound, NotAllowed without a check, when nothing fits, or when it was booked before.
    """
    application = _open_application(session, application_id)
    checks = [
        each
        for each in session.scalars(select(PointCheck).where(PointCheck.application_id == application_id))
        if each.verdict == Verdict.AGREED
    ]
    if not checks:
        raise NotAllowed("这一笔还没有审核，不能入账。", "请另一位审核人审核签字，再点“入账”。")
    check = max(checks, key=lambda each: (each.checked_on or dt.date.min, each.id))
    found = one_rule_set(session, application.set_id)
    row = _item(found, application.item_id)
    happened = application.happened_on
    assert happened is not None
    sums = sums_of(session, found, row.item, row.id, application.subject_id, happened)
    fitted = fit(found.rules, row.item, application.points, sums)
    entry = _line(
        session,
        entry_id_of(application_id),
        set_id=found.id,
        subject_id=application.subject_id,
        item_id=row.id,
        area=row.item.area,
        text=row.item.text,
        event=application.event,
        happened_on=happened,
        points=fitted.points,
        why=fitted.why,
        evidence=application.evidence,
        application_id=application_id,
        applicant=application.applicant,
        checker=check.checker,
    )
    application.state = ApplicationState.BOOKED.value
    session.flush()
    return Booked(entry.id, entry_number(entry), fitted.points, fitted.why)


def reverse_entry(session: Session, *, entry_id: str, reason: str) -> Booked:
    """Take a booked line back by a line of its own (更正, 冲正): once, with a reason.

    Raises NotFound, NotAllowed.
    """
    entry = session.get(PointEntry, entry_id)
    if entry is None:
        raise NotFound("找不到这一笔积分。", "请刷新后再试。")
    if entry.reverses_id:
        raise NotAllowed(f"{entry_number(entry)}本身就是一笔更正，不能再冲。", "要重新记分，请重新申报。")
    identity = same_id("point_reversal", entry_id)
    done = session.get(PointEntry, identity) is not None
    check_reversal(ApplicationState.BOOKED, done, entry_number(entry), reason)
    line = _line(
        session,
        identity,
        set_id=entry.set_id,
        subject_id=entry.subject_id,
        item_id=entry.item_id,
        area=entry.area,
        text=entry.text,
        event=entry.event,
        happened_on=entry.happened_on,
        points=-entry.points,
        why=f"更正{entry_number(entry)}：{tidy(reason)}",
        application_id=entry.application_id,
        reverses_id=entry.id,
    )
    return Booked(line.id, entry_number(line), line.points, line.why)


def _line(session: Session, identity: str, **values: object) -> PointEntry:
    today = act(session).today
    taken = session.scalar(select(func.max(PointEntry.number)).where(PointEntry.year == today.year))
    number = next_number((taken,) if taken else (), holds_series=holds_series(session))
    entry = PointEntry(id=identity, booked_on=today, year=today.year, number=number, **values)
    session.add(entry)
    session.flush()
    return entry


def _free_attempt(session: Session, found: RuleSetRow, row: ItemRow, who: SubjectRow, key: str) -> tuple[str, int]:
    """The id of the next application for the same thing; refuses while an earlier one stands."""
    attempt = 0
    while True:
        identity = same_id("point_application", found.id, row.id, who.id, key, str(attempt))
        earlier = session.get(PointApplication, identity)
        if earlier is None:
            return identity, attempt
        if earlier.retired:
            attempt += 1
            continue
        happened = short_date(earlier.happened_on) if earlier.happened_on else ""
        name = f"{who.group}{who.name}" if who.group else who.name
        if earlier.state == ApplicationState.APPLIED:
            raise NotAllowed(
                f"{name}的“{row.item.text}”（{happened}）已经申报过，正在等审核。",
                "不用再报；要改，请先撤回原来那一笔。",
            )
        if earlier.state == ApplicationState.BOOKED:
            entry = session.get(PointEntry, entry_id_of(identity))
            if entry is not None and session.get(PointEntry, same_id("point_reversal", entry.id)) is None:
                raise NotAllowed(
                    f"{name}的“{row.item.text}”（{happened}）已经记过{entry.points}分（{entry_number(entry)}），不能重复记。",
                    "要改，请点“更正这一笔”。",
                )
        attempt += 1


def _open_application(session: Session, application_id: str) -> PointApplication:
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


def _item(found: RuleSetRow, item_id: str) -> ItemRow:
    row = found.item(item_id)
    if row is None:
        raise NotFound(f"《{found.name}》里没有这条积分项目。", "它可能已经停用，请重新选择。")
    return row


def _subject(session: Session, found: RuleSetRow, subject_id: str) -> SubjectRow:
    who = subject(session, found.subject, subject_id)
    if who is None:
        raise NotFound(f"名册里找不到要记分的{found.subject_words}。", "请先在村民页核对。")
    return who


def _person(session: Session, person_id: str) -> SubjectRow:
    found = subject(session, SubjectKind.VILLAGER, person_id) if person_id else None
    if found is None:
        raise NotFound("名册里找不到这个人。", "请从名册里选。")
    return found
