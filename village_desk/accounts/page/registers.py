"""Contracts, assets, resources, debts and projects on the screen: one tab for each, built alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from village_desk.accounts import actions, lookups, printout
from village_desk.accounts.dialogs import FactsDialog, MoneyDayDialog
from village_desk.accounts.page.pane import Pane, fill
from village_desk.accounts.rules.cells import area_words
from village_desk.accounts.rules.registers import (
    FINDINGS,
    PROJECT_STAGES,
    AssetFacts,
    ContractFacts,
    DebtFacts,
    Facts,
    ProjectFacts,
    ResourceFacts,
)
from village_desk.accounts.table import AssetTable, ContractTable, DebtTable, ProjectTable, ResourceTable
from village_desk.archive.actions import EVIDENCE
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.facts import Facts as FactList
from village_desk.widgets.layout import button, flow, scrolled
from village_desk.widgets.tables import ListTable

if TYPE_CHECKING:
    from village_desk.accounts.page.accounts import AccountsPage


@dataclass(frozen=True)
class Register:
    """What one tab is about: its words, its table and facts, and the doors to its lookups and actions."""

    key: str
    title: str
    noun: str
    record: str
    table: Callable[[], ListTable[Any]]
    facts: type[Facts]
    beside: frozenset[str]
    one: Callable[[Any, str], Any]
    add: Callable[..., str]
    edit: Callable[..., None]
    drop: Callable[..., None]
    argument: str


REGISTERS: tuple[Register, ...] = (
    Register(
        "contracts", "合同", "合同", "contract", ContractTable, ContractFacts,
        frozenset({"subject", "state", "owed"}), lookups.one_contract,
        actions.add_contract, actions.edit_contract, actions.drop_contract, "contract_id",
    ),
    Register(
        "assets", "资产", "资产", "collective_asset", AssetTable, AssetFacts,
        frozenset({"name", "number", "net"}), lookups.one_asset,
        actions.add_asset, actions.edit_asset, actions.drop_asset, "asset_id",
    ),
    Register(
        "resources", "资源", "资源", "collective_resource", ResourceTable, ResourceFacts,
        frozenset({"name", "kind", "area"}), lookups.one_resource,
        actions.add_resource, actions.edit_resource, actions.drop_resource, "resource_id",
    ),
    Register(
        "debts", "债权债务", "债权债务", "collective_debt", DebtTable, DebtFacts,
        frozenset({"party", "side", "balance"}), lookups.one_debt,
        actions.add_debt, actions.edit_debt, actions.drop_debt, "debt_id",
    ),
    Register(
        "projects", "工程项目", "项目", "works_project", ProjectTable, ProjectFacts,
        frozenset({"name", "stage"}), lookups.one_project,
        actions.add_project, actions.edit_project, actions.drop_project, "project_id",
    ),
)  # fmt: skip


class RegisterPane(Pane):
    """One register: its list, and one record with what is owed, what is due, and its papers."""

    list_width = 400

    def __init__(self, page: "AccountsPage", register: Register) -> None:
        self.register = register
        self.beside = register.beside
        super().__init__(
            page,
            register.table(),
            f"还没有登记{register.noun}。点“登记{register.noun}”开始。",
            "从左边选一项，这里显示它的内容、附的材料和决策依据。",
        )
        self.row: Any = None
        self.add_button = button(f"登记{register.noun}", "plus", role="primary", clicked=self.ask_add)
        above = [self.add_button]
        if register.key == "assets":
            self.check_button = button("年度清查", "list-checks", clicked=self.ask_check)
            above.append(self.check_button)
        if register.key == "contracts":
            above.append(button("清化收汇总", "printer", clicked=self.print_clean_up))
        fill(self.above, above)
        self.buttons: dict[str, QPushButton] = {}
        self._line = flow()
        self.checks = Checks()
        self.facts = FactList(across=1 if theme.current().narrow else 2)
        self.files = AttachmentList(self.workplace, EVIDENCE, register.record)
        body = QWidget()
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.current().px(10))
        inner.addWidget(self.checks)
        inner.addWidget(self.facts)
        inner.addWidget(self.files, 1)
        self.detail.add(self._line)
        self.detail.add(scrolled(body), 1)

    def refresh(self) -> None:
        """Read the list and the record at hand."""
        key, today = self.register.key, self.now.today

        def rows(session: Any) -> Sequence[Any]:
            if key == "contracts":
                return lookups.contracts(session, on=today)
            found: dict[str, Callable[[Any], Sequence[Any]]] = {
                "assets": lookups.assets,
                "resources": lookups.resources,
                "debts": lookups.debts,
                "projects": lookups.projects,
            }
            return found[key](session)

        self.show_rows(self.workplace.read(rows), self.page.take_wanted())

    def show_one(self, record_id: str) -> None:
        """Show one record."""
        self.row = self.workplace.read(lambda session: self.register.one(session, record_id))
        facts = self.row.facts
        self.title.setText(getattr(facts, "subject", "") or getattr(facts, "name", "") or facts.party)
        self.facts.show_facts(
            [(one.metadata["label"], _words(one.metadata["kind"], getattr(facts, one.name))) for one in _told(facts)]
        )
        self.checks.show_checks(_checks(self.register.key, self.row))
        made = []
        self.buttons = {}
        for at, (key, words, icon) in enumerate(_acts(self.register.key, self.row)):
            one = button(words, icon, role="primary" if at == 0 else "", clicked=partial(self.do, key))
            self.buttons[key] = one
            made.append(one)
        fill(self._line, made)
        self.files.show_record(record_id)

    # doing

    def do(self, key: str) -> None:
        """One of the acts on the record at hand."""
        doing: dict[str, Callable[[], Any]] = {
            "edit": self.ask_edit,
            "drop": self.drop,
            "due": self.ask_due,
            "pay": self.ask_pay,
            "repay": self.ask_repay,
            "next": self.move_on,
        }
        doing[key]()

    def ask_add(self) -> FactsDialog:
        """A new record."""
        decisions = self.workplace.read(self.page.find_decisions)
        noun = self.register.noun
        dialog = FactsDialog(f"登记{noun}", self.register.facts(), decisions, self.now.today, self.page, skip=_LATER)
        dialog.about = f"{self.register.key}+"

        def keep(session: Any) -> str:
            return self.register.add(session, facts=dialog.answer())

        self.asks(dialog, f"accounts.{self.register.add.__name__}", keep, f"已登记{noun}。", self.page.go_to)
        return dialog

    def ask_edit(self) -> None:
        """The record put right."""
        decisions = self.workplace.read(self.page.find_decisions)
        dialog = FactsDialog(f"修改{self.register.noun}", self.row.facts, decisions, self.now.today, self.page)
        identity, seen = self.row.id, self.row.seen
        dialog.about = identity

        def keep(session: Any) -> None:
            self.register.edit(session, **{self.register.argument: identity}, seen=seen, facts=dialog.answer())

        self.asks(dialog, f"accounts.{self.register.edit.__name__}", keep, "已保存。")

    def drop(self) -> None:
        """The record taken out."""
        identity = self.row.id
        self.workplace.write(
            f"accounts.{self.register.drop.__name__}",
            lambda session: self.register.drop(session, **{self.register.argument: identity}),
            said="已删除，可以撤销。",
        )

    def ask_due(self) -> None:
        """A sum that a contract makes due."""
        identity = self.row.id
        words = "应收" if self.row.facts.receivable else "应付"
        dialog = MoneyDayDialog(f"登记{words}款", "登记", self.now.today, self.page, day_words="到期日(&D)")
        dialog.about = f"{identity}+"

        def keep(session: Any) -> str:
            _, amount, day, note = dialog.answer()
            return actions.add_instalment(session, contract_id=identity, due_on=day, due_fen=amount, note=note)

        self.asks(dialog, "accounts.add_instalment", keep, f"已登记这一期{words}款。")

    def ask_pay(self) -> None:
        """What was paid of an instalment."""
        open_ones = [one for one in self.row.instalments if one.paid < one.due]
        choices = [(one.id, f"{_day(one.due_on)}到期，{yuan(one.due)}元，已付{yuan(one.paid)}元") for one in open_ones]
        words = "已收到" if self.row.facts.receivable else "已付出"
        dialog = MoneyDayDialog(
            "登记收付",
            "登记",
            self.now.today,
            self.page,
            explain=f"填到现在为止这一期{words}的合计。",
            amount_fen=open_ones[0].due,
            choices=choices,
        )
        dialog.about = self.row.id

        def keep(session: Any) -> None:
            which, amount, day, _ = dialog.answer()
            actions.pay_instalment(session, instalment_id=which, paid_on=day, paid_fen=amount)

        self.asks(dialog, "accounts.pay_instalment", keep, "已登记收付。")

    def ask_repay(self) -> None:
        """A repayment or an increase."""
        identity = self.row.id
        choices = (("repay", "还款（余额减少）"), ("more", "新增（余额增加）"))
        dialog = MoneyDayDialog("登记还款或新增", "登记", self.now.today, self.page, choices=choices)
        dialog.about = identity

        def keep(session: Any) -> str:
            which, amount, day, words = dialog.answer()
            signed = -amount if which == "repay" else amount
            return actions.move_debt(session, debt_id=identity, moved_on=day, amount_fen=signed, words=words)

        self.asks(dialog, "accounts.move_debt", keep, "已登记，余额已经重算。")

    def move_on(self) -> None:
        """The project's next stage."""
        identity, stage = self.row.id, _next_stage(self.row.stage)
        self.workplace.write(
            "accounts.move_project",
            lambda session: actions.move_project(session, project_id=identity, stage=stage[0]),
            said=f"项目已转到“{stage[1]}”。",
        )

    def ask_check(self) -> None:
        """The yearly check of assets."""
        from village_desk.accounts.page.checking import CheckDialog

        self.page.open(CheckDialog(self))

    def print_clean_up(self) -> None:
        """The three ledgers of 清化收 on one sheet."""
        here = self.now
        sums = self.workplace.read(lambda session: lookups.clean_up(session, on=here.today))
        name = "清化收工作汇总表"
        self.print_sheet(name, lambda: printout.clean_up_sheet(sums, village=here.village_name, on=here.today))


# What is said only later in a record's life.
_LATER = frozenset(
    """ended_on end_reason problem remedy gone_on gone_reason settled_fen audited_fen accepted_on accepted_by
    checks""".split()
)


def _told(facts: Facts) -> list[Any]:
    return [one for one in fields(facts) if one.metadata["kind"] not in {"hidden", "yes"}]


def _words(kind: str, value: Any) -> str:
    if kind == "money":
        return f"{yuan(value)}元" if value else ""
    if kind == "area":
        return f"{area_words(value)}亩" if value else ""
    if kind == "date":
        return _day(value)
    if kind == "decision":
        return "已选决议" if value else ""
    return {"debt": "债务（村里欠别人）", "claim": "债权（别人欠村里）"}.get(str(value), str(value))


def _day(day: Any) -> str:
    return chinese_date(day) if day is not None else ""


def _next_stage(stage: str) -> tuple[str, str]:
    keys = [key for key, _ in PROJECT_STAGES]
    at = keys.index(stage) if stage in keys else -1
    return PROJECT_STAGES[min(at + 1, len(PROJECT_STAGES) - 1)]


def _acts(key: str, record: Any) -> list[tuple[str, str, str]]:
    found = []
    if key == "contracts":
        found.append(("due", "登记应收款" if record.facts.receivable else "登记应付款", "plus"))
        if any(one.paid < one.due for one in record.instalments):
            found.insert(0, ("pay", "登记收付", "check"))
    if key == "debts":
        found.append(("repay", "登记还款或新增", "check"))
    if key == "projects" and record.stage != PROJECT_STAGES[-1][0]:
        found.append(("next", f"转到“{_next_stage(record.stage)[1]}”", "arrow-right"))
    return [*found, ("edit", "修改", "pencil"), ("drop", "删除", "trash-2")]


def _checks(key: str, record: Any) -> list[Check]:
    found: list[Check] = []
    decision = record.facts.decision_no
    if key == "contracts":
        found += _contract_checks(record)
    elif key == "debts":
        words = f"{record.side_words}余额{yuan(record.balance)}元，本金{yuan(record.facts.principal_fen)}元。"
        moves = "；".join(f"{chinese_date(one.moved_on)}{yuan(one.amount)}元{one.words}" for one in record.moves[-6:])
        found.append(Check("note", words, moves))
        if record.facts.side == "debt" and not record.has_decision:
            found.append(
                Check("warn", "这笔债务没有决议依据。", "举债要先经民主决策，请在“修改”里选决议，或在备注里说明。")
            )
    elif key == "assets":
        found.append(Check("note", f"净值{yuan(record.net)}元。"))
        results = dict(FINDINGS)
        for year, result, reason in record.checks[-3:]:
            tone = "good" if result == "ok" else "bad"
            found.append(Check(tone, f"{year}年清查：{results.get(result, result)}。", reason))
    elif key == "projects":
        found.append(Check("note", f"项目办到：{record.stage_words}。"))
        if not record.decision_passed:
            advice = "请先在“四议两公开”里办好决议，再在“修改”里选它。"
            found.append(Check("warn", "还没有通过的决议，不能签合同。", advice))
    if decision:
        found.append(Check("good", f"决策依据：{decision}。"))
    return found


def _contract_checks(record: Any) -> list[Check]:
    found = []
    left = record.days_left
    if left is not None and left < 0:
        found.append(Check("bad", f"合同已到期{-left}天。", "续签的先走民主决策；不续的，请填终止日期和原因。"))
    elif left is not None and left <= lookups.REMIND_DAYS:
        found.append(Check("warn", f"合同还有{left}天到期。", "续签、重新发包都要先走民主决策，请早做准备。"))
    if record.instalments:
        tone = "bad" if record.owed else "good"
        found.append(Check(tone, f"到期应{yuan(record.due)}元，已{yuan(record.paid)}元，欠{yuan(record.owed)}元。"))
    for one in record.instalments:
        if one.late:
            found.append(Check("bad", f"{_day(one.due_on)}的{yuan(one.due)}元逾期{one.late}天。", one.note))
    if record.facts.problem:
        tone = "good" if record.facts.remedy else "warn"
        found.append(Check(tone, f"清理发现：{record.facts.problem}。", record.facts.remedy or "还没有整改办法。"))
    return found
