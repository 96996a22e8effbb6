"""Asking about periods: beginning, lines, closing, importing, publishing, correcting; and about the other sheets."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QWidget,
)

from village_desk.accounts.dialogs.amounts import money_problem, quarters, sum_of
from village_desk.accounts.rules.forms import Side
from village_desk.accounts.rules.sums import Sums
from village_desk.kit.money import capital_yuan, fen, yuan
from village_desk.widgets.date_edit import DateEdit
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.layout import label


@dataclass(frozen=True)
class BeginAnswer:
    """A period to begin; the opening in fen, None where it follows from the last close."""

    from_on: dt.date
    until_on: dt.date
    title: str
    opening_fen: int | None
    opening_reason: str
    made_elsewhere: bool


class BeginDialog(AskDialog):
    """Begins a period. `opening(first day)` gives the sum that follows from the last one and where it comes from."""

    def __init__(
        self,
        today: dt.date,
        opening: Callable[[dt.date], tuple[int, str] | None],
        parent: QWidget | None = None,
        *,
        given: BeginAnswer | None = None,
    ) -> None:
        super().__init__(
            "新编一期财务公开" if given is None else "修改这一期",
            parent,
            accept="建立" if given is None else "保存",
            explain="" if given else "期初自动取上期公布的期末；第一次使用的，照账上余额填写。",
            closes=False,
        )
        self._opening = opening
        self._is_new = given is None
        self.period = QComboBox()
        for words, first, last in quarters(today):
            self.period.addItem(words, (first, last))
        self.period.addItem("自己填起止日期", None)
        self.first, self.last = DateEdit(None, today=today), DateEdit(None, today=today)
        self.name = QLineEdit(given.title if given else "")
        self.opening = QLineEdit()
        self.reason = QLineEdit(given.opening_reason if given else "")
        self.elsewhere = QCheckBox("代理记账中心已经编好公开表，这里只登记四个数(&W)")
        self.form.add("period", "期间(&Q)", self.period)
        self.form.add("first", "起始日期(&A)", self.first, required=True)
        self.form.add("last", "截止日期(&Z)", self.last, required=True)
        self.form.add("name", "标题(&T)", self.name, hint="不填就按期间起名。")
        self.form.add("opening", "期初余额（元）(&C)", self.opening)
        self.form.add("reason", "期初来源(&L)", self.reason)
        self.form.add("elsewhere", "　", self.elsewhere)
        self.form.show_field("elsewhere", self._is_new)
        self.form.show_field("period", self._is_new)
        self.period.currentIndexChanged.connect(lambda _at: self._take_period())
        self.first.day_changed.connect(lambda *_: self._show_opening())
        if given is None:
            self._take_period()
        else:
            self.period.setCurrentIndex(self.period.count() - 1)
            self.first.set_day(given.from_on)
            self.last.set_day(given.until_on)
            self.opening.setText(yuan(given.opening_fen or 0))
            self._show_opening()

    def _take_period(self) -> None:
        found = self.period.currentData()
        for key in ("first", "last"):
            self.form.show_field(key, found is None)
        if found is not None:
            self.first.set_day(found[0])
            self.last.set_day(found[1])
        self._show_opening()

    def _show_opening(self) -> None:
        day = self.first.day()
        found = self._opening(day) if day is not None else None
        if found is not None and self._is_new:
            self.opening.setText(yuan(found[0]))
        hint = f"{found[1]}是{yuan(found[0])}元。" if found is not None else "照账上的余额填写，并写明来源。"
        self.form.field("opening").set_hint(hint)
        self.form.show_field("reason", found is None)

    def problems(self) -> dict[str, str]:
        """Days and an opening."""
        found = {"first": self.first.problem() or ("" if self.first.day() else "请填起始日期。")}
        found["last"] = self.last.problem() or ("" if self.last.day() else "请填截止日期。")
        found["opening"] = money_problem(self.opening, empty=True)
        return found

    def answer(self) -> BeginAnswer:
        """The period."""
        first, last = self.first.day(), self.last.day()
        assert first is not None
        assert last is not None
        opening = fen(self.opening.text()) if self.opening.text().strip() else None
        elsewhere = self.elsewhere.isChecked()
        return BeginAnswer(first, last, self.name.text(), opening, self.reason.text(), elsewhere)


@dataclass(frozen=True)
class EntryAnswer:
    """One line; amounts in fen."""

    booked_on: dt.date
    words: str
    receipts_fen: int
    payments_fen: int
    voucher: str
    category: str
    handler: str
    approver: str
    purpose: str
    note: str
    decision_id: str
    decision_no: str


class EntryDialog(AskDialog):
    """Asks for one line; `kinds(side)` are its kinds, `decisions` (id, number, title) may carry it."""

    def __init__(
        self,
        today: dt.date,
        kinds: Callable[[Side], Sequence[tuple[str, str]]],
        decisions: Sequence[tuple[str, str, str]],
        parent: QWidget | None = None,
        *,
        given: EntryAnswer | None = None,
    ) -> None:
        super().__init__(
            "登记一笔" if given is None else "改这一笔",
            parent,
            accept="登记" if given is None else "保存",
            closes=False,
        )
        self._kinds = kinds
        self._decisions = {one[0]: one for one in decisions}
        self.side = QComboBox()
        self.side.addItem("收入", Side.RECEIPTS)
        self.side.addItem("支出", Side.PAYMENTS)
        self.day = DateEdit(given.booked_on if given else today, today=today)
        self.words, self.amount, self.voucher = QLineEdit(), QLineEdit(), QLineEdit()
        self.category = QComboBox()
        self.handler, self.approver, self.purpose, self.note = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.decision = QComboBox()
        self.decision.addItem("（没有）", "")
        for identity, number, title in decisions:
            self.decision.addItem(f"{number}　{title}", identity)
        self.form.add("side", "收支(&S)", self.side)
        self.form.add("amount", "金额（元）(&J)", self.amount, required=True)
        self.form.add("day", "日期(&D)", self.day, required=True)
        self.form.add("words", "摘要(&Z)", self.words, required=True, hint="不要写身份证号、电话和银行卡号。")
        self.form.add("category", "类别(&L)", self.category)
        self.form.add("voucher", "凭证号(&P)", self.voucher)
        self.form.add("handler", "经手人(&R)", self.handler)
        self.form.add("approver", "审批人(&Q)", self.approver)
        self.form.add("purpose", "来源或用途(&Y)", self.purpose)
        self.form.add("decision", "决策依据(&X)", self.decision)
        self.form.add("note", "备注(&B)", self.note)
        self.side.currentIndexChanged.connect(lambda _at: self._show_kinds())
        self._show_kinds()
        self._decision_no = given.decision_no if given else ""
        if given is not None:
            self._fill(given)

    def _fill(self, given: EntryAnswer) -> None:
        self.side.setCurrentIndex(0 if given.receipts_fen else 1)
        self.amount.setText(yuan(given.receipts_fen or given.payments_fen))
        for editor, words in (
            (self.words, given.words),
            (self.voucher, given.voucher),
            (self.handler, given.handler),
            (self.approver, given.approver),
            (self.purpose, given.purpose),
            (self.note, given.note),
        ):
            editor.setText(words)
        self.category.setCurrentIndex(max(0, self.category.findData(given.category)))
        if given.decision_id and self.decision.findData(given.decision_id) < 0:
            self.decision.addItem(given.decision_no or "原来选的决议", given.decision_id)
        self.decision.setCurrentIndex(max(0, self.decision.findData(given.decision_id)))

    def _show_kinds(self) -> None:
        self.category.clear()
        self.category.addItem("按摘要自动归类", "")
        for key, words in self._kinds(Side(self.side.currentData())):
            self.category.addItem(words, key)

    def problems(self) -> dict[str, str]:
        """A sum, a day, words."""
        found = self.form.missing(words=self.words.text())
        found["amount"] = money_problem(self.amount)
        found["day"] = self.day.problem() or ("" if self.day.day() else "请填日期。")
        return found

    def answer(self) -> EntryAnswer:
        """The line."""
        day = self.day.day()
        assert day is not None
        amount = fen(self.amount.text())
        is_in = self.side.currentData() == Side.RECEIPTS
        identity = str(self.decision.currentData())
        chosen = self._decisions.get(identity)
        return EntryAnswer(
            day,
            self.words.text(),
            amount if is_in else 0,
            0 if is_in else amount,
            self.voucher.text(),
            str(self.category.currentData()),
            self.handler.text(),
            self.approver.text(),
            self.purpose.text(),
            self.note.text(),
            identity,
            chosen[1] if chosen else self._decision_no if identity else "",
        )


@dataclass(frozen=True)
class CloseAnswer:
    """The sums at the end of a period, in fen; cash and bank None where they are not told apart."""

    close_fen: int
    cash_fen: int | None
    bank_fen: int | None
    receipts_fen: int | None
    payments_fen: int | None
    opening_fen: int | None
    prepared_by: str


class CloseDialog(AskDialog):
    """Closes a period; a sheet made elsewhere gets its sums here. What they come to is shown while typing."""

    def __init__(
        self, title: str, sums: Sums, prepared_by: str, parent: QWidget | None = None, *, elsewhere: bool = False
    ) -> None:
        super().__init__(
            "结账",
            parent,
            accept="结账",
            explain=f"《{title}》结账以后内容锁定，送监委会审核、公开；公布以前可以取消结账。",
            closes=False,
        )
        self._sums, self._elsewhere = sums, elsewhere
        self.opening = QLineEdit(yuan(sums.opening))
        self.receipts = QLineEdit("" if elsewhere else yuan(sums.receipts))
        self.payments = QLineEdit("" if elsewhere else yuan(sums.payments))
        self.close_sum = QLineEdit("" if elsewhere else yuan(sums.close))
        self.cash, self.bank = QLineEdit(), QLineEdit()
        self.by = QLineEdit(prepared_by)
        for editor in (self.opening, self.receipts, self.payments):
            editor.setReadOnly(not elsewhere)
        self.form.add("opening", "期初（元）", self.opening)
        self.form.add("receipts", "本期收入（元）(&S)", self.receipts)
        self.form.add("payments", "本期支出（元）(&Z)", self.payments)
        self.form.add("close", "期末结余（元）(&M)", self.close_sum, required=True)
        hint = "" if elsewhere else "对照现金盘点和银行对账单填，两项相加等于期末结余。"
        self.form.add("cash", "其中库存现金（元）(&X)", self.cash, required=not elsewhere)
        self.form.add("bank", "其中银行存款（元）(&K)", self.bank, required=not elsewhere, hint=hint)
        self.form.add("by", "制表人(&R)", self.by)
        self.told = label("", "muted")
        self.body.addWidget(self.told)
        for editor in (self.opening, self.receipts, self.payments, self.close_sum, self.cash, self.bank):
            editor.textChanged.connect(lambda _text: self._tell())
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """What is known already stands there; the cursor waits where something is asked."""
        super().showEvent(event)
        (self.opening if self._elsewhere else self.cash).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        opening, receipts, payments = (sum_of(one) for one in (self.opening, self.receipts, self.payments))
        close, cash, bank = (sum_of(one) for one in (self.close_sum, self.cash, self.bank))
        if None in (opening, receipts, payments, close):
            self.told.setText("填好各数后，这里会算给您看。")
            return
        assert opening is not None
        assert receipts is not None
        assert payments is not None
        assert close is not None
        whole = opening + receipts - payments
        if whole != close:
            self.told.setText(f"期初加收入减支出是{yuan(whole)}元，和期末差{yuan(abs(whole - close))}元。")
        elif cash is not None and bank is not None and cash + bank != close:
            self.told.setText(f"现金加银行存款是{yuan(cash + bank)}元，和期末差{yuan(abs(cash + bank - close))}元。")
        elif close >= 0:
            self.told.setText(f"账是平的，期末结余{capital_yuan(close)}。")

    def problems(self) -> dict[str, str]:
        """Sums."""
        found = {"close": money_problem(self.close_sum)}
        for key, editor in (("cash", self.cash), ("bank", self.bank)):
            found[key] = money_problem(editor, empty=self._elsewhere)
        if self._elsewhere:
            found["opening"] = money_problem(self.opening)
            found["receipts"], found["payments"] = money_problem(self.receipts), money_problem(self.payments)
        return found

    def answer(self) -> CloseAnswer:
        """The sums."""
        outside = self._elsewhere
        return CloseAnswer(
            fen(self.close_sum.text()),
            sum_of(self.cash),
            sum_of(self.bank),
            fen(self.receipts.text()) if outside else None,
            fen(self.payments.text()) if outside else None,
            fen(self.opening.text()) if outside else None,
            self.by.text(),
        )
