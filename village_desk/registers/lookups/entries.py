"""Registers in use, their entries with what is due and what happened to them, and the index over all of them."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from village_desk.accounts.lookups import ContractRow, contracts
from village_desk.kit.errors import NotFound
from village_desk.people.lookups import aliases, home_lines, names_of
from village_desk.people.records import GridUnit, Organisation, PersonSearch
from village_desk.people.rules.words import PersonState
from village_desk.registers.lookups.forms import (
    RECORDS,
    AnyEntry,
    forms,
    operator_names,
    readable,
    readable_form,
    record_of,
)
from village_desk.registers.records.entries import EntryChange, PrivateEntry, RegisterEntry, UpAnswer, UpReport
from village_desk.registers.rules.entries import (
    REFERRING,
    ChangeKind,
    Way,
    due_words,
    moment,
    settled,
    waited,
    words_of,
)
from village_desk.rulebook.rules import FieldSort, RegisterTemplate, SubjectSort
from village_desk.store.acts import act, seen


@dataclass(frozen=True)
class EntryRow:
    """One entry; `cells` are (title, words) of every field that was answered, `tone` says how it stands."""

    id: str
    seen: str
    register: str
    noted_on: dt.date
    subject_id: str
    subject: str
    group: str
    kept: Mapping[str, Any]
    cells: tuple[tuple[str, str], ...]
    state: str
    due_on: dt.date | None
    due_words: str
    late: bool
    settled: bool
    left_on: dt.date | None
    left_why: str
    waits: str

    @property
    def words(self) -> str:
        """The first two answers that are not the subject, as a line."""
        return "，".join(words.replace("\n", " ") for _, words in self.cells[:2])

    @property
    def standing(self) -> str:
        """How it stands in a word or two: what waits, what is late, its state."""
        if self.waits:
            return f"待上报，已过{self.waits}"
        if self.left_on is not None:
            return "已移出"
        return self.due_words or self.state or ("已办结" if self.settled else "")

    @property
    def short(self) -> str:
        """The same for a narrow column."""
        return "待上报" if self.waits else self.standing.partition("（")[0]

    @property
    def tone(self) -> str:
        """bad for late and unreported, warn for due, good for settled."""
        if self.late or self.waits:
            return "bad"
        if self.due_on is not None:
            return "warn"
        return "good" if self.settled else "plain"


@dataclass(frozen=True)
class ChangeRow:
    """One line of an entry's history."""

    id: str
    kind: ChangeKind
    on: dt.date
    words: str
    changes: tuple[tuple[str, str, str], ...]
    by: str


@dataclass(frozen=True)
class ReportRow:
    """One report upwards or one answer to it, as one line."""

    id: str
    words: str


@dataclass(frozen=True)
class EntryDetail:
    """An entry with its history, its reports and answers, and the other entries about the same subject."""

    row: EntryRow
    form: RegisterTemplate
    history: tuple[ChangeRow, ...]
    reports: tuple[ReportRow, ...]
    answers: tuple[ReportRow, ...]
    related: tuple[str, ...]
    names: Mapping[str, str]


def entries(
    session: Session,
    register: str,
    *,
    on: dt.date,
    first: dt.date | None = None,
    last: dt.date | None = None,
    current: bool = False,
    on_roll: dt.date | None = None,
    now: dt.datetime | None = None,
) -> tuple[EntryRow, ...]:
    """The entries of a register, the newest first; see the arguments for which.

    `first` and `last` bound the day of the entry; `current` leaves out who left; `on_roll` are those who were on the
    register on that day. Raises NotFound, NotAllowed for a register that the operator may not read.
    """
    form = readable_form(session, register)
    record = record_of(form)
    statement = select(record).where(record.retired.is_(False), record.register == register)
    if first is not None:
        statement = statement.where(record.noted_on >= first)
    if last is not None:
        statement = statement.where(record.noted_on <= last)
    if current:
        statement = statement.where(record.left_on.is_(None))
    if on_roll is not None:
        statement = statement.where(record.noted_on <= on_roll, or_(record.left_on.is_(None), record.left_on > on_roll))
    found: Sequence[AnyEntry] = session.scalars(statement).all()
    rows = rows_of(session, form, found, on=on, now=now)
    return tuple(sorted(rows, key=lambda row: (-row.noted_on.toordinal(), row.subject, row.id)))


def one_entry(session: Session, entry_id: str, *, on: dt.date, now: dt.datetime | None = None) -> EntryDetail:
    """One entry with everything about it. Raises NotFound, NotAllowed."""
    record = entry_record(session, entry_id)
    form = readable_form(session, record.register or "")
    row = rows_of(session, form, [record], on=on, now=now, with_seen=True)[0]
    people = operator_names(session)
    changes = session.scalars(
        select(EntryChange)
        .where(EntryChange.entry_id == entry_id, EntryChange.retired.is_(False))
        .order_by(EntryChange.number, EntryChange.id)
    )
    history = [
        ChangeRow(
            one.id,
            ChangeKind(one.kind) if one.kind in set(ChangeKind) else ChangeKind.NOTED,
            one.happened_on or row.noted_on,
            one.words or "",
            tuple((change[0], change[1], change[2]) for change in one.changes or ()),
            people.get(one.operator_id or "", ""),
        )
        for one in changes
    ]
    names = names_for(session, form, [record])
    return EntryDetail(
        row,
        form,
        tuple(history),
        tuple(_report(one) for one in _of(session, UpReport, entry_id)),
        tuple(_answer(one) for one in _of(session, UpAnswer, entry_id)),
        _related(session, form, record, on=on),
        names,
    )


def entry_record(session: Session, entry_id: str) -> AnyEntry:
    """The record of an entry. Raises NotFound."""
    for record in RECORDS:
        found = session.get(record, entry_id)
        if found is not None and not found.retired:
            assert isinstance(found, RegisterEntry | PrivateEntry)
            return found
    raise NotFound("找不到这一条登记。", "它可能已经删去，请刷新后再试。")


def kept_of(record: AnyEntry) -> dict[str, Any]:
    """Everything that was answered, by field."""
    return dict((*(record.answers or ()), *(record.secrets or ())))


def rows_of(
    session: Session,
    form: RegisterTemplate,
    records: Sequence[AnyEntry],
    *,
    on: dt.date,
    now: dt.datetime | None = None,
    with_seen: bool = False,
) -> list[EntryRow]:
    """Frozen rows of entries of one register."""
    names = names_for(session, form, records)
    groups = _groups(session, form, records)
    reported = _reported(session, form, records)
    known = aliases(session)
    rows = []
    for one in records:
        kept, state = kept_of(one), one.state or ""
        told = [(field.title, words_of(field, kept.get(field.key), names)) for field in form.fields]
        noted = one.noted_on or on
        subject = known.of(one.subject_id or "") if one.subject_id else ""
        waits = ""
        if form.reports and kept.get("must_report") and one.id not in reported:
            waits = waited(moment(noted, kept.get("time", "")), now or moment(on, ""))
        rows.append(
            EntryRow(
                one.id,
                seen(session, type(one), one.id) if with_seen else "",
                form.key,
                noted,
                subject,
                names.get(subject, "名册里没有") if subject else "",
                groups.get(subject, ""),
                kept,
                tuple(pair for pair in told if pair[1]),
                state,
                one.due_on,
                due_words(one.due_on, on) if one.due_on is not None else "",
                one.due_on is not None and one.due_on < on,
                settled(form, kept, state, one.left_on) and form.due is not None,
                one.left_on,
                one.left_why or "",
                waits,
            )
        )
    return rows


def names_for(session: Session, form: RegisterTemplate, records: Iterable[AnyEntry]) -> dict[str, str]:
    """The names of everybody and everything that entries point to, by id."""
    ids: dict[str, set[str]] = {}
    known = aliases(session)
    about = FieldSort.PERSON.value if form.about is SubjectSort.MEMBER else form.about.value
    for record in records:
        kept = kept_of(record)
        if record.subject_id:
            ids.setdefault(about, set()).add(known.of(record.subject_id))
        for field in form.fields:
            if field.sort in REFERRING and kept.get(field.key):
                ids.setdefault(field.sort.value, set()).add(kept[field.key])
    found = names_of(session, ids.get("person", ()))
    if ids.get("household"):
        found |= {one.id: f"{one.head}家" for one in home_lines(session)}
    if ids.get("organisation"):
        found |= {row.id: row.name for row in session.execute(select(Organisation.id, Organisation.name))}
    if ids.get("contract"):
        today = act(session).today
        found |= {row.id: _contract_words(row) for row in contracts(session, on=today)}
    if ids.get("grid"):
        found |= {row.id: row.name for row in session.execute(select(GridUnit.id, GridUnit.name))}
    return found


def choices_for(session: Session, sort: str) -> tuple[tuple[str, str], ...]:
    """Whom a field or a subject of that sort can name: (id, words)."""
    if sort in (SubjectSort.PERSON, SubjectSort.MEMBER):
        who = PersonSearch
        rows = session.execute(
            select(who.person_id, who.name, who.group_name)
            .where(who.state == PersonState.ON_ROLL.value)
            .order_by(who.sort_name)
        )
        return tuple((row[0], f"{row[1]}（{row[2]}）" if row[2] else row[1]) for row in rows)
    if sort == SubjectSort.HOUSEHOLD:
        return tuple((one.id, f"{one.head}家（{one.group}）") for one in home_lines(session))
    if sort == SubjectSort.ORGANISATION:
        found = session.execute(select(Organisation.id, Organisation.name).where(Organisation.retired.is_(False)))
        return tuple(sorted(((row[0], row[1]) for row in found), key=lambda pair: pair[1]))
    if sort == FieldSort.CONTRACT:
        return tuple((row.id, _contract_words(row)) for row in contracts(session, on=act(session).today))
    if sort == SubjectSort.GRID:
        units = session.execute(
            select(GridUnit.id, GridUnit.name, GridUnit.depth).where(
                GridUnit.retired.is_(False), GridUnit.ended_on.is_(None)
            )
        )
        return tuple((row[0], row[1]) for row in sorted(units, key=lambda row: (row[2], row[1])))
    return ()


def _contract_words(row: ContractRow) -> str:
    return "，".join(part for part in (row.facts.number, row.facts.subject, row.facts.party) if part)


def subject_choices(session: Session, form: RegisterTemplate, *, on: dt.date) -> tuple[tuple[str, str], ...]:
    """Who an entry can be about: (id, words); for some registers only who stands on another one today."""
    if not form.about_in:
        return choices_for(session, form.about)
    rows = entries(session, form.about_in, on=on, on_roll=on)
    return tuple((row.subject_id, row.subject) for row in rows if form.about_as in row.kept.values())


def _groups(session: Session, form: RegisterTemplate, records: Sequence[AnyEntry]) -> dict[str, str]:
    if not any(one.subject_id for one in records):
        return {}
    if form.about is SubjectSort.HOUSEHOLD:
        return {one.id: one.group for one in home_lines(session)}
    if form.about in (SubjectSort.PERSON, SubjectSort.MEMBER):
        who = PersonSearch
        return {row[0]: row[1] for row in session.execute(select(who.person_id, who.group_name))}
    return {}


def _reported(session: Session, form: RegisterTemplate, records: Sequence[AnyEntry]) -> frozenset[str]:
    if not form.reports or not records:
        return frozenset()
    return frozenset(session.scalars(select(UpReport.entry_id).where(UpReport.retired.is_(False)).distinct()))


def _of(session: Session, record: Any, entry_id: str) -> list[Any]:
    found = session.scalars(select(record).where(record.entry_id == entry_id, record.retired.is_(False)))
    return sorted(found, key=lambda one: (getattr(one, "told_on", None) or getattr(one, "answered_on", None), one.id))


def _way(way: str) -> str:
    return Way(way).words if way in set(Way) else way


def _report(one: UpReport) -> ReportRow:
    receipt = f"，回执号{one.receipt}" if one.receipt else ""
    by = f"，{one.told_by}经办" if one.told_by else ""
    at = f" {one.told_at}" if one.told_at else ""
    return ReportRow(one.id, f"{one.told_on}{at}用{_way(one.way)}报给{one.told_to}{receipt}{by}")


def _answer(one: UpAnswer) -> ReportRow:
    return ReportRow(one.id, f"{one.answered_on} {one.answered_by}（{_way(one.way)}）：{one.words}")


def _is_money(form: RegisterTemplate, title: str) -> bool:
    return any(one.title == title and one.sort is FieldSort.MONEY for one in form.fields)


def _related(session: Session, form: RegisterTemplate, record: AnyEntry, *, on: dt.date) -> tuple[str, ...]:
    """Visits, aid and other entries about the same person, in one line each, the newest first."""
    if not record.subject_id:
        return ()
    ids = aliases(session).all_of(record.subject_id)
    kinds = forms(session, on=on)
    lines: list[tuple[dt.date, str]] = []
    for kind in RECORDS:
        for one in session.scalars(
            select(kind).where(kind.retired.is_(False), kind.subject_id.in_(ids), kind.id != record.id)
        ):
            other = kinds.get(one.register or "")
            if other is None or not readable(session, other[0]) or one.noted_on is None:
                continue
            row = rows_of(session, other[0], [one], on=on)[0]
            money = [words for title, words in row.cells if _is_money(other[0], title) and words not in row.words]
            told = "，".join([row.words, *money])
            lines.append((one.noted_on, f"{one.noted_on.isoformat()}　{other[0].title}：{told}"))
    return tuple(words for _, words in sorted(lines, reverse=True)[:20])
