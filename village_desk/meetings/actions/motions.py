"""The points of an agenda: what is put to the vote or only heard, whom it concerns, and who stays out of the vote."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.meetings.actions.calling import printed_facts
from village_desk.meetings.actions.finding import meeting_of
from village_desk.meetings.actions.minutes import keep_what_was_printed
from village_desk.meetings.actions.signing import latest_roll
from village_desk.meetings.lookups import MOTION_NOT_FOUND
from village_desk.meetings.records import Meeting, Motion, Recusal, VoteCount
from village_desk.meetings.rules import MeetingState, MotionKind, MotionState, same_roll, who
from village_desk.people.lookups import find_people
from village_desk.rulebook.rules import Body
from village_desk.store.acts import edit, retire


def propose_motion(
    session: Session,
    *,
    meeting_id: str,
    title: str,
    text: str = "",
    kind: str = MotionKind.VOTE,
    concerned: tuple[tuple[str, str, str], ...] = (),
    rule_kind: str = "",
    source_room: str = "",
    source_id: str = "",
) -> str:
    """Put something on the agenda; returns its id. With `kind` “report” it is heard and not voted on.

    `rule_kind` says how it counts where that is otherwise than the meeting does.

    `concerned` are (person id or "", name, role) of those who gain by it or do the work; then the desk asks who has to
    stay out of the vote. Raises NotFound, NotAllowed without a title.
    """
    meeting_of(session, meeting_id)
    if not tidy(title):
        raise NotAllowed("议题还没有名称。", "请写明表决什么。")
    number = len(list(session.scalars(select(Motion.id).where(Motion.meeting_id == meeting_id)))) + 1
    motion = Motion(
        meeting_id=meeting_id,
        no=number,
        title=tidy(title),
        text=tidy(text),
        kind=MotionKind(kind).value,
        concerned=_concerned(session, concerned),
        rule_kind=rule_kind,
        source_room=source_room,
        source_id=source_id,
    )
    session.add(motion)
    session.flush()
    return motion.id


def add_matter(
    session: Session, *, meeting_id: str, title: str, text: str, rule_kind: str, source_room: str, source_id: str
) -> str:
    """Let a meeting that another matter called serve this one too: one roll, one sign-in, one set of minutes.

    Returns the motion's id. Raises NotFound, NotAllowed for a meeting that did not take place or whose list is another
    than the one that this matter is counted from.
    """
    meeting = meeting_of(session, meeting_id)
    if meeting.state == MeetingState.CANCELLED:
        raise NotAllowed(f"“{meeting.title}”登记的是没有开成。", "请另登记一次会议，再放进这件事。")
    body, kind = Body(meeting.body), rule_kind or meeting.rule_kind
    if not same_roll(body, kind, body, meeting.rule_kind):
        raise NotAllowed(
            f"“{meeting.title}”的应到名单和这件事要用的不是一份，不能合在一个会上表决。",
            "请另登记一次会议；当晚一起开的，可以再合并签到。",
        )
    motion_id = propose_motion(
        session,
        meeting_id=meeting_id,
        title=title,
        text=text,
        rule_kind=kind if kind != meeting.rule_kind else "",
        source_room=source_room,
        source_id=source_id,
    )
    name_after_matters(session, meeting)
    return motion_id


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


def note_concerned(session: Session, *, motion_id: str, concerned: tuple[tuple[str, str, str], ...]) -> None:
    """Write down who gains by a motion or does the work, as (person id or "", name, role). Raises NotFound, NotAllowed.

    Not once it was voted on: who had to stay out is settled by then.
    """
    motion = motion_of(session, motion_id)
    if standing_of(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经表决过，涉及的人不能再改。", "要改的，请另开一次会重新表决。")
    motion.concerned = _concerned(session, concerned)
    session.flush()


def note_recusals(session: Session, *, motion_id: str, recusals: tuple[tuple[str, str], ...]) -> int:
    """Write down who stays out of a vote, as (numbers or names of the sign-in sheet, reason); returns how many.

    They are not counted as present for this motion and have no voice in it. Replaces what stood there.
    Raises NotFound, NotAllowed for somebody who is not on the list, or once it was voted on.
    """
    motion = motion_of(session, motion_id)
    if standing_of(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经表决过，回避的人不能再改。", "漏了回避的，请另开一次会重新表决。")
    roll = latest_roll(session, motion.meeting_id)
    if roll is None:
        raise NotAllowed("这次会议还没有计算应到人数。", "请先登记签到，再登记回避。")
    wanted: dict[str, tuple[str, str]] = {}
    for line, reason in recusals:
        for serial in who(line, roll.names):
            entry = roll.entries[serial - 1]
            wanted[entry[1]] = (entry[2], tidy(reason))
    for row in recusals_of(session, motion_id):
        if row.person_id not in wanted:
            retire(session, row)
    for person, (name, reason) in wanted.items():
        identity = same_id("recusal", motion_id, person)
        found = session.get(Recusal, identity)
        if found is None:
            session.add(Recusal(id=identity, motion_id=motion_id, person_id=person, name=name, reason=reason))
        else:
            found.name, found.reason, found.retired = name, reason, False
    session.flush()
    return len(wanted)


def recusals_of(session: Session, motion_id: str) -> list[Recusal]:
    """Who stays out of the vote on a motion."""
    return list(session.scalars(select(Recusal).where(Recusal.motion_id == motion_id, Recusal.retired.is_(False))))


def replace_text(session: Session, *, motion_id: str, title: str, text: str) -> int:
    """Put the changed plan of a matter before a meeting that has not voted yet; returns the version.

    Raises NotFound, NotAllowed once it was voted on.
    """
    motion = motion_of(session, motion_id)
    if standing_of(session, motion_id) is not None:
        raise NotAllowed(f"“{motion.title}”已经表决过，表决的那一稿不能换。", "要按新方案办，请再开一次会表决。")
    motion.version += tidy(text) != motion.text
    motion.title, motion.text = tidy(title), tidy(text)
    session.flush()
    return motion.version


def drop_motion(session: Session, *, motion_id: str) -> None:
    """Take a motion off the agenda before any vote. Raises NotFound, NotAllowed once it was voted on."""
    motion = motion_of(session, motion_id)
    if counts_of(session, motion_id):
        raise NotAllowed(f"“{motion.title}”已经表决过，不能去掉。", "表决是事实，请保留；登记错了的，请点“更正表决”。")
    retire(session, motion)


def motion_of(session: Session, motion_id: str) -> Motion:
    """The motion. Raises NotFound."""
    motion = session.get(Motion, motion_id)
    if motion is None or motion.retired:
        raise NotFound(*MOTION_NOT_FOUND)
    return motion


def counts_of(session: Session, motion_id: str) -> list[VoteCount]:
    """Every count of a motion, reversals too, in their order."""
    found = session.scalars(select(VoteCount).where(VoteCount.motion_id == motion_id, VoteCount.retired.is_(False)))
    return sorted(found, key=lambda count: (count.no, count.id))


def standing_of(session: Session, motion_id: str) -> VoteCount | None:
    """The count that holds; None before the first and after a reversal."""
    counts = counts_of(session, motion_id)
    reversed_ids = {count.reverses_id for count in counts}
    return next((row for row in reversed(counts) if not row.reverses_id and row.id not in reversed_ids), None)


def name_after_matters(session: Session, meeting: Meeting) -> None:
    """A meeting that bears the name of its one matter is called after all of them once it serves more."""
    titles = list(
        session.scalars(
            select(Motion.title)
            .where(Motion.meeting_id == meeting.id, Motion.retired.is_(False), Motion.source_id != "")
            .order_by(Motion.no, Motion.id)
        )
    )
    words = Body(meeting.body).words
    own = {f"{words}（{titles[0]}）", f"{words}（{titles[0]}等{len(titles) - 1}项）"} if titles else set()
    if len(titles) > 1 and meeting.title in own:
        before = printed_facts(meeting)
        meeting.title = f"{words}（{titles[0]}等{len(titles)}项）"
        session.flush()
        keep_what_was_printed(session, meeting, before, printed_facts(meeting))


def _concerned(session: Session, rows: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    """With the id of the one villager of that name where the clerk only typed the name."""
    return tuple(
        (person or _only_one_called(session, tidy(name)), tidy(name), tidy(role))
        for person, name, role in rows
        if tidy(name)
    )


def _only_one_called(session: Session, name: str) -> str:
    same = [row.id for row in find_people(session, name) if row.name == name]
    return same[0] if len(same) == 1 else ""
