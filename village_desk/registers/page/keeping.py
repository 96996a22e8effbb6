"""What the page of registers asks of funds and of the registers themselves."""

from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from village_desk.kit.money import yuan
from village_desk.kit.text import short_date
from village_desk.registers.actions import forms as form_actions
from village_desk.registers.dialogs.entries import FormDialog, MoneyDialog, field_lines
from village_desk.registers.lookups import sums
from village_desk.registers.lookups.forms import looks
from village_desk.registers.page.asks import Asks
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.rulebook.rules import FieldSort
from village_desk.widgets.dialogs import AskDialog
from village_desk.widgets.fields import Ask, FieldsDialog


class Keeping(Asks):
    """The dialogs about money, fields and use of registers."""

    def menu(self, parent: QWidget) -> QMenu:
        """What can be done with the register itself."""
        menu = QMenu(parent)
        for key, words in (
            ("adapt", "调整本村栏目…"),
            ("copy", "复制成一本新台账…"),
            ("choice", "给一栏加选项…"),
            ("looks", "谁看过这本台账…"),
        ):
            menu.addAction(words, lambda at=key: self.page.do(at))
        menu.addSeparator()
        menu.addAction("装上四进、五会、六访、六报、六热线", lambda: self.page.do("community"))
        return menu

    def community(self) -> None:
        """Install the pack of twenty-seven items that a community method names."""
        self.page.workplace.write(
            "rulebook.install_shipped_pack",
            lambda session: install_shipped_pack(session, issuer="xianning", pack="community-27"),
            said="已装上，27项在“四进五会六访六报六热线登记”里。",
        )

    # money

    def ask_money(self) -> AskDialog:
        """A sum of the fund at hand."""
        row = self.found.row
        people = self.people()
        dialog = MoneyDialog(str(row.kept.get("name", self.found.form.title)), people, self.today, self.page)

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.add_money(
                session,
                entry_id=row.id,
                on=got["day"],
                amount_fen=dialog.amount(),
                purpose=got["purpose"],
                item=got["item"],
                recipient_id=got["recipient"],
                recipient=got["other"],
                approved_by=got["approved"],
                receipt=got["receipt"],
            )

        return self.writes(dialog, "registers.add_money", keep, "已登记，余额已经重算。")

    def ask_reverse(self) -> AskDialog:
        """A sum booked wrongly is taken back."""
        fund = self.page.workplace.read(lambda session: sums.fund(session, self.found.row.id))
        choices = [
            (one.id, f"{short_date(one.on)} {yuan(one.amount)}元 {one.purpose}")
            for one in reversed(fund.money)
            if not one.reverses and not one.reversed
        ]
        dialog = FieldsDialog(
            "冲正",
            self.page,
            accept="冲正",
            asks=(
                Ask("money", "哪一笔(&K)", "choice", True, choices=choices),
                self.day(),
                Ask("reason", "原因(&Y)", required=True),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.reverse_money(session, money_id=got["money"], on=got["day"], reason=got["reason"])

        return self.writes(dialog, "registers.reverse_money", keep, "已冲正，余额已经重算。")

    def ask_aid(self) -> AskDialog:
        """The aid of a visit is paid from the care fund."""
        row = self.found.row
        today = self.today
        funds = self.page.workplace.read(lambda session: sums.funds(session, sums.CARE_FUND, on=today))
        choices = [(one.id, f"{one.name}（结余{yuan(one.balance)}元）") for one in funds]
        dialog = FieldsDialog(
            "从关爱资金支出",
            self.page,
            accept="登记支出",
            asks=(
                Ask("fund", "哪笔资金(&K)", "choice", True, choices=choices),
                self.day(),
                Ask("approved", "审批人(&S)", required=True),
                Ask("receipt", "凭据(&P)"),
            ),
        )

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.pay_aid(
                session,
                entry_id=row.id,
                on=got["day"],
                approved_by=got["approved"],
                fund_id=got["fund"],
                receipt=got["receipt"],
            )

        return self.writes(dialog, "registers.pay_aid", keep, "已从关爱资金支出。")

    # registers

    def ask_adapt(self) -> AskDialog:
        """The fields of the register at hand."""
        form = self.page.form
        dialog = FormDialog(form, self.page, copy=False)

        def keep(session: Any) -> None:
            got = dialog.values()
            form_actions.adapt_register(
                session, register=form.key, title=got["title"], fields=field_lines(got["fields"])
            )

        return self.writes(dialog, "registers.adapt_register", keep, "栏目已保存。")

    def ask_copy(self) -> AskDialog:
        """A register of the village's own."""
        form = self.page.form
        dialog = FormDialog(form, self.page, copy=True)

        def keep(session: Any) -> str:
            got = dialog.values()
            return form_actions.copy_register(
                session, register=form.key, title=got["title"], fields=field_lines(got["fields"])
            )

        return self.writes(dialog, "registers.copy_register", keep, "已建好新台账。", self._open_new)

    def ask_choice(self) -> AskDialog:
        """A choice more in one of the fields."""
        form = self.page.form
        choices = [(one.key, one.title) for one in form.fields if one.sort is FieldSort.CHOICE]
        dialog = FieldsDialog(
            f"加选项：{form.title}",
            self.page,
            accept="加上",
            asks=(
                Ask("field", "哪一栏(&K)", "choice", True, choices=choices),
                Ask("words", "新的选项(&M)", required=True),
            ),
        )

        def keep(session: Any) -> None:
            form_actions.add_choice(
                session, register=form.key, field=dialog.value("field"), words=dialog.value("words")
            )

        return self.writes(dialog, "registers.add_choice", keep, "已加上这个选项。")

    def ask_looks(self) -> AskDialog:
        """Who opened a private register."""
        form = self.page.form
        seen = self.page.workplace.read(lambda session: looks(session, form.key)) if form.private else ()
        words = "\n".join(seen[:40]) or ("还没有人看过。" if form.private else "这本台账没有个人的事，不记谁看过。")
        return AskDialog(f"谁看过《{form.title}》", self.page, accept="知道了", cancel="", explain=words)

    def use(self) -> None:
        """Use the register that is chosen in the contents, or leave it out."""
        at = self.page.contents_grid.current_id()
        one = next((each for each in self.page.index if each.id == at), None)
        if one is None:
            self.page.workplace.told.emit("还没有选台账。", "请在目录里选一本。")
            return
        used = not one.used
        self.page.workplace.write(
            "registers.use_register",
            lambda session: form_actions.use_register(session, register=one.id, used=used),
            said=f"《{one.title}》已{'启用' if used else '停用，登记过的都留着'}。",
        )

    def count(self) -> None:
        """Count private registers for the township."""
        self.page.workplace.write(
            "registers.report_counts",
            form_actions.report_counts,
            said=lambda many: f"已点数{many}本台账，下次上报包只带数字，不带姓名。",
        )

    # inside

    def _open_new(self, register: str) -> None:
        self.page.refresh_now()
        self.page.open_register(register)
