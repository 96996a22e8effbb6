"""Applying for many at once: from a list, an activity, a scoring sheet, and older sums."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from village_desk.kit.errors import NotAllowed
from village_desk.points import actions, lookups
from village_desk.points.page.parts import AskingParts, said
from village_desk.points.rules.numbers import points_typed
from village_desk.points.rules.sets import sheet_parts
from village_desk.widgets import theme
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class ApplyingAsks(AskingParts):
    """Applying for many at once: from a list, an activity, a scoring sheet, and older sums."""

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
                *self._campaign(),
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
                campaign=got.get("campaign", ""),
            )

        return self.page.writes(dialog, "points.apply_for_many", keep, said("申报"), self.show_left)

    def _campaign(self) -> tuple[Ask, ...]:
        choices = self.campaigns()
        return (
            (Ask("campaign", "专项行动(&Z)", "choice", choices=[("", "不属于专项行动"), *choices]),) if choices else ()
        )

    def type_back(self) -> AskDialog:
        """Type a scoring sheet back row by row: which sheet first, where a set prints several."""
        kind = self.rules.subject
        who = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        groups = list(dict.fromkeys(each.group for each in who))
        parts = sheet_parts(len(self.rules.items))
        if len(groups) * len(parts) <= 1:
            return self.sheet(who, self.rules.items, "")
        dialog = FieldsDialog(
            "录入评分表",
            self.page,
            accept="录入这一张",
            explain="评分表每组一张，项目多的一组有几张，印在表头。请照手上的那一张选。",
            asks=(
                Ask("group", "组别(&Z)", "choice", choices=[(each, each or "未分组") for each in groups]),
                Ask(
                    "part",
                    "第几张(&D)",
                    "choice",
                    choices=[
                        (
                            str(at),
                            f"第{at}张：{self.rules.items[first].item.code}到{self.rules.items[end - 1].item.code}",
                        )
                        for at, (first, end) in enumerate(parts, start=1)
                    ],
                ),
            ),
        )

        def go_on() -> None:
            group, at = dialog.value("group"), int(dialog.value("part"))
            dialog.accept()
            first, end = parts[at - 1]
            words = f"{group or '未分组'}第{at}张"
            rows = tuple(each for each in who if each.group == group)
            self.page.show_dialog(self.sheet(rows, self.rules.items[first:end], words))

        dialog.answered.connect(go_on)
        return dialog

    def sheet(self, who: Sequence[lookups.SubjectRow], items: Sequence[lookups.ItemRow], words: str) -> AskDialog:
        """One scoring sheet as it was printed; `words` name it where there are several."""
        decimals = self.rules.rules.decimals
        dialog = FieldsDialog(
            f"录入评分表（{words}）" if words else "录入评分表",
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
                    value=[[str(number), each.name] for number, each in enumerate(who, start=1)],
                    heads=("序号", "户主（姓名）", *(_head(row) for row in items)),
                    fixed=2,
                    grows=False,
                ),
            ),
            width=1080,
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

        return self.page.writes(dialog, "points.type_back_sheet", keep, said("申报"), self.show_left)

    def choose_workbook(self) -> None:
        """Choose the workbook that holds the older sums."""
        chooser = QFileDialog(self.page, "选择原来的积分表", "", "表格 (*.xlsx *.xls)")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.page.show_dialog(self.workbook(Path(name))))
        self.page.show_dialog(chooser)

    def workbook(self, path: Path) -> AskDialog:
        """Take the sums of a workbook over."""
        dialog = FieldsDialog(
            f"转入“{path.name}”",
            self.page,
            accept="转入",
            explain="表头要有“户主”（或“姓名”）和“积分”，有同名的再写“组别”。每户（人）只转一次，对不上的逐行说明。",
            asks=(
                Ask("day", "算到哪一天(&T)", "day", True, value=self.today, today=self.today),
                Ask("source", "记在哪里(&Y)", required=True, value=f"表格“{path.name}”"),
            ),
        )

        def keep(session: Any) -> actions.Many:
            got = dialog.values()
            return actions.take_over_workbook(
                session, set_id=self.rules.id, on=got["day"], path=str(path), source=got["source"]
            )

        return self.page.writes(dialog, "points.take_over_workbook", keep, said("转入"), self.show_left)

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

        return self.page.writes(dialog, "points.take_over_sums", keep, said("转入"), self.show_left)


def _head(row: lookups.ItemRow) -> str:
    """The code and the first words of an item: the paper beside the clerk has it whole."""
    text = row.item.text
    if theme.current().narrow:
        return row.item.code
    return f"{row.item.code}\n{text if len(text) <= 5 else f'{text[:4]}…'}"
