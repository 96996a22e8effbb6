"""What registers owe: due entries, reports that wait, who is missing, promises kept and not."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date, short_date
from village_desk.people.lookups import aliases, all_posts, grid_tree, home_lines
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.masking import Audience, screened
from village_desk.registers.lookups.entries import EntryRow, entries, rows_of
from village_desk.registers.lookups.forms import RECORDS, AnyEntry, forms, readable, readable_form, record_of
from village_desk.registers.lookups.sums import counts_by
from village_desk.rulebook.rules import Missing, RegisterTemplate
from village_desk.schedule.lookups import first_day

# How long after a post ended somebody is still to be talked to.
ENDED_DAYS = 90
PROMISES, TALKS = "promises", "talks"
CADRES = frozenset({Body.PARTY_BRANCH.value, Body.VILLAGERS_COMMITTEE.value})


@dataclass(frozen=True)
class MissingRow:
    """Somebody or something that should stand in a register and does not."""

    id: str
    words: str
    group: str
    why: str


@dataclass(frozen=True)
class DueRow:
    """An entry on which something is due; `register` is the key of its register, `post` marks the promise of a post."""

    id: str
    register: str
    title: str
    words: str
    remark: str
    due_on: dt.date | None
    post: bool = False


@dataclass(frozen=True)
class PromiseRow:
    """One promise with what came of it: an entry of the register, or the promise of a post (`post`)."""

    id: str
    name: str
    sort: str
    text: str
    made_on: dt.date | None
    due_on: dt.date | None
    done_on: dt.date | None
    result: str
    judged_by: str
    publish: bool
    post: bool
    state: str
    late: bool

    @property
    def promised(self) -> str:
        """What was promised, until when; numbers that somebody wrote into it are covered, for it goes on a wall."""
        due = f"（{chinese_date(self.due_on)}前完成）" if self.due_on else ""
        return f"{_for_wall(self.text)}{due}"

    def kept(self, on: dt.date) -> str:
        """What came of it by a day: done when and how late, or not yet and how many days over."""
        result = _for_wall(self.result)
        if self.done_on is not None:
            over = (self.done_on - self.due_on).days if self.due_on else 0
            day = f"{chinese_date(self.done_on)}兑现{f'，逾期{over}天' if over > 0 else ''}"
            return f"{day}。{result}" if result else day
        if self.post and result:
            return result
        over = (on - self.due_on).days if self.due_on else 0
        still = f"还没有兑现，已逾期{over}天" if over > 0 else "还没有兑现，正在进行"
        return f"{still}。{result}" if result else still

    @property
    def tone(self) -> str:
        """bad where it is past its day and not kept."""
        return "bad" if self.late else "good" if self.done_on or self.result else "plain"


def due_entries(session: Session, *, on: dt.date, ahead: int = 7) -> tuple[DueRow, ...]:
    """Entries that are late or due within so many days, of the registers that the operator may read."""
    known = forms(session, on=on)
    found: list[DueRow] = []
    for record in RECORDS:
        held: dict[str, list[AnyEntry]] = {}
        for one in session.scalars(
            select(record).where(
                record.retired.is_(False), record.due_on.is_not(None), record.due_on <= on + dt.timedelta(days=ahead)
            )
        ):
            held.setdefault(one.register or "", []).append(one)
        for key, records in held.items():
            if key in known and known[key][1] and readable(session, known[key][0]):
                form = known[key][0]
                found += [_due(form, row) for row in rows_of(session, form, records, on=on)]
    found += [
        DueRow(one.id, PROMISES, "承诺", f"{one.name}的岗位承诺：{one.text}。", "", one.due_on, post=True)
        for one in post_promises(session, on=on)
        if one.due_on is not None and not one.result and one.due_on <= on + dt.timedelta(days=ahead)
    ]
    return tuple(sorted(found, key=lambda row: (row.due_on or on, row.title, row.words)))


def waiting_reports(session: Session, *, on: dt.date, now: dt.datetime) -> tuple[EntryRow, ...]:
    """Entries that must be told upwards and were not, the longest waiting first."""
    found: list[EntryRow] = []
    for key, (form, used, _) in forms(session, on=on).items():
        if form.reports and used and readable(session, form):
            found += [row for row in entries(session, key, on=on, now=now) if row.waits]
    return tuple(sorted(found, key=lambda row: (row.noted_on, row.id)))


def missing(session: Session, register: str, *, on: dt.date) -> tuple[MissingRow, ...]:
    """Who or what should stand in a register and does not. Raises NotFound, NotAllowed."""
    form = readable_form(session, register)
    if form.missing is Missing.HOUSEHOLDS:
        there = _subjects(session, form, dt.date(on.year, 1, 1), on)
        return tuple(
            MissingRow(home.id, f"{home.head}家", home.group, form.missing_words)
            for home in home_lines(session)
            if home.id not in there
        )
    if form.missing is Missing.GRIDS:
        there = _subjects(session, form, on.replace(day=1), on)
        units = [unit for unit in grid_tree(session, on=on) if unit.leaf]
        return tuple(
            MissingRow(unit.id, unit.name, unit.head, form.missing_words) for unit in units if unit.id not in there
        )
    if form.missing is Missing.DAYS:
        return _days(session, form, on)
    if form.missing is Missing.PLEDGES:
        return _pledges(session, form, on)
    if form.missing is Missing.ENDED_POSTS:
        return _ended(session, form, on)
    if form.missing is Missing.CHOICES:
        counted = counts_by(session, register, form.missing_by, first=dt.date(on.year, 1, 1), last=on)
        return tuple(MissingRow(one.words, one.words, "", form.missing_words) for one in counted if not one.many)
    return ()


def talks_owed(session: Session, *, on: dt.date) -> tuple[MissingRow, ...]:
    """Who is to be talked to because a post ended; nobody where the register is not used or not to be read."""
    form, used, _ = forms(session, on=on).get(TALKS, (None, False, False))
    return missing(session, TALKS, on=on) if form is not None and used and readable(session, form) else ()


def promises(session: Session, *, on: dt.date) -> tuple[PromiseRow, ...]:
    """Every promise: those of the register and those of posts, late ones first, then by day."""
    rows = []
    for one in entries(session, PROMISES, on=on):
        kept = one.kept
        done = dt.date.fromisoformat(kept["done"]) if kept.get("done") else None
        due = dt.date.fromisoformat(kept["due"]) if kept.get("due") else None
        rows.append(
            PromiseRow(
                one.id,
                one.subject,
                kept.get("sort", ""),
                kept.get("text", ""),
                one.noted_on,
                due,
                done,
                kept.get("result", ""),
                kept.get("judged_by", ""),
                bool(kept.get("publish")),
                False,
                _promise_state(due, done, "", on),
                due is not None and done is None and due < on,
            )
        )
    rows += post_promises(session, on=on)
    far = dt.date.max
    return tuple(sorted(rows, key=lambda row: (not row.late, row.due_on or far, row.name, row.id)))


def post_promises(session: Session, *, on: dt.date) -> tuple[PromiseRow, ...]:
    """What the holders of posts promised, as it stands with their posts."""
    return tuple(
        PromiseRow(
            post.id,
            post.name,
            f"岗位承诺（{post.role_words}）",
            post.pledge,
            post.from_on,
            post.pledge_due,
            None,
            post.pledge_result,
            "",
            True,
            True,
            _promise_state(post.pledge_due, None, post.pledge_result, on),
            post.pledge_due is not None and not post.pledge_result and post.pledge_due < on,
        )
        for post in all_posts(session)
        if post.pledge and post.held_on(on)
    )


def _for_wall(text: str) -> str:
    return screened(text, Audience.BOARD).rstrip("。")


def _due(form: RegisterTemplate, row: EntryRow) -> DueRow:
    field = form.due
    what = field.title if field is not None else "到期"
    # The page of today lies open on the desk: what is private is not spelt out there.
    told = f"{row.subject}：{row.words}" if row.subject else row.words
    words = f"《{form.title}》{row.subject}的{what}到了。" if form.private else f"《{form.title}》{told}。"
    return DueRow(
        row.id, form.key, form.title, words, f"{what}：{chinese_date(row.due_on)}" if row.due_on else "", row.due_on
    )


def _subjects(session: Session, form: RegisterTemplate, first: dt.date, last: dt.date) -> frozenset[str]:
    record = record_of(form)
    found = session.scalars(
        select(record.subject_id).where(
            record.retired.is_(False), record.register == form.key, record.noted_on.between(first, last)
        )
    )
    return frozenset(one for one in found if one)


def _days(session: Session, form: RegisterTemplate, on: dt.date) -> tuple[MissingRow, ...]:
    """Days of this month without an entry, from the register's or the file's first day on."""
    record = record_of(form)
    there = set(session.scalars(select(record.noted_on).where(record.retired.is_(False), record.register == form.key)))
    begun = min((day for day in there if day), default=first_day(session) or on)
    day = max(on.replace(day=1), min(begun, on))
    gaps = []
    while day <= on:
        if day not in there:
            gaps.append(MissingRow(day.isoformat(), chinese_date(day), "", form.missing_words))
        day += dt.timedelta(days=1)
    return tuple(gaps)


def _pledges(session: Session, form: RegisterTemplate, on: dt.date) -> tuple[MissingRow, ...]:
    known = aliases(session)
    have: dict[str, set[str]] = {}
    for row in entries(session, form.key, on=on):
        have.setdefault(row.subject_id, set()).add(str(row.kept.get(form.missing_by, "")))
    cadres: dict[str, str] = {}
    for post in all_posts(session):
        if post.body in CADRES and post.held_on(on):
            cadres.setdefault(known.of(post.person_id), f"{post.name}（{post.role_words}）")
    rows = []
    for who, words in cadres.items():
        lacking = [one for one in form.missing_only if one not in have.get(who, ())]
        if lacking:
            rows.append(MissingRow(who, words, "", f"还缺{'、'.join(lacking)}"))
    return tuple(rows)


def _ended(session: Session, form: RegisterTemplate, on: dt.date) -> tuple[MissingRow, ...]:
    """People whose post ended in the last days and whom nobody talked to since."""
    known = aliases(session)
    talked = [
        (row.subject_id, row.noted_on)
        for row in entries(session, form.key, on=on)
        if row.kept.get(form.missing_by) in form.missing_only
    ]
    rows: dict[str, MissingRow] = {}
    for post in all_posts(session):
        ended, who = post.ended_on, known.of(post.person_id)
        if ended is None or not on - dt.timedelta(days=ENDED_DAYS) <= ended <= on:
            continue
        if not any(person == who and day >= ended - dt.timedelta(days=30) for person, day in talked):
            why = f"{short_date(ended)}不再担任{post.role_words}，{form.missing_words}"
            rows.setdefault(who, MissingRow(who, post.name, post.group, why))
    return tuple(rows.values())


def _promise_state(due: dt.date | None, done: dt.date | None, result: str, on: dt.date) -> str:
    if done is not None:
        return "逾期兑现" if due is not None and done > due else "已兑现"
    if result:
        return "已兑现"
    return "逾期没有兑现" if due is not None and due < on else "进行中"
