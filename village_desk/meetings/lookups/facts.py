"""The facts behind the verdict on a vote, and the verdict by the rows of the meeting's day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings.lookups.reading import Bundle, WholeRoll, bundles, heads_of, of
from village_desk.meetings.records import Meeting, Motion, VoteCount
from village_desk.meetings.rules import (
    Check,
    CheckState,
    Count,
    Headcount,
    MeetingFacts,
    MeetingState,
    MotionKind,
    ObserverKind,
    Occasion,
    Verdict,
    decided,
    judge,
    serials,
)
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, EffectiveRule, Rulebook, VotingWay
from village_desk.store.acts import act

MOTION_NOT_FOUND = ("找不到这个议题。", "它可能还在另一台电脑上，请先导入上报包或备份。")


@dataclass(frozen=True)
class MotionFacts:
    """What the checker of decisions needs of one motion; `voted` once a count stands."""

    body: Body
    rule_kind: str
    facts: MeetingFacts
    held: bool
    voted: bool
    observers: frozenset[ObserverKind]


def facts_of_motions(session: Session, motion_ids: Iterable[str]) -> dict[str, MotionFacts]:
    """The facts of many motions in a few queries; unknown ones are left out."""
    wanted = list(motion_ids)
    motions = of(session, Motion, Motion.id.in_(wanted))
    meetings = of(session, Meeting, Meeting.id.in_({motion.meeting_id for motion in motions}))
    found_bundles = {bundle.meeting.id: bundle for bundle in bundles(session, meetings)}
    today = act(session).today
    found = {}
    for motion in motions:
        bundle = found_bundles.get(motion.meeting_id)
        if bundle is None:
            continue
        found[motion.id] = MotionFacts(
            Body(bundle.meeting.body),
            kind_of(bundle.meeting, motion),
            facts_of(bundle, motion, today),
            bundle.meeting.held_on is not None and bundle.meeting.state != MeetingState.CANCELLED,
            bundle.standing(motion) is not None,
            frozenset(ObserverKind(kind) for kind, _, _ in bundle.meeting.observers),
        )
    return found


def vote_at_hand(session: Session, motion_id: str) -> tuple[EffectiveRule | None, MeetingFacts]:
    """The rows and facts by which a count of this motion would be judged now; no rows where no pack has any.

    Raises NotFound.
    """
    motion = session.get(Motion, motion_id)
    meeting = session.get(Meeting, motion.meeting_id) if motion is not None else None
    if motion is None or meeting is None:
        raise NotFound(*MOTION_NOT_FOUND)
    facts = facts_of(bundles(session, [meeting])[0], motion, act(session).today)
    return rulebook(session).meeting_rule_if_any(kind_of(meeting, motion), facts.held_on), facts


def kind_of(meeting: Meeting, motion: Motion | None) -> str:
    """The kind of rule row by which a motion counts: its own, else the meeting's."""
    return motion.rule_kind or meeting.rule_kind if motion is not None else meeting.rule_kind


def facts_of(bundle: Bundle, motion: Motion | None, today: dt.date) -> MeetingFacts:
    """The facts behind a verdict: a count keeps those who were in the room for it, later arrivals change the next."""
    meeting = bundle.meeting
    standing = bundle.standing(motion) if motion is not None else None
    common: dict[str, Any] = {
        "held_on": meeting.held_on or today,
        "called_on": meeting.called_on,
        "special_reason": meeting.special_reason,
        "agenda_on": meeting.agenda_posted_on,
    }
    if standing is not None:
        roll = bundle.rolls.get(standing.roll_id)
        return MeetingFacts(
            **common,
            roll=whole(roll),
            present=came(roll, standing.present, standing.households),
            count=count_of(standing),
            roll_question=roll.question if roll is not None else "",
            counted_by_second_person=bool(standing.monitors) or standing.id in bundle.checked,
            written=standing.written_yes + standing.written_no + standing.written_abstain,
            proxied=standing.proxied,
            online=standing.online,
            joint=standing.joint,
            holders=holders_of(standing.proxies),
        )
    roll, here = bundle.roll, bundle.here
    if roll is None or here is None:
        present = came(roll, "", 0)
        return MeetingFacts(**common, roll=whole(roll), present=present, roll_question=roll.question if roll else "")
    out = {row.person_id for row in bundle.recusals[motion.id]} if motion is not None else set()
    inside = set(serials(here.present, len(roll.entries)))
    inside -= {entry[0] for entry in roll.entries if entry[1] in out}
    entries = [entry for entry in roll.entries if entry[0] in inside]
    proxies = [pair for pair in here.proxies if pair[0] in inside]
    return MeetingFacts(
        **common,
        roll=whole(roll),
        present=heads_of(entries, len(entries) if roll.by_household else here.households),
        roll_question=roll.question,
        proxied=len(proxies),
        holders=holders_of(proxies),
        online=len(inside & set(serials(here.online, len(roll.entries)))),
    )


def holders_of(proxies: Iterable[tuple[int, str]]) -> tuple[tuple[str, int], ...]:
    """Who stands in for how many, by name."""
    return tuple(sorted(Counter(holder for _, holder in proxies).items()))


def judged_meeting(book: Rulebook, bundle: Bundle, motion: Motion | None, today: dt.date) -> Verdict:
    """The verdict on a motion, or on the meeting as such where there is none."""
    meeting = bundle.meeting
    if meeting.held_on is None:
        open_check = Check("held", CheckState.OPEN, "还没有登记开会日期。", next_act="开过会后请登记日期和到会情况。")
        return decided((open_check,), "")
    facts = facts_of(bundle, motion, today)
    if motion is not None and motion.kind == MotionKind.REPORT:
        words = f"“{motion.title}”是听取、学习的事项，不表决。"
        return decided((Check("report", CheckState.HOLDS, words),), words)
    if motion is None and meeting.occasion:
        return _without_vote(Occasion(meeting.occasion), facts, len(meeting.observers))
    try:
        return judge(book.meeting_rule(kind_of(meeting, motion), meeting.held_on), facts)
    except NotFound as missing:
        return decided((Check("rule", CheckState.MUST_JUDGE, missing.message, next_act=missing.advice),), "")
    except NotAllowed as wrong:
        # A count that was taken in from elsewhere, or under rows that have changed since, must not shut the page.
        return decided((Check("sums", CheckState.FAILS, wrong.message, next_act=wrong.advice),), "")


def _without_vote(occasion: Occasion, facts: MeetingFacts, guests: int) -> Verdict:
    heads = facts.present.members
    if occasion.open_to_all and not facts.roll.members:
        words = f"{occasion.words}到会{guests}人，不表决。"
    else:
        words = f"{occasion.words}应到{facts.roll.members}人，到会{heads}人，不表决。"
    if not heads and not guests:
        open_words = f"{occasion.words}还没有登记签到。"
        return decided((Check("came", CheckState.OPEN, open_words, next_act="请把到会的人登记上。"),), "")
    return decided((Check("came", CheckState.HOLDS, words),), words)


def count_of(row: VoteCount) -> Count:
    """The sums of a kept count."""
    return Count(
        row.yes, row.no_votes, row.abstain, VotingWay(row.way), row.issued, row.returned, row.spoiled, row.kept
    )


def whole(roll: WholeRoll | None) -> Headcount:
    """Everybody on a roll."""
    return Headcount(0, 0) if roll is None else roll.heads


def came(roll: WholeRoll | None, present: str, households: int) -> Headcount:
    """Those of a roll who were in the room."""
    if roll is None:
        return Headcount(0, 0, households)
    here = set(serials(present, len(roll.entries)))
    entries = [entry for entry in roll.entries if entry[0] in here]
    return heads_of(entries, len(entries) if roll.by_household else households)
