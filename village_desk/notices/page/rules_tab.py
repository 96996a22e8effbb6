"""The catalogue as a village settles it: its days, items left out or added, the county's own list."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QPushButton

from village_desk.kit.text import short_date
from village_desk.notices import actions, lookups
from village_desk.notices.dialogs.fields import Ask, FieldsDialog, Kind
from village_desk.notices.page.settled import Settled
from village_desk.notices.page.tabs import Tab
from village_desk.notices.rules.catalogue import SETTING_WORDS, Item, Setting
from village_desk.notices.rules.kinds import CLASS_WORDS, ISSUER_WORDS, Issuer, NoticeClass
from village_desk.rulebook.rules import Cycle
from village_desk.widgets.checks import Check
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import button
from village_desk.widgets.tables import Column, ListTable

_CYCLES = [(one.value, one.words) for one in Cycle]


class ItemLine:
    """One item of the catalogue as a line."""

    def __init__(self, item: Item) -> None:
        self.id, self.item = item.code, item


class ItemTable(ListTable[ItemLine]):
    """One line an item."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column("code", "编号", lambda row: row.item.code, width=4),
                Column("name", "公开事项", lambda row: row.item.name, width=18, wide=True),
                Column("when", "多久一次", lambda row: row.item.when_words, width=9),
                Column("column", "栏目", lambda row: CLASS_WORDS[row.item.column], width=4),
                Column("must", "必须公开", _must, width=6, tone=_must_tone),
                Column("who", "责任单位", lambda row: ISSUER_WORDS[row.item.issuer].short, width=8, side=True),
                Column("law", "依据", lambda row: row.item.legal_ref, width=12, side=True),
            )
        )


def _must(row: ItemLine) -> str:
    if row.item.left_out:
        return "已去掉"
    return "必须" if row.item.mandatory else "本村增加" if row.item.local_id else "可去掉"


def _must_tone(row: ItemLine) -> str:
    return "note" if row.item.mandatory else "plain"


class CatalogueTab(Tab[ItemLine]):
    """公开目录: the county's list, the village's additions, and the days of a quarter's first month."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.days = button("改公开日", "calendar", role="primary", clicked=self.ask_days)
        self.load = button("导入县目录", "upload", clicked=self.ask_file)
        self.add = button("增加本村事项", "plus", clicked=self.ask_item)
        self.cycle = button("改周期", "refresh-cw", clicked=self.ask_cycle)
        self.out = button("去掉", "minus", clicked=self.ask_out)
        self.back = button("恢复", "undo-2", clicked=self.take_back)
        self.county_off = button("撤下县目录", "undo-2", clicked=self.drop_county)
        self.holidays = button("装入放假安排", "download", clicked=self.ask_pack)
        super().__init__(
            settled,
            ItemTable(),
            (self.days, self.load, self.add, self.cycle, self.out, self.back, self.holidays, self.county_off),
            needs=(self.cycle, self.out, self.back),
            empty_words="目录是空的。",
        )

    def refresh(self) -> None:
        """Every item, those left out as well."""
        today = self.settled.today
        found = self.settled.workplace.read(lambda session: lookups.catalogue(session, on=today, with_left_out=True))
        days = self.settled.workplace.read(lookups.settings_of)
        must = sum(item.mandatory for item in found)
        moves = self.settled.workplace.read(lookups.deadline_moves)
        moved = f"最近一次放假安排变动改了{len(moves[0][1])}个期限。" if moves else ""
        self.summary.setText(
            f"目录{len(found)}项，其中必须公开{must}项；季度公开定在下季首月{days.day(Setting.QUARTER_DAY)}日前。{moved}"
        )
        self.county_off.setVisible(self.settled.workplace.read(lookups.has_county_catalogue))
        self.show_rows([ItemLine(item) for item in found])

    def told(self, row: ItemLine) -> list[Check]:
        """Where the item comes from and what must be covered on the wall."""
        item = row.item
        words = f"{item.heading}　{item.name}：{item.when_words}公开。"
        found = [Check("note", words, item.note, f"依据{item.legal_ref}")]
        if item.left_out:
            found.append(Check("warn", f"本村已去掉：{item.left_out}"))
        if item.masks:
            found.append(Check("warn", f"上墙前要遮盖{'、'.join(item.masks)}。"))
        moves = self.settled.workplace.read(lookups.deadline_moves)
        if moves:
            on, rows = moves[0]
            for what, _, was, now in rows[:8]:
                found.append(Check("note", f"{short_date(on) if on else ''}放假安排变动：{what}由{was}改到{now}。"))
        return found

    def allowed(self, row: ItemLine) -> frozenset[QPushButton]:
        """What is law stays."""
        item = row.item
        if item.left_out:
            return frozenset({self.back})
        fitting = {self.cycle} if item.cycle.periodic and not item.local_id else set()
        return frozenset(fitting if item.mandatory else fitting | {self.out})

    def ask_days(self) -> AskDialog:
        """The days by which things hang."""
        now = self.settled.workplace.read(lookups.settings_of)
        days = [one for one in Setting if one is not Setting.BEGINS]
        asks = [Ask(one.value, SETTING_WORDS[one], Kind.NUMBER, now.day(one), least=1, most=31) for one in days]
        asks.append(Ask("begins", SETTING_WORDS[Setting.BEGINS], Kind.DAY, now.begins))
        dialog = FieldsDialog(
            "改公开日",
            "保存",
            asks,
            self.settled.today,
            self.settled.page,
            explain="各地规定8日、15日、20日不等，照本县的填。遇休息日顺延。",
        )

        def keep(session: Any) -> None:
            answer = dialog.values()
            for one in days:
                if answer[one.value] != now.day(one):
                    actions.set_due_day(session, setting=one, day=answer[one.value])
            if answer["begins"] is not None and answer["begins"] != now.begins:
                actions.begin_reminders(session, on=answer["begins"])

        self.settled.writes(dialog, "notices.set_due_day", keep, "已保存，计划里的期限都照新的算。")
        self.open(dialog)
        return dialog

    def ask_item(self) -> AskDialog:
        """An item of the village's own."""
        dialog = FieldsDialog(
            "增加本村公开事项",
            "增加",
            (
                Ask("name", "公开什么(&S)", required=True),
                Ask("cycle", "多久一次(&D)", Kind.CHOICE, Cycle.QUARTER.value, choices=_CYCLES),
                Ask(
                    "column",
                    "栏目(&L)",
                    Kind.CHOICE,
                    NoticeClass.VILLAGE.value,
                    choices=[(one.value, words) for one, words in CLASS_WORDS.items()],
                ),
                Ask(
                    "issuer",
                    "责任单位(&R)",
                    Kind.CHOICE,
                    Issuer.COMMITTEE.value,
                    choices=[(one.value, words.short) for one, words in ISSUER_WORDS.items()],
                ),
                Ask("day", "几号前(&T)", Kind.NUMBER, 0, most=31, hint="填0照本村统一定的日子。"),
            ),
            self.settled.today,
            self.settled.page,
        )

        def keep(session: Any) -> str:
            answer = dialog.values()
            return actions.add_local_item(
                session,
                name=answer["name"],
                cycle=str(answer["cycle"]),
                column=str(answer["column"]),
                issuer=str(answer["issuer"]),
                due_day=answer["day"],
            )

        self.settled.writes(dialog, "notices.add_local_item", keep, lambda code: f"已增加，编号{code}。")
        self.open(dialog)
        return dialog

    def ask_cycle(self) -> AskDialog | None:
        """Another cycle for an item."""
        row = self.current()
        if row is None:
            return None
        dialog = FieldsDialog(
            "改周期",
            "保存",
            (
                Ask("cycle", "多久一次(&D)", Kind.CHOICE, row.item.cycle.value, choices=_CYCLES[:4]),
                Ask("day", "几号前(&T)", Kind.NUMBER, row.item.due_day, most=31, hint="填0照本村统一定的日子。"),
            ),
            self.settled.today,
            self.settled.page,
            explain=f"{row.item.name}。财务往来多的村，财务收支每月公开一次。",
        )
        self.settled.writes(
            dialog,
            "notices.choose_for_item",
            lambda session: actions.choose_for_item(
                session, code=row.id, cycle=str(dialog.values()["cycle"]), due_day=dialog.values()["day"]
            ),
            "已保存。",
        )
        self.open(dialog)
        return dialog

    def ask_out(self) -> AskDialog | None:
        """Why an item does not concern this village."""
        row = self.current()
        if row is None:
            return None
        dialog = FieldsDialog(
            "从目录里去掉",
            "去掉",
            (Ask("reason", "原因(&Y)", required=True, hint="例如：本村没有集体供水。"),),
            self.settled.today,
            self.settled.page,
            explain=row.item.name,
        )
        self.settled.writes(
            dialog,
            "notices.leave_out",
            lambda session: actions.leave_out(session, code=row.id, reason=dialog.values()["reason"]),
            "已去掉，以前贴过的还在。",
        )
        self.open(dialog)
        return dialog

    def take_back(self) -> None:
        """Take an item in again."""
        row = self.current()
        if row is not None:
            self.settled.workplace.write(
                "notices.take_back_in",
                lambda session: actions.take_back_in(session, code=row.id),
                said="已恢复。",
            )

    def ask_file(self) -> None:
        """Choose the county's workbook."""
        dialog = QFileDialog(self, "选县里的公开目录", "", "表格文件 (*.xlsx *.xls *.csv)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.look_at)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def look_at(self, path: str) -> AskDialog | None:
        """Show what the workbook says and ask about the limits that nobody can read."""
        reading = self.settled.workplace.read(lambda _session: actions.look_at_catalogue(Path(path)))
        named = {item.row: item.name for item in reading.items}
        asks = [Ask("title", "目录名称(&B)", value=f"{Path(path).stem}", required=True)]
        for row, words in reading.questions:
            name = f"第{row}行{named.get(row, '')[:12]}"
            asks.append(Ask(f"row{row}", name, Kind.CHOICE, "每季度", choices=_LIMITS, hint=f"原文：{words}"))
        told = f"认出{len(reading.items)}项。"
        if reading.questions:
            told += f"有{len(reading.questions)}项的公开时限看不懂，请逐项选。"
        if reading.troubles:
            told = f"这份目录不能导入：{reading.troubles[0]}"
        dialog = FieldsDialog("导入县目录", "导入", asks, self.settled.today, self.settled.page, explain=told)

        def keep(session: Any) -> actions.Imported:
            answer = dialog.values()
            answers = tuple((row, str(answer[f"row{row}"])) for row, _ in reading.questions)
            return actions.import_catalogue(session, path=path, title=answer["title"], answers=answers)

        def said(done: actions.Imported) -> str:
            told = f"已导入{done.items}项，和自带目录一起提醒。"
            if done.shared:
                told += f"其中{done.shared}项两边都有，只算一次。"
            if done.stricter:
                told += f"有{len(done.stricter)}项按更严的提醒，例如{done.stricter[0]}"
            return told

        self.settled.writes(dialog, "notices.import_catalogue", keep, said)
        self.open(dialog)
        return dialog

    def drop_county(self) -> None:
        """Take the county's list back."""
        self.settled.workplace.write(
            "notices.drop_catalogue",
            actions.drop_catalogue,
            said="已撤下县目录，恢复软件自带的目录；以前贴过的都还在。",
        )

    def ask_pack(self) -> None:
        """Choose the folder of a pack with holidays."""
        dialog = QFileDialog(self, "选放假安排的规则包文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.install)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def install(self, folder: str) -> None:
        """Install a pack and tell which open deadlines it moved."""
        from village_desk.rulebook.rules import read_pack

        def write(session: Any) -> actions.Installed:
            return actions.install_and_list_moves(session, files=read_pack(Path(folder)).files)

        def said(done: actions.Installed) -> str:
            if not done.moves:
                return "已装入，没有期限变动。"
            listed = "；".join(f"{one.what}改到{short_date(one.now_on)}" for one in done.moves[:3])
            more = "等" if len(done.moves) > 3 else ""
            return f"已装入，{len(done.moves)}个期限变动：{listed}{more}。"

        self.settled.workplace.write("notices.install_and_list_moves", write, said=said)


_CHOICES = ("每月", "每季度", "每半年", "每年", "发生时及时", "10日内", "20个工作日内", "变动时")
_LIMITS = [(words, words) for words in _CHOICES]
