"""A round of assessment: opened, prepared, its subjects marked by each rater, its ballots counted, its hits noted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from village_desk.assessments.lookups.assessing import GIVEN
from village_desk.assessments.lookups.forms import one_form
from village_desk.assessments.records import (
    AssessmentMark,
    AssessmentRound,
    AssessmentSubject,
    BallotTally,
    ItemHit,
    RectificationLine,
    WorkReport,
)
from village_desk.assessments.rules.forms import (
    FULL,
    HITS,
    Form,
    Rater,
    RaterHow,
    StageKey,
    Target,
    Way,
    check_usable,
    pack,
    unpack,
)
from village_desk.assessments.rules.running import DIRECTIONS, check_open_for_rating
from village_desk.assessments.rules.scoring import TENTHS, Mark, Tally, check_mark, check_tally
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.people.lookups import names_of
from village_desk.points.lookups import subject
from village_desk.points.rules.sets import SubjectKind
from village_desk.store.acts import act, retire

_KINDS = {
    Target.BODY: SubjectKind.ORGANISATION,
    Target.PERSON: SubjectKind.VILLAGER,
    Target.HOUSEHOLD: SubjectKind.HOUSEHOLD,
}
_TABLES = {AssessmentMark.__tablename__: AssessmentMark, RectificationLine.__tablename__: RectificationLine}


@dataclass(frozen=True)
class MarkLine:
    """One filled line of a sheet: `place` from 0, tenths of points, yes or no, or `good` of `valid` people asked."""

    place: int
    tenths: int = 0
    yes: bool = False
    good: int = 0
    valid: int = 0
    ways: tuple[Way, ...] = ()
    note: str = ""


def open_assessment(
    session: Session, *, form_id: str, year: int, title: str = "", subject_ids: tuple[str, ...] = ()
) -> str:
    """Open a round by a form that is filled in; the round keeps this version. Returns its id.

    Raises NotFound, NotAllowed while lines are blank or points and weights do not add up.
    """
    row = one_form(session, form_id)
    check_usable(row.form)
    if row.form.negative_list:
        raise NotAllowed(f"《{row.form.whole_name}》是负面清单，不单独考评。", "有违反的请点“登记违反”。")
    if not 2000 <= year <= act(session).today.year + 1:
        raise NotAllowed(f"{year}年不对。", "请填今年或以前的年份。")
    record = AssessmentRound(
        form_id=form_id,
        title=tidy(title) or f"{year}年{row.form.name}",
        year=year,
        form_version=row.version,
        form=pack(row.form),
    )
    session.add(record)
    session.flush()
    if row.form.target is Target.VILLAGE:
        _add_subject(session, record.id, Target.VILLAGE, "", act(session).village_name)
    elif subject_ids:
        add_subjects(session, round_id=record.id, subject_ids=subject_ids)
    return record.id


def add_subjects(session: Session, *, round_id: str, subject_ids: tuple[str, ...]) -> int:
    """Let bodies, persons or households be assessed; returns how many are new. Raises NotFound, NotAllowed."""
    found = open_round_of(session, round_id)
    target = unpack(found.form).target
    if target is Target.VILLAGE:
        raise NotAllowed("这次考评的是本村，不用另加对象。", "请直接录入。")
    new = 0
    for one in dict.fromkeys(subject_ids):
        who = subject(session, _KINDS[target], one)
        if who is None:
            raise NotFound("名册里找不到要考评的对象。", "请从名单里选。")
        new += _add_subject(session, round_id, target, who.id, who.name)
    return new


def leave_out_subject(session: Session, *, subject_id: str) -> None:
    """Take a subject out before the result. Raises NotFound, NotAllowed."""
    record = _subject(session, subject_id)
    open_round_of(session, record.round_id)
    retire(session, record)


def drop_assessment(session: Session, *, round_id: str) -> None:
    """Take a round back that was opened by mistake. Raises NotFound, NotAllowed after the result."""
    retire(session, open_round_of(session, round_id))


def fix_four(session: Session, *, round_id: str, plan: str, way: str, matter: str, demands: str) -> None:
    """Fix 方案, 方式, 内容 and 要求 (四定); what is not known yet stays empty. Raises NotFound, NotAllowed."""
    found = open_round_of(session, round_id)
    found.plan, found.way, found.matter, found.demands = (tidy(one) for one in (plan, way, matter, demands))
    session.flush()


def set_group(
    session: Session,
    *,
    round_id: str,
    members: tuple[str, ...],
    kickoff_on: dt.date | None = None,
    notice_no: str = "",
    period: str = "",
    summary: str = "",
) -> None:
    """Enter who assesses, the kick-off meeting, the paper that orders it, the period, and what the report says.

    Raises NotFound, NotAllowed for a kick-off in the future.
    """
    found = round_of(session, round_id)
    if kickoff_on is not None and kickoff_on > act(session).today:
        raise NotAllowed("动员会的日期在今天以后。", "请填实际的日期。")
    found.members = tuple(dict.fromkeys(tidy(one) for one in members if tidy(one)))
    found.kickoff_on, found.notice_no = kickoff_on, tidy(notice_no)
    found.period, found.summary = tidy(period), tidy(summary)
    session.flush()


def sign_letter(session: Session, *, round_id: str, given_by: str, on: dt.date) -> None:
    """Enter that a letter of responsibility was signed, with whom and when. Raises NotFound, NotAllowed."""
    found = open_round_of(session, round_id)
    if not unpack(found.form).has(StageKey.SIGN):
        raise NotAllowed("这次考评没有签订责任书的一步。", "请核对选的是哪一次。")
    if not tidy(given_by):
        raise NotAllowed("还没填和谁签的。", "例如“平安镇党委”。")
    if on > act(session).today:
        raise NotAllowed("签订日期在今天以后。", "请填责任书上的日期。")
    found.given_by, found.signed_on = tidy(given_by), on
    session.flush()


def record_report(
    session: Session,
    *,
    person_id: str,
    year: int,
    direction: str,
    reported_on: dt.date,
    audience: str,
    words: str = "",
    round_id: str = "",
) -> str:
    """Enter a report on a year's work: `direction` is up (上级) or members (党员大会). Returns the id.

    Raises NotFound, NotAllowed.
    """
    if direction not in DIRECTIONS:
        raise NotAllowed("述职的方向没有选对。", "请选向上级述职或向党员大会述职。")
    if not names_of(session, [person_id]):
        raise NotFound("名册里找不到述职的人。", "请从名册里选。")
    if not tidy(audience):
        raise NotAllowed("还没填在哪里述职。", "例如“平安镇党委述职会”“党员大会”。")
    if reported_on > act(session).today:
        raise NotAllowed("述职日期在今天以后。", "请填实际的日期。")
    if round_id:
        round_of(session, round_id)
    record = WorkReport(
        person_id=person_id,
        round_id=round_id,
        year=year,
        direction=direction,
        audience=tidy(audience),
        reported_on=reported_on,
        words=tidy(words),
    )
    session.add(record)
    session.flush()
    return record.id


def fill_sheet(session: Session, *, subject_id: str, rater: str, on: dt.date, lines: tuple[MarkLine, ...]) -> int:
    """Type one rater's sheet on one subject back; lines that are left out stay as they are. Returns how many changed.

    Raises NotFound, NotAllowed before the four are fixed, after the result, for more points than a line has.
    """
    who, found, form = _at(session, subject_id, on)
    _rater(form, rater, RaterHow.SHEET)
    for line in lines:
        if not 0 <= line.place < len(form.items) or form.items[line.place].kind in HITS:
            raise NotAllowed(f"第{line.place + 1}项不在评分表上。", "否决、一律、必奖的，请点“登记查实的事项”。")
        mark = Mark(line.tenths, line.yes, line.good, line.valid)
        check_mark(form.items[line.place], mark)
        record = _mark(session, found.id, who.id, rater, line.place)
        record.tenths, record.yes = line.tenths, line.yes
        record.good, record.valid = line.good, line.valid
        record.ways, record.note = tuple(one.value for one in line.ways), tidy(line.note)
        record.marked_on, record.retired = on, False
    session.flush()
    return len(lines)


def give_total(session: Session, *, subject_id: str, rater: str, on: dt.date, tenths: int) -> None:
    """Enter a total that a rater from above gave, in tenths of 100 points. Raises NotFound, NotAllowed."""
    who, found, form = _at(session, subject_id, on)
    _rater(form, rater, RaterHow.TOTAL)
    if not 0 <= tenths <= FULL * TENTHS:
        raise NotAllowed("总分要在0到100之间。", "请照通知核对。")
    record = _mark(session, found.id, who.id, rater, GIVEN)
    record.tenths, record.marked_on, record.retired = tenths, on, False
    session.flush()


def count_ballots(
    session: Session,
    *,
    subject_id: str,
    rater: str,
    on: dt.date,
    issued: int,
    returned: int,
    invalid: int,
    votes: tuple[int, ...],
    occasion: str = "",
) -> None:
    """Enter a count of secret ballots: numbers only, in the order of the form's grades. Raises NotFound, NotAllowed."""
    who, found, form = _at(session, subject_id, on)
    _rater(form, rater, RaterHow.BALLOT)
    tally = Tally(issued, returned, invalid, tuple(votes))
    check_tally(form.ballot, tally)
    identity = same_id("ballot_tally", who.id, rater)
    record = session.get(BallotTally, identity)
    if record is None:
        record = BallotTally(id=identity, round_id=found.id, subject_id=who.id, rater=rater)
        session.add(record)
    record.issued, record.returned, record.invalid, record.votes = issued, returned, invalid, tally.votes
    record.occasion, record.counted_on, record.retired = tidy(occasion), on, False
    session.flush()


def note_hit(session: Session, *, subject_id: str, place: int, fact: str, document: str, on: dt.date) -> str:
    """Note that a veto, 一律 or 必奖 line hit a subject, with the fact and the paper; returns the id.

    Raises NotFound, NotAllowed after the result or for a line of another kind.
    """
    who, found, form = _at(session, subject_id, on)
    if not 0 <= place < len(form.items) or form.items[place].kind not in HITS:
        raise NotAllowed("这一项不是否决、一律或必奖的事项。", "请从清单里选。")
    if not tidy(fact) or not tidy(document):
        raise NotAllowed("要写明事实和依据的文件。", "例如“镇纪委〔2026〕3号通报”。")
    identity = same_id("item_hit", who.id, str(place))
    record = session.get(ItemHit, identity)
    if record is None:
        record = ItemHit(id=identity, round_id=found.id, subject_id=who.id, place=place)
        session.add(record)
    record.fact, record.document, record.found_on, record.retired = tidy(fact), tidy(document), on, False
    session.flush()
    return identity


def take_back_hit(session: Session, *, hit_id: str) -> None:
    """Take back a hit that turned out wrong, before the result. Raises NotFound, NotAllowed."""
    record = session.get(ItemHit, hit_id)
    if record is None or record.retired:
        raise NotFound("找不到这条事项。", "负面清单带来的否决，请到负面清单里改。")
    open_round_of(session, record.round_id)
    retire(session, record)


def link_record(session: Session, *, of_table: str, of_id: str, table: str, record_id: str, words: str) -> None:
    """Let a record that is there already prove a marked line or a line of rectification; two rounds may share it.

    `of_table` is assessment_mark or rectification_line. Raises NotFound, NotAllowed.
    """
    held = _TABLES.get(of_table)
    record = session.get(held, of_id) if held is not None else None
    if not isinstance(record, AssessmentMark | RectificationLine) or record.retired:
        raise NotFound("还没有录入这一项，关联不上。", "请先录入，再关联材料。")
    if not tidy(words) or not table or not record_id:
        raise NotAllowed("还没有选关联哪一条记录。", "请从列表里选。")
    others = [one for one in record.links if one[1] != record_id]
    record.links = (*others, (table, record_id, tidy(words)))
    session.flush()


def round_of(session: Session, round_id: str) -> AssessmentRound:
    """The record of a round. Raises NotFound."""
    found = session.get(AssessmentRound, round_id)
    if found is None or found.retired:
        raise NotFound("找不到这次考评。", "请刷新后再试。")
    return found


def open_round_of(session: Session, round_id: str) -> AssessmentRound:
    """The record of a round without a result yet. Raises NotFound, NotAllowed."""
    found = round_of(session, round_id)
    check_open_for_rating(Form("", Target.VILLAGE), _four(found), found.closed_on)
    return found


def _four(found: AssessmentRound) -> Sequence[str]:
    return (found.plan, found.way, found.matter, found.demands)


def _at(session: Session, subject_id: str, on: dt.date) -> tuple[AssessmentSubject, AssessmentRound, Form]:
    """A subject whose round takes ratings on that day."""
    who = _subject(session, subject_id)
    found = round_of(session, who.round_id)
    form = unpack(found.form)
    check_open_for_rating(form, _four(found), found.closed_on)
    if on > act(session).today:
        raise NotAllowed("评议的日期在今天以后。", "请填实际的日期。")
    return who, found, form


def _subject(session: Session, subject_id: str) -> AssessmentSubject:
    found = session.get(AssessmentSubject, subject_id)
    if found is None or found.retired:
        raise NotFound("这次考评里没有这个对象。", "请刷新后再试。")
    return found


def _add_subject(session: Session, round_id: str, target: Target, subject_id: str, name: str) -> int:
    identity = same_id("assessment_subject", round_id, subject_id)
    record = session.get(AssessmentSubject, identity)
    if record is not None and not record.retired:
        return 0
    if record is None:
        record = AssessmentSubject(id=identity, round_id=round_id, target=target.value, subject_id=subject_id)
        session.add(record)
    record.name, record.retired = name, False
    session.flush()
    return 1


def _mark(session: Session, round_id: str, subject_id: str, rater: str, place: int) -> AssessmentMark:
    identity = same_id("assessment_mark", subject_id, rater, str(place))
    record = session.get(AssessmentMark, identity)
    if record is None:
        record = AssessmentMark(id=identity, round_id=round_id, subject_id=subject_id, rater=rater, place=place)
        session.add(record)
    return record


def _rater(form: Form, name: str, how: RaterHow) -> Rater:
    found = next((one for one in form.raters if one.name == name), None)
    if found is None:
        raise NotFound(f"这次考评里没有“{name}”。", f"评议的各方是：{'、'.join(one.name for one in form.raters)}。")
    if found.how is not how:
        right = {RaterHow.SHEET: "逐项录入", RaterHow.BALLOT: "登记计票", RaterHow.TOTAL: "登记总分"}[found.how]
        raise NotAllowed(f"“{name}”不是这样评的。", f"请用“{right}”。")
    return found
