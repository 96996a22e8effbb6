"""Goods, stock, money, and handing out."""

from typing import Any

from village_desk.kit.money import fen
from village_desk.points import actions, lookups
from village_desk.points.page.parts import AskingParts
from village_desk.points.rules.entries import Way
from village_desk.points.rules.numbers import points_typed, shown
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

_WAYS: tuple[Choice, ...] = ((Way.PAPER.value, "纸上签字"), (Way.LOGIN.value, "审核人本人登录"))


class ExchangeAsks(AskingParts):
    """Goods, stock, money, and handing out."""

    def good(self) -> AskDialog:
        """Offer another good."""
        dialog = FieldsDialog(
            "添加兑换物品",
            self.page,
            accept="添加",
            explain="资金从哪里来要在公示时公布。",
            asks=(
                Ask("name", "名称(&M)", required=True, placeholder="如：洗衣液"),
                Ask("unit", "单位(&W)", required=True, placeholder="如：瓶"),
                Ask("price", "每件要多少分(&F)", required=True, read=self.read_points),
                Ask(
                    "source",
                    "用什么钱(&Z)",
                    "choice",
                    True,
                    choices=(("collective", "村集体资金"), ("public", "财政资金"), ("gift", "社会捐赠")),
                ),
                Ask("cost", "进价（元）(&J)", value="0", read=_fen),
                Ask("stock", "现有数量(&S)", value="0", read=_whole),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.add_good(
                session,
                set_id=self.rules.id,
                name=got["name"],
                unit=got["unit"],
                price=got["price"],
                source=got["source"],
                cost_fen=got["cost"] or 0,
                stock=got["stock"] or 0,
            )

        return self.page.writes(dialog, "points.add_good", keep, "物品已添加。")

    def stock(self) -> AskDialog:
        """Goods came in, or a count found too few."""
        set_id = self.rules.id
        goods = self.page.workplace.read(lambda session: lookups.goods(session, set_id=set_id))
        dialog = FieldsDialog(
            "登记进货、盘点",
            self.page,
            accept="登记",
            asks=(
                Ask(
                    "good",
                    "物品(&M)",
                    "choice",
                    True,
                    choices=[(each.id, f"{each.name}（现有{each.stock}{each.unit}）") for each in goods],
                ),
                Ask("change", "数量(&S)", required=True, read=_whole, hint="进货填正数，盘点少了的填负数。"),
                Ask("day", "日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("words", "为什么(&Y)", required=True, placeholder="如：6月采购，发票第3号"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.move_stock(
                session, good_id=got["good"], change=got["change"], moved_on=got["day"], words=got["words"]
            )

        return self.page.writes(dialog, "points.move_stock", keep, "已登记。")

    def fund(self) -> AskDialog:
        """Money came in."""
        dialog = FieldsDialog(
            "登记兑换资金",
            self.page,
            accept="登记",
            asks=(
                Ask("yuan", "金额（元）(&J)", required=True, read=_fen),
                Ask(
                    "source",
                    "从哪里来(&Z)",
                    "choice",
                    True,
                    choices=(("collective", "村集体资金"), ("public", "财政资金"), ("gift", "社会捐赠")),
                ),
                Ask("day", "到账日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("words", "说明(&S)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.add_fund(
                session,
                set_id=self.rules.id,
                received_on=got["day"],
                source=got["source"],
                fen=got["yuan"],
                words=got["words"],
            )

        return self.page.writes(dialog, "points.add_fund", keep, "资金已登记。")

    def redeem(self) -> AskDialog:
        """Exchange points for goods."""
        set_id, decimals = self.rules.id, self.rules.rules.decimals
        goods = [
            each
            for each in self.page.workplace.read(lambda session: lookups.goods(session, set_id=set_id))
            if each.stock > 0
        ]
        dialog = FieldsDialog(
            "登记兑换",
            self.page,
            accept="登记兑换",
            explain="先打印或手写兑换单，领取人签字后登记；积分和库存都不会扣到0以下。",
            asks=(
                Ask("who", "谁家（谁）(&H)", "find", True, choices=self.subjects(), value=self.page.subject_at_hand()),
                Ask(
                    "rows",
                    "物品(&M)",
                    "rows",
                    value=[
                        [f"{each.name}（剩{each.stock}{each.unit}）", shown(each.price, decimals), ""] for each in goods
                    ],
                    heads=("物品", "每件分值", "数量"),
                    fixed=2,
                    grows=False,
                ),
                Ask("day", "领取日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("receiver", "领取人(&L)", required=True),
                Ask("signed", "签字(&Q)", "yes", placeholder="领取人已在兑换单上签字"),
            ),
            width=620,
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            wishes = tuple(
                (good.id, _whole(cells[2])) for good, cells in zip(goods, got["rows"], strict=True) if cells[2]
            )
            return actions.redeem(
                session,
                set_id=set_id,
                subject_id=got["who"],
                wishes=wishes,
                redeemed_on=got["day"],
                receiver=got["receiver"],
                signed=got["signed"],
            )

        return self.page.writes(dialog, "points.redeem", keep, "兑换已登记。")

    def cancel_redemption(self, redemption_id: str) -> AskDialog:
        """Cancel an exchange."""
        dialog = FieldsDialog(
            "取消兑换",
            self.page,
            accept="取消兑换",
            explain="物品退回库存，积分退回账上，只退一次；原来的兑换记录留着。",
            asks=(Ask("reason", "原因(&Y)", required=True),),
        )

        def keep(session: Any) -> None:
            actions.cancel_redemption(session, redemption_id=redemption_id, reason=dialog.value("reason"))

        return self.page.writes(dialog, "points.cancel_redemption", keep, "兑换已取消，物品和积分都已退回。")


def _whole(typed: str) -> int:
    return points_typed(typed)


def _fen(typed: str) -> int:
    return fen(typed)
