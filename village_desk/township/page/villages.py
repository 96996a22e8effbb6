"""The township's page: its villages and their sticks, taking in, enrolling laptops, writing receipts."""

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QGridLayout, QSizePolicy, QWidget

from village_desk.kit.text import short_date
from village_desk.store.file import VillageFile
from village_desk.sync.keys import fingerprint
from village_desk.sync.outcome import FileOutcome, State
from village_desk.township import actions, lookups
from village_desk.township.dialogs import RevokeDialog, enrol_dialog
from village_desk.township.table import arrival_table, village_table
from village_desk.widgets import theme
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.compare import CompareDialog
from village_desk.widgets.drives import DrivePicker
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import Card, button, card, column, heading, label, muted, row, scrolled
from village_desk.widgets.page import Page
from village_desk.widgets.workplace import Workplace


class TownshipPage(Page):
    """Takes in what the villages bring and gives them their receipts."""

    key = "township"
    title = "各村上报"
    icon = "building-2"
    tables = frozenset({"enrolment", "stick_arrival"})

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
        grid.addWidget(self._stick_card(), 0, 0, 1, 2)
        grid.addWidget(self._villages_card(), 1, 0, 2, 1)
        grid.addWidget(self._outcomes_card(), 1, 1)
        grid.addWidget(self._village_card(), 2, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setRowStretch(1, 1)
        grid.setRowStretch(2, 1)
        self.column.addWidget(scrolled(content))

    def refresh(self) -> None:
        """Villages, the chosen one's files, and this month's rate."""
        self.drive.look_again()
        self.villages.show(self.workplace.read(lookups.villages))
        rate = self.workplace.read(lambda session: lookups.rate(session, self.file.today.replace(day=1)))
        month = f"{self.file.today.month}月"
        if rate.villages:
            tone = "good" if rate.brought == rate.villages else "warn"
            self.rate.say(f"{month}已报 {rate.brought}村，共 {rate.villages}村", tone)
            self.say(f"{month}还有{len(rate.late)}个村没有报" if rate.late else f"{month}各村都报了")
        else:
            self.rate.say("")
            self.say("还没有登记过村")
        self._show_village(self.village_grid.current_id())

    # --- the stick ----------------------------------------------------------------------------------------------

    def _stick_card(self) -> Card:
        self.drive = DrivePicker()
        self.take_button = button("收取上报包", "download", role="primary", clicked=self.take_in)
        self.reply_button = button("写回执", "upload", clicked=self.reply)
        self.card_button = button(
            "写乡镇卡片", clicked=self.write_card, tip="把本镇的公钥写到U盘，村里核对以后就能写上报包"
        )
        device = self.file.device
        self.own_digits = label(fingerprint(device.public_key, device.stick_public), "code", wrap=False)
        line = row(self.drive, self.take_button, self.reply_button, self.card_button)
        line.setStretch(0, 1)
        return card(line, row(muted("本镇的核对码："), self.own_digits, None))

    def take_in(self) -> None:
        """收取上报包."""
        drive = self.drive.path
        if drive is None:
            self.workplace.told.emit("还没有选U盘。", "请插上U盘，或点“选择文件夹”。")
            return
        self.workplace.carry(
            lambda task: actions.take_in(self.file, drive, task.progress),
            self.show_outcomes,
            title="正在收取上报包",
            halted="已停下。停下以前收好的文件算数，其余的没有动，再点“收取上报包”会接着收。",
            copy_first=True,
        )

    def reply(self) -> None:
        """写回执."""
        drive = self.drive.path
        if drive is None:
            self.workplace.told.emit("还没有选U盘。", "请插上U盘，或点“选择文件夹”。")
            return
        self.workplace.carry(
            lambda task: actions.write_replies(self.file, drive, progress=task.progress),
            title="正在写回执",
            said=_replied,
            halted="已停下。停下以前写好的回执可以用，其余的没有写，再点“写回执”会接着写。",
        )

    def write_card(self) -> None:
        """写乡镇卡片."""
        drive = self.drive.path
        if drive is None:
            self.workplace.told.emit("还没有选U盘。", "请插上U盘，或点“选择文件夹”。")
            return
        self.workplace.act(
            partial(actions.write_township_card, self.file, drive),
            said="乡镇卡片写好了，读回来核对一致。请把核对码抄给村里，村里核对以后才能写上报包。",
        )

    # --- what came ----------------------------------------------------------------------------------------------

    def _outcomes_card(self) -> Card:
        self.outcome_words = muted("插上村里的U盘，点“收取上报包”。")
        self.checks = Checks()
        self.checks.acted.connect(self.ask_to_compare)
        sheet = card(heading("这次收到的"), self.outcome_words)
        area = scrolled(self.checks)
        _yields(area)
        sheet.add(area, 1)
        return sheet

    def show_outcomes(self, outcomes: tuple[FileOutcome, ...]) -> None:
        """Say what was on the stick."""
        self.outcomes = outcomes
        self.checks.show_checks(_checks(outcomes))
        taken = sum(one.state in {State.TAKEN, State.NOTHING_NEW} for one in outcomes)
        if not outcomes:
            self.outcome_words.setText("U盘上没有报给本镇的文件。")
        else:
            self.outcome_words.setText(f"U盘上有{len(outcomes)}个报给本镇的文件，收好{taken}个。收完请点“写回执”。")
        self.refresh()

    def ask_to_compare(self, name: str) -> None:
        """核对登记."""
        outcome = next(one for one in self.outcomes if one.file == name)
        known = self.workplace.read(lambda session: lookups.laptops(session, outcome.village))
        dialog = enrol_dialog(outcome, [one for one in known if one.in_use], self)
        dialog.answered.connect(partial(self._enrol, dialog, outcome))
        dialog.open()

    def _enrol(self, dialog: CompareDialog, outcome: FileOutcome) -> None:
        self.workplace.write(
            "township.enrol_laptop",
            partial(
                actions.enrol_laptop,
                village_code=outcome.village,
                village_name=outcome.sender,
                public_key=outcome.public_key,
                stick_key=outcome.stick_key,
                digits=dialog.digits,
                replaces=dialog.chosen,
            ),
            lambda _id: self._enrolled(dialog),
            said=f"登记好了{outcome.sender}的电脑。",
            refused=dialog.refuse,
        )

    def _enrolled(self, dialog: CompareDialog) -> None:
        dialog.accept()
        # What was waiting on the stick can be opened now.
        self.take_in()

    # --- villages -----------------------------------------------------------------------------------------------

    def _villages_card(self) -> Card:
        self.rate = Chip()
        self.villages = village_table()
        self.village_grid = Grid(
            self.villages, empty_words="还没有登记过村。请先把“乡镇卡片”写到U盘交给村里，村里的上报包来了再核对登记。"
        )
        self.village_grid.setAccessibleName("各村上报情况")
        self.village_grid.picked.connect(self._show_village)
        _yields(self.village_grid)
        sheet = card(row(heading("各村"), self.rate, None))
        sheet.add(self.village_grid, 1)
        return sheet

    def _village_card(self) -> Card:
        self.village_head = heading("选一个村看明细")
        self.village_words = label("")
        self.arrivals = arrival_table()
        self.arrival_grid = Grid(self.arrivals, empty_words="这个村还没有上报过。")
        self.arrival_grid.setAccessibleName("这个村的上报包")
        _yields(self.arrival_grid)
        self.revoke_button = button("停用电脑", role="danger", clicked=self.ask_to_revoke)
        sheet = card(row(self.village_head, None, self.revoke_button), column(self.village_words))
        sheet.add(self.arrival_grid, 1)
        return sheet

    def _show_village(self, code: str) -> None:
        chosen = next((one for one in self.villages.rows() if one.code == code), None)
        self.revoke_button.setEnabled(chosen is not None and chosen.laptops > 0)
        if chosen is None:
            self.village_head.setText("选一个村看明细")
            self.village_words.setText("")
            self.arrivals.show([])
            return
        self.village_head.setText(chosen.name)
        self.village_words.setText(_village_words(chosen))
        self.arrivals.show(self.workplace.read(lambda session: lookups.arrivals(session, code)))

    def ask_to_revoke(self) -> None:
        """停用电脑."""
        code = self.village_grid.current_id()
        known = self.workplace.read(lambda session: lookups.laptops(session, code))
        usable = [one for one in known if one.in_use]
        dialog = RevokeDialog(usable[-1].village_name, usable, self)
        dialog.answered.connect(lambda: self._revoke(dialog.chosen))
        dialog.open()

    def _revoke(self, enrolment_id: str) -> None:
        self.workplace.write(
            "township.revoke_laptop",
            partial(actions.revoke_laptop, enrolment_id=enrolment_id),
            said="已停用这台电脑，它以前报来的内容都保留。",
        )

    def dialogs_to_show(self) -> Iterator[tuple[str, QDialog]]:
        """The questions of this page on the villages at hand."""
        known = self.workplace.read(lookups.laptops)
        device = self.file.device
        shown = FileOutcome(
            "VD1-320924103205-0a1b2c3d-000001-1.vdb",
            State.TO_COMPARE,
            "",
            sender="东河村",
            fingerprint=fingerprint(device.public_key, device.stick_public),
        )
        yield "enrol", enrol_dialog(shown, known[:1], self)
        if known:
            yield "revoke", RevokeDialog(known[0].village_name, known[:1], self)


def _yields(area: QWidget) -> None:
    """A list scrolls by itself: it takes the room that there is, so that the page need not scroll."""
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    area.setMinimumHeight(theme.current().px(120))


def _checks(outcomes: Sequence[FileOutcome]) -> list[Check]:
    return [
        Check(
            one.tone,
            one.message,
            one.advice,
            "" if one.file in one.message else one.file,
            act="核对登记" if one.state is State.TO_COMPARE else "",
            act_key=one.file,
        )
        for one in outcomes
    ]


def _village_words(chosen: lookups.VillageRow) -> str:
    if chosen.gaps:
        gap = chosen.gaps[0]
        return f"还缺第{gap.first}条到第{gap.last}条，{chosen.held}条先等着。写回执交给该村，下次上报会自动补上。"
    if chosen.last_on is None:
        return "电脑已经登记，还没有收到上报包。"
    if chosen.missing_numbers:
        numbers = "、".join(str(one) for one in chosen.missing_numbers[-5:])
        return f"{short_date(chosen.last_on)}收到第{chosen.last_number}号。第{numbers}号没有来过，内容已随后面的补齐。"
    return f"{short_date(chosen.last_on)}收到第{chosen.last_number}号，共{chosen.received:,}条。"


def _replied(answered: tuple[actions.Answered, ...]) -> str:
    if not answered:
        return "这个U盘上没有已登记的村的上报包，没有写回执。"
    if len(answered) == 1:
        return f"{answered[0].sentence}请交给村里读回。"
    return f"{len(answered)}个村的回执写好了，读回来核对一致，请交给各村读回。"
