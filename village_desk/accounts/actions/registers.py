"""Entering and putting right contracts, assets, resources, debts and projects, and the yearly check of assets."""

import dataclasses
import datetime as dt
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.accounts.lookups import asset_checks, decision_passed
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
from village_desk.accounts.rules.registers import (
    FINDINGS,
    AssetFacts,
    ContractFacts,
    DebtFacts,
    Facts,
    ProjectFacts,
    ResourceFacts,
    check_stage,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date, tidy
from village_desk.store.acts import act, edit, retire
from village_desk.store.base import Record

R = TypeVar("R", bound=Record)


def add_contract(session: Session, *, facts: ContractFacts) -> str:
    """Enter a contract and return its id; without a number it gets the next of its year. Raises NotAllowed."""
    if not facts.number:
        year = (facts.signed_on or facts.from_on or act(session).today).year
        taken = session.scalar(select(func.count()).select_from(Contract).where(Contract.number.like(f"{year}-%"))) or 0
        facts = dataclasses.replace(facts, number=f"{year}-{taken + 1}")
    return _add(session, Contract, facts)


def edit_contract(session: Session, *, contract_id: str, seen: str, facts: ContractFacts) -> None:
    """Put a contract right. Raises NotFound, NotAllowed."""
    _edit(session, _found(session, Contract, contract_id, "这份合同"), seen, facts)


def drop_contract(session: Session, *, contract_id: str) -> None:
    """Take out a contract that was entered by mistake; undo brings it back. Raises NotFound."""
    retire(session, _found(session, Contract, contract_id, "这份合同"))


def add_instalment(session: Session, *, contract_id: str, due_on: dt.date, due_fen: int, note: str = "") -> str:
    """Enter a sum that a contract makes due; returns its id. Raises NotFound, NotAllowed for a sum below one fen."""
    _found(session, Contract, contract_id, "这份合同")
    if due_fen <= 0:
        raise NotAllowed("应收应付的金额要大于零。", "请照合同填写这一期的金额。")
    one = ContractInstalment(contract_id=contract_id, due_on=due_on, due_fen=due_fen, note=tidy(note))
    session.add(one)
    session.flush()
    return one.id


def pay_instalment(session: Session, *, instalment_id: str, paid_on: dt.date, paid_fen: int) -> None:
    """Enter what was paid of an instalment so far. Raises NotFound, NotAllowed for a day to come or a wrong sum."""
    one = _found(session, ContractInstalment, instalment_id, "这一期款")
    if paid_on > act(session).today:
        raise NotAllowed(f"{chinese_date(paid_on)}还没有到。", "请照实填写收付的日期。")
    if not 0 <= paid_fen <= one.due_fen:
        raise NotAllowed(
            f"这一期应{yuan(one.due_fen)}元，填的是{yuan(paid_fen)}元。", "多收多付的，请另记一期或改合同金额。"
        )
    one.paid_on, one.paid_fen = paid_on, paid_fen
    session.flush()


def add_asset(session: Session, *, facts: AssetFacts) -> str:
    """Enter an asset and return its id; without a number it gets the next. Raises NotAllowed."""
    if not facts.number:
        taken = session.scalar(select(func.count()).select_from(CollectiveAsset)) or 0
        facts = dataclasses.replace(facts, number=f"{taken + 1:03d}")
    return _add(session, CollectiveAsset, facts)


def edit_asset(session: Session, *, asset_id: str, seen: str, facts: AssetFacts) -> None:
    """Put an asset right. Raises NotFound, NotAllowed."""
    _edit(session, _found(session, CollectiveAsset, asset_id, "这件资产"), seen, facts)


def drop_asset(session: Session, *, asset_id: str) -> None:
    """Take out an asset that was entered by mistake. Raises NotFound."""
    retire(session, _found(session, CollectiveAsset, asset_id, "这件资产"))


def add_resource(session: Session, *, facts: ResourceFacts) -> str:
    """Enter a resource and return its id. Raises NotAllowed."""
    return _add(session, CollectiveResource, facts)


def edit_resource(session: Session, *, resource_id: str, seen: str, facts: ResourceFacts) -> None:
    """Put a resource right. Raises NotFound, NotAllowed."""
    _edit(session, _found(session, CollectiveResource, resource_id, "这项资源"), seen, facts)


def drop_resource(session: Session, *, resource_id: str) -> None:
    """Take out a resource that was entered by mistake. Raises NotFound."""
    retire(session, _found(session, CollectiveResource, resource_id, "这项资源"))


def add_debt(session: Session, *, facts: DebtFacts) -> str:
    """Enter a claim or a debt and return its id; one without a decision is shown as lacking it. Raises NotAllowed."""
    return _add(session, CollectiveDebt, facts)


def edit_debt(session: Session, *, debt_id: str, seen: str, facts: DebtFacts) -> None:
    """Put a claim or debt right. Raises NotFound, NotAllowed when the balance would fall below zero."""
    debt = _found(session, CollectiveDebt, debt_id, "这笔债权债务")
    moved = session.scalar(select(func.sum(DebtMove.amount_fen)).where(DebtMove.debt_id == debt_id)) or 0
    _check_balance(facts.principal_fen + int(moved), facts.party)
    _edit(session, debt, seen, facts)


def drop_debt(session: Session, *, debt_id: str) -> None:
    """Take out a claim or debt that was entered by mistake. Raises NotFound."""
    retire(session, _found(session, CollectiveDebt, debt_id, "这笔债权债务"))


def move_debt(session: Session, *, debt_id: str, moved_on: dt.date, amount_fen: int, words: str = "") -> str:
    """Enter a repayment (below zero) or an increase; returns its id. A wrong one is put right by one against it.

    Raises NotFound; NotAllowed for nothing, a day to come, a day before the debt, or more than is owed.
    """
    debt = _found(session, CollectiveDebt, debt_id, "这笔债权债务")
    if not amount_fen:
        raise NotAllowed("还没有填金额。", "还款填还了多少，增加填增加了多少。")
    if moved_on > act(session).today:
        raise NotAllowed(f"{chinese_date(moved_on)}还没有到。", "请照实填写日期。")
    if debt.arose_on is not None and moved_on < debt.arose_on:
        raise NotAllowed(f"{chinese_date(moved_on)}早于形成日期{chinese_date(debt.arose_on)}。", "请核对日期。")
    moved = session.scalar(select(func.sum(DebtMove.amount_fen)).where(DebtMove.debt_id == debt_id)) or 0
    _check_balance(debt.principal_fen + int(moved) + amount_fen, debt.party)
    move = DebtMove(debt_id=debt_id, moved_on=moved_on, amount_fen=amount_fen, words=tidy(words))
    session.add(move)
    session.flush()
    return move.id


def add_project(session: Session, *, facts: ProjectFacts) -> str:
    """Enter a project that is being planned and return its id. Raises NotAllowed."""
    return _add(session, WorksProject, facts)


def edit_project(session: Session, *, project_id: str, seen: str, facts: ProjectFacts) -> None:
    """Put a project right. Raises NotFound, NotAllowed when it would lose the decision that carries it."""
    project = _found(session, WorksProject, project_id, "这个项目")
    check_stage(
        project.stage, project.stage, decision_passed=decision_passed(session, facts.decision_id), name=facts.name
    )
    _edit(session, project, seen, facts)


def move_project(session: Session, *, project_id: str, stage: str) -> None:
    """Say how far a project is; from 已决议 on it needs a decision that stands. Raises NotFound, NotAllowed."""
    project = _found(session, WorksProject, project_id, "这个项目")
    passed = decision_passed(session, project.decision_id)
    check_stage(project.stage, stage, decision_passed=passed, name=project.name)
    project.stage = stage
    session.flush()


def drop_project(session: Session, *, project_id: str) -> None:
    """Take out a project that was entered by mistake. Raises NotFound."""
    retire(session, _found(session, WorksProject, project_id, "这个项目"))


def begin_asset_check(session: Session, *, year: int, people: str = "") -> str:
    """Begin the yearly check; it lists every asset. Returns its id, of an open one again. Raises NotAllowed."""
    identity = same_id("asset_check", act(session).village, str(year))
    check = session.get(AssetCheck, identity)
    if check is None:
        check = AssetCheck(id=identity, year=year, begun_on=act(session).today, people=tidy(people))
        session.add(check)
    elif check.state == "closed":
        raise NotAllowed(f"{year}年的清查已经结束。", "有遗漏的，记到下一年的清查里；当年的数不再改。")
    elif tidy(people):
        check.people = tidy(people)
    check.retired = False
    session.flush()
    return identity


def note_asset(
    session: Session, *, check_id: str, asset_id: str, result: str, difference: str = "", reason: str = ""
) -> None:
    """Enter what was found of an asset; a difference needs its reason. Raises NotFound, NotAllowed."""
    check = _found(session, AssetCheck, check_id, "这次清查")
    asset = _found(session, CollectiveAsset, asset_id, "这件资产")
    if check.state == "closed":
        raise NotAllowed(f"{check.year}年的清查已经结束。", "当年的数不再改。")
    if result not in dict(FINDINGS):
        raise NotAllowed("还没有选清查结果。", f"请从{'、'.join(words for _, words in FINDINGS)}里选。")
    if result != "ok" and not tidy(reason):
        raise NotAllowed(f"“{asset.name}”和账上不符，还没有写原因。", "请写明原因，例如“去年已报废，没有销账”。")
    identity = same_id("asset_finding", check_id, asset_id)
    finding = session.get(AssetFinding, identity)
    if finding is None:
        finding = AssetFinding(id=identity, check_id=check_id, asset_id=asset_id)
        session.add(finding)
    finding.result, finding.difference, finding.reason = result, tidy(difference), tidy(reason)
    session.flush()


def close_asset_check(session: Session, *, check_id: str) -> int:
    """Close a check: what was found of every asset stays for good. Returns how many assets.

    Raises NotFound; NotAllowed naming the assets at which nobody has looked.
    """
    check = _found(session, AssetCheck, check_id, "这次清查")
    row = next(one for one in asset_checks(session) if one.id == check_id)
    if row.closed:
        raise NotAllowed(f"{check.year}年的清查已经结束。", "不用再点。")
    unchecked = [line.name for line in row.lines if not line.result]
    if unchecked:
        named = "、".join(unchecked[:3]) + ("等" if len(unchecked) > 3 else "")
        raise NotAllowed(f"还有{len(unchecked)}件没有清查：{named}。", "请逐件核对后再结束清查。")
    if not row.lines:
        raise NotAllowed("资产台账里一件也没有，不用清查。", "请先登记资产。")
    check.lines = tuple(dataclasses.astuple(line) for line in row.lines)
    check.closed_on, check.state = act(session).today, "closed"
    session.flush()
    return len(row.lines)


def _add(session: Session, record: type[R], facts: Facts) -> str:
    facts.check(act(session).today)
    made = record(**_clean(facts))
    session.add(made)
    session.flush()
    return made.id


def _edit(session: Session, found: Record, seen: str, facts: Facts) -> None:
    facts.check(act(session).today)
    edit(session, found, seen=seen, **_clean(facts))


def _clean(facts: Facts) -> dict[str, object]:
    values = {one.name: getattr(facts, one.name) for one in dataclasses.fields(facts)}
    return {name: tidy(value) if isinstance(value, str) else value for name, value in values.items()}


def _check_balance(balance: int, party: str) -> None:
    if balance < 0:
        raise NotAllowed(
            f"“{party}”这一笔还到了{yuan(-balance)}元以外，比欠的还多。", "请核对还款金额；多还的另记一笔债权。"
        )


def _found(session: Session, record: type[R], identity: str, what: str) -> R:
    found = session.get(record, identity)
    if found is None or found.retired:
        raise NotFound(f"找不到{what}。", "它可能已经删掉，或还在另一台电脑里。")
    return found
