"""Periods on the screen: their lines, what must still be done, and the way to the wall."""

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QPushButton

from village_desk.accounts import lookups
from village_desk.accounts.lookups import SheetDetail
from village_desk.accounts.page.pane import fill
from village_desk.accounts.page.period_acts import PeriodActs
from village_desk.accounts.rules.sums import SheetState
from village_desk.accounts.table import STATE_TONES, EntryTable, SheetTable
from village_desk.archive.actions import EVIDENCE
from village_desk.kit.money import capital_yuan, yuan
from village_desk.kit.text import chinese_date
from village_desk.widgets import theme
from village_desk.widgets.attachments import AttachmentList
from village_desk.widgets.checks import Check, Checks
from village_desk.widgets.chips import Chip
from village_desk.widgets.grid import Grid
from village_desk.widgets.layout import button, flow, label, row

if TYPE_CHECKING:
    from village_desk.accounts.page.accounts import AccountsPage

_SUMS = (("opening", "期初"), ("receipts", "收入"), ("payments", "支出"), ("close", "期末"))


class PeriodsPane(PeriodActs):
    """收支公开: every finance sheet, and one of them with its lines."""

    beside = frozenset({"title", "state"})
    list_width = 390

    def __init__(self, page: "AccountsPage") -> None:
        super().__init__(
            page,
            SheetTable(),
            "还没有财务公开表。点“新编一期”开始，期初自动接上期公布的期末。",
            "从左边选一期，这里显示各笔收支和下一步要做的事。",
        )
        self.sheet = None
        self.begin_button = button("新编一期", "plus", role="primary", clicked=self.ask_begin)
        self.other_button = button("出其他表", "file-text", clicked=self.ask_make)
        fill(self.above, (self.begin_button, self.other_button))
        self.chip = Chip()
        self.side = label("", "muted", wrap=False)
        self.sums: dict[str, QLabel] = {}
        self.words = label("", "muted")
        self.checks = Checks()
        self.acts: dict[str, QPushButton] = {}
        self.more: dict[str, QAction] = {}
        self._buttons = flow()
        self.entries = EntryTable()
        self.lines = Grid(self.entries, empty_words="这一期还没有收支。点“登记一笔”，或“导入表格”。")
        self.lines.opened.connect(lambda _id: self.ask_edit())
        for words, work in (
            ("改这一笔", self.ask_edit),
            ("作废", self.ask_void),
            ("恢复这一笔", self.restore),
            ("删掉这一笔", self.drop),
        ):
            action = QAction(words, self.lines)
            action.triggered.connect(lambda _checked=False, act_on=work: act_on())
            self.lines.addAction(action)
        self.files = AttachmentList(self.workplace, EVIDENCE, "account_sheet", words="原表扫描件")
        self.detail.add(row(self.chip, self.side, None))
        self.detail.add(self._sum_line())
        self.detail.add(self.words)
        self.detail.add(self._buttons)
        self.detail.add(self.checks)
        self.detail.add(self.lines, 1)
        self.detail.add(self.files, 1)

    def _sum_line(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(24))
        grid.setVerticalSpacing(0)
        for at, (key, words) in enumerate(_SUMS):
            self.sums[key] = label("", "strong", wrap=False)
            grid.addWidget(label(f"{words}（元）", "muted", wrap=False), 0, at)
            grid.addWidget(self.sums[key], 1, at)
        grid.setColumnStretch(len(_SUMS), 1)
        return grid

    # showing

    def refresh(self) -> None:
        """Read the sheets and the one at hand."""
        self.show_rows(self.workplace.read(lookups.all_sheets), self.page.take_wanted())

    def show_one(self, record_id: str) -> None:
        """Show one sheet."""
        sheet = self.workplace.read(lambda session: lookups.one_sheet(session, record_id))
        self.sheet, found = sheet, sheet.row
        self.title.setText(found.title)
        self.chip.say(found.state_words, STATE_TONES[found.state])
        days = f"{chinese_date(found.from_on)}至{chinese_date(found.until_on)}"
        many = f"共{found.lines}笔" if found.is_ledger else f"共{found.lines}行"
        self.side.setText(f"{days}　{'代理记账单位编制' if found.made_elsewhere else many}")
        for key, amount in zip(self.sums, (found.opening, found.receipts, found.payments, found.close), strict=True):
            self.sums[key].setText(yuan(amount) if found.is_ledger else "")
        parts = []
        if found.is_ledger and found.close >= 0:
            parts.append(f"期末结余{capital_yuan(found.close)}")
        if sheet.cash is not None and sheet.bank is not None:
            parts.append(f"其中现金{yuan(sheet.cash)}元、银行存款{yuan(sheet.bank)}元")
        self.words.setText("，".join(parts))
        self.words.setVisible(bool(parts))
        self.checks.show_checks(self._checks(sheet))
        ledger = found.is_ledger and not found.made_elsewhere
        self.lines.setVisible(ledger)
        self.files.setVisible(not ledger)
        if ledger:
            self.entries.show(sheet.entries)
        else:
            self.files.show_record(record_id)
        self._show_buttons(sheet)

    def _checks(self, sheet: SheetDetail) -> list[Check]:
        tone = {SheetState.OPEN: "note", SheetState.CLOSED: "warn", SheetState.PUBLISHED: "good"}[sheet.row.state]
        found = [Check(tone, sheet.row.next_act)]
        found += [Check("warn", words) for words in sheet.findings]
        if sheet.is_altered:
            words = f"结账以后明细有变动：结账时校验码{sheet.check_code}，现在{sheet.check_code_now}。"
            found.append(Check("bad", words, "请核对是不是另一台电脑改过，再取消结账、重新结账。"))
        for notice in sheet.notices:
            found.append(Check("note", f"公开稿：{notice.number or notice.stage_words}。", notice.next_act))
        for one in sheet.corrections:
            state = "已公布" if one.published else "还没有公布"
            found.append(Check("note", f"第{one.number}号更正公告（{state}）：{one.reason}。"))
        return found

    def _show_buttons(self, sheet: SheetDetail) -> None:
        keys = _acts(sheet)
        self.acts = {}
        made = []
        for at, key in enumerate(keys[:4]):
            words, icon = _ACTS[key]
            one = button(words, icon, role="primary" if at == 0 else "", clicked=partial(self.do, key))
            self.acts[key] = one
            made.append(one)
        self.more = {}
        if keys[4:]:
            rest = button("更多")
            menu = QMenu(rest)
            for key in keys[4:]:
                action = menu.addAction(_ACTS[key][0])
                action.triggered.connect(lambda _checked=False, chosen=key: self.do(chosen))
                self.more[key] = action
            rest.setMenu(menu)
            made.append(rest)
        fill(self._buttons, made)

    # doing

    def do(self, key: str) -> None:
        """One of the acts of _ACTS on the sheet at hand."""
        doing: dict[str, Any] = {
            "entry": self.ask_entry,
            "import": self.ask_import,
            "close": self.ask_close,
            "period": self.ask_period,
            "drop_period": self.drop_period,
            "draft": self.draft,
            "publish": self.ask_publish,
            "print": self.preview,
            "print_large": partial(self.preview, large=True),
            "reopen": self.reopen,
            "post": self.ask_post,
            "correct": self.ask_correct,
            "notice": self.go_to_notice,
        }
        doing[key]()


_ACTS: dict[str, tuple[str, str]] = {
    "entry": ("登记一笔", "plus"),
    "import": ("导入表格", "upload"),
    "close": ("结账", "check"),
    "period": ("改期间和期初", "pencil"),
    "drop_period": ("删除这一期", "trash-2"),
    "draft": ("起草公开", "megaphone"),
    "publish": ("编号定稿", "check"),
    "print": ("预览打印", "printer"),
    "print_large": ("按A3打印", "printer"),
    "reopen": ("取消结账", "undo-2"),
    "post": ("登记张贴", "megaphone"),
    "correct": ("出更正公告", "triangle-alert"),
    "notice": ("去公开公示", "arrow-right"),
}


def _acts(sheet: SheetDetail) -> list[str]:
    """What can be done with a sheet now, the next thing first."""
    found = sheet.row
    if found.state is SheetState.OPEN:
        if not found.is_ledger:
            return ["drop_period"]
        if found.made_elsewhere:
            return ["close", "period", "drop_period"]
        return ["entry", "import", "close", "period", "drop_period"]
    if found.state is SheetState.CLOSED:
        return [*(("publish", "notice") if sheet.notices else ("draft",)), "print", "reopen", "print_large"]
    posted = any(one.posted_on is not None for one in sheet.notices)
    rest = ["print", "notice", *(["correct"] if found.is_ledger else []), "print_large"]
    return rest if posted else ["post", *rest]
