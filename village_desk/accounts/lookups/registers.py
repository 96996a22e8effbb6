"""Contracts, assets, resources, debts and projects as rows, with what they owe and what their sheets print."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.accounts.records import (
    AssetCheck,
    AssetFinding,
    CollectiveAsset,
    CollectiveDebt,
    CollectiveResource,
    Contract,
    ContractInstalment,
    DebtMove,
    WorksProject,
)
from village_desk.accounts.rules.cells import area_words
from village_desk.accounts.rules.registers import (
    CLAIM,
    AssetFacts,
    ContractFacts,
    DebtFacts,
    Facts,
    ProjectFacts,
    ResourceFacts,
    covered_name,
    stage_words,
    table_day,
    term_words,
)
from village_desk.kit.errors import NotFound
from village_desk.kit.money import yuan
from village_desk.notices.lookups import duties_about
from village_desk.store.acts import act, seen
from village_desk.store.base import Record

# A contract's end is told this many days before.
REMIND_DAYS = 60
F = TypeVar("F", bound=Facts)


@dataclass(frozen=True)
class InstalmentRow:
    """A sum due under a contract with what was paid, in fen; `late` days, 0 while it is in time or paid."""

    id: str
    due_on: dt.date | None
    due: int
    paid_on: dt.date | None
    paid: int
    note: str
    late: int


@dataclass(frozen=True)
class ContractRow:
    """A contract: due, paid and owed in fen; `days_left` to its end, None without one or when it is over."""

    id: str
    facts: ContractFacts
    due: int
    paid: int
    owed: int
    state_words: str
    tone: str
    days_left: int | None
    instalments: tuple[InstalmentRow, ...]
    has_decision: bool
    seen: str = ""


@dataclass(frozen=True)
class AssetRow:
    """An asset with its net value in fen and what each yearly check found: (year, result, reason)."""

    id: str
    facts: AssetFacts
    net: int
    checks: tuple[tuple[int, str, str], ...]
    seen: str = ""


@dataclass(frozen=True)
class ResourceRow:
    """A resource."""

    id: str
    facts: ResourceFacts
    seen: str = ""


@dataclass(frozen=True)
class MoveRow:
    """A repayment (below zero) or an increase of a debt, in fen."""

    id: str
    moved_on: dt.date
    amount: int
    words: str


@dataclass(frozen=True)
class DebtRow:
    """A claim or debt with its balance in fen."""

    id: str
    facts: DebtFacts
    balance: int
    moves: tuple[MoveRow, ...]
    has_decision: bool
    seen: str = ""

    @property
    def side_words(self) -> str:
        """债权 or 债务."""
        return "债权" if self.facts.side == CLAIM else "债务"


@dataclass(frozen=True)
class ProjectRow:
    """A project with its stage; `decision_passed` is whether the decision that it names stands."""

    id: str
    facts: ProjectFacts
    stage: str
    stage_words: str
    decision_passed: bool
    seen: str = ""


@dataclass(frozen=True)
class FindingRow:
    """What a check says of one asset; result "" while nobody has looked."""

    id: str
    asset_id: str
    number: str
    name: str
    quantity: str
    place: str
    cost: int
    net: int
    result: str
    difference: str
    reason: str


@dataclass(frozen=True)
class CheckRow:
    """A yearly check of assets with its lines; a closed one says what was found then."""

    id: str
    year: int
    closed: bool
    begun_on: dt.date | None
    closed_on: dt.date | None
    people: str
    lines: tuple[FindingRow, ...]

    @property
    def unchecked(self) -> int:
        """How many assets nobody has looked at."""
        return sum(not line.result for line in self.lines)


@dataclass(frozen=True)
class CleanUp:
    """清化收 on one sheet, in fen: contracts with problems, debts, newly found resources."""

    contracts: int
    with_problem: int
    mended: int
    due: int
    paid: int
    owed: int
    claims: int
    debts: int
    repaid: int
    new_resources: int
    new_area_hundredths: int
    new_rent: int
    new_paid: int


def contracts(session: Session, *, on: dt.date) -> tuple[ContractRow, ...]:
    """Every contract on a day: running ones by their end, then those that are over."""
    instalments: dict[str, list[ContractInstalment]] = defaultdict(list)
    for one in session.scalars(select(ContractInstalment).where(ContractInstalment.retired.is_(False))):
        instalments[one.contract_id].append(one)
    found = session.scalars(select(Contract).where(Contract.retired.is_(False)))
    rows = [_contract_row(one, instalments[one.id], on) for one in found]
    return tuple(
        sorted(
            rows, key=lambda row: (row.days_left is None, row.facts.until_on or dt.date.max, row.facts.number, row.id)
        )
    )


def one_contract(session: Session, contract_id: str) -> ContractRow:
    """A contract with what the clerk sees of it. Raises NotFound."""
    found = _record(session, Contract, contract_id, "这份合同")
    instalments = session.scalars(
        select(ContractInstalment).where(
            ContractInstalment.contract_id == contract_id, ContractInstalment.retired.is_(False)
        )
    )
    row = _contract_row(found, list(instalments), act(session).today)
    return dataclasses.replace(row, seen=seen(session, Contract, contract_id))


def contracts_ending(session: Session, *, on: dt.date, days: int = REMIND_DAYS) -> tuple[ContractRow, ...]:
    """The running contracts that end within so many days, or have ended without being closed."""
    return tuple(row for row in contracts(session, on=on) if row.days_left is not None and row.days_left <= days)


def instalments_late(session: Session, *, on: dt.date) -> tuple[tuple[ContractRow, InstalmentRow], ...]:
    """The instalments that are due and not wholly paid, the oldest first."""
    found = [(row, one) for row in contracts(session, on=on) for one in row.instalments if one.late]
    return tuple(sorted(found, key=lambda pair: (-pair[1].late, pair[0].facts.number)))


def assets(session: Session) -> tuple[AssetRow, ...]:
    """Every asset that is not gone, by number."""
    checks: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for check in session.scalars(select(AssetCheck).where(AssetCheck.retired.is_(False))):
        for line in check.lines:
            checks[str(line[1])].append((check.year, str(line[8]), str(line[10])))
    found = session.scalars(select(CollectiveAsset).where(CollectiveAsset.retired.is_(False)))
    rows = [_asset_row(one, tuple(sorted(checks[one.id]))) for one in found]
    return tuple(sorted(rows, key=lambda row: (row.facts.gone_on is not None, _by_number(row.facts.number), row.id)))


def one_asset(session: Session, asset_id: str) -> AssetRow:
    """An asset with what the clerk sees of it. Raises NotFound."""
    _record(session, CollectiveAsset, asset_id, "这件资产")
    row = next(one for one in assets(session) if one.id == asset_id)
    return dataclasses.replace(row, seen=seen(session, CollectiveAsset, asset_id))


def resources(session: Session) -> tuple[ResourceRow, ...]:
    """Every resource, by kind and name."""
    found = session.scalars(select(CollectiveResource).where(CollectiveResource.retired.is_(False)))
    rows = [ResourceRow(one.id, _facts(ResourceFacts, one)) for one in found]
    return tuple(sorted(rows, key=lambda row: (row.facts.kind, row.facts.name, row.id)))


def one_resource(session: Session, resource_id: str) -> ResourceRow:
    """A resource with what the clerk sees of it. Raises NotFound."""
    found = _record(session, CollectiveResource, resource_id, "这项资源")
    return ResourceRow(found.id, _facts(ResourceFacts, found), seen(session, CollectiveResource, resource_id))


def debts(session: Session) -> tuple[DebtRow, ...]:
    """Every claim and debt: debts first, by the day on which they arose."""
    moves: dict[str, list[DebtMove]] = defaultdict(list)
    for one in session.scalars(select(DebtMove)):
        moves[one.debt_id].append(one)
    found = session.scalars(select(CollectiveDebt).where(CollectiveDebt.retired.is_(False)))
    rows = [_debt_row(one, moves[one.id]) for one in found]
    return tuple(
        sorted(
            rows, key=lambda row: (row.facts.side == CLAIM, row.facts.arose_on or dt.date.min, row.facts.party, row.id)
        )
    )


def one_debt(session: Session, debt_id: str) -> DebtRow:
    """A claim or debt with what the clerk sees of it. Raises NotFound."""
    _record(session, CollectiveDebt, debt_id, "这笔债权债务")
    row = next(one for one in debts(session) if one.id == debt_id)
    return dataclasses.replace(row, seen=seen(session, CollectiveDebt, debt_id))


def debt_totals(session: Session, *, on: dt.date) -> tuple[int, int]:
    """What others owe the village and what it owes at the end of a day, in fen."""
    rows = debts(session)
    claims = sum(_balance(row, on) for row in rows if row.facts.side == CLAIM)
    return claims, sum(_balance(row, on) for row in rows if row.facts.side != CLAIM)


def projects(session: Session) -> tuple[ProjectRow, ...]:
    """Every project by name."""
    found = session.scalars(select(WorksProject).where(WorksProject.retired.is_(False)))
    rows = [_project_row(session, one) for one in found]
    return tuple(sorted(rows, key=lambda row: (row.facts.name, row.id)))


def one_project(session: Session, project_id: str) -> ProjectRow:
    """A project with what the clerk sees of it. Raises NotFound."""
    found = _record(session, WorksProject, project_id, "这个项目")
    return dataclasses.replace(_project_row(session, found), seen=seen(session, WorksProject, project_id))


def decision_passed(session: Session, decision_id: str) -> bool:
    """True when the decision stands: only then does it owe the wall its resolution."""
    if not decision_id:
        return False
    owed = duties_about(session, source_room="decisions", source_id=decision_id, on=act(session).today)
    return any(duty.item == "resolution" for duty in owed)


def asset_checks(session: Session) -> tuple[CheckRow, ...]:
    """Every yearly check, the newest year first."""
    found = session.scalars(select(AssetCheck).where(AssetCheck.retired.is_(False)))
    return tuple(sorted((_check_row(session, one) for one in found), key=lambda row: -row.year))


def clean_up(session: Session, *, on: dt.date) -> CleanUp:
    """The three ledgers of 清化收 in one sum."""
    running = [row for row in contracts(session, on=on) if row.facts.ended_on is None]
    claims, owed = debt_totals(session, on=on)
    new = [row.facts for row in resources(session) if row.facts.newly_found]
    repaid = sum(-move.amount for row in debts(session) for move in row.moves if move.amount < 0)
    return CleanUp(
        len(running),
        sum(bool(row.facts.problem) for row in running),
        sum(bool(row.facts.problem and row.facts.remedy) for row in running),
        sum(row.due for row in running if row.facts.receivable),
        sum(row.paid for row in running if row.facts.receivable),
        sum(row.owed for row in running if row.facts.receivable),
        claims,
        owed,
        repaid,
        len(new),
        sum(one.area_hundredths for one in new),
        sum(one.rent_fen for one in new),
        sum(one.paid_fen for one in new),
    )


def sheet_rows(session: Session, source: str, *, from_on: dt.date, until_on: dt.date) -> tuple[tuple[str, ...], ...]:
    """The rows that a register's sheet prints for a period, names of private persons covered."""
    made: Iterable[tuple[str, ...]]
    if source == "debts":
        made = _debt_lines(session, from_on, until_on)
    elif source == "assets":
        made = (_asset_line(row.facts, row.net) for row in assets(session) if _there(row.facts, until_on))
    elif source == "resources":
        made = (_resource_line(number, row.facts) for number, row in enumerate(resources(session), start=1))
    elif source == "contracts":
        made = (_contract_line(row) for row in contracts(session, on=until_on))
    else:
        made = (_project_line(row) for row in projects(session))
    return tuple(made)


def _debt_lines(session: Session, from_on: dt.date, until_on: dt.date) -> Iterable[tuple[str, ...]]:
    number = 0
    for row in debts(session):
        facts = row.facts
        before, after = _balance(row, from_on - dt.timedelta(days=1)), _balance(row, until_on)
        more = sum(move.amount for move in row.moves if from_on <= move.moved_on <= until_on and move.amount > 0)
        less = -sum(move.amount for move in row.moves if from_on <= move.moved_on <= until_on and move.amount < 0)
        if facts.arose_on is not None and from_on <= facts.arose_on <= until_on:
            more += facts.principal_fen
        if not (before or after or more or less):
            continue
        number += 1
        name = covered_name(facts.party, private=facts.party_private, group=facts.party_group)
        arose = table_day(facts.arose_on)
        sums = (yuan(before), yuan(more), yuan(less), yuan(after))
        yield (str(number), row.side_words, name, facts.nature, arose, facts.cause, *sums, facts.handler)


def _asset_line(facts: AssetFacts, net: int) -> tuple[str, ...]:
    sums = (yuan(facts.cost_fen), yuan(facts.depreciation_fen), yuan(net))
    where = (facts.use, facts.place, facts.keeper)
    return (facts.number, facts.name, facts.specification, facts.quantity, table_day(facts.bought_on), *sums, *where)


def _resource_line(number: int, facts: ResourceFacts) -> tuple[str, ...]:
    holder = covered_name(facts.holder, private=facts.holder_private, group=facts.holder_group)
    area = area_words(facts.area_hundredths)
    sums = (yuan(facts.rent_fen), yuan(facts.paid_fen), yuan(facts.owed_fen))
    term = term_words(facts.from_on, facts.until_on)
    return (str(number), facts.name, facts.kind, facts.place, area, facts.way, holder, term, *sums)


def _contract_line(row: ContractRow) -> tuple[str, ...]:
    facts = row.facts
    party = covered_name(facts.party, private=facts.party_private, group=facts.party_group)
    term = term_words(facts.from_on, facts.until_on)
    sums = (yuan(row.due), yuan(row.paid), yuan(row.owed))
    total = yuan(facts.total_fen)
    return (
        *(facts.number, facts.subject, party, facts.quantity, term, total, facts.payment_terms),
        *(*sums, facts.decision_no or "未登记", row.state_words),
    )


def _project_line(row: ProjectRow) -> tuple[str, ...]:
    facts = row.facts
    accepted = "；".join(part for part in (table_day(facts.accepted_on), facts.accepted_by) if part)
    amounts = (facts.contract_fen, facts.paid_fen, facts.settled_fen, facts.audited_fen)
    sums = tuple(yuan(amount) if amount else "" for amount in amounts)
    head = (facts.name, yuan(facts.budget_fen), facts.funding, facts.tender, facts.winner)
    return (*head, *sums, accepted, facts.decision_no or "未登记")


def _there(facts: AssetFacts, day: dt.date) -> bool:
    bought = facts.bought_on is None or facts.bought_on <= day
    return bought and (facts.gone_on is None or facts.gone_on > day)


def _contract_row(found: Contract, instalments: list[ContractInstalment], on: dt.date) -> ContractRow:
    facts = _facts(ContractFacts, found)
    rows = tuple(
        sorted((_instalment_row(one, on) for one in instalments), key=lambda row: (row.due_on or dt.date.max, row.id))
    )
    due = sum(one.due for one in rows if one.due_on is None or one.due_on <= on)
    paid = sum(one.paid for one in rows)
    days_left = (facts.until_on - on).days if facts.until_on is not None and facts.ended_on is None else None
    words, tone = _contract_state(facts, days_left, on)
    return ContractRow(
        found.id, facts, due, paid, max(due - paid, 0), words, tone, days_left, rows, bool(facts.decision_id)
    )


def _contract_state(facts: ContractFacts, days_left: int | None, on: dt.date) -> tuple[str, str]:
    if facts.ended_on is not None:
        return "已终止", "plain"
    if days_left is None:
        return "履行中", "good"
    if days_left < 0:
        return "已到期", "bad"
    if facts.from_on is not None and facts.from_on > on:
        return "未开始", "plain"
    return ("快到期", "warn") if days_left <= REMIND_DAYS else ("履行中", "good")


def _instalment_row(one: ContractInstalment, on: dt.date) -> InstalmentRow:
    late = (on - one.due_on).days if one.due_on is not None and one.due_on < on and one.paid_fen < one.due_fen else 0
    return InstalmentRow(one.id, one.due_on, one.due_fen, one.paid_on, one.paid_fen, one.note, late)


def _asset_row(found: CollectiveAsset, checks: tuple[tuple[int, str, str], ...]) -> AssetRow:
    facts = _facts(AssetFacts, found)
    return AssetRow(found.id, facts, facts.cost_fen - facts.depreciation_fen, checks)


def _debt_row(found: CollectiveDebt, moves: list[DebtMove]) -> DebtRow:
    rows = tuple(
        sorted(
            (MoveRow(one.id, one.moved_on or dt.date.min, one.amount_fen, one.words) for one in moves),
            key=lambda row: (row.moved_on, row.id),
        )
    )
    facts = _facts(DebtFacts, found)
    balance = facts.principal_fen + sum(row.amount for row in rows)
    return DebtRow(found.id, facts, balance, rows, bool(facts.decision_id))


def _balance(row: DebtRow, day: dt.date) -> int:
    if row.facts.arose_on is not None and row.facts.arose_on > day:
        return 0
    return row.facts.principal_fen + sum(move.amount for move in row.moves if move.moved_on <= day)


def _project_row(session: Session, found: WorksProject) -> ProjectRow:
    passed = decision_passed(session, found.decision_id)
    return ProjectRow(found.id, _facts(ProjectFacts, found), found.stage, stage_words(found.stage), passed)


def _check_row(session: Session, check: AssetCheck) -> CheckRow:
    if check.state == "closed":
        lines = tuple(FindingRow(*line) for line in check.lines)
    else:
        found = {
            one.asset_id: one
            for one in session.scalars(
                select(AssetFinding).where(AssetFinding.check_id == check.id, AssetFinding.retired.is_(False))
            )
        }
        lines = tuple(_finding_row(row, found.get(row.id)) for row in assets(session) if row.facts.gone_on is None)
    closed = check.state == "closed"
    return CheckRow(check.id, check.year, closed, check.begun_on, check.closed_on, check.people, lines)


def _finding_row(row: AssetRow, found: AssetFinding | None) -> FindingRow:
    facts = row.facts
    said = (found.result, found.difference, found.reason) if found is not None else ("", "", "")
    head = (found.id if found is not None else "", row.id, facts.number, facts.name, facts.quantity, facts.place)
    return FindingRow(*head, facts.cost_fen, row.net, *said)


def _facts(kind: type[F], found: Record) -> F:
    return kind(**{one.name: getattr(found, one.name) for one in dataclasses.fields(kind)})


R = TypeVar("R", bound=Record)


def _record(session: Session, record: type[R], identity: str, what: str) -> R:
    found = session.get(record, identity)
    if found is None or found.retired:
        raise NotFound(f"找不到{what}。", "它可能已经删掉，或还在另一台电脑里。")
    return found


def _by_number(number: str) -> tuple[int, str]:
    digits = "".join(ch for ch in number if ch.isdecimal())
    return (int(digits) if digits else 0, number)
