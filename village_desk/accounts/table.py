"""The lists of the page of accounts as grids show them."""

import datetime as dt

from village_desk.accounts.lookups import (
    AssetRow,
    ContractRow,
    DebtRow,
    EntryRow,
    FindingRow,
    NoteRow,
    ProjectRow,
    ResourceRow,
    ReviewRecordRow,
    SheetRow,
)
from village_desk.accounts.rules.cells import area_words
from village_desk.accounts.rules.registers import FINDINGS, table_day
from village_desk.accounts.rules.sums import SheetState
from village_desk.kit.money import yuan
from village_desk.kit.text import short_date
from village_desk.widgets.tables import Column, ListTable

STATE_TONES = {SheetState.OPEN: "note", SheetState.CLOSED: "warn", SheetState.PUBLISHED: "good"}


class SheetTable(ListTable[SheetRow]):
    """One line a finance sheet."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("title", "公开表", lambda one: one.title, width=9, wide=True),
                Column(
                    "state", "状态", lambda one: one.state_words, width=4.5, tone=lambda one: STATE_TONES[one.state]
                ),
            ),
            sort_keys={"state": lambda one: one.state.value},
        )


class EntryTable(ListTable[EntryRow]):
    """One line an entry; a voided one tells its reason."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("booked_on", "日期", lambda one: short_date(one.booked_on), width=4),
                Column("voucher", "凭证号", lambda one: one.voucher, width=3.5, side=True),
                Column("words", "摘要", _words, width=9, wide=True, tone=lambda one: "" if one.counts else "plain"),
                Column("receipts", "收入", lambda one: _money(one.receipts, one), width=4.8, align="right"),
                Column("payments", "支出", lambda one: _money(one.payments, one), width=4.8, align="right"),
                Column("balance", "余额", lambda one: yuan(one.balance), width=5, align="right", sortable=False),
                Column("category", "类别", lambda one: one.category_words, width=5, side=True),
            ),
            sort_keys={
                "booked_on": lambda one: (one.booked_on, one.line_no),
                "receipts": lambda one: one.receipts,
                "payments": lambda one: one.payments,
            },
        )


def _words(one: EntryRow) -> str:
    return one.words if one.counts else f"作废（{one.void_reason}）：{one.words}"


def _money(amount: int, one: EntryRow) -> str:
    return "" if not amount else yuan(amount) if one.counts else "—"


class ContractTable(ListTable[ContractRow]):
    """One line a contract."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("subject", "标的", lambda one: one.facts.subject, width=8, wide=True),
                Column("state", "状态", lambda one: one.state_words, width=4.5, tone=lambda one: one.tone),
                Column("number", "编号", lambda one: one.facts.number, width=5, side=True),
                Column("party", "对方", lambda one: one.facts.party, width=7, side=True),
                Column("until_on", "到期", lambda one: table_day(one.facts.until_on), width=6),
                Column("owed", "欠（元）", lambda one: yuan(one.owed), width=6, align="right"),
            ),
            sort_keys={"until_on": lambda one: one.facts.until_on or dt.date.max, "owed": lambda one: one.owed},
        )


class AssetTable(ListTable[AssetRow]):
    """One line an asset."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "名称", lambda one: one.facts.name, width=8, wide=True),
                Column("number", "编号", lambda one: one.facts.number, width=4),
                Column("quantity", "数量", lambda one: one.facts.quantity, width=4, side=True),
                Column("net", "净值（元）", lambda one: yuan(one.net), width=7, align="right"),
                Column("use", "状态", lambda one: "已处置" if one.facts.gone_on else one.facts.use, width=4, side=True),
            ),
            sort_keys={"net": lambda one: one.net},
        )


class ResourceTable(ListTable[ResourceRow]):
    """One line a resource."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "名称", lambda one: one.facts.name, width=8, wide=True),
                Column("kind", "类别", lambda one: one.facts.kind, width=5),
                Column("area", "面积（亩）", lambda one: area_words(one.facts.area_hundredths), width=6, align="right"),
                Column("holder", "承包租赁人", lambda one: one.facts.holder, width=6, side=True),
                Column("owed", "欠缴（元）", lambda one: yuan(one.facts.owed_fen), width=6, align="right", side=True),
            ),
            sort_keys={
                "area": lambda one: one.facts.area_hundredths,
                "owed": lambda one: one.facts.owed_fen,
            },
        )


class DebtTable(ListTable[DebtRow]):
    """One line a claim or a debt; one without a decision is marked."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("party", "对方", lambda one: one.facts.party, width=8, wide=True),
                Column("side", "类别", lambda one: one.side_words, width=4),
                Column("balance", "余额（元）", lambda one: yuan(one.balance), width=7, align="right"),
                Column(
                    "decision",
                    "决策依据",
                    lambda one: one.facts.decision_no or ("有" if one.has_decision else "没有"),
                    width=5,
                    tone=lambda one: "" if one.has_decision or one.facts.side == "claim" else "warn",
                    side=True,
                ),
            ),
            sort_keys={"balance": lambda one: one.balance},
        )


class ProjectTable(ListTable[ProjectRow]):
    """One line a project."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("name", "项目", lambda one: one.facts.name, width=8, wide=True),
                Column("stage", "办到哪一步", lambda one: one.stage_words, width=5),
                Column(
                    "budget", "预算（元）", lambda one: yuan(one.facts.budget_fen), width=7, align="right", side=True
                ),
            ),
            sort_keys={"budget": lambda one: one.facts.budget_fen},
        )


class ReviewTable(ListTable[ReviewRecordRow]):
    """One line a month's review."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("month", "月份", lambda one: one.month_words, width=6),
                Column("agreed", "同意（元）", lambda one: yuan(one.agreed), width=7, align="right"),
                Column("refused", "不同意（元）", lambda one: yuan(one.refused_amount), width=7, align="right"),
                Column("signers", "签字人", lambda one: "、".join(one.signers), width=8, wide=True),
                Column(
                    "sealed",
                    "盖章",
                    lambda one: "已盖章" if one.sealed_on else "待盖章",
                    width=5,
                    tone=lambda one: "good" if one.sealed_on else "warn",
                ),
            ),
            sort_keys={"month": lambda one: one.month, "agreed": lambda one: one.agreed},
        )


class NoteTable(ListTable[NoteRow]):
    """One line a supervision note."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("noted_on", "日期", lambda one: short_date(one.noted_on), width=5),
                Column("subject", "监督事项", lambda one: one.subject, width=8, wide=True),
                Column("finding", "发现的情况", lambda one: one.finding, width=10, wide=True, side=True),
                Column("answer", "答复", _answer, width=7, tone=_answer_tone),
            ),
            sort_keys={"noted_on": lambda one: one.noted_on},
        )


def _answer(one: NoteRow) -> str:
    return "已答复" if one.answer else f"逾期{one.late}天" if one.late else "等答复"


def _answer_tone(one: NoteRow) -> str:
    return "good" if one.answer else "bad" if one.late else "note"


class FindingTable(ListTable[FindingRow]):
    """One line an asset in a yearly check."""

    def __init__(self) -> None:
        results = dict(FINDINGS)
        super().__init__(
            (
                Column("name", "资产", lambda one: one.name, width=8, wide=True),
                Column("quantity", "数量", lambda one: one.quantity, width=4, side=True),
                Column("place", "存放地", lambda one: one.place, width=6, side=True),
                Column("result", "清查结果", lambda one: results.get(one.result, "还没查"), width=8, tone=_result_tone),
                Column("reason", "原因", lambda one: one.reason, width=8, wide=True),
            )
        )

    def id_at(self, index: int) -> str:
        """The asset's id: a line has none of its own before somebody has looked."""
        return self.row(index).asset_id


def _result_tone(one: FindingRow) -> str:
    return {"ok": "good", "missing": "bad", "other": "warn"}.get(one.result, "note")
