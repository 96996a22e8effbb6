"""What others say of applications: a second person, a meeting of three and more, the township; many in one act."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed, NotFound
from village_desk.kit.ids import new_id, same_id
from village_desk.kit.text import tidy
from village_desk.points.actions.parts import Many, actors, open_application
from village_desk.points.lookups import applications, one_rule_set
from village_desk.points.lookups.asked import CONFIRMED, NOT_CONFIRMED
from village_desk.points.lookups.rows import ApplicationRow
from village_desk.points.records import PointApplication, PointCheck, PointReview
from village_desk.points.rules.entries import (
    OPEN_STAGES,
    Actor,
    ApplicationState,
    Stage,
    Verdict,
    Way,
    check_checker,
    check_evidence,
    check_judges,
    why_not_judged,
)
from village_desk.store.acts import act, add_many, change_many
from village_desk.sync.answers import RecordAnswer


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
    open_application(session, application_id)
    row = applications(session, ids=[application_id])[0]
    by = _checker(session, checker_id, checked_on, verdict, words)
    record = session.get(PointApplication, application_id)
    assert record is not None
    check_checker(
        Actor(record.applicant_id, record.applicant, record.operator_id, ""),
        by,
        Way(way),
        row.household_id,
        row.subject,
    )
    check_evidence(row.item, verdict == Verdict.AGREED and row.lacks_evidence)
    (made,) = _say(session, [row], "check", verdict, by, Way(way).value, checked_on, words)
    return made


def check_applications(
    session: Session,
    *,
    application_ids: tuple[str, ...],
    verdict: str,
    checker_id: str,
    checked_on: dt.date,
    way: str = Way.PAPER,
    words: str = "",
) -> Many:
    """Enter what the second person says of many; those of the checker's own household stay waiting, with a sentence.

    Raises NotFound, NotAllowed when none of them can be checked by this person.
    """
    by = _checker(session, checker_id, checked_on, verdict, words)
    good: list[ApplicationRow] = []
    left: list[str] = []
    for row in _open(session, application_ids, left):
        record = session.get(PointApplication, row.id)
        assert record is not None
        applied = Actor(record.applicant_id, record.applicant, record.operator_id, "")
        try:
            check_checker(applied, by, Way(way), row.household_id, row.subject)
            check_evidence(row.item, verdict == Verdict.AGREED and row.lacks_evidence)
        except DeskError as refusal:
            left.append(f"{refusal.message}{refusal.advice}")
            continue
        good.append(row)
    _refuse_nothing_done(good, left)
    _say(session, good, "check", verdict, by, Way(way).value, checked_on, words)
    return Many(tuple(row.id for row in good), tuple(left))


def review_applications(
    session: Session,
    *,
    set_id: str,
    application_ids: tuple[str, ...],
    judges: tuple[str, ...],
    held_on: dt.date,
    refused: tuple[tuple[str, str], ...] = (),
    words: str = "",
    body: str = "group",
) -> Many:
    """One meeting of at least three people judges many applications at once.

    `refused` are pairs (application's id, reason); all others are agreed. Who lives in the household, and who applied,
    stands aside; where fewer than three are left the application stays waiting, with a sentence.
    Raises NotFound, NotAllowed for fewer than three names or a day to come.
    """
    one_rule_set(session, set_id)
    _not_to_come(session, held_on, "评议会")
    sitting = actors(session, judges)
    check_judges(sitting, body)
    no = dict(refused)
    left: list[str] = []
    good: list[ApplicationRow] = []
    for row in _open(session, application_ids, left):
        why = why_not_judged(sitting, row.household_id, row.applicant_id, row.subject)
        if why:
            left.append(why)
        elif row.id not in no and row.lacks_evidence:
            left.append(f"{row.subject}：“{row.item}”还没有依据，这一笔没有评。请写明依据或附上材料，再评。")
        elif row.id in no and not tidy(no[row.id]):
            left.append(f"{row.subject}：不同意要写明理由，这一笔没有评。")
        else:
            good.append(row)
    _refuse_nothing_done(good, left)
    review = PointReview(
        set_id=set_id,
        body=body,
        held_on=held_on,
        judges=tuple((each.person_id, each.name) for each in sitting),
        words=tidy(words),
        operator_id=act(session).actor,
    )
    session.add(review)
    session.flush()
    names = Actor("", "、".join(each.name for each in sitting), "", "")
    yes = [row for row in good if row.id not in no]
    _say(session, yes, "review", Verdict.AGREED, names, Way.PAPER.value, held_on, tidy(words), review.id)
    for row in (row for row in good if row.id in no):
        _say(session, [row], "review", Verdict.REFUSED, names, Way.PAPER.value, held_on, no[row.id], review.id)
    return Many(tuple(row.id for row in good), tuple(left))


def confirm_by_township(
    session: Session,
    *,
    set_id: str,
    document: str,
    dated_on: dt.date,
    application_ids: tuple[str, ...] = (),
    refused: tuple[tuple[str, str], ...] = (),
    way: str = "document",
) -> Many:
    """Book the township's confirmation: of all that wait for it in one act, or of some.

    `document` is its number, `refused` are pairs (application's id, reason). Raises NotFound, NotAllowed without a
    number, or when nothing waits for the township.
    """
    found = one_rule_set(session, set_id)
    if not tidy(document):
        raise NotAllowed(
            "还没填乡镇认定文件的编号。", "请填文号，例如“平安党办〔2026〕12号”；没有文号的写“电话通知”和姓名。"
        )
    _not_to_come(session, dated_on, "认定")
    rows = applications(session, set_id=set_id, open_only=True)
    wanted = set(application_ids) or {row.id for row in rows} | {one for one, _ in refused}
    no = dict(refused)
    waiting = [row for row in rows if row.id in wanted and row.stage is Stage.TOWNSHIP]
    if not waiting:
        raise NotAllowed(f"《{found.name}》现在没有待乡镇认定的积分。", "先走完审核、评议和公示，再登记乡镇认定。")
    bare = next((row for row in waiting if row.id not in no and row.lacks_evidence), None)
    if bare is not None:
        check_evidence(f"{bare.subject}：{bare.item}", True)
    reasonless = next((row.subject for row in waiting if row.id in no and not tidy(no[row.id])), "")
    if reasonless:
        raise NotAllowed(f"乡镇没有认定{reasonless}的一笔，要写明理由。", "照文件上的意见填。")
    _confirm(session, set_id, waiting, no, document, dated_on, way)
    return Many(tuple(row.id for row in waiting))


def take_answer(session: Session, *, answer: RecordAnswer) -> str:
    """Carry out what the township says of applications by stick; says what came of it.

    What was confirmed or ended before the answer came stays as it is. The same answer on two laptops makes the same
    rows. Raises NotFound when none of the records is here, NotAllowed for an answer of another kind.
    """
    if answer.kind not in {CONFIRMED, NOT_CONFIRMED}:
        raise NotAllowed("乡镇对积分的这种答复，本机的版本还不认识。", "请更新本机的程序。")
    rows = applications(session, ids=answer.records)
    if not rows:
        raise NotFound("找不到乡镇认定的积分申报。", "它可能还在另一台电脑上。")
    waiting = [
        row
        for row in rows
        if row.stage in OPEN_STAGES and row.path is not None and row.path.township_needed and not row.path.confirmed
    ]
    no = {row.id: answer.words for row in waiting} if answer.kind == NOT_CONFIRMED else {}
    for set_id in sorted({row.set_id for row in waiting}):
        mine = [row for row in waiting if row.set_id == set_id]
        _confirm(session, set_id, mine, no, answer.document, answer.day, "stick", cause=answer.id)
    ended = f"另有{len(rows) - len(waiting)}笔原来已经办结，没有变。" if len(waiting) < len(rows) else ""
    if not waiting:
        return f"乡镇{answer.document}说到的{len(rows)}笔积分原来都已经办结，没有变。"
    if no:
        return f"乡镇没有认定{len(waiting)}笔积分（{answer.document}）：{answer.words}。{ended}"
    return f"乡镇认定了{len(waiting)}笔积分（{answer.document}），可以入账。{ended}"


def _confirm(
    session: Session,
    set_id: str,
    rows: Sequence[ApplicationRow],
    no: dict[str, str],
    document: str,
    dated_on: dt.date,
    way: str,
    cause: str = "",
) -> None:
    """One document of the township on many applications; with a `cause` the same rows on every laptop."""
    review = PointReview(
        id=same_id("point_review", cause, set_id) if cause else new_id(),
        set_id=set_id,
        body="township",
        held_on=dated_on,
        document=tidy(document),
        words=way,
        operator_id=act(session).actor,
    )
    session.add(review)
    session.flush()
    town = Actor("", "乡镇", "", "")
    yes = [row for row in rows if row.id not in no]
    _say(session, yes, "township", Verdict.AGREED, town, way, dated_on, tidy(document), review.id, cause)
    for row in (row for row in rows if row.id in no):
        reason = f"{tidy(document)}：{tidy(no[row.id])}"
        _say(session, [row], "township", Verdict.REFUSED, town, way, dated_on, reason, review.id, cause)


def _checker(session: Session, checker_id: str, checked_on: dt.date, verdict: str, words: str) -> Actor:
    (found,) = actors(session, [checker_id])
    if checked_on > act(session).today:
        raise NotAllowed("审核日期在今天以后。", "请填审核人签字的日期。")
    if verdict == Verdict.REFUSED and not tidy(words):
        raise NotAllowed("不同意要写明理由。", "例如：签到表上没有这一户。")
    return replace(found, operator_id=act(session).actor)


def _open(session: Session, ids: Sequence[str], left: list[str]) -> list[ApplicationRow]:
    """The open ones of these; what is final already is told in `left`."""
    good = []
    for row in applications(session, ids=ids):
        if row.stage in OPEN_STAGES:
            good.append(row)
        else:
            left.append(f"{row.subject}的“{row.item}”{row.stage_words}，不用再办。")
    return good


def _refuse_nothing_done(good: Sequence[ApplicationRow], left: Sequence[str]) -> None:
    if not good:
        raise NotAllowed(left[0] if left else "没有选中要办的申报。", "" if left else "请先在申报清单里选。")


def _not_to_come(session: Session, day: dt.date, what: str) -> None:
    if day > act(session).today:
        raise NotAllowed(f"{what}的日期在今天以后。", "请填实际的日期。")


def _say(
    session: Session,
    rows: Sequence[ApplicationRow],
    stage: str,
    verdict: str,
    by: Actor,
    way: str,
    day: dt.date,
    words: str,
    review_id: str = "",
    cause: str = "",
) -> list[str]:
    made: list[dict[str, Any]] = [
        {
            "id": same_id("point_check", cause, row.id) if cause else new_id(),
            "application_id": row.id,
            "stage": stage,
            "review_id": review_id,
            "verdict": Verdict(verdict).value,
            "checker_id": by.person_id,
            "checker": by.name,
            "way": way,
            "operator_id": act(session).actor,
            "checked_on": day,
            "words": tidy(words),
        }
        for row in rows
    ]
    add_many(session, PointCheck, made)
    if verdict == Verdict.REFUSED:
        change_many(session, PointApplication, {row.id: {"state": ApplicationState.REFUSED.value} for row in rows})
        session.expire_all()
    return [str(each["id"]) for each in made]
