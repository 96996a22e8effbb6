"""Party members as lists and cards show them: the sixteen fields, their flags, and whether they are counted."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.text import chinese_date
from village_desk.people.lookups.aliases import aliases
from village_desk.people.lookups.rolls import branch_rule
from village_desk.people.records import (
    CountExclusion,
    MemberFlag,
    Organisation,
    PartyMembership,
    Person,
    PersonSearch,
    kept_id,
)
from village_desk.people.rules.bodies import Body
from village_desk.people.rules.dates import age_on, birth_words
from village_desk.people.rules.party import (
    FLAG_WORDS,
    FORM_WORDS,
    BranchRule,
    Exclusion,
    Flag,
    Form,
    form_findings,
    months_later,
)
from village_desk.people.rules.words import SEX_WORDS, PersonState, Political, Sex
from village_desk.rulebook.lookups import rulebook
from village_desk.store.acts import act, seen

NOT_REGISTERED = "未登记"


@dataclass(frozen=True)
class FlagRow:
    """One circumstance of a member with its dates; `seen_on` is the day of the last contact."""

    id: str
    kind: Flag
    from_on: dt.date | None
    ended_on: dt.date | None
    place: str
    contact: str
    seen_on: dt.date | None
    note: str

    @property
    def words(self) -> str:
        """流动党员：2025年3月起，苏州，联系人王伟，最近联系2026年1月5日."""
        parts = [f"{chinese_date(self.from_on)}起" if self.from_on else "开始日期未登记"]
        if self.place:
            parts.append(self.place)
        if self.kind is Flag.FLOATING:
            parts.append(f"联系人{self.contact}" if self.contact else "联系人未登记")
        if self.kind in (Flag.FLOATING, Flag.LOST):
            parts.append(f"最近联系{chinese_date(self.seen_on)}" if self.seen_on else "最近联系日期未登记")
        if self.note:
            parts.append(self.note)
        end = f"，{chinese_date(self.ended_on)}结束" if self.ended_on else ""
        return f"{FLAG_WORDS[self.kind]}：{'，'.join(parts)}{end}。"


@dataclass(frozen=True)
class MemberRow:
    """One party member; `id` is the person's. `uncounted` is why he is not in 应到 today, `waiting` what is missing."""

    id: str
    name: str
    sex: str
    group: str
    age: int | None
    probationary: bool
    joined_on: dt.date | None
    full_on: dt.date | None
    years: int | None
    left_on: dt.date | None
    left_how: str
    branch: str = ""
    branch_id: str = ""
    extended_to: dt.date | None = None
    visiting: bool = False
    job: str = ""
    flags: tuple[FlagRow, ...] = ()
    uncounted: str = ""
    waiting: str = ""

    @property
    def kind_words(self) -> str:
        """正式党员 or 预备党员."""
        return "预备党员" if self.probationary else "正式党员"

    @property
    def flag_words(self) -> str:
        """The flags in few words: 流动、困难."""
        short = {Flag.FLOATING: "流动", Flag.LOST: "失联", Flag.HARDSHIP: "困难", Flag.SUSPENDED: "停止党籍"}
        parts = [short[one.kind] for one in self.flags]
        if self.visiting:
            parts.insert(0, "组织关系在外")
        elif self.uncounted:
            parts.append("不计应到")
        elif self.waiting:
            parts.append("待批准不计应到")
        return "、".join(parts)


@dataclass(frozen=True)
class MemberCard:
    """A member with the sixteen fields of the party's own form, each with 未登记 where nothing is known."""

    row: MemberRow
    seen: str
    fields: tuple[tuple[str, str], ...]
    file_birth: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class BranchRow:
    """A party organisation of the village with its members of today."""

    id: str
    name: str
    form: str
    parent_id: str
    members: int
    full: int
    findings: tuple[str, ...]

    @property
    def form_words(self) -> str:
        """What it is, in words."""
        return FORM_WORDS[Form(self.form)] if self.form in set(Form) else "未登记"


def party_members(session: Session, *, with_former: bool = False, branch_id: str = "") -> tuple[MemberRow, ...]:
    """Members of the village's branch, full members first, by name."""
    statement = (
        select(PartyMembership, PersonSearch, Organisation.name)
        .select_from(PartyMembership)
        .join(PersonSearch, PersonSearch.person_id == kept_id(PartyMembership.person_id))
        .outerjoin(Organisation, Organisation.id == PartyMembership.organisation_id)
        .where(PartyMembership.retired.is_(False))
        .order_by(PartyMembership.visiting, PartyMembership.probationary, PersonSearch.sort_name)
    )
    if branch_id:
        statement = statement.where(PartyMembership.organisation_id == branch_id)
    today = act(session).today
    flags, excluded, rule = _flags(session), _exclusions(session), branch_rule(session, today)
    found: dict[str, MemberRow] = {}
    for member, person, branch in session.execute(statement):
        if member.left_on is None or with_former:
            row = _row(member, person, branch, today, flags, excluded, rule)
            known = found.get(row.id)
            # Of two memberships of a merged person the one that still holds is shown, then the fuller one.
            if known is None or (known.left_on is not None and row.left_on is None):
                found[row.id] = row
    return tuple(found.values())


def member_card(session: Session, person_id: str) -> MemberCard | None:
    """One member with all fields; None for somebody who is no member."""
    person_id = aliases(session).of(person_id)
    found = session.execute(
        select(PartyMembership, PersonSearch, Organisation.name)
        .select_from(PartyMembership)
        .join(PersonSearch, PersonSearch.person_id == kept_id(PartyMembership.person_id))
        .outerjoin(Organisation, Organisation.id == PartyMembership.organisation_id)
        .where(kept_id(PartyMembership.person_id) == person_id, PartyMembership.retired.is_(False))
        .order_by(PartyMembership.left_on.is_not(None), PartyMembership.joined_on.desc())
    ).first()
    person = session.get(Person, person_id)
    if found is None or person is None:
        return None
    member, shown, branch = found
    today = act(session).today
    rule = branch_rule(session, today)
    flags = _flags(session, person_id)
    row = _row(member, shown, branch, today, flags, _exclusions(session), rule)
    return MemberCard(
        row,
        seen(session, PartyMembership, member.id),
        _sixteen(person, row, member.file_birth or ""),
        member.file_birth or "",
        _notes(person, row, member.file_birth or "", rule, today),
    )


def members_to_enter(session: Session) -> int:
    """How many people the roster names as party members who are not entered in the branch yet."""
    entered = select(kept_id(PartyMembership.person_id)).where(PartyMembership.retired.is_(False))
    found = session.scalar(
        select(func.count())
        .select_from(PersonSearch)
        .where(
            PersonSearch.political.in_([Political.PARTY_MEMBER.value, Political.PROBATIONARY.value]),
            PersonSearch.state != PersonState.DEAD.value,
            PersonSearch.person_id.not_in(entered),
        )
    )
    return found or 0


def undated_members(session: Session) -> tuple[MemberRow, ...]:
    """Members whose day of joining or of full membership is not known, to be filled in one after the other."""
    return tuple(
        row for row in party_members(session) if row.joined_on is None or (row.full_on is None and not row.probationary)
    )


def silent_members(session: Session) -> tuple[MemberRow, ...]:
    """Floating members with whom nobody was in touch for the branch's number of months, and those out of touch."""
    today = act(session).today
    months = branch_rule(session, today).contact_months
    return tuple(row for row in party_members(session) if any(_is_silent(one, today, months) for one in row.flags))


def branches(session: Session) -> tuple[BranchRow, ...]:
    """The village's party organisation first, then the branches below it."""
    rows = session.scalars(
        select(Organisation)
        .where(Organisation.kind == Body.PARTY_BRANCH.value, Organisation.retired.is_(False))
        .order_by(Organisation.parent_id != "", Organisation.name)
    ).all()
    members = [one for one in party_members(session) if not one.visiting]
    rules = rulebook(session).party_rules(act(session).today)
    found = []
    for row in rows:
        # A general branch has the members of its branches too.
        own = members if not row.parent_id else [one for one in members if one.branch_id == row.id]
        full = sum(not one.probationary for one in own)
        form = Form(row.form) if row.form in set(Form) else Form.SUB_BRANCH if row.parent_id else Form.BRANCH
        findings = form_findings(form, full, rules) if own else ()
        found.append(BranchRow(row.id, row.name, row.form, row.parent_id, len(own), full, findings))
    return tuple(found)


def _is_silent(flag: FlagRow, today: dt.date, months: int) -> bool:
    if flag.kind is Flag.LOST:
        return True
    if flag.kind is not Flag.FLOATING:
        return False
    last = flag.seen_on or flag.from_on
    return last is None or months_later(last, months) <= today


def _flags(session: Session, person_id: str = "") -> dict[str, tuple[FlagRow, ...]]:
    statement = select(MemberFlag).where(MemberFlag.retired.is_(False), MemberFlag.ended_on.is_(None))
    if person_id:
        statement = statement.where(kept_id(MemberFlag.person_id) == person_id)
    found: dict[str, tuple[FlagRow, ...]] = {}
    known = aliases(session)
    for row in session.scalars(statement.order_by(MemberFlag.from_on)):
        # At the township the kind is not known: it stays in the village.
        if row.kind not in set(Flag):
            continue
        one = FlagRow(
            row.id,
            Flag(row.kind),
            row.from_on,
            row.ended_on,
            row.place or "",
            row.contact or "",
            row.seen_on,
            row.note or "",
        )
        who = known.of(row.person_id)
        found[who] = (*found.get(who, ()), one)
    return found


def _exclusions(session: Session) -> dict[str, Exclusion]:
    rows = session.scalars(
        select(CountExclusion).where(CountExclusion.retired.is_(False), CountExclusion.ended_on.is_(None))
    )
    known = aliases(session)
    return {
        known.of(row.person_id): Exclusion(
            row.person_id, row.ground or "", row.from_on, row.ended_on, row.consent_by, row.consent_on, row.passed_on
        )
        for row in rows
    }


def _row(
    member: PartyMembership,
    person: PersonSearch,
    branch: str | None,
    today: dt.date,
    flags: dict[str, tuple[FlagRow, ...]],
    excluded: dict[str, Exclusion],
    rule: BranchRule,
) -> MemberRow:
    until = member.left_on or today
    full = member.full_on is not None and member.full_on <= until
    own = flags.get(person.person_id, ()) if member.left_on is None else ()
    one = excluded.get(person.person_id)
    uncounted = one.reason if one is not None and one.works_on(today) else ""
    if not uncounted and rule.floating_out and any(flag.kind is Flag.FLOATING for flag in own):
        uncounted = rule.floating_reason
    return MemberRow(
        person.person_id,
        person.name,
        person.sex,
        person.group_name,
        age_on(person.birth, today),
        member.probationary,
        member.joined_on,
        member.full_on,
        age_on(member.full_on.isoformat(), until) if full and member.full_on else None,
        member.left_on,
        member.left_how,
        branch or "",
        member.organisation_id,
        member.extended_to,
        member.visiting,
        member.job,
        own,
        uncounted,
        one.lacking if one is not None and not uncounted else "",
    )


def _sixteen(person: Person, row: MemberRow, file_birth: str) -> tuple[tuple[str, str], ...]:
    floating = next((one for one in row.flags if one.kind is Flag.FLOATING), None)
    lost = next((one for one in row.flags if one.kind is Flag.LOST), None)
    suspended = any(one.kind is Flag.SUSPENDED for one in row.flags)
    state = "停止党籍" if suspended else row.left_how if row.left_on else "正常"
    return (
        ("姓名", person.name),
        ("性别", SEX_WORDS[Sex(person.sex)]),
        ("公民身份号码", person.identity or NOT_REGISTERED),
        ("民族", person.people or NOT_REGISTERED),
        ("出生日期", file_birth or birth_words(person.birth or "")),
        ("学历", person.schooling or NOT_REGISTERED),
        ("人员类别", row.kind_words),
        ("所在党支部", row.branch or NOT_REGISTERED),
        ("加入党组织日期", _day(row.joined_on)),
        ("转为正式党员日期", "预备期" if row.probationary else _day(row.full_on)),
        ("工作岗位", row.job or NOT_REGISTERED),
        ("联系电话", person.phone or NOT_REGISTERED),
        ("家庭住址", person.address or NOT_REGISTERED),
        ("党籍状态", state),
        ("是否失联", f"是，{_day(lost.from_on)}起" if lost else NOT_REGISTERED),
        ("是否流动", f"是，{floating.place or '流向未登记'}" if floating else NOT_REGISTERED),
    )


def _notes(person: Person, row: MemberRow, file_birth: str, rule: BranchRule, today: dt.date) -> tuple[str, ...]:
    """What the clerk should look at on the card."""
    found = [one.words for one in row.flags]
    if row.uncounted:
        found.append(f"{row.uncounted}。")
    if row.waiting:
        found.append(f"不计入应到：{row.waiting}")
    if file_birth and person.birth and file_birth != birth_words(person.birth) and file_birth != person.birth:
        found.append(
            f"档案出生日期是{file_birth}，身份证是{birth_words(person.birth)}，两个都保留，党员材料按档案填写。"
        )
    if row.extended_to and row.probationary:
        found.append(f"预备期延长到{chinese_date(row.extended_to)}。")
    for flag in row.flags:
        if flag.kind is Flag.FLOATING and _is_silent(flag, today, rule.contact_months):
            found.append(f"已经连续{rule.contact_months}个月以上没有登记联系，请联系本人后点“登记联系”。")
    return tuple(found)


def _day(day: dt.date | None) -> str:
    return chinese_date(day) if day else NOT_REGISTERED
