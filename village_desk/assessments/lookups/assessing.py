"""Rounds of assessment as pages and paper show them: stages, subjects with parts and totals, ranks, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import counts_of
from village_desk.assessments.lookups.following import consequences, rectifications
from village_desk.assessments.lookups.forms import BreachRow, breaches
from village_desk.assessments.lookups.reports import reports
from village_desk.assessments.lookups.rows import (
    AssessmentDetail,
    AssessmentRow,
    HitRow,
    MarkRow,
    Received,
    SubjectResult,
    TallyRow,
)
from village_desk.assessments.records import (
    AssessmentMark,
    AssessmentRound,
    AssessmentSubject,
    BallotTally,
    ItemHit,
)
from village_desk.assessments.rules.forms import HITS, Evidence, Form, ItemKind, RaterHow, StageKey, Target, unpack
from village_desk.assessments.rules.running import (
    RoundFacts,
    Unproved,
    stage_states,
    wants_proof,
)
from village_desk.assessments.rules.scoring import (
    VETOED,
    Mark,
    Part,
    Tally,
    Total,
    band_of,
    part_of,
    ranks,
    sheet_whole,
    total_of,
)
from village_desk.kit.errors import NotFound
from village_desk.notices.lookups import duties_about, notices_about
from village_desk.store.acts import act, seen

ROOM = "assessments"
MARK_TABLE = AssessmentMark.__tablename__
GIVEN = -1


def assessments(session: Session, *, year: int = 0) -> tuple[AssessmentRow, ...]:
    """Every round, what is open first, then the newest."""
    statement = select(AssessmentRound).where(AssessmentRound.retired.is_(False))
    if year:
        statement = statement.where(AssessmentRound.year == year)
    many: dict[str, int] = {}
    for round_id in session.scalars(select(AssessmentSubject.round_id).where(AssessmentSubject.retired.is_(False))):
        many[round_id] = many.get(round_id, 0) + 1
    late = {one.round_id for one in rectifications(session, open_only=True) if one.overdue}
    late |= {one.round_id for one in consequences(session, open_only=True) if one.overdue}
    rows = [_row(each, many.get(each.id, 0), each.id in late) for each in session.scalars(statement)]
    return tuple(sorted(rows, key=lambda row: (row.closed_on is not None, -row.year, row.title, row.id)))


def one_assessment(session: Session, round_id: str) -> AssessmentDetail:
    """A whole round with everything computed. Raises NotFound."""
    found = session.get(AssessmentRound, round_id)
    if found is None or found.retired:
        raise NotFound("找不到这次考评。", "请刷新后再试。")
    form, today = unpack(found.form), act(session).today
    subjects = _subjects(session, found, form)
    unproved = _unproved(form, subjects)
    follow = consequences(session, round_id=round_id)
    lines = rectifications(session, round_id=round_id)
    told = reports(session, round_id=round_id)
    sheets = notices_about(session, source_room=ROOM, source_id=round_id, on=today)
    missing = tuple(dict.fromkeys(one for subject in subjects for one in subject.missing))
    four = (found.plan, found.way, found.matter, found.demands)
    facts = RoundFacts(
        subjects=len(subjects),
        four=four,
        signed_on=found.signed_on,
        reports=len(told),
        missing=missing,
        closed_on=found.closed_on,
        posted_on=next((one.posted_on for one in sheets if one.posted_on is not None), None),
        consequences=len(follow),
        consequences_open=sum(one.done_on is None for one in follow),
        lines=len(lines),
        causes=sum(bool(one.cause) for one in lines),
        measures=sum(bool(one.measure) for one in lines),
        owners=sum(bool(one.unit and one.owner_id) for one in lines),
        lines_done=sum(one.done_on is not None for one in lines),
        lines_accepted=sum(one.accepted_on is not None for one in lines),
    )
    late = any(one.overdue for one in follow) or any(one.overdue for one in lines)
    return AssessmentDetail(
        _row(found, len(subjects), late),
        seen(session, AssessmentRound, round_id),
        found.form_id,
        found.form_version,
        form,
        act(session).village_name,
        tuple(str(one) for one in found.members),
        found.kickoff_on,
        found.notice_no,
        found.period,
        four,
        found.given_by,
        found.signed_on,
        found.closed_on,
        found.decided_by,
        found.why_unproved,
        found.summary,
        subjects,
        stage_states(form, facts),
        unproved,
        follow,
        lines,
        told,
        duties_about(session, source_room=ROOM, source_id=round_id, on=today),
        sheets,
    )


def results_of_year(session: Session, *, year: int) -> tuple[tuple[str, SubjectResult], ...]:
    """Every result of a year on one list, bodies and persons together: (title of the round, result)."""
    found = []
    for row in assessments(session, year=year):
        if row.closed_on is not None:
            detail = one_assessment(session, row.id)
            found += [(row.title, one) for one in detail.in_rank]
    return tuple(found)


def _row(found: AssessmentRound, subjects: int, late: bool) -> AssessmentRow:
    if late:
        words, tone = "有逾期", "bad"
    elif found.closed_on is not None:
        words, tone = "已出结果", "good"
    else:
        words, tone = "进行中", "note"
    name = unpack(found.form).whole_name
    return AssessmentRow(found.id, found.title, found.year, name, found.closed_on, subjects, words, tone)


def _subjects(session: Session, found: AssessmentRound, form: Form) -> tuple[SubjectResult, ...]:
    records = session.scalars(
        select(AssessmentSubject).where(AssessmentSubject.round_id == found.id, AssessmentSubject.retired.is_(False))
    ).all()
    marks = _marks(session, found.id)
    tallies = _tallies(session, found.id)
    hits = _hits(session, found.id, form)
    rows = []
    for each in records:
        own = marks.get(each.id, ())
        counts = tallies.get(each.id, ())
        struck = [*hits.get(each.id, ()), *_by_conduct(session, each, found.year)]
        total, missing = _judged(form, own, counts)
        band = band_of(form, total.tenths)
        grade = VETOED if any(one.kind is ItemKind.VETO for one in struck) else band.name if band else ""
        rows.append(
            SubjectResult(
                each.id,
                seen(session, AssessmentSubject, each.id),
                Target(each.target),
                each.subject_id,
                each.name,
                own,
                counts,
                tuple(struck),
                total,
                _counted(form, own),
                grade,
                None,
                missing,
                _received(each),
            )
        )
    order = ranks([(one.id, one.total.tenths, one.vetoed) for one in rows], form.ties)
    ranked = [replace(one, rank=order.get(one.id)) for one in rows]
    return tuple(sorted(ranked, key=lambda one: (one.name, one.id)))


def _received(each: AssessmentSubject) -> Received | None:
    if each.received_on is None:
        return None
    return Received(
        each.received_grade,
        each.received_tenths,
        each.received_rank,
        each.received_on,
        each.received_by,
        each.document,
    )


def _judged(
    form: Form, marks: Sequence[MarkRow], tallies: Sequence[TallyRow]
) -> tuple[Total, tuple[tuple[StageKey, str], ...]]:
    """The total of a subject, and the raters whose judgement is not whole."""
    parts: list[Part] = []
    missing: list[tuple[StageKey, str]] = []
    for rater in form.raters:
        by_place = {row.place: row.mark for row in marks if row.rater == rater.name and row.place != GIVEN}
        tally = next((row.tally for row in tallies if row.rater == rater.name), None)
        given = next((row.mark.tenths for row in marks if (row.rater, row.place) == (rater.name, GIVEN)), None)
        part = part_of(form, rater, by_place, tally, given)
        whole = sheet_whole(form, by_place) if rater.how is RaterHow.SHEET else part.tenths is not None
        if not whole:
            missing.append((rater.step, rater.name))
        parts.append(part)
    return total_of(form, parts) if form.scored else Total(None, "", tuple(parts)), tuple(missing)


def _counted(form: Form, marks: Sequence[MarkRow]) -> tuple[int, int]:
    """How many lines are answered with yes, of how many; one that is optional and is not there is not asked for."""
    yes = {row.place for row in marks if row.mark.yes}
    asked = [at for at in form.counted if at in yes or not form.items[at].optional]
    return sum(at in yes for at in asked), len(asked)


def _unproved(form: Form, subjects: Sequence[SubjectResult]) -> tuple[Unproved, ...]:
    found = []
    for one in subjects:
        answered = {row.place for row in one.marks if row.mark.yes or row.mark.tenths or row.mark.valid}
        for at, item in enumerate(form.items):
            if item.kind in HITS or not wants_proof(item.evidence, at in answered) or one.proved(at):
                continue
            found.append(Unproved(one.name, at, item.text, item.evidence is Evidence.MUST))
    return tuple(found)


def _marks(session: Session, round_id: str) -> Mapping[str, tuple[MarkRow, ...]]:
    records = session.scalars(
        select(AssessmentMark).where(AssessmentMark.round_id == round_id, AssessmentMark.retired.is_(False))
    ).all()
    files = counts_of(session, of_table=MARK_TABLE, of_ids=tuple(each.id for each in records))
    found: dict[str, list[MarkRow]] = {}
    for each in sorted(records, key=lambda one: (one.rater, one.place)):
        found.setdefault(each.subject_id, []).append(
            MarkRow(
                each.id,
                each.rater,
                each.place,
                Mark(each.tenths, each.yes, each.good, each.valid),
                tuple(str(one) for one in each.ways),
                each.note,
                tuple((str(table), str(of_id), str(words)) for table, of_id, words in each.links),
                files.get(each.id, 0),
                each.marked_on,
            )
        )
    return {subject: tuple(rows) for subject, rows in found.items()}


def _tallies(session: Session, round_id: str) -> Mapping[str, tuple[TallyRow, ...]]:
    found: dict[str, list[TallyRow]] = {}
    for each in session.scalars(
        select(BallotTally).where(BallotTally.round_id == round_id, BallotTally.retired.is_(False))
    ):
        tally = Tally(each.issued, each.returned, each.invalid, tuple(int(one) for one in each.votes))
        found.setdefault(each.subject_id, []).append(TallyRow(each.rater, tally, each.occasion, each.counted_on))
    return {subject: tuple(rows) for subject, rows in found.items()}


def _hits(session: Session, round_id: str, form: Form) -> Mapping[str, tuple[HitRow, ...]]:
    found: dict[str, list[HitRow]] = {}
    for each in session.scalars(select(ItemHit).where(ItemHit.round_id == round_id, ItemHit.retired.is_(False))):
        item = form.items[each.place]
        row = HitRow(each.id, each.place, item.kind, item.text, each.fact, each.document, each.found_on)
        found.setdefault(each.subject_id, []).append(row)
    return {subject: tuple(sorted(rows, key=lambda row: (row.place, row.id))) for subject, rows in found.items()}


def _by_conduct(session: Session, each: AssessmentSubject, year: int) -> list[HitRow]:
    """Confirmed breaches of veto lines of a negative list in the round's year."""
    if each.target != Target.PERSON:
        return []
    rows: tuple[BreachRow, ...] = breaches(session, person_id=each.subject_id)
    return [
        HitRow("", -1, ItemKind.VETO, row.text, row.fact, row.source, row.confirmed_on)
        for row in rows
        if row.veto and row.confirmed_on is not None and row.happened_on and row.happened_on.year == year
    ]
