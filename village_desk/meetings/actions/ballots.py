"""A count with all that was told of it: who was in the room, the ballot by name, sittings and written opinions."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings.actions.motions import recusals_of
from village_desk.meetings.actions.moving import sittings_of
from village_desk.meetings.actions.signing import attendance_of, latest_roll
from village_desk.meetings.lookups import WholeRoll, vote_at_hand, whole_roll
from village_desk.meetings.records import Motion, VoteCount
from village_desk.meetings.rules import (
    Count,
    VoteDetails,
    by_name,
    check_parts,
    check_written,
    counted_in,
    serials,
    serials_text,
    tally,
    who,
)
from village_desk.rulebook.rules import VotingWay


@dataclass(frozen=True)
class Room:
    """Who is in the room for one count, by the serials of its roll; those who stay out of the vote are taken off."""

    roll: WholeRoll
    here: frozenset[int]
    recused: frozenset[int]
    households: int
    proxies: tuple[tuple[int, str], ...]
    online: int

    def columns(self) -> dict[str, Any]:
        """As a count keeps it."""
        return {
            "roll_id": self.roll.id,
            "present": serials_text(self.here),
            "recused": serials_text(self.recused),
            "households": self.households,
            "proxied": len(self.proxies),
            "proxies": self.proxies,
            "online": self.online,
        }


def counted(
    session: Session,
    motion: Motion,
    room: Room,
    votes: tuple[int, int, int],
    papers: tuple[str, int | None, int | None, int, int],
    details: VoteDetails,
) -> tuple[Count, dict[str, Any]]:
    """The count with everything that was told of it, as columns. Raises NotAllowed for sums that cannot be."""
    way, issued, returned, spoiled, kept = papers
    names = room.roll.names
    columns: dict[str, Any] = {"joint": details.joint}
    if VotingWay(way) is VotingWay.NAMED and details.has_names:
        ballot = by_name(details, lambda line: who(line, names), names, room.here)
        votes = tally(ballot)
        columns["by_name"] = ballot
    elif details.parts:
        sittings = sittings_of(session, motion.meeting_id)
        came = {one.no: (one.name, len(serials(one.present, len(room.roll.entries)))) for one in sittings}
        votes = check_parts(details.parts, came)
        columns["parts"] = details.parts
    wrote = check_written(details, lambda line: who(line, names), names, room.here)
    if wrote:
        _refuse_where_no_writing_counts(session, motion)
        columns |= {
            "written": wrote,
            "written_yes": details.written_yes,
            "written_no": details.written_no,
            "written_abstain": details.written_abstain,
        }
    if details.joint:
        if VotingWay(way) is not VotingWay.SHOW_OF_HANDS:
            raise NotAllowed("只有举手会分不清是哪个会议的票。", "按票或按姓名表决的，请各个会议分开登记。")
    else:
        # Those in the room first: a wrong sum there must not hide behind the written opinions.
        present, unit = _may_vote(session, motion, room)
        Count(*votes, VotingWay(way), issued, returned, spoiled, kept).fits(present, unit=unit)
    if wrote:
        written = (details.written_yes, details.written_no, details.written_abstain)
        votes = (votes[0] + written[0], votes[1] + written[1], votes[2] + written[2])
        if VotingWay(way) is VotingWay.SECRET:
            raise NotAllowed("无记名投票不能算进署名的书面意见。", "书面意见是署名的，请改用举手或记名表决。")
    return Count(*votes, VotingWay(way), issued, returned, spoiled, kept), columns


def _refuse_where_no_writing_counts(session: Session, motion: Motion) -> None:
    rule, _ = vote_at_hand(session, motion.id)
    if rule is not None and not rule.written_opinions:
        raise NotAllowed(
            f"{rule.rows[0].name}只算到会人的票，没到会的人的书面意见不算。",
            "书面意见可以写进发言要点；表决请只登记到会的人。",
        )


def _may_vote(session: Session, motion: Motion, room: Room) -> tuple[int, str]:
    rule, facts = vote_at_hand(session, motion.id)
    voters = sum(bool(entry[4]) for entry in room.roll.entries if entry[0] in room.here)
    households = voters if room.roll.by_household else room.households
    present = replace(facts.present, eligible=voters, households=households)
    return counted_in(rule, replace(facts, present=present, proxied=0, online=0))


def room_now(session: Session, motion: Motion) -> Room:
    """Who is in the room now, without those who stay out of this vote. Raises NotAllowed without a roll."""
    roll = latest_roll(session, motion.meeting_id)
    if roll is None:
        raise NotAllowed("这次会议还没有计算应到人数，也没有签到。", "请先点“计算应到”和“登记签到”，再登记表决。")
    attendance = attendance_of(session, motion.meeting_id, roll)
    came = frozenset(serials(attendance.present, len(roll.entries))) if attendance is not None else frozenset()
    out = {row.person_id for row in recusals_of(session, motion.id)}
    recused = frozenset(entry[0] for entry in roll.entries if entry[1] in out)
    here = came - recused
    if attendance is None:
        return Room(roll, here, recused, 0, (), 0)
    proxies = tuple((serial, holder) for serial, holder in attendance.proxies if serial in here)
    online = len(here & set(serials(attendance.online, len(roll.entries))))
    return Room(roll, here, recused, attendance.households, proxies, online)


def room_of(session: Session, count: VoteCount) -> Room:
    """The room as an entered count had it. Raises NotFound while its roll has not arrived."""
    roll = whole_roll(session, count.roll_id)
    if roll is None:
        raise NotFound("这次表决用的应到名单还没有收到。", "它可能还在另一台电脑上，请先导入上报包或备份。")
    here = frozenset(serials(count.present, len(roll.entries)))
    recused = frozenset(serials(count.recused, len(roll.entries)))
    proxies = tuple((int(serial), str(holder)) for serial, holder in count.proxies)
    return Room(roll, here, recused, count.households, proxies, count.online)


def numbers_of(count: Count) -> dict[str, int | str | None]:
    """The sums of a count as columns."""
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
