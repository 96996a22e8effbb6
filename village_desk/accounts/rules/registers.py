"""What is said of a contract, an asset, a resource, a debt or a project, and what must hold when it is entered."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import yuan
from village_desk.kit.text import chinese_date

CLAIM, DEBT = "claim", "debt"
# How far a project is, in its order; a contract needs the decision that carries it.
PROJECT_STAGES: tuple[tuple[str, str], ...] = (
    ("planned", "计划中"),
    ("decided", "已决议"),
    ("tendered", "已招标"),
    ("contracted", "已签合同"),
    ("building", "施工中"),
    ("accepted", "已验收"),
    ("settled", "已决算"),
    ("audited", "已审计"),
)
CONTRACT_KINDS = ("土地承包", "资产租赁", "资源发包", "工程建设", "采购服务", "借款", "其他")
RESOURCE_KINDS = ("耕地", "林地", "草地", "园地", "滩涂", "水面", "四荒地", "集体建设用地", "其他")
WAYS = ("统一经营", "家庭承包", "发包", "出租", "入股", "闲置")
USES = ("在用", "出租", "闲置", "待修", "待报废")
FINDINGS: tuple[tuple[str, str], ...] = (("ok", "账实相符"), ("missing", "有账无物"), ("other", "数量或状况不符"))
_NUMBERED = re.compile(r"\d{17}[\dXx]|1\d{10}|\d{16,19}", re.ASCII)


def _said(label: str, kind: str = "text", **more: Any) -> Any:
    """A field that a form asks for: its words, kind (text, long, money, area, date, yes, choice), choices, hint."""
    default = {"money": 0, "area": 0, "date": None, "yes": False}.get(kind, "")
    return field(default=more.pop("default", default), metadata={"label": label, "kind": kind, **more})


def _day(label: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "kind": "date", **more}


@dataclass(frozen=True)
class ContractFacts:
    """What a contract says; money in fen."""

    number: str = _said("合同编号", hint="不填就按年度接着编，例如2026-3。")
    kind: str = _said("种类", "choice", choices=CONTRACT_KINDS)
    subject: str = _said("标的", required=True, hint="发包、租赁、建设的是什么，例如“村东鱼塘”。")
    party: str = _said("对方", required=True)
    party_private: bool = _said("对方是个人，公开时只写姓", "yes")
    party_group: str = _said("对方组别")
    quantity: str = _said("面积或数量")
    signed_on: dt.date | None = field(default=None, metadata=_day("签订日期"))
    from_on: dt.date | None = field(default=None, metadata=_day("起始日期"))
    until_on: dt.date | None = field(default=None, metadata=_day("到期日期", hint="到期前60天提醒。"))
    total_fen: int = _said("总价（元）", "money")
    payment_terms: str = _said("付款方式", hint="例如“每年3月底前付当年租金”。")
    receivable: bool = _said("村里收钱（不打勾是村里付钱）", "yes", default=True)
    ended_on: dt.date | None = field(default=None, metadata=_day("终止日期"))
    end_reason: str = _said("终止原因")
    problem: str = _said("清理中发现的问题")
    remedy: str = _said("整改办法")
    decision_id: str = _said("决策依据", "decision")
    decision_no: str = _said("决议编号", "hidden")
    note: str = _said("备注", "long")

    def check(self, today: dt.date) -> None:
        """Raises NotAllowed for what cannot be."""
        _need(self.subject, "标的")
        _need(self.party, "对方")
        _order(self.from_on, self.until_on, "合同期限")
        _at_least_zero(self.total_fen, "总价")
        _no_number(self.party, "对方")
        if self.ended_on is not None and not self.end_reason:
            raise NotAllowed("提前终止的合同还没有写原因。", "请写明原因，例如“承包人搬走，协商解除”。")


@dataclass(frozen=True)
class AssetFacts:
    """What is known of an asset; money in fen."""

    number: str = _said("编号", hint="不填就接着编。")
    name: str = _said("名称", required=True)
    specification: str = _said("规格")
    quantity: str = _said("数量", hint="连单位一起写，例如“2台”。")
    bought_on: dt.date | None = field(default=None, metadata=_day("购建日期"))
    cost_fen: int = _said("原值（元）", "money")
    depreciation_fen: int = _said("累计折旧（元）", "money")
    use: str = _said("使用状态", "choice", choices=USES)
    place: str = _said("存放地")
    keeper: str = _said("责任人")
    gone_on: dt.date | None = field(default=None, metadata=_day("处置日期"))
    gone_reason: str = _said("处置原因")
    decision_id: str = _said("决策依据", "decision")
    decision_no: str = _said("决议编号", "hidden")
    note: str = _said("备注", "long")

    def check(self, today: dt.date) -> None:
        """Raises NotAllowed for what cannot be."""
        _need(self.name, "名称")
        _at_least_zero(self.cost_fen, "原值")
        _at_least_zero(self.depreciation_fen, "累计折旧")
        if self.depreciation_fen > self.cost_fen:
            raise NotAllowed(
                f"累计折旧{yuan(self.depreciation_fen)}元比原值{yuan(self.cost_fen)}元还多。", "请核对两个数。"
            )
        _not_future(self.bought_on, today, "购建日期")
        if self.gone_on is not None and not self.gone_reason:
            raise NotAllowed("处置的资产还没有写原因。", "请写明，例如“报废”或“经决议出售”。")


@dataclass(frozen=True)
class ResourceFacts:
    """What is known of a resource; area in hundredths of a 亩, money in fen."""

    name: str = _said("名称", required=True)
    kind: str = _said("类别", "choice", choices=RESOURCE_KINDS)
    place: str = _said("坐落四至", hint="例如“村东，东至渠、西至路、南至沟、北至林”。")
    area_hundredths: int = _said("面积（亩）", "area")
    way: str = _said("经营方式", "choice", choices=WAYS)
    holder: str = _said("承包租赁人")
    holder_private: bool = _said("承包租赁人是个人，公开时只写姓", "yes")
    holder_group: str = _said("承包租赁人组别")
    from_on: dt.date | None = field(default=None, metadata=_day("起始日期"))
    until_on: dt.date | None = field(default=None, metadata=_day("到期日期"))
    rent_fen: int = _said("年租金（元）", "money")
    paid_fen: int = _said("已收（元）", "money")
    owed_fen: int = _said("欠缴（元）", "money")
    newly_found: bool = _said("清查中新增的资源", "yes")
    contract_no: str = _said("合同编号")
    decision_id: str = _said("决策依据", "decision")
    decision_no: str = _said("决议编号", "hidden")
    note: str = _said("备注", "long")

    def check(self, today: dt.date) -> None:
        """Raises NotAllowed for what cannot be."""
        _need(self.name, "名称")
        _order(self.from_on, self.until_on, "承包租赁期限")
        for amount, what in ((self.rent_fen, "年租金"), (self.paid_fen, "已收"), (self.owed_fen, "欠缴")):
            _at_least_zero(amount, what)
        _no_number(self.holder, "承包租赁人")


@dataclass(frozen=True)
class DebtFacts:
    """What is known of a claim or a debt; money in fen."""

    side: str = _said("类别", "choice", choices=((DEBT, "债务（村里欠别人）"), (CLAIM, "债权（别人欠村里）")))
    party: str = _said("对方", required=True)
    party_private: bool = _said("对方是个人，公开时只写姓", "yes")
    party_group: str = _said("对方组别")
    nature: str = _said("性质", hint="例如“工程欠款”“承包费欠款”。")
    arose_on: dt.date | None = field(default=None, metadata=_day("形成日期", required=True))
    cause: str = _said("形成原因")
    principal_fen: int = _said("本金（元）", "money", required=True)
    rate: str = _said("利率", hint="没有利息的不填。")
    due_on: dt.date | None = field(default=None, metadata=_day("到期日"))
    handler: str = _said("经手人")
    plan: str = _said("化解办法")
    decision_id: str = _said("决策依据", "decision")
    decision_no: str = _said("决议编号", "hidden")
    note: str = _said("备注", "long")

    def check(self, today: dt.date) -> None:
        """Raises NotAllowed for what cannot be."""
        if self.side not in {CLAIM, DEBT}:
            raise NotAllowed("还没有选是债权还是债务。", "村里欠别人的是债务，别人欠村里的是债权。")
        _need(self.party, "对方")
        if self.principal_fen <= 0:
            raise NotAllowed("本金要大于零。", "请填形成时的金额，还过的在“登记还款”里记。")
        if self.arose_on is None:
            raise NotAllowed("还没有填形成日期。", "记不清哪一天的，填账上的日期。")
        _not_future(self.arose_on, today, "形成日期")
        _no_number(self.party, "对方")


@dataclass(frozen=True)
class ProjectFacts:
    """What is known of a project; money in fen."""

    name: str = _said("项目名称", required=True)
    budget_fen: int = _said("预算（元）", "money")
    funding: str = _said("资金来源")
    tender: str = _said("招标方式")
    winner: str = _said("中标人")
    contract_fen: int = _said("合同价（元）", "money")
    contract_no: str = _said("合同编号")
    starts_on: dt.date | None = field(default=None, metadata=_day("开工"))
    ends_on: dt.date | None = field(default=None, metadata=_day("完工"))
    paid_fen: int = _said("已付（元）", "money")
    settled_fen: int = _said("决算（元）", "money")
    audited_fen: int = _said("审计（元）", "money")
    accepted_on: dt.date | None = field(default=None, metadata=_day("验收日期"))
    accepted_by: str = _said("验收人员", hint="至少写清村干部、党员代表、村民代表各是谁。")
    checks: str = _said("过程检查", "long")
    decision_id: str = _said("决策依据", "decision")
    decision_no: str = _said("决议编号", "hidden")
    note: str = _said("备注", "long")

    def check(self, today: dt.date) -> None:
        """Raises NotAllowed for what cannot be."""
        _need(self.name, "项目名称")
        _order(self.starts_on, self.ends_on, "工期")
        for amount, what in (
            (self.budget_fen, "预算"),
            (self.contract_fen, "合同价"),
            (self.paid_fen, "已付"),
            (self.settled_fen, "决算"),
            (self.audited_fen, "审计"),
        ):
            _at_least_zero(amount, what)
        _not_future(self.accepted_on, today, "验收日期")


Facts = ContractFacts | AssetFacts | ResourceFacts | DebtFacts | ProjectFacts


def covered_name(name: str, *, private: bool, group: str = "") -> str:
    """王*（三组） for a private person on the wall; the name as it is for others."""
    if not private or not name:
        return name
    return f"{name[0]}*（{group}）" if group else f"{name[0]}*"


def stage_words(stage: str) -> str:
    """A project's stage in words."""
    return dict(PROJECT_STAGES).get(stage, stage)


def check_stage(now: str, wanted: str, *, decision_passed: bool, name: str) -> None:
    """A project goes on in its order, and to a contract only with a passed decision. Raises NotAllowed."""
    order = [key for key, _ in PROJECT_STAGES]
    if wanted not in order:
        raise NotAllowed(f"项目没有“{wanted}”这一步。", f"请从这几步里选：{'、'.join(w for _, w in PROJECT_STAGES)}。")
    if order.index(wanted) >= order.index("decided") and not decision_passed:
        raise NotAllowed(
            f"“{name}”还没有通过的决议，不能转到“{stage_words(wanted)}”。",
            "请先在“四议两公开”里办好决议，再在这里选它作决策依据。",
        )


def table_day(day: dt.date | None) -> str:
    """2026.5.1, as narrow columns of tables write days; "" for none."""
    return f"{day.year}.{day.month}.{day.day}" if day is not None else ""


def term_words(from_on: dt.date | None, until_on: dt.date | None) -> str:
    """2026.1.1至2028.12.31; what is not known is left open."""
    if from_on is None and until_on is None:
        return ""
    return f"{table_day(from_on)}至{table_day(until_on) or '未约定'}"


def _need(words: str, what: str) -> None:
    if not words.strip():
        raise NotAllowed(f"还没有填{what}。", f"请填写{what}后再保存。")


def _order(first: dt.date | None, last: dt.date | None, what: str) -> None:
    if first is not None and last is not None and last < first:
        raise NotAllowed(f"{what}从{chinese_date(first)}到{chinese_date(last)}，日期倒过来了。", "请核对起止日期。")


def _not_future(day: dt.date | None, today: dt.date, what: str) -> None:
    if day is not None and day > today:
        raise NotAllowed(f"{what}{chinese_date(day)}还没有到。", "请照实填写已经发生的日期。")


def _at_least_zero(amount: int, what: str) -> None:
    if amount < 0:
        raise NotAllowed(f"{what}{yuan(amount)}元是负数。", "请填零或正数。")


def _no_number(words: str, what: str) -> None:
    if _NUMBERED.search(words):
        raise NotAllowed(f"{what}一栏里有身份证号、电话或卡号。", "只写姓名或单位名称，号码不要写在这里。")
