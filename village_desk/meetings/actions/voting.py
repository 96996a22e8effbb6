"""Motions and their votes: a count is kept as it was taken, a wrong one is taken back and counted anew."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.text import tidy
from village_desk.meetings.actions.calling import meeting_of
from village_desk.meetings.actions.signing import attendance_of, latest_roll
from village_desk.meetings.lookups import MOTION_NOT_FOUND, one_meeting
from village_desk.meetings.records import CountCheck, Motion, VoteCount
from village_desk.meetings.rules import Count, MotionState, Verdict, VerdictState
from village_desk.rulebook.rules import VotingWay
from village_desk.store.acts import act, edit, retire


def propose_motion(session: Session, *, meeting_id: str, title: str, text: str = "") -> str:
    """Put something on the agenda; returns its id. Raises NotFound, NotAllowed without a title."""
    meeting_of(session, meeting_id)
    if not tidy(title):
        raise NotAllowed("议题还没有名称。", "请写明表决什么。")
    number = len(list(session.scalars(select(Motion.id).where(Motion.meeting_id == meeting_id)))) + 1
    motion = Motion(meeting_id=meeting_id, no=number, title=tidy(title), text=tidy(text))
    session.add(motion)
    session.flush()
    return motion.id


def change_motion(session: Session, *, motion_id: str, seen: str, title: str, text: str) -> int:
    """Change a motion before it has passed; another text is another version, and votes on the old one are void.

    Returns the version. Raises NotFound, NotAllowed for a text that was passed.
    """
    motion = motion_of(session, motion_id)
    if motion.state == MotionState.SETTLED:
        raise NotAllowed(f"“{motion.title}”已经通过，决议文字不能再改。", "要改决议，请由同一个会议另作决定。")
    version = motion.version + (tidy(text) != motion.text)
    edit(session, motion, seen=seen, title=tidy(title), text=tidy(text), version=version)
    return version


def replace_text(session: Session, *, motion_id: str, title: str, text: str) -> int:
    """Put the changed plan of a matter before a meeting that has not voted yet; returns the version.

    Raises NotFound, NotAllowed once it was voted on.
    """
    motion = motion_of(session, motion_id)
    if _standing(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经表决过，表决的那一稿不能换。", "要按新方案办，请再开一次会表决。")
    motion.version += tidy(text) != motion.text
    motion.title, motion.text = tidy(title), tidy(text)
    session.flush()
    return motion.version


def drop_motion(session: Session, *, motion_id: str) -> None:
    """Take a motion off the agenda before any vote. Raises NotFound, NotAllowed once it was voted on."""
    motion = motion_of(session, motion_id)
    if _counts(session, motion_id):
        raise NotAllowed(f"“{motion.title}”已经表决过，不能去掉。", "表决是事实，请保留；登记错了的，请点“更正表决”。")
    retire(session, motion)


def record_vote(
    session: Session,
    *,
    motion_id: str,
    yes: int,
    no: int,
    abstain: int,
    way: str = VotingWay.SHOW_OF_HANDS,
    issued: int | None = None,
    returned: int | None = None,
    spoiled: int = 0,
    kept: int = 0,
    tellers: str = "",
    monitors: str = "",
) -> Verdict:
    """Keep a vote as it was counted, with those who are in the room now, and say what the rules make of it.

    Too few people, short notice and too few votes are facts and are kept. Raises NotFound, and NotAllowed for sums that
    cannot be or for a second count of the same vote.
    """
    motion = motion_of(session, motion_id)
    count = Count(yes, no, abstain, VotingWay(way), issued, returned, spoiled, kept)
    if _standing(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经登记过表决。", "登记错了的，请点“更正表决”，原来的数会留在记录里。")
    _add_count(session, motion, count, tidy(tellers), tidy(monitors))
    return _settle(session, motion)


def correct_vote(
    session: Session,
    *,
    motion_id: str,
    reason: str,
    yes: int,
    no: int,
    abstain: int,
    way: str = VotingWay.SHOW_OF_HANDS,
    issued: int | None = None,
    returned: int | None = None,
    spoiled: int = 0,
    kept: int = 0,
    tellers: str = "",
    monitors: str = "",
) -> Verdict:
    """Take a wrongly entered count back and enter the right one; both stay in the record.

    Those in the room stay the ones of the first entry. Raises NotFound, NotAllowed without a reason or a count.
    """
    motion = motion_of(session, motion_id)
    wrong = _standing(session, motion_id)
    if wrong is None:
        raise NotAllowed(f"“{motion.title}”还没有登记过表决，不用更正。", "请直接登记表决。")
    if not tidy(reason):
        raise NotAllowed("更正表决要写明原因。", "例如“计票单上是26票，录入时看错”。")
    count = Count(yes, no, abstain, VotingWay(way), issued, returned, spoiled, kept)
    number = len(_counts(session, motion_id))
    common = {"motion_id": motion.id, "text_version": wrong.text_version, "roll_id": wrong.roll_id}
    actor = act(session).actor
    session.add(VoteCount(**common, no=number + 1, reverses_id=wrong.id, reason=tidy(reason), counted_by=actor))
    session.add(
        VoteCount(
            **common,
            **_numbers(count),
            no=number + 2,
            present=wrong.present,
            households=wrong.households,
            tellers=tidy(tellers) or wrong.tellers,
            monitors=tidy(monitors) or wrong.monitors,
            counted_by=actor,
        )
    )
    session.flush()
    return _settle(session, motion)


def check_count(session: Session, *, motion_id: str) -> None:
    """A second operator confirms the standing count. Raises NotFound, NotAllowed for the one who entered it."""
    motion = motion_of(session, motion_id)
    standing = _standing(session, motion_id)
    if standing is None:
        raise NotAllowed(f"“{motion.title}”还没有登记表决。", "请先登记表决，再由另一人核对。")
    actor = act(session).actor
    if actor == standing.counted_by:
        raise NotAllowed("核对票数的人不能是登记票数的人。", "请换另一名操作员坐到电脑前核对，或在表决里写上监票人。")
    session.add(CountCheck(count_id=standing.id, checked_by=actor, checked_on=act(session).today))
    session.flush()


def motion_of(session: Session, motion_id: str) -> Motion:
    """The motion. Raises NotFound."""
    motion = session.get(Motion, motion_id)
    if motion is None or motion.retired:
        raise NotFound(*MOTION_NOT_FOUND)
    return motion


def _add_count(session: Session, motion: Motion, count: Count, tellers: str, monitors: str) -> None:
    roll = latest_roll(session, motion.meeting_id)
    if roll is None:
        raise NotAllowed("这次会议还没有计算应到人数，也没有签到。", "请先点“计算应到”和“登记签到”，再登记表决。")
    attendance = attendance_of(session, motion.meeting_id, roll)
    session.add(
        VoteCount(
            **_numbers(count),
            motion_id=motion.id,
            no=len(_counts(session, motion.id)) + 1,
            text_version=motion.version,
            roll_id=roll.id,
            present=attendance.present if attendance is not None else "",
            households=attendance.households if attendance is not None else 0,
            tellers=tellers,
            monitors=monitors,
            counted_by=act(session).actor,
        )
    )
    session.flush()


def _numbers(count: Count) -> dict[str, int | str | None]:
    return {
        "way": count.way.value,
        "yes": count.yes,
        "no_votes": count.no,
        "abstain": count.abstain,
        "issued": count.issued,
        "returned": count.returned,
        "spoiled": count.spoiled,
        "kept": count.kept,
    }


def _settle(session: Session, motion: Motion) -> Verdict:
    """The verdict on the standing count; a text that it carries is final from now on."""
    row = one_meeting(session, motion.meeting_id).motion(motion.id)
    assert row is not None
    carried = row.verdict.state in {VerdictState.STANDS, VerdictState.PERSON_MUST_JUDGE}
    if carried and motion.state != MotionState.SETTLED:
        motion.state = MotionState.SETTLED.value
        session.flush()
    return row.verdict


def _counts(session: Session, motion_id: str) -> list[VoteCount]:
    found = session.scalars(select(VoteCount).where(VoteCount.motion_id == motion_id, VoteCount.retired.is_(False)))
    return sorted(found, key=lambda count: (count.no, count.id))


def _standing(session: Session, motion_id: str) -> VoteCount | None:
    counts = _counts(session, motion_id)
    reversed_ids = {count.reverses_id for count in counts}
    return next((row for row in reversed(counts) if not row.reverses_id and row.id not in reversed_ids), None)
