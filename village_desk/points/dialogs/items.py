"""What the page asks about one item of a set."""

import dataclasses

from PySide6.QtWidgets import QWidget

from village_desk.points.rules.numbers import shown
from village_desk.points.rules.sets import (
    APPLIES_WORDS,
    CONFIRM_WORDS,
    OFTEN_WORDS,
    PER_WORDS,
    Confirm,
    Item,
    Often,
    Per,
    RuleSet,
    points_typed,
)
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
                    "ticks",
                    choices=[(k.value, v) for k, v in APPLIES_WORDS.items()],
                    value=item.applies if item else (),
                    hint="都可以的一个也不勾。",
                ),
                Ask(
                    "confirm",
                    "谁来认定(&Q)",
                    "choice",
                    choices=[(k.value, v) for k, v in CONFIRM_WORDS.items()],
                    value=item.confirm.value if item else Confirm.SECOND.value,
                ),
                *_classes(rules, item),
                Ask("first", "从哪天起(&F)", "day", value=item.valid_from if item else None, hint="一直有效的不填。"),
                Ask("last", "到哪天止(&T)", "day", value=item.valid_to if item else None),
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
            applies=got["applies"],
            confirm=Confirm(got["confirm"]),
            classes=got.get("classes", ()),
            valid_from=got["first"],
            valid_to=got["last"],
            to_zero=got["to_zero"],
            evidence_needed=got["evidence"],
        )

    def _points(self, typed: str) -> int:
        return points_typed(typed, self._rules.decimals)


def _classes(rules: RuleSet, item: Item | None) -> tuple[Ask, ...]:
    if not rules.classes:
        return ()
    return (
        Ask(
            "classes",
            "只适用于(&S)",
            "ticks",
            choices=[(each.name, each.name) for each in rules.classes],
            value=item.classes if item else (),
            hint="所有人都适用的一个也不勾。",
        ),
    )
