"""Judging many at once: the second person, the meeting, the wall, the township, objections."""

from typing import Any

from village_desk.points import actions
from village_desk.points.lookups import ApplicationRow
from village_desk.points.page.parts import AskingParts, said
from village_desk.points.rules.entries import Stage, Verdict, Way
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, Choice, FieldsDialog

_POSTED = "已登记公示。公示的草稿在“公开公示”里，请编号定稿后存档。"
_WAYS: tuple[Choice, ...] = ((Way.PAPER.value, "纸上签字"), (Way.LOGIN.value, "审核人本人登录"))


class JudgingAsks(AskingParts):
    """Judging many at once: the second person, the meeting, the wall, the township, objections."""

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

        return self.page.writes(dialog, "points.check_applications", keep, said("审核"), self.show_left)

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

        return self.page.writes(dialog, "points.review_applications", keep, said("评议"), self.show_left)

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

        return self.page.writes(dialog, "points.post_applications", keep, _POSTED)

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

        return self.page.writes(dialog, "points.confirm_by_township", keep, said("认定"), self.show_left)

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
