"""Meetings read for pages and paper, with their rolls, sign-in, motions and counts, judged by the rows of their day."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.meetings.lookups.facts import came, count_of, facts_of, judged_meeting, kind_of
from village_desk.meetings.lookups.reading import Bundle, bundles, evening_absences, evening_lines, of
from village_desk.meetings.lookups.relatives import concerned_on
from village_desk.meetings.lookups.rows import (
    CorrectionRow,
    CountRow,
    DoorRow,
    EveningLine,
    EveningRow,
    LeftOutRow,
    MeetingDetail,
    MeetingRow,
    MotionRow,
    MoveRow,
    ObserverRow,
    PartRow,
    RecusalRow,
    RollRow,
    SittingRow,
)
from village_desk.meetings.records import (
    Evening,
    Meeting,
    MeetingPrint,
    MeetingSession,
    MinutesCorrection,
    Motion,
    SignIn,
    VoteCount,
)
from village_desk.meetings.rules import (
    STANDS_FOR_HOUSEHOLDS,
    MeetingState,
    MotionKind,
    MotionState,
    ObserverKind,
    Occasion,
    names_of_choice,
    same_roll,
    serials,
)
from village_desk.meetings.rules.details import CHOICES
from village_desk.rulebook.lookups import rulebook
from village_desk.rulebook.rules import Body, EffectiveRule, Rulebook
from village_desk.store.acts import act, seen

MEETING_NOT_FOUND = ("找不到这次会议。", "它可能还在另一台电脑上，请先导入上报包或备份。")
_CODE_DIGITS = 8


def sheet_code(*facts: object) -> str:
    """Eight digits from the facts under which a meeting or an evening was entered: the same story, the same digits."""
    number = int.from_bytes(hashlib.sha256("|".join(map(str, facts)).encode()).digest()[:8], "big")
    return f"{number % 10**_CODE_DIGITS:0{_CODE_DIGITS}d}"


def all_meetings(session: Session) -> tuple[MeetingRow, ...]:
    """Every meeting, the newest first; those without a day stand on top."""
    meetings = session.scalars(select(Meeting).where(Meeting.retired.is_(False)))
    return _rows(session, list(meetings))


def meetings_about(session: Session, *, source_room: str, source_id: str) -> tuple[MeetingRow, ...]:
    """The meetings that a matter of another room called or was put to, the newest first."""
    put_to = select(Motion.meeting_id).where(
        Motion.retired.is_(False), Motion.source_room == source_room, Motion.source_id == source_id
    )
    called = and_(Meeting.source_room == source_room, Meeting.source_id == source_id)
    found = session.scalars(select(Meeting).where(Meeting.retired.is_(False), or_(called, Meeting.id.in_(put_to))))
    return _rows(session, list(found))


def meetings_to_join(
    session: Session, *, body: str, rule_kind: str, held_on: dt.date, source_id: str = ""
) -> tuple[tuple[str, str], ...]:
    """Meetings of that day as (id, title) to which a matter of this body can be put; not those that it called itself.

    They are counted from the same list, so that one roll and one sign-in serve both.
    """
    wanted = Body(body)
    put_to = select(Motion.meeting_id).where(Motion.retired.is_(False), Motion.source_id == source_id)
    found = session.scalars(
        select(Meeting).where(
            Meeting.retired.is_(False),
            Meeting.held_on == held_on,
            Meeting.body == wanted.value,
            Meeting.occasion == "",
            Meeting.group_name == "",
            Meeting.state != MeetingState.CANCELLED.value,
            *(() if not source_id else (Meeting.id.not_in(put_to),)),
        )
    )
    return tuple(sorted((row.id, row.title) for row in found if same_roll(wanted, rule_kind, wanted, row.rule_kind)))


def meetings_on(session: Session, day: dt.date) -> tuple[MeetingRow, ...]:
    """The meetings of one day that took place."""
    found = session.scalars(
        select(Meeting).where(
            Meeting.retired.is_(False), Meeting.held_on == day, Meeting.state != MeetingState.CANCELLED.value
        )
    )
    return _rows(session, list(found))


def printed_meeting(session: Session, pdf_hash: str) -> tuple[str, int]:
    """The meeting of which a PDF with this SHA-256 was made and the corrections it holds; ("", 0) for none."""
    found = session.scalars(
        select(MeetingPrint).where(MeetingPrint.pdf_hash == pdf_hash, MeetingPrint.retired.is_(False))
    ).first()
    return (found.meeting_id, found.corrections) if found is not None else ("", 0)


def one_meeting(session: Session, meeting_id: str) -> MeetingDetail:
    """A whole meeting. Raises NotFound."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.retired:
        raise NotFound(*MEETING_NOT_FOUND)
    bundle = bundles(session, [meeting])[0]
    book, today = rulebook(session), act(session).today
    rule = _rule(book, meeting)
    sittings = of(session, MeetingSession, MeetingSession.meeting_id == meeting_id)
    names = {one.no: one.name for one in sittings}
    roll = bundle.roll
    return MeetingDetail(
        _row(bundle, book, today),
        seen(session, Meeting, meeting_id),
        meeting.rule_kind,
        _name(meeting, rule),
        rule.legal_refs if rule is not None and not meeting.occasion else (),
        _needs_households(rule, meeting),
        meeting.called_on,
        meeting.chair,
        meeting.recorder,
        meeting.special_reason,
        meeting.group_name,
        tuple(ObserverRow(ObserverKind(kind), name, post) for kind, name, post in meeting.observers),
        tuple((name, words) for name, words in meeting.remarks),
        roll.counted_for if roll is not None else None,
        _roll_rows(bundle),
        roll.households if roll is not None else 0,
        tuple(LeftOutRow(name, reason) for name, reason in roll.left_out) if roll is not None else (),
        bundle.attendance.households if bundle.attendance is not None else 0,
        tuple(_motion(session, bundle, motion, book, names) for motion in bundle.motions),
        judged_meeting(book, bundle, None, today),
        meeting.agenda_posted_on,
        meeting.notice_way,
        tuple(MoveRow(dt.date.fromisoformat(a), dt.date.fromisoformat(b), why) for a, b, why in meeting.moves),
        _door(session, bundle),
        tuple(_sitting(bundle, one) for one in sorted(sittings, key=lambda one: (one.no, one.id))),
        _evening(session, meeting.evening_id),
        corrections_of(session, meeting_id),
        _same_day(session, meeting),
    )


def corrections_of(session: Session, meeting_id: str) -> tuple[CorrectionRow, ...]:
    """The corrections of a meeting's minutes, in their order."""
    found = of(session, MinutesCorrection, MinutesCorrection.meeting_id == meeting_id)
    ordered = sorted(found, key=lambda row: (row.no, row.id))
    return tuple(
        CorrectionRow(place, row.item, row.was, row.becomes, row.reason, row.corrected_by, row.corrected_on)
        for place, row in enumerate(ordered, start=1)
    )


def _rows(session: Session, meetings: list[Meeting]) -> tuple[MeetingRow, ...]:
    book, today = rulebook(session), act(session).today
    shared = of(session, Evening, Evening.id.in_({one.evening_id for one in meetings if one.evening_id}))
    codes = {evening.id: evening.code or sheet_code(evening.id) for evening in shared}
    rows = [
        _row(bundle, book, today, codes.get(bundle.meeting.evening_id, "")) for bundle in bundles(session, meetings)
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.held_on or dt.date.max).toordinal(), row.title, row.id)))


def _row(bundle: Bundle, book: Rulebook, today: dt.date, evening_code: str = "") -> MeetingRow:
    meeting = bundle.meeting
    voted = [motion for motion in bundle.motions if motion.kind != MotionKind.REPORT]
    last = voted[-1] if voted else None
    facts = facts_of(bundle, last, today)
    body = Body(meeting.body)
    return MeetingRow(
        meeting.id,
        meeting.title,
        body,
        Occasion(meeting.occasion).words if meeting.occasion else body.words,
        meeting.held_on,
        meeting.place,
        MeetingState(meeting.state),
        facts.roll.eligible,
        facts.present.eligible,
        len(voted),
        judged_meeting(book, bundle, last, today),
        meeting.source_room,
        meeting.source_id,
        Occasion(meeting.occasion) if meeting.occasion else None,
        meeting.code or sheet_code(meeting.id),
        meeting.evening_id,
        evening_code,
    )


def _motion(session: Session, bundle: Bundle, motion: Motion, book: Rulebook, sittings: Mapping[int, str]) -> MotionRow:
    reasons = {count.reverses_id: count.reason for count in bundle.counts[motion.id] if count.reverses_id}
    counts = [_count_row(bundle, count, sittings) for count in bundle.counts[motion.id] if not count.reverses_id]
    rows = tuple(replace(row, reversed_because=reasons.get(row.id, "")) for row in counts)
    standing = next((row for row in reversed(rows) if row.id not in reasons), None)
    entries = bundle.roll.entries if bundle.roll is not None else ()
    number = {entry[1]: entry[0] for entry in entries}
    recusals = sorted(bundle.recusals[motion.id], key=lambda row: (number.get(row.person_id, 0), row.name))
    concerned = tuple((person, name, role) for person, name, role in motion.concerned)
    out = {row.person_id for row in recusals}
    rule = _rule(book, bundle.meeting, motion)
    to_ask = []
    if concerned and standing is None:
        people = {entry[0]: entry for entry in entries}
        found = concerned_on(session, concerned, entries)
        to_ask = [RecusalRow(people[one][2], why, one) for one, why in found.items() if people[one][1] not in out]
    return MotionRow(
        motion.id,
        seen(session, Motion, motion.id),
        motion.no,
        motion.title,
        motion.text,
        motion.version,
        motion.state == MotionState.SETTLED,
        standing,
        rows,
        judged_meeting(book, bundle, motion, act(session).today),
        MotionKind(motion.kind),
        concerned,
        tuple(RecusalRow(row.name, row.reason, number.get(row.person_id, 0)) for row in recusals),
        tuple(to_ask),
        _name(bundle.meeting, rule),
        rule.legal_refs if rule is not None else (),
        rule is not None and rule.written_opinions,
        motion.source_room,
        motion.source_id,
    )


def _count_row(bundle: Bundle, count: VoteCount, sittings: Mapping[int, str]) -> CountRow:
    roll = bundle.rolls.get(count.roll_id)
    names = roll.names if roll is not None else {}
    ballot = tuple((serial, choice) for serial, choice in count.by_name)
    last = len(names)
    return CountRow(
        count.id,
        count.no,
        count_of(count),
        count.text_version,
        came(roll, count.present, count.households).eligible,
        count.tellers,
        count.monitors,
        count.id in bundle.checked,
        "",
        tuple((choice, names_of_choice(ballot, choice, names)) for choice in CHOICES) if ballot else (),
        (count.written_yes, count.written_no, count.written_abstain),
        tuple(names[serial] for serial in serials(count.written, last)) if names else (),
        tuple(
            PartRow(sittings.get(no, f"第{no}场"), yes, against, abstain) for no, yes, against, abstain in count.parts
        ),
        tuple(names[serial] for serial in serials(count.recused, last)) if names else (),
        count.proxied,
        count.online,
        count.joint,
        count.counted_by,
    )


def _roll_rows(bundle: Bundle) -> tuple[RollRow, ...]:
    roll, attendance = bundle.roll, bundle.here
    if roll is None:
        return ()
    last = len(roll.entries)
    here = set(serials(attendance.present, last)) if attendance else set()
    online = set(serials(attendance.online, last)) if attendance else set()
    absences = dict(attendance.absences) if attendance else {}
    proxies = dict(attendance.proxies) if attendance else {}
    return tuple(
        RollRow(
            person,
            serial,
            name,
            basis,
            votes,
            woman,
            group,
            representative,
            serial in here,
            absences.get(serial, ""),
            proxies.get(serial, ""),
            serial in online,
        )
        for serial, person, name, basis, votes, woman, group, representative in roll.entries
    )


def _door(session: Session, bundle: Bundle) -> tuple[DoorRow, ...]:
    rows = sorted(of(session, SignIn, SignIn.meeting_id == bundle.meeting.id), key=lambda row: (row.no, row.id))
    found: list[DoorRow] = []
    begun: set[dt.date | None] = set()
    for row in rows:
        roll = bundle.rolls.get(row.roll_id)
        names = roll.names if roll is not None else {}
        arrived = tuple(names[one] for one in serials(row.arrived, len(names))) if names else ()
        left = tuple(names[one] for one in serials(row.left, len(names))) if names else ()
        found.append(DoorRow(row.held_on, row.at, arrived, left, row.held_on not in begun))
        begun.add(row.held_on)
    return tuple(found)


def _sitting(bundle: Bundle, one: MeetingSession) -> SittingRow:
    roll = bundle.rolls.get(one.roll_id)
    people = len(serials(one.present, len(roll.entries))) if roll is not None else 0
    return SittingRow(one.no, one.name, one.held_on, one.place, one.present, people)


def _evening(session: Session, evening_id: str) -> EveningRow | None:
    evening = session.get(Evening, evening_id) if evening_id else None
    if evening is None or evening.retired:
        return None
    lines = evening_lines(session, evening)
    here = set(serials(evening.present, len(lines)))
    away = evening_absences(session, evening)
    titles = session.execute(
        select(Meeting.id, Meeting.title).where(
            Meeting.evening_id == evening_id,
            Meeting.retired.is_(False),
            Meeting.state != MeetingState.CANCELLED.value,
        )
    )
    return EveningRow(
        evening.id,
        evening.code or sheet_code(evening.id),
        evening.title,
        evening.held_on,
        tuple(
            EveningLine(person, serial, name, rights, group, True, serial in here, away.get(person, ""))
            for serial, person, name, rights, group in lines
        ),
        tuple(sorted((row.id, row.title) for row in titles)),
    )


def _same_day(session: Session, meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """The other meetings of the day that could share the sign-in sheet."""
    if meeting.held_on is None or meeting.state == MeetingState.CANCELLED:
        return ()
    rows = session.execute(
        select(Meeting.id, Meeting.title).where(
            Meeting.retired.is_(False),
            Meeting.held_on == meeting.held_on,
            Meeting.id != meeting.id,
            Meeting.state != MeetingState.CANCELLED.value,
        )
    )
    return tuple(sorted((row.id, row.title) for row in rows))


def _rule(book: Rulebook, meeting: Meeting, motion: Motion | None = None) -> EffectiveRule | None:
    return book.meeting_rule_if_any(kind_of(meeting, motion), meeting.held_on)


def _name(meeting: Meeting, rule: EffectiveRule | None) -> str:
    if meeting.occasion:
        return Occasion(meeting.occasion).words
    return rule.rows[0].name if rule is not None else Body(meeting.body).words


def _needs_households(rule: EffectiveRule | None, meeting: Meeting) -> bool:
    """Whether the clerk must say how many households those present stand for."""
    if meeting.rule_kind not in STANDS_FOR_HOUSEHOLDS:
        return False
    return meeting.held_on is None or (rule is not None and rule.by_household)
