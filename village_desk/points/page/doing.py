"""What the buttons of the page of points do: ask in a dialog, print, or act at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from village_desk.points import actions
from village_desk.points.page.bars import PRINTS
from village_desk.points.page.parts import said
from village_desk.points.rules.numbers import signed

if TYPE_CHECKING:
    from village_desk.points.page.points import PointsPage


class PointsDoing:
    """One button or line of a menu by its key."""

    def __init__(self, page: "PointsPage") -> None:
        self.page = page

    def ask(self, what: str) -> None:
        """Do what is asked for."""
        at_once: dict[str, Callable[[], object]] = {
            "back": self.page.go_back,
            "card": self.page.show_member,
            "print": self.page.printing.card,
            "book": self.book,
            "book_ready": self.book_ready,
            "withdraw": self.withdraw,
            "drop_item": self.drop_item,
            "file_evidence": self.file_evidence,
            "choose_workbook": self.page.asking.choose_workbook,
        }
        if what in at_once:
            at_once[what]()
        elif what in PRINTS:
            self.page.printing.make(what)
        else:
            dialog = self._asked(what)
            if dialog is not None:
                self.page.show_dialog(dialog)

    def _asked(self, what: str) -> QDialog | None:
        asking, found = self.page.asking, self.page.application.row
        if what in ("objection", "answer"):
            assert found is not None
            return asking.objection(found) if what == "objection" else asking.answer(found)
        if what == "cancel_redemption":
            return asking.cancel_redemption(self.page.redemption_grid.current_id())
        if what == "change_item":
            at = self.page.item_grid.current_id()
            return asking.item_change() if asking.rules.item(at) is not None else None
        made = getattr(asking, {"add_item": "item"}.get(what, what))()
        assert isinstance(made, QDialog)
        return made

    def book_ready(self) -> None:
        """Book everything whose path is at its end."""
        set_id = self.page.asking.rules.id
        self.page.workplace.write(
            "points.book_ready",
            lambda session: actions.book_ready(session, set_id=set_id),
            self.page.asking.show_left,
            said=said("入账"),
        )

    def file_evidence(self) -> None:
        """File the evidence files of the period in the archive."""
        set_id, period = self.page.asking.rules.id, self.page.period()
        self.page.workplace.write(
            "points.file_evidence",
            lambda session: actions.file_evidence(session, set_id=set_id, period=period),
            said=lambda many: f"已把{many}件依据材料归进档案盒，可以打印评分依据表和档案盒目录。",
        )

    def book(self) -> None:
        """Book the checked application."""
        found = self.page.application.row
        assert found is not None
        self.page.workplace.write(
            "points.book",
            lambda session: actions.book(session, application_id=found.id),
            said=lambda done: (
                f"已入账{done.number}，{signed(done.points, self.page.asking.rules.rules.decimals)}分。{done.why}"
            ),
        )

    def withdraw(self) -> None:
        """Take the application back."""
        found = self.page.application.row
        assert found is not None
        self.page.workplace.write(
            "points.withdraw_application",
            lambda session: actions.withdraw_application(session, application_id=found.id),
            said="申报已撤回。",
        )

    def drop_item(self) -> None:
        """Take the chosen item out of use."""
        item_id = self.page.item_grid.current_id()
        self.page.workplace.write(
            "points.drop_item",
            lambda session: actions.drop_item(session, item_id=item_id),
            said="已停用这个项目，记过的分不变。",
        )
