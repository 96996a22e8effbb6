"""What the page asks about a rule set: an item, the set with areas, classes and bands, which one to begin with."""

import dataclasses
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from village_desk.kit.errors import NotAllowed
from village_desk.points.rules.numbers import shown
from village_desk.points.rules.sets import (
    APPLIES_WORDS,
    CONFIRM_WORDS,
    OFTEN_WORDS,
    PER_WORDS,
    PERIOD_WORDS,
    YEAR_END_WORDS,
    Area,
    Band,
    Confirm,
    Item,
    Often,
    Per,
    Period,
    RuleSet,
    SubjectClass,
    YearEnd,
    points_typed,
)
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class ItemDialog(FieldsDialog):
    """Asks for an item of a set, a new one or one to change; the red lines are told when it is saved."""

    def __init__(self, rules: RuleSet, parent: QWidget | None = None, *, item: Item | None = None) -> None:
        self._rules, self._item = rules, item
        areas = dict.fromkeys([area.name for area in rules.areas] + [each.area for each in rules.items])

        def said(points: int | None) -> str:
            return "" if points is None else shown(points, rules.decimals).replace("−", "-")

        limit = None if item is None else item.cap if item.cap is not None else item.floor
        super().__init__(
            "修改积分项目" if item else "添加积分项目",
            parent,
            accept="保存" if item else "添加",
            explain="积分不能和低保、医保、分红、承包地、信访等挂钩，也不能罚款。",
            asks=(
                Ask("code", "编号(&B)", required=True, value=item.code if item else ""),
                Ask("area", "类别(&L)", required=True, value=item.area if item else next(iter(areas), "")),
                Ask("words", "内容(&N)", required=True, value=item.text if item else ""),
                Ask(
                    "least",
                    "最低分(&D)",
                    required=True,
                    value=said(item.least) if item else "",
                    placeholder="扣分写负数，如 -3",
                    read=self._points,
                ),
                Ask(
                    "most",
                    "最高分(&G)",
                    value=said(item.most) if item and not item.fixed else "",
                    placeholder="固定分数的不用填",
                    read=self._points,
                ),
                Ask(
                    "often",
                    "多久一次(&P)",
                    "choice",
                    choices=[(k.value, v) for k, v in OFTEN_WORDS.items()],
                    value=item.often.value if item else Often.EVENT.value,
                ),
                Ask(
                    "per",
                    "按什么记(&J)",
                    "choice",
                    choices=[(k.value, v) for k, v in PER_WORDS.items()],
                    value=item.per.value if item else Per.TIME.value,
                ),
                Ask(
                    "limit",
                    "本期封顶(&M)",
                    value=said(limit),
                    placeholder="最多加到或扣到多少，不限的不填",
                    read=self._points,
                ),
                Ask(
                    "applies",
                    "谁可以申报(&R)",
                    "choice",
                    choices=[("", "都可以"), *((k.value, v) for k, v in APPLIES_WORDS.items())],
                    value=item.applies[0] if item and item.applies else "",
                ),
                Ask(
                    "confirm",
                    "谁来认定(&Q)",
                    "choice",
                    choices=[(k.value, v) for k, v in CONFIRM_WORDS.items()],
                    value=item.confirm.value if item else Confirm.SECOND.value,
                ),
                Ask(
                    "classes",
                    "只适用于(&S)",
                    "choice",
                    choices=[("", "所有人"), *((each.name, each.name) for each in rules.classes)],
                    value=item.classes[0] if item and item.classes else "",
                ),
                Ask(
                    "to_zero",
                    "清零(&Z)",
                    "yes",
                    value=item.to_zero if item else False,
                    placeholder="记一次就把本期积分全部清零",
                ),
                Ask(
                    "evidence",
                    "依据(&Y)",
                    "yes",
                    value=item.evidence_needed if item else True,
                    placeholder="申报时要写明依据",
                ),
            ),
            width=600,
        )

    def answer(self) -> Item:
        """The item."""
        got = self.values()
        least = got["least"]
        most = least if got["most"] == "" else got["most"]
        least, most = min(least, most), max(least, most)
        takes, limit = most < 0, None if got["limit"] == "" else got["limit"]
        before = self._item or Item("", "", "", 1, 1)
        # A choice holds one; what a pack gave beyond it stays when the first is left as it was.
        applies = (
            before.applies if got["applies"] in before.applies[:1] else (got["applies"],) if got["applies"] else ()
        )
        classes = (
            before.classes if got["classes"] in before.classes[:1] else (got["classes"],) if got["classes"] else ()
        )
        return dataclasses.replace(
            before,
            code=got["code"],
            area=got["area"],
            text=got["words"],
            least=least,
            most=most,
            often=Often(got["often"]),
            per=Per(got["per"]),
            cap=None if takes else limit,
            floor=-abs(limit) if takes and limit is not None else None,
            applies=applies,
            confirm=Confirm(got["confirm"]),
            classes=classes,
            to_zero=got["to_zero"],
            evidence_needed=got["evidence"],
        )

    def _points(self, typed: str) -> int:
        return points_typed(typed, self._rules.decimals)


class SetDialog(FieldsDialog):
    """Asks for everything of a set but its items."""

    def __init__(self, rules: RuleSet, others: Sequence[str], parent: QWidget | None = None) -> None:
        self._rules = rules

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
        self.example.currentIndexChanged.connect(self._suggest)
        self._suggest()

    def problems(self) -> dict[str, str]:
        """A name."""
        return self.form.missing(name=self.name.text())

    def answer(self) -> tuple[RuleSet, str]:
        """The example and the name."""
        return self._examples[self.example.currentIndex()], self.name.text()

    def _suggest(self) -> None:
        rules = self._examples[self.example.currentIndex()]
        self.name.setText(f"{self._village}{rules.name.partition('（')[0]}")
