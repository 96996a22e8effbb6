"""What the page asks about a rule set: the set with areas, classes and bands, and which one to begin with."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen, yuan
from village_desk.points.rules.exchange import OPENING_DAYS, opening_words
from village_desk.points.rules.numbers import shown
from village_desk.points.rules.sets import (
    PERIOD_WORDS,
    UNIT_WORDS,
    YEAR_END_WORDS,
    Area,
    Band,
    Campaign,
    Period,
    RuleSet,
    SubjectClass,
    Unit,
    YearEnd,
    points_typed,
)
from village_desk.widgets.dates import typed_date
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class SetDialog(FieldsDialog):
    """Asks for everything of a set but its items."""

    def __init__(self, rules: RuleSet, others: Sequence[str], today: dt.date, parent: QWidget | None = None) -> None:
        self._rules, self._today = rules, today

        def said(points: int | None) -> str:
            return "" if points is None else shown(points, rules.decimals).replace("−", "-")

        super().__init__(
            "修改积分办法",
            parent,
            accept="保存",
            explain="改动从现在起生效，已经入账的分数不变。积分只作评先评优参考。",
            asks=(
                Ask("name", "名称(&M)", required=True, value=rules.name),
                Ask(
                    "period",
                    "多久一合计(&P)",
                    "choice",
                    choices=[(k.value, v) for k, v in PERIOD_WORDS.items()],
                    value=rules.period.value,
                ),
                Ask(
                    "unit",
                    "记什么(&O)",
                    "choice",
                    choices=[(k.value, v) for k, v in UNIT_WORDS.items()],
                    value=rules.unit.value,
                ),
                Ask("opening", "起始分(&Q)", value=said(rules.opening), read=self._points),
                Ask("cap", "全办法上限(&G)", value=said(rules.cap), placeholder="不限的不填", read=self._points),
                Ask("floor", "全办法最低(&D)", value=said(rules.floor), placeholder="不限的不填", read=self._points),
                Ask(
                    "review",
                    "要不要评议(&Y)",
                    "choice",
                    value=rules.review,
                    choices=(("", "不评议"), ("group", "评议小组评议"), ("branch", "党支部评议")),
                ),
                Ask("days", "公示几天(&T)", value=str(rules.publish_days), placeholder="不公示的填0", read=_number),
                Ask("township", "乡镇(&X)", "yes", value=rules.township, placeholder="要乡镇认定"),
                Ask(
                    "areas",
                    "类别(&L)",
                    "rows",
                    heads=("名称", "起始分", "上限", "最低", "只扣不加"),
                    value=[
                        [
                            a.name,
                            said(a.opening) if a.opening else "",
                            said(a.cap),
                            said(a.floor),
                            "是" if a.deduct_only else "",
                        ]
                        for a in rules.areas
                    ],
                ),
                Ask(
                    "classes",
                    "分类(&F)",
                    "rows",
                    heads=("名称", "起始分", "不参加"),
                    value=[[c.name, said(c.opening), "是" if c.exempt else ""] for c in rules.classes],
                ),
                Ask(
                    "bands",
                    "等次(&J)",
                    "rows",
                    heads=("名称", "从几分", "到几分", "怎么用", "哪类人", "帮助整改"),
                    value=[
                        [
                            b.name,
                            said(b.least),
                            said(b.most),
                            b.action,
                            "、".join(b.classes),
                            "是" if b.follow_up else "",
                        ]
                        for b in rules.bands
                    ],
                ),
                Ask(
                    "campaigns",
                    "专项行动(&A)",
                    "rows",
                    heads=("名称", "从哪天起", "到哪天止", "每笔另加"),
                    value=[[c.name, c.first.isoformat(), c.last.isoformat(), said(c.bonus)] for c in rules.campaigns],
                    hint="期间里标了这个专项的加分，每笔另加；日期写成2026-06-01。",
                ),
                Ask(
                    "year_end",
                    "年底(&N)",
                    "choice",
                    choices=[(k.value, v) for k, v in YEAR_END_WORDS.items()],
                    value=rules.year_end.value,
                ),
                Ask(
                    "part",
                    "结转比例(&B)",
                    value=f"{rules.carry_num}/{rules.carry_den}",
                    placeholder="如 1/2；全部结转的不用管",
                ),
                Ask(
                    "carry_to",
                    "结转到(&H)",
                    "choice",
                    value=rules.carry_to,
                    choices=[("", "本办法"), *((each, each) for each in others)],
                ),
                Ask(
                    "carry_cap",
                    "最多结转(&I)",
                    value=said(rules.carry_cap),
                    placeholder="不限的不填",
                    read=self._points,
                ),
                Ask(
                    "worth",
                    "一分值多少元(&W)",
                    value=yuan(rules.fen_per_point) if rules.fen_per_point else "",
                    placeholder="不兑换的不填",
                    read=fen,
                ),
                Ask(
                    "opening_days",
                    "兑换开放日(&K)",
                    "ticks",
                    choices=[(each, opening_words((each,))) for each in OPENING_DAYS],
                    value=rules.opening_days,
                    hint="天天开放的一个也不勾。",
                ),
                Ask("first", "从哪天起执行(&C)", "day", value=rules.valid_from),
                Ask("last", "到哪天止(&E)", "day", value=rules.valid_to),
                Ask("source", "办法的来源(&S)", value=rules.source, placeholder="如：3月10日村民代表会议通过"),
                Ask("ranked", "排名(&R)", "yes", value=rules.ranked, placeholder="公示榜按分数排名（平时不排）"),
                Ask("masked", "遮名字(&Z)", "yes", value=rules.masked, placeholder="上墙时名字只露姓"),
                Ask("used", "用途(&U)", value=rules.used_for),
            ),
            width=760,
        )

    def problems(self) -> dict[str, str]:
        """What the fields say, and rows that cannot be read."""
        found = super().problems()
        if not found:
            try:
                self.answer()
            except NotAllowed as refusal:
                found[""] = f"{refusal.message}{refusal.advice}"
        return found

    def answer(self) -> RuleSet:
        """The set with its items as they were. Raises NotAllowed for a row that cannot be read."""
        got = self.values()
        num, _, den = str(got["part"] or "1/1").partition("/")
        return dataclasses.replace(
            self._rules,
            name=got["name"],
            period=Period(got["period"]),
            opening=0 if got["opening"] == "" else got["opening"],
            cap=None if got["cap"] == "" else got["cap"],
            floor=None if got["floor"] == "" else got["floor"],
            review=got["review"],
            publish_days=0 if got["days"] == "" else got["days"],
            township=got["township"],
            areas=tuple(
                Area(row[0], self._cell(row[1]) or 0, self._cell(row[2]), self._cell(row[3]), bool(row[4]))
                for row in got["areas"]
            ),
            classes=tuple(SubjectClass(row[0], self._cell(row[1]), bool(row[2])) for row in got["classes"]),
            bands=tuple(
                Band(
                    row[0],
                    self._cell(row[1]),
                    self._cell(row[2]),
                    row[3],
                    tuple(part for part in row[4].replace(",", "、").split("、") if part),
                    bool(row[5]),
                )
                for row in got["bands"]
            ),
            year_end=YearEnd(got["year_end"]),
            carry_num=_number(num),
            carry_den=_number(den or "1"),
            carry_to=got["carry_to"],
            unit=Unit(got["unit"]),
            campaigns=tuple(
                Campaign(row[0], _day(row[1], self._today), _day(row[2], self._today), self._cell(row[3]) or 0)
                for row in got["campaigns"]
            ),
            carry_cap=None if got["carry_cap"] == "" else got["carry_cap"],
            fen_per_point=0 if got["worth"] == "" else got["worth"],
            opening_days=got["opening_days"],
            valid_from=got["first"],
            valid_to=got["last"],
            source=got["source"],
            ranked=got["ranked"],
            masked=got["masked"],
            used_for=got["used"],
        )

    def _points(self, typed: str) -> int:
        return points_typed(typed, self._rules.decimals)

    def _cell(self, typed: str) -> int | None:
        return self._points(typed) if typed else None


def _number(typed: str) -> int:
    return points_typed(typed)


def _day(typed: str, today: dt.date) -> dt.date:
    found = typed_date(typed, today)
    if found is None:
        raise NotAllowed("专项行动还没填从哪天起、到哪天止。", "请填两个日期，写成 2026-06-01 这样。")
    return found


class NewSetDialog(AskDialog):
    """Asks which example to begin with and what the set is called."""

    def __init__(self, examples: Sequence[RuleSet], village: str, parent: QWidget | None = None) -> None:
        super().__init__(
            "建立积分办法",
            parent,
            accept="建立",
            explain="示例里的分值是各地常见做法，不是法律规定。经村里讨论确定后再用，项目可以增减。",
            closes=False,
        )
        self._examples, self._village = tuple(examples), village
        self.example = QComboBox()
        for number, rules in enumerate(self._examples):
            many = f"{len(rules.items)}个项目" if rules.items else "项目待填"
            words = f"{rules.name}：{PERIOD_WORDS[rules.period]}合计，{many}"
            self.example.addItem(words, number)
        self.name = QLineEdit()
        self.form.add("example", "照哪一份(&S)", self.example)
        self.form.add("name", "名称(&M)", self.name, required=True)
        self.tenths = QCheckBox("记到0.1分（有半分的办法）")
        self.form.add("tenths", "小数(&X)", self.tenths)
        self.example.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def problems(self) -> dict[str, str]:
        """A name."""
        return self.form.missing(name=self.name.text())

    def answer(self) -> tuple[RuleSet, str]:
        """The example and the name; an empty set may keep tenths, what has values keeps its own."""
        rules = self._examples[self.example.currentIndex()]
        if not rules.items and self.tenths.isChecked():
            rules = dataclasses.replace(rules, decimals=1)
        return rules, self.name.text()

    def _suggest(self) -> None:
        rules = self._examples[self.example.currentIndex()]
        self.name.setText(f"{self._village}{rules.name.partition('（')[0]}")
        self.form.show_field("tenths", not rules.items and not rules.decimals)
