"""Meetings of the demo beside its matters: a lecture, and one evening of two bodies with one sign-in sheet."""

from typing import Any

from sqlalchemy.orm import Session

from village_desk.desk.demo.story import Story
from village_desk.meetings.actions import (
    call_meeting,
    correct_minutes,
    count_roll,
    join_evening,
    note_absences,
    note_observers,
    note_remarks,
    propose_motion,
    record_vote,
    sign_in,
    sign_in_evening,
)
from village_desk.meetings.lookups import EveningLine, one_meeting
from village_desk.meetings.rules import VoteDetails, serials_text

_PLACE = "村委会二楼会议室"


def tell_evenings(story: Story) -> None:
    """Let them happen in the last days."""
    story.on(-12, lambda: _lecture(story))
    story.on(-6, lambda: _evening(story))


def _lecture(story: Story) -> None:
    with story.writing("meetings.call_meeting") as session:
        meeting_id = call_meeting(
            session,
            title="党支部书记讲党课",
            body="party_members",
            occasion="party_lecture",
            called_on=story.day(-15),
            held_on=story.day(-12),
            place=_PLACE,
            recorder=story.clerk,
            notice_way="微信",
        )
        propose_motion(session, meeting_id=meeting_id, title="学习农村集体经济组织法", kind="report")
        count_roll(session, meeting_id=meeting_id)
        everybody = len(one_meeting(session, meeting_id).roll)
        away = sorted(story.chance.sample(range(1, everybody + 1), everybody // 5))
        here = (number for number in range(1, everybody + 1) if number not in away)
        sign_in(session, meeting_id=meeting_id, serial_numbers=serials_text(here), at="15:00")
        note_absences(session, meeting_id=meeting_id, absences=((serials_text(away[:4]), "外出务工"),))
    story.count("meetings")


def _evening(story: Story) -> None:
    """The members and the representatives, one after the other; the sheet is signed once."""
    common: dict[str, Any] = {
        "called_on": story.day(-12),
        "held_on": story.day(-6),
        "place": _PLACE,
        "recorder": story.clerk,
    }
    with story.writing("meetings.join_evening") as session:
        members = call_meeting(session, title="党员大会（听取半年工作）", body="party_members", **common)
        representatives = call_meeting(session, title="村民代表会议（选聘保洁员）", body="representatives", **common)
        together = join_evening(session, meeting_ids=(members, representatives), title="当晚两个会")
        propose_motion(session, meeting_id=members, title="听取党支部半年工作情况", kind="report")
        motion = propose_motion(
            session, meeting_id=representatives, title="选聘保洁员两名", text="聘保洁员两名，每月各800元。"
        )
        total = len(_lines(session, members))
        sign_in_evening(session, evening_id=together, serial_numbers=f"1-{total - 6}", at="19:00")
        sign_in_evening(session, evening_id=together, serial_numbers=f"1-{total - 5}", at="19:25")
        note_observers(
            session,
            meeting_id=representatives,
            observers=(("supervision", story.supervisor, "村务监督委员会主任"), ("stationed", "陈敏", "驻村第一书记")),
        )
        words = "工资由村集体收入列支，按季公开。"
        note_remarks(session, meeting_id=representatives, remarks=((story.checker, words),))
        here = [row.serial for row in one_meeting(session, representatives).came]
        ballot = VoteDetails(by_name_yes=serials_text(here[:-3]), by_name_no=serials_text(here[-3:]))
        record_vote(session, motion_id=motion, yes=0, no=0, abstain=0, way="named", details=ballot)
    story.count("meetings", 2)
    with story.writing("meetings.correct_minutes") as session:
        correct_minutes(
            session,
            meeting_id=representatives,
            item="发言要点",
            was="按季公开",
            becomes="按月公开",
            reason="记录时听错",
            by=story.checker,
        )


def _lines(session: Session, meeting_id: str) -> tuple[EveningLine, ...]:
    evening = one_meeting(session, meeting_id).evening
    return evening.lines if evening is not None else ()
