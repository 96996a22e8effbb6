"""Applying for points from what was noted elsewhere: activities, meetings, hours of a month, ended service cases."""

import datetime as dt
from collections import defaultdict

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import chinese_date
from village_desk.meetings.lookups import one_meeting
from village_desk.meetings.lookups.activities import one_activity, volunteer_year
from village_desk.meetings.rules.activities import ActivityState
from village_desk.points.actions.applying import Wanted, apply_for_many
from village_desk.points.actions.parts import Many, item_row
from village_desk.points.lookups import one_rule_set, subject
from village_desk.points.lookups.cases import CASE_SOURCE, cases_to_score
from village_desk.points.lookups.rows import RuleSetRow
from village_desk.points.rules.sets import Per, SubjectKind, period_bounds, period_words
from village_desk.store.acts import act


def apply_from_activity(
    session: Session, *, set_id: str, item_id: str, activity_id: str, points: int, applicant_id: str = ""
) -> Many:
    """Apply for everybody who came to an activity, a household once however many of it came.

    Items per hour take the noted minutes, of a household the longest. Raises NotFound, NotAllowed.
    """
    found, activity = one_rule_set(session, set_id), one_activity(session, activity_id)
    if activity.state is not ActivityState.HELD or not activity.came:
        raise NotAllowed(f"“{activity.title}”还没有登记谁到场。", "请先在活动页登记到场，再记分。")
    minutes = {each.person_id: each.minutes for each in activity.came}
    day = activity.held_on
    proof = activity.evidence or f"{chinese_date(day)}“{activity.title}”到场登记（{len(minutes)}人）"
    return _apply(
        session, found, item_id, points, minutes, activity.title, day, proof, applicant_id, "attendance", activity_id
    )


def apply_from_meeting(
    session: Session, *, set_id: str, item_id: str, meeting_id: str, points: int, applicant_id: str = ""
) -> Many:
    """Apply for everybody who signed in at a meeting. Raises NotFound, NotAllowed before anybody has."""
    found, meeting = one_rule_set(session, set_id), one_meeting(session, meeting_id)
    came = [each.id for each in meeting.roll if each.present]
    day = meeting.row.held_on
    if not came or day is None:
        raise NotAllowed(f"“{meeting.row.title}”还没有登记签到。", "请先在会议页登记签到，再记分。")
    proof = f"{chinese_date(day)}“{meeting.row.title}”签到表（{len(came)}人）"
    whole = dict.fromkeys(came, 0)
    return _apply(
        session, found, item_id, points, whole, meeting.row.title, day, proof, applicant_id, "attendance", meeting_id
    )


def apply_from_hours(
    session: Session, *, set_id: str, item_id: str, month: str, points: int, applicant_id: str = ""
) -> Many:
    """Apply for the voluntary hours of a month (2026-07) by an item per hour. Raises NotFound, NotAllowed."""
    found = one_rule_set(session, set_id)
    item = item_row(found, item_id).item
    if item.per is not Per.HOUR:
        raise NotAllowed(f"“{item.text}”不是按小时记分的。", "请选一条“每小时”的项目。")
    first, last = period_bounds(month)
    minutes: dict[str, int] = {}
    for row in volunteer_year(session, year=first.year):
        given = sum(length for day, length, _ in row.entries if first <= day <= last)
        if given:
            minutes[row.id] = given
    if not minutes:
        raise NotAllowed(f"{period_words(month)}没有登记志愿时长。", "请先在活动页登记到场和时长。")
    title = f"{period_words(month)}志愿服务"
    return _apply(
        session, found, item_id, points, minutes, title, last, f"{title}时长登记", applicant_id, "hours", month
    )


def apply_from_cases(session: Session, *, set_id: str, item_id: str, points: int, applicant_id: str = "") -> Many:
    """Apply once for each service case that ended with the person's confirmation, for who handled it.

    A case is told by its number, so that the wall names nobody else. Cases about relief never count. Raises NotFound,
    NotAllowed when nothing waits.
    """
    found = one_rule_set(session, set_id)
    waiting = cases_to_score(session, set_id=set_id)
    if not waiting:
        raise NotAllowed(
            "没有等着记分的办件。", "办结、本人确认过，并且登记了承办人的办件才能记分；记过的不再记，涉及救助的不记。"
        )
    done: list[str] = []
    left: list[str] = []
    for row in waiting:
        day = row.replied_on or row.closed_on or act(session).today
        event = f"承办{row.number}号办件"
        try:
            many = _apply(
                session,
                found,
                item_id,
                points,
                {row.agent_id: 0},
                event,
                day,
                f"{event}，{chinese_date(day)}办结，本人确认",
                applicant_id,
                CASE_SOURCE,
                row.id,
            )
        except NotAllowed as refusal:
            left.append(f"{event}：{refusal.message}")
            continue
        done += many.done
        left += many.left
    if not done:
        raise NotAllowed(left[0], "请核对项目和办件的承办人。")
    return Many(tuple(done), tuple(left))


def _apply(
    session: Session,
    found: RuleSetRow,
    item_id: str,
    points: int,
    minutes: dict[str, int],
    event: str,
    day: dt.date,
    proof: str,
    applicant_id: str,
    source: str,
    source_id: str,
) -> Many:
    item = item_row(found, item_id).item
    longest: dict[str, int] = defaultdict(int)
    for person_id, length in minutes.items():
        if found.subject is SubjectKind.HOUSEHOLD:
            who = subject(session, SubjectKind.VILLAGER, person_id)
            if who is None or not who.household_id:
                continue
            longest[who.household_id] = max(longest[who.household_id], length)
        else:
            longest[person_id] = length
    wanted = tuple(
        Wanted(one, item_id, points, length // 6 if item.per is Per.HOUR else 10) for one, length in longest.items()
    )
    if not wanted:
        raise NotAllowed("到场的人都不在这份办法的名单里。", "请核对办法的记分对象。")
    return apply_for_many(
        session,
        set_id=found.id,
        wanted=wanted,
        event=event,
        happened_on=day,
        evidence=proof,
        applicant_id=applicant_id,
        source=source,
        source_id=source_id,
    )
