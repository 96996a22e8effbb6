"""Everything that the page of points asks."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QDialog

from village_desk.points import lookups
from village_desk.points.page.applying import ApplyingAsks
from village_desk.points.page.closing import ClosingAsks
from village_desk.points.page.entries import EntryAsks
from village_desk.points.page.exchanging import ExchangeAsks
from village_desk.points.page.judging import JudgingAsks
from village_desk.points.page.schemes import SchemeAsks
from village_desk.points.page.sources import SourceAsks
from village_desk.points.rules.sets import SHEET_ITEMS
from village_desk.widgets.dialogs import AskDialog


class PointsAsking(EntryAsks, ApplyingAsks, SourceAsks, JudgingAsks, ClosingAsks, ExchangeAsks, SchemeAsks):
    """Makes the dialogs of the page; each writes one act when it is answered."""

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
        kind = self.rules.subject
        who = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        yield "sheet_rows", self.sheet(who[:12], self.rules.items[:SHEET_ITEMS], "第1张")
