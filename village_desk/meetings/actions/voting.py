"""Votes: a count is kept as it was taken, a wrong one is taken back and counted anew."""

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import tidy
from village_desk.meetings.actions.ballots import counted, numbers_of, room_now, room_of
from village_desk.meetings.actions.motions import counts_of, motion_of, standing_of
from village_desk.meetings.lookups import one_meeting
from village_desk.meetings.records import CountCheck, Motion, VoteCount
from village_desk.meetings.rules import NO_DETAILS, MotionKind, MotionState, Verdict, VerdictState, VoteDetails
from village_desk.rulebook.rules import VotingWay
from village_desk.store.acts import act


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
    details: VoteDetails = NO_DETAILS,
) -> Verdict:
    """Keep a vote as it was counted, with those who are in the room now, and say what the rules make of it.

    `yes`, `no` and `abstain` are those of the people in the room; with a ballot by name or with sittings the sums come
    from there. Too few people, short notice and too few votes are facts and are kept. Raises NotFound, and NotAllowed
    for sums that cannot be, for somebody who is not on the list, or for a second count of the same vote.
    """
    motion = motion_of(session, motion_id)
    if motion.kind == MotionKind.REPORT:
        raise NotAllowed(f"“{motion.title}”是听取、学习的事项，不表决。", "要表决的，请另加一个议题。")
    if standing_of(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经登记过表决。", "登记错了的，请点“更正表决”，原来的数会留在记录里。")
    room = room_now(session, motion)
    count, more = counted(session, motion, room, (yes, no, abstain), (way, issued, returned, spoiled, kept), details)
    session.add(
        VoteCount(
            **numbers_of(count),
            **room.columns(),
            **more,
            motion_id=motion.id,
            no=len(counts_of(session, motion.id)) + 1,
            text_version=motion.version,
            tellers=tidy(tellers),
            monitors=tidy(monitors),
            counted_by=act(session).actor,
        )
    )
    session.flush()
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
    details: VoteDetails = NO_DETAILS,
) -> Verdict:
    """Take a wrongly entered count back and enter the right one; both stay in the record.

    Those in the room stay the ones of the first entry. Raises NotFound, NotAllowed without a reason or a count.
    """
    motion = motion_of(session, motion_id)
    wrong = standing_of(session, motion_id)
    if wrong is None:
        raise NotAllowed(f"“{motion.title}”还没有登记过表决，不用更正。", "请直接登记表决。")
    if not tidy(reason):
        raise NotAllowed("更正表决要写明原因。", "例如“计票单上是26票，录入时看错”。")
    room = room_of(session, wrong)
    count, more = counted(session, motion, room, (yes, no, abstain), (way, issued, returned, spoiled, kept), details)
    number = len(counts_of(session, motion_id))
    common = {"motion_id": motion.id, "text_version": wrong.text_version, "roll_id": wrong.roll_id}
    actor = act(session).actor
    session.add(VoteCount(**common, no=number + 1, reverses_id=wrong.id, reason=tidy(reason), counted_by=actor))
    session.add(
        VoteCount(
            motion_id=motion.id,
            text_version=wrong.text_version,
            **numbers_of(count),
            **room.columns(),
            **more,
            no=number + 2,
            tellers=tidy(tellers) or wrong.tellers,
            monitors=tidy(monitors) or wrong.monitors,
            counted_by=actor,
        )
    )
    session.flush()
    return _settle(session, motion)


def check_count(session: Session, *, motion_id: str, yes: int, no: int, abstain: int) -> None:
    """A second operator counted the same ballots by himself; only the same numbers confirm the standing count.

    Raises NotFound, NotAllowed for the one who entered it and for other numbers.
    """
    motion = motion_of(session, motion_id)
    standing = standing_of(session, motion_id)
    if standing is None:
        raise NotAllowed(f"“{motion.title}”还没有登记表决。", "请先登记表决，再由另一人核对。")
    actor = act(session).actor
    if actor == standing.counted_by:
        raise NotAllowed("核对票数的人不能是登记票数的人。", "请换另一名操作员坐到电脑前核对，或在表决里写上监票人。")
    first, second = (standing.yes, standing.no_votes, standing.abstain), (yes, no, abstain)
    if first != second:
        raise NotAllowed(
            f"两个人数的不一样：登记的是同意{first[0]}、反对{first[1]}、弃权{first[2]}，"
            f"您数的是同意{yes}、反对{no}、弃权{abstain}。",
            "请两人一起重新唱票计票；登记错了的，点“更正表决”。",
        )
    session.add(CountCheck(count_id=standing.id, checked_by=actor, checked_on=act(session).today))
    session.flush()


def _settle(session: Session, motion: Motion) -> Verdict:
    """The verdict on the standing count; a text that it carries is final from now on."""
    row = one_meeting(session, motion.meeting_id).motion(motion.id)
    assert row is not None
    carried = row.verdict.state in {VerdictState.STANDS, VerdictState.PERSON_MUST_JUDGE}
    if carried and motion.state != MotionState.SETTLED:
        motion.state = MotionState.SETTLED.value
        session.flush()
    return row.verdict
