"""What the page of points asks beyond one application: many at once, meetings, the wall, the township, closing."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from village_desk.kit.errors import NotAllowed
from village_desk.kit.money import fen
from village_desk.meetings.lookups.activities import activities
from village_desk.meetings.rules.activities import ActivityState
from village_desk.points import actions, lookups
from village_desk.points.dialogs import SetDialog
from village_desk.points.lookups import ApplicationRow, RuleSetRow
from village_desk.points.rules.entries import Stage, Verdict, Way
from village_desk.points.rules.numbers import points_typed, shown, signed
from village_desk.points.rules.sets import Per, period_words
from village_desk.points.table import item_words
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

if TYPE_CHECKING:
    from village_desk.points.page.points import PointsPage

_WAYS: tuple[Choice, ...] = ((Way.PAPER.value, "纸上签字"), (Way.LOGIN.value, "审核人本人登录"))


class PointsAsking:
    """Makes the dialogs of the page; each writes one act when it is answered."""

    def __init__(self, page: "PointsPage") -> None:
        self.page = page

    # what the dialogs are filled with

    @property
    def rules(self) -> RuleSetRow:
        """The set at hand."""
        assert self.page.rules is not None
        return self.page.rules

    @property
    def today(self) -> dt.date:
        """The confirmed day."""
        return self.page.today()

    def people(self) -> tuple[Choice, ...]:
        """Everybody who can apply or judge."""
        today = self.today
        return self.page.workplace.read(lambda session: lookups.candidates(session, on=today))

    def subjects(self) -> list[Choice]:
        """Everybody whom the set scores."""
        kind = self.rules.subject
        found = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        return [(each.id, f"{each.group} {each.name}".strip()) for each in found]

    def items(self, *, per_hour: bool | None = None) -> list[Choice]:
        """The items of the set."""
        decimals = self.rules.rules.decimals
        return [
            (each.id, item_words(each, decimals))
            for each in self.rules.items
            if per_hour is None or (each.item.per is Per.HOUR) is per_hour
        ]

    def waiting(self, *stages: Stage) -> list[ApplicationRow]:
        """The applications of the set that stand at one of these stages."""
        set_id = self.rules.id
        rows = self.page.workplace.read(lambda s: lookups.applications(s, set_id=set_id, open_only=True))
        return [row for row in rows if not stages or row.stage in stages]

    def read_points(self, typed: str) -> int:
        """Points as the set keeps them."""
        return points_typed(typed, self.rules.rules.decimals)

    def lines(self, rows: list[ApplicationRow]) -> list[Choice]:
        """Applications as lines to tick."""
        return [
            (
                row.id,
                f"{row.group} {row.subject}：{row.item}（{row.event}）{signed(row.points, row.decimals)}分".strip(),
            )
            for row in rows
        ]

    # applying

    def many(self) -> AskDialog:
        """Apply for many from a list."""
        dialog = FieldsDialog(
            "批量申报",
            self.page,
            accept="申报",
            explain="同一件事的一批户（人）一次申报；申报过的会自动跳过并说明。",
            asks=(
                Ask("item", "项目(&X)", "choice", True, choices=self.items()),
                Ask("points", "分数(&F)", required=True, read=self.read_points),
                Ask("event", "什么事(&S)", required=True, placeholder="如：7月村道清扫"),
                Ask("day", "哪一天(&T)", "day", True, value=self.today, today=self.today),
                Ask("evidence", "依据(&Y)", placeholder="如：7月12日活动签到表"),
                Ask("applicant", "申报人(&R)", "find", choices=self.people()),
                Ask("subjects", "名单(&M)", "ticks", True, choices=self.subjects()),
            ),
            width=640,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.apply_for_many(
                session,
                set_id=self.rules.id,
                wanted=tuple(actions.Wanted(one, got["item"], got["points"]) for one in got["subjects"]),
                event=got["event"],
                happened_on=got["day"],
                evidence=got["evidence"],
                applicant_id=got["applicant"],
            )

        return self.page.writes(dialog, "points.apply_for_many", keep, _said("申报"))

    def from_activity(self) -> AskDialog:
        """Apply for everybody who came to an activity."""
        held = self.page.workplace.read(lambda session: activities(session, year=self.today.year))
        lines = [
            (each.id, f"{each.held_on.month}月{each.held_on.day}日 {each.title}（到场{len(each.came)}人）")
            for each in held
            if each.state is ActivityState.HELD
        ]
        dialog = FieldsDialog(
            "从活动记分",
            self.page,
            accept="申报",
            explain="按活动页登记的到场名单申报；按小时的项目用登记的时长。一户来了几个人也只记一次。",
            asks=(
                Ask("activity", "活动(&H)", "choice", True, choices=lines),
                Ask("item", "项目(&X)", "choice", True, choices=self.items()),
                Ask("points", "每次（每小时）分数(&F)", required=True, read=self.read_points),
                Ask("applicant", "申报人(&R)", "find", choices=self.people()),
            ),
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.apply_from_activity(
                session,
                set_id=self.rules.id,
                item_id=got["item"],
                activity_id=got["activity"],
                points=got["points"],
                applicant_id=got["applicant"],
            )

        return self.page.writes(dialog, "points.apply_from_activity", keep, _said("申报"))

    def type_back(self) -> AskDialog:
        """Type a scoring sheet back row by row."""
        kind, decimals = self.rules.subject, self.rules.rules.decimals
        who = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        items = self.rules.items[:8]
        dialog = FieldsDialog(
            "录入评分表",
            self.page,
            accept="申报",
            explain="照评分表逐行录入，和打印的顺序一样；不记分的空着。",
            asks=(
                Ask("day", "评分日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("evidence", "评分表(&Y)", required=True, placeholder="如：7月评分表共9张，评议人签字"),
                Ask(
                    "rows",
                    "分数(&F)",
                    "rows",
                    value=[[each.group, each.name] for each in who],
                    heads=("组别", "户主（姓名）", *(f"{row.item.code} {row.item.text}" for row in items)),
                    fixed=2,
                    grows=False,
                ),
            ),
            width=860,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            rows = []
            for place, cells in enumerate(got["rows"]):
                filled = tuple(
                    (item.id, points_typed(typed, decimals))
                    for item, typed in zip(items, cells[2:], strict=False)
                    if typed
                )
                if filled:
                    rows.append(actions.SheetRow(who[place].id, filled))
            if not rows:
                raise NotAllowed("评分表里还没有分数。", "请照纸上的分数逐行录入。")
            return actions.type_back_sheet(
                session, set_id=self.rules.id, happened_on=got["day"], rows=tuple(rows), evidence=got["evidence"]
            )

        return self.page.writes(dialog, "points.type_back_sheet", keep, _said("申报"))

    # judging many

    def check_many(self) -> AskDialog:
        """One second person checks many."""
        rows = self.waiting(Stage.APPLIED)
        dialog = FieldsDialog(
            "批量审核",
            self.page,
            accept="登记审核",
            explain="审核人不能是申报人；审核人自家的会留下，请别人审核。",
            asks=(
                Ask("rows", "申报(&S)", "ticks", True, choices=self.lines(rows), value=[row.id for row in rows]),
                Ask("checker", "审核人(&R)", "find", True, choices=self.people()),
                Ask("verdict", "意见(&Y)", "choice", choices=(("agreed", "同意"), ("refused", "不同意"))),
                Ask("day", "审核日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("way", "方式(&F)", "choice", choices=_WAYS),
                Ask("words", "理由(&L)", placeholder="不同意的要写理由"),
            ),
            width=640,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.check_applications(
                session,
                application_ids=got["rows"],
                verdict=Verdict(got["verdict"]),
                checker_id=got["checker"],
                checked_on=got["day"],
                way=Way(got["way"]),
                words=got["words"],
            )

        return self.page.writes(dialog, "points.check_applications", keep, _said("审核"))

    def review(self) -> AskDialog:
        """One meeting judges all."""
        rows = self.waiting(Stage.APPLIED, Stage.REVIEW)
        branch = self.rules.rules.review == "branch"
        dialog = FieldsDialog(
            "登记党支部评议" if branch else "登记评议",
            self.page,
            accept="登记评议",
            explain="一次会可以评完所有户，评议人至少3人；评到自家的要回避。勾选的是同意，没勾的不同意，要写理由。",
            asks=(
                Ask("day", "开会日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("judges", "评议人(&R)", "ticks", True, choices=self.people()),
                Ask("rows", "同意的(&S)", "ticks", choices=self.lines(rows), value=[row.id for row in rows]),
                Ask("why", "不同意的理由(&L)", placeholder="没勾选的写明理由"),
            ),
            width=640,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.review_applications(
                session,
                set_id=self.rules.id,
                application_ids=tuple(row.id for row in rows),
                judges=got["judges"],
                held_on=got["day"],
                refused=tuple((row.id, got["why"]) for row in rows if row.id not in got["rows"]),
                body="branch" if branch else "group",
            )

        return self.page.writes(dialog, "points.review_applications", keep, _said("评议"))

    def post(self) -> AskDialog:
        """A list hangs on the wall."""
        rows = self.waiting(Stage.POSTING)
        days = self.rules.rules.publish_days
        dialog = FieldsDialog(
            "登记公示",
            self.page,
            accept="登记公示",
            explain=f"{len(rows)}笔待公示，要张贴{days}天（张贴当天不算）。期满没有异议才能入账。",
            asks=(
                Ask("day", "张贴日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("place", "张贴地点(&D)", value="村务公开栏", required=True),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.post_applications(session, set_id=self.rules.id, posted_on=got["day"], place=got["place"])

        return self.page.writes(dialog, "points.post_applications", keep, "已登记公示。")

    def township(self) -> AskDialog:
        """The township confirmed a whole branch."""
        rows = self.waiting(Stage.TOWNSHIP)
        dialog = FieldsDialog(
            "登记乡镇认定",
            self.page,
            accept="登记认定",
            explain=f"{len(rows)}笔待乡镇认定。一个支部一次办完；勾选的已认定，没勾的没有认定，要写理由。",
            asks=(
                Ask("document", "文号(&W)", required=True, placeholder="如：平安党办〔2026〕12号"),
                Ask("day", "文件日期(&T)", "day", True, value=self.today, today=self.today),
                Ask("rows", "已认定的(&S)", "ticks", choices=self.lines(rows), value=[row.id for row in rows]),
                Ask("why", "没有认定的理由(&L)"),
            ),
            width=640,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.confirm_by_township(
                session,
                set_id=self.rules.id,
                document=got["document"],
                dated_on=got["day"],
                refused=tuple((row.id, got["why"]) for row in rows if row.id not in got["rows"]),
            )

        return self.page.writes(dialog, "points.confirm_by_township", keep, _said("认定"))

    def objection(self, found: ApplicationRow) -> AskDialog:
        """Somebody objects."""
        dialog = FieldsDialog(
            "登记异议",
            self.page,
            accept="登记异议",
            explain=f"{found.subject}：{found.item}。登记后这一笔先停住，由另外的人复核答复。",
            asks=(
                Ask("who", "谁提的(&R)", placeholder="不愿留名的空着"),
                Ask("day", "哪一天(&T)", "day", True, value=self.today, today=self.today),
                Ask(
                    "way",
                    "怎样提的(&F)",
                    "choice",
                    choices=(("spoken", "当面说"), ("written", "书面"), ("phone", "电话")),
                ),
                Ask("words", "说的是什么(&S)", required=True),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.raise_objection(
                session,
                application_id=found.id,
                raised_on=got["day"],
                raised_by=got["who"],
                words=got["words"],
                way=got["way"],
            )

        return self.page.writes(dialog, "points.raise_objection", keep, "异议已登记，这一笔先停住。")

    def answer(self, found: ApplicationRow) -> AskDialog:
        """Other people answer."""
        raised = next(each for each in found.objections if each.state == "open")
        dialog = FieldsDialog(
            "答复异议",
            self.page,
            accept="登记答复",
            explain=f"{raised.raised_by}说：{raised.words}。复核的人不能是申报人、审核人，也不能是这一户的人。",
            asks=(
                Ask("people", "复核的人(&R)", "ticks", True, choices=self.people()),
                Ask("day", "答复日期(&T)", "day", True, value=self.today, today=self.today),
                Ask(
                    "upheld",
                    "结果(&J)",
                    "choice",
                    choices=(("no", "异议不成立，照原来记"), ("yes", "异议成立，不记这一笔")),
                ),
                Ask("words", "怎样答复(&S)", required=True, placeholder="如：查看签到表，当天确实参加"),
            ),
            width=600,
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return actions.answer_objection(
                session,
                objection_id=raised.id,
                answered_on=got["day"],
                answered_by=got["people"],
                upheld=got["upheld"] == "yes",
                words=got["words"],
            )

        return self.page.writes(dialog, "points.answer_objection", keep, "异议已答复。")

    # periods

    def close(self) -> AskDialog:
        """Close the period at hand."""
        period = self.page.period()
        dialog = FieldsDialog(
            "期末结账",
            self.page,
            accept="结账",
            explain=f"{self.rules.name}，{period_words(period)}。结账后这一期的合计不再变，晚到的记录补记在下一期。",
            asks=(Ask("words", "哪次会定的(&S)", placeholder="如：1月5日村“两委”会议"),),
        )

        def keep(session: Any) -> int:
            return actions.close_period(session, set_id=self.rules.id, period=period, words=dialog.value("words"))

        return self.page.writes(
            dialog,
            "points.close_period",
            keep,
            lambda many: f"已结账{f'，{many}户（人）结转到下一年' if many else ''}。",
        )

    def reopen(self) -> AskDialog:
        """Open the period at hand again."""
        period = self.page.period()
        dialog = FieldsDialog(
            "重开已结账的一期",
            self.page,
            accept="重开",
            explain=f"{self.rules.name}，{period_words(period)}。结转过的会用冲正退回；改好后请再结账。",
            asks=(Ask("reason", "原因(&Y)", required=True),),
        )

        def keep(session: Any) -> int:
            return actions.reopen_period(session, set_id=self.rules.id, period=period, reason=dialog.value("reason"))

        return self.page.writes(dialog, "points.reopen_period", keep, "已重开，改好后请再结账。")

    def follow_up(self) -> AskDialog:
        """Open help for everybody in a low band."""
        period = self.page.period()
        dialog = FieldsDialog(
            "帮助整改",
            self.page,
            accept="建立",
            explain=f"{period_words(period)}等次要帮助整改的，每人建一件，只在村内办，不上墙。",
            asks=(Ask("who", "谁负责(&R)", required=True, placeholder="如：支部书记王强"),),
        )

        def keep(session: Any) -> tuple[str, ...]:
            return actions.open_follow_ups(
                session, set_id=self.rules.id, period=period, person_in_charge=dialog.value("who")
            )

        return self.page.writes(dialog, "points.open_follow_ups", keep, lambda made: f"已建立{len(made)}件帮助整改。")

    def take_over(self) -> AskDialog:
        """Take older sums over."""
        kind, decimals = self.rules.subject, self.rules.rules.decimals
        who = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        dialog = FieldsDialog(
            "转入原有积分",
            self.page,
            accept="转入",
            explain="把原来表格里的余分转进来，每户（人）只转一次。",
            asks=(
                Ask("day", "算到哪一天(&T)", "day", True, value=self.today, today=self.today),
                Ask("source", "记在哪里(&Y)", required=True, placeholder="如：2025年积分登记表"),
                Ask(
                    "rows",
                    "原有积分(&F)",
                    "rows",
                    value=[[each.group, each.name] for each in who],
                    heads=("组别", "户主（姓名）", "原有积分"),
                    fixed=2,
                    grows=False,
                ),
            ),
            width=640,
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            rows = tuple(
                actions.OpeningSum(who[place].id, points_typed(cells[2], decimals), f"第{place + 1}行")
                for place, cells in enumerate(got["rows"])
                if cells[2]
            )
            return actions.take_over_sums(session, set_id=self.rules.id, on=got["day"], rows=rows, source=got["source"])

        return self.page.writes(dialog, "points.take_over_sums", keep, _said("转入"))

    # goods

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

    # the set

    def change_set(self) -> AskDialog:
        """Change the set: period, path, year's end, classes, areas, bands."""
        found = self.rules
        names = [each.name for each in self.page.workplace.read(lookups.all_rule_sets) if each.name != found.name]
        dialog = SetDialog(found.rules, names, self.page)

        def keep(session: Any) -> None:
            actions.change_rule_set(session, set_id=found.id, seen=found.seen, rules=dialog.answer())

        return self.page.writes(dialog, "points.change_rule_set", keep, "办法已保存。")

    def put_into_class(self) -> AskDialog:
        """Put subjects into a class."""
        classes = self.rules.rules.classes
        dialog = FieldsDialog(
            "分类",
            self.page,
            accept="保存分类",
            explain="只登记哪次会定的，不要写病情等个人情况。",
            asks=(
                Ask(
                    "name",
                    "分到(&F)",
                    "choice",
                    choices=[("", "不分类"), *((each.name, each.name) for each in classes)],
                ),
                Ask("subjects", "名单(&M)", "ticks", True, choices=self.subjects()),
                Ask("day", "从哪天起(&T)", "day", True, value=self.today, today=self.today),
                Ask("decided", "哪次会定的(&S)", required=True, placeholder="如：1月5日支部党员大会"),
            ),
        )

        def keep(session: Any) -> int:
            got = dialog.values()
            return actions.put_into_class(
                session,
                set_id=self.rules.id,
                subject_ids=got["subjects"],
                name=got["name"],
                since=got["day"],
                decided=got["decided"],
            )

        return self.page.writes(dialog, "points.put_into_class", keep, lambda many: f"{many}户（人）已分类。")

    def shown(self) -> Iterator[tuple[str, QDialog]]:
        """Dialogs for pictures and tests of layout."""
        makers: tuple[tuple[str, Callable[[], AskDialog]], ...] = (
            ("many", self.many),
            ("sheet", self.type_back),
            ("check_many", self.check_many),
            ("review", self.review),
            ("township", self.township),
            ("good", self.good),
            ("redeem", self.redeem),
            ("set", self.change_set),
        )
        for name, make in makers:
            yield name, make()


def _said(what: str) -> Callable[[actions.Many], str]:
    def words(done: actions.Many) -> str:
        more = f"还有{len(done.left)}笔没办成：{done.left[0]}" if done.left else ""
        return f"{what}了{len(done.done)}笔。{more}"

    return words


def _whole(typed: str) -> int:
    return points_typed(typed)


def _fen(typed: str) -> int:
    return fen(typed)
