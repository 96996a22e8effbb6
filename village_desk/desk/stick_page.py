"""上报: the village's stick: what waits, writing a bundle, reading the township's card and receipts."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from village_desk.desk.answers import owner_of
from village_desk.kit.text import chinese_date
from village_desk.store.file import VillageFile
from village_desk.sync import incoming, lookups, outgoing
from village_desk.sync.actions import trust_township
from village_desk.sync.keys import fingerprint, last_digits, on_two_lines
from village_desk.sync.lookups import BundleRow, Standing
from village_desk.sync.outcome import FileOutcome, State
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.compare import CompareDialog
from village_desk.widgets.drives import DrivePicker
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, column, heading, label, muted, row, scrolled
from village_desk.widgets.page import Page
from village_desk.widgets.tables import Column, ListTable
from village_desk.widgets.workplace import Workplace


def checks_of(outcomes: Sequence[FileOutcome]) -> list[Check]:
    """What became of each file, with a button where a person has to compare."""
    return [
        Check(
            one.tone,
            one.message,
            one.advice,
            "" if one.is_answer or one.file in one.message else one.file,
            act="核对登记" if one.state is State.TO_COMPARE else "",
            act_key=one.file,
        )
        for one in outcomes
    ]


class StickPage(Page):
    """Shows how far the village's changes have come, and carries them on."""

    key = "stick"
    title = "上报"
    icon = "usb"
    tables = frozenset({"trusted_township"})

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, parent)
        assert isinstance(workplace.village, VillageFile)
        self.file = workplace.village
        self.outcomes: tuple[FileOutcome, ...] = ()
        look = theme.current()
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, look.px(4), 0)
        grid.setSpacing(look.px(12))
        grid.addWidget(self._standing_card(), 0, 0)
        grid.addWidget(self._township_card(), 0, 1)
        grid.addWidget(self._bundles_card(), 1, 0)
        grid.addWidget(self._read_card(), 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(1, 1)
        self.column.addWidget(scrolled(content))
        # Every change of any room is something to be sent.
        workplace.changed.connect(self._count_anew)

    def refresh(self) -> None:
        """Counts, bundles and the township as they are now."""
        now = self.workplace.read(lookups.standing)
        self.drive.look_again()
        self._show_standing(now)
        self._show_township(now)
        self.bundles.show(self.workplace.read(lookups.bundles))

    # --- what waits ---------------------------------------------------------------------------------------------

    def _standing_card(self) -> Card:
        self.saved, self.on_stick, self.received = Chip(), Chip(), Chip()
        self.words = label("")
        self.drive = DrivePicker()
        self.write_button = button("写上报包", "upload", role="primary", clicked=self.write)
        self.read_button = button("读回执", "download", clicked=self.read)
        self.all_button = button(
            "全部重报", role="link", clicked=self.write_everything, tip="从第一条起重新写一份，镇里已有的不会重复"
        )
        sheet = card(
            heading("本机的改动"),
            row(self.saved, self.on_stick, self.received, None),
            self.words,
            self.drive,
            row(self.write_button, self.read_button, None, self.all_button),
        )
        sheet.column.addStretch(1)
        return sheet

    def _show_standing(self, now: Standing) -> None:
        self.saved.say(f"还没写U盘 {now.saved}条", "warn" if now.saved else "plain")
        self.on_stick.say(f"等镇里收取 {now.on_stick}条", "note" if now.on_stick else "plain")
        self.received.say(f"乡镇已收到 {now.received}条", "good" if now.received else "plain")
        self.words.setText(_advice(now))
        self.write_button.setEnabled(now.township is not None)
        self.all_button.setEnabled(now.township is not None)
        self.say(f"还有{now.saved + now.on_stick}条没有回执" if now.saved + now.on_stick else "乡镇已全部收到")

    def _count_anew(self, _tables: object) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    # --- the township -------------------------------------------------------------------------------------------

    def _township_card(self) -> Card:
        self.township_words = label("")
        self.enrolled = Chip()
        self.own_digits = label("", "code")
        sheet = card(
            heading("收件的乡镇"),
            self.township_words,
            row(self.enrolled, None),
            column(muted("本机的核对码。镇里登记这台电脑时，读给对方听："), self.own_digits, spacing=4),
        )
        sheet.column.addStretch(1)
        return sheet

    def _show_township(self, now: Standing) -> None:
        if now.township is None:
            self.township_words.setText("还没有登记。请向乡镇要一个写有乡镇卡片的U盘，插上后点“读回执”。")
            self.enrolled.say("")
        else:
            self.township_words.setText(f"{now.township.name}，核对码末6位 {last_digits(now.township.fingerprint)}")
            words, tone = ("镇里已登记本机", "good") if now.enrolled else ("镇里还没有登记本机", "warn")
            self.enrolled.say(words, tone)
        device = self.file.device
        self.own_digits.setText(on_two_lines(fingerprint(device.public_key, device.stick_public)))

    # --- bundles ------------------------------------------------------------------------------------------------

    def _bundles_card(self) -> Card:
        columns = [
            Column[BundleRow]("number", "上报包", lambda one: f"第{one.number}号", 6),
            Column[BundleRow]("day", "写出日期", lambda one: _day(one.day), 8),
            Column[BundleRow]("operations", "条数", lambda one: str(one.operations), 5, align="right"),
            Column[BundleRow](
                "state",
                "情况",
                lambda one: one.words,
                8,
                tone=lambda one: "good" if one.received else "note",
                wide=True,
            ),
        ]
        self.bundles = ListTable(
            columns,
            sort_keys={
                "number": lambda one: one.number,
                "operations": lambda one: one.operations,
                "day": lambda one: one.day,
            },
        )
        self.grid = Grid(self.bundles, empty_words="还没有写过上报包。")
        self.grid.setAccessibleName("写过的上报包")
        self.grid.setMinimumHeight(theme.current().px(200))
        sheet = card(heading("写过的上报包"))
        sheet.add(self.grid, 1)
        return sheet

    def write(self) -> None:
        """写上报包."""
        self._write(everything=False)

    def write_everything(self) -> None:
        """全部重报."""
        self._write(everything=True)

    def _write(self, *, everything: bool) -> None:
        drive = self.drive.path
        if drive is None:
            self.workplace.told.emit("还没有选U盘。", "请插上U盘，或点“选择文件夹”。")
            return
        self.workplace.carry(
            lambda task: outgoing.export(self.file, drive, everything=everything, progress=task.progress),
            lambda done: self.refresh(),
            title="正在写上报包",
            said=lambda done: done.sentence,
            halted="已取消，没有写上报包，改动都还存在本机。要上报时请再点“写上报包”。",
        )

    # --- reading ------------------------------------------------------------------------------------------------

    def _read_card(self) -> Card:
        self.read_words = muted("插上从镇里带回的U盘，点“读回执”。")
        self.checks = Checks()
        self.checks.acted.connect(self.ask_to_compare)
        sheet = card(heading("这次读到的"), self.read_words)
        area = scrolled(self.checks)
        area.setMinimumHeight(theme.current().px(120))
        sheet.add(area, 1)
        return sheet

    def read(self) -> None:
        """读回执."""
        drive = self.drive.path
        if drive is None:
            self.workplace.told.emit("还没有选U盘。", "请插上U盘，或点“选择文件夹”。")
            return
        self.workplace.carry(
            lambda task: incoming.take_in(self.file, drive, task.progress, owner_of=owner_of),
            self.show_outcomes,
            title="正在读U盘",
            halted="已停下。停下以前收好的文件算数，其余的没有动，再点“读回执”会接着读。",
            copy_first=True,
        )

    def show_outcomes(self, outcomes: tuple[FileOutcome, ...]) -> None:
        """Say what was on the stick."""
        self.outcomes = outcomes
        self.checks.show_checks(checks_of(outcomes))
        files = sum(not one.is_answer for one in outcomes)
        if len(outcomes) > files:
            self.read_words.setText(f"U盘上有{files}个给本村的文件，乡镇的答复有{len(outcomes) - files}件。")
        elif files:
            self.read_words.setText(f"U盘上有{files}个给本村的文件。")
        else:
            self.read_words.setText("U盘上没有给本村的回执或卡片。")
        self.refresh()

    def ask_to_compare(self, name: str) -> None:
        """核对登记."""
        outcome = next(one for one in self.outcomes if one.file == name)
        dialog = self._compare_dialog(outcome)
        dialog.answered.connect(partial(self._trust, dialog, outcome))
        dialog.open()

    def _compare_dialog(self, outcome: FileOutcome) -> CompareDialog:
        return CompareDialog(
            f"核对{outcome.sender}的电脑",
            outcome.fingerprint,
            self,
            explain="请拿乡镇的纸质卡片，或给镇里打电话，把下面的核对码逐组核对一遍。登记以后，上报包只有这台电脑打得开。",
            where="照卡片上或电话里的输入，不要照屏幕抄。",
        )

    def _trust(self, dialog: CompareDialog, outcome: FileOutcome) -> None:
        self.workplace.write(
            "sync.trust_township",
            partial(
                trust_township,
                name=outcome.sender,
                code=outcome.village,
                public_key=outcome.public_key,
                stick_key=outcome.stick_key,
                digits=dialog.digits,
            ),
            lambda _id: self._trusted(dialog, outcome),
            said=f"登记好了{outcome.sender}的电脑，现在可以写上报包。",
            refused=dialog.refuse,
        )

    def _trusted(self, dialog: CompareDialog, outcome: FileOutcome) -> None:
        dialog.accept()
        self.show_outcomes(tuple(one for one in self.outcomes if one.public_key != outcome.public_key))

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The question that the township's card asks."""
        device = self.file.device
        shown = FileOutcome(
            "VD1-320924103-0a1b2c3d-000000-1.vdk",
            State.TO_COMPARE,
            "",
            sender="河口镇",
            fingerprint=fingerprint(device.public_key, device.stick_public),
        )
        yield "compare", self._compare_dialog(shown)


def _day(iso: str) -> str:
    return chinese_date(dt.date.fromisoformat(iso))


def _advice(now: Standing) -> str:
    if now.township is None:
        return "登记乡镇的电脑以后才能写上报包；在那之前的改动都存在本机，不会丢。"
    if now.saved:
        return f"有{now.saved}条改动还没写到U盘。插上U盘，点“写上报包”，带到镇里。"
    if now.on_stick:
        return (
            f"第{now.last_number}号上报包（{_day(now.last_day)}）已写入U盘，等镇里收取。"
            "镇里写好回执以后，把U盘带回来点“读回执”。"
        )
    return f"到第{now.reply_number}号回执为止，乡镇已全部收到。"
