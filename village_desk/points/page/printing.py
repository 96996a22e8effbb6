"""What the page of points prints; a printed list for the wall is kept, so that the next one says what is new."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_desk.points import actions, lookups, printout
from village_desk.points.rules.sets import period_words
from village_desk.widgets.preview import PreviewDialog
from village_desk.widgets.sheets import show_sheet

if TYPE_CHECKING:
    from village_desk.points.page.points import PointsPage

PRAISED = 10


class PointsPrinting:
    """Makes the sheets of the page in the background and shows them before they print."""

    def __init__(self, page: "PointsPage") -> None:
        self.page = page

    def make(self, what: str) -> None:
        """One of the sheets by name."""
        getattr(self, what)()

    def card(self) -> None:
        """The card of who is shown."""
        found = self.page.member.found
        if found is not None:
            self._show(f"{found.subject.name}积分卡（{found.period_words}）", lambda: printout.card(found))

    def wall(self) -> None:
        """公示榜 of the whole village."""
        self._wall("积分公示榜")

    def wall_groups(self) -> None:
        """公示榜, a sheet a group."""
        self._wall("积分公示榜（按组）", by_group=True)

    def praise(self) -> None:
        """光荣榜 of the best ten; those with the same sum included."""
        self._wall("积分光荣榜", praise=True)

    def changes(self) -> None:
        """变动榜 since the last list."""
        set_id, period = self._at()
        found = self.page.workplace.read(lambda s: lookups.changes_since(s, set_id=set_id, period=period))
        self._show(f"积分变动榜（{period_words(period)}）", lambda: printout.changes_list(found), keeps=True)

    def posting(self) -> None:
        """公示 of what is to be booked."""
        set_id, _ = self._at()
        found = self.page.workplace.read(lambda s: lookups.posting_list(s, set_id=set_id))
        self._show("积分公示", lambda: printout.posting_sheet(found))

    def slips(self) -> None:
        """A slip of A5 for each household or person, by group in house order."""
        set_id, period = self._at()
        rows = [row for row in self.page.standings.rows() if not row.exempt]
        cards = self.page.workplace.read(
            lambda s: [lookups.card(s, set_id=set_id, subject_id=row.id, period=period) for row in rows]
        )
        self._show(f"积分告知单（{period_words(period)}）", lambda: printout.slips(cards))

    def scoring(self) -> None:
        """Blank scoring sheets by group."""
        rules = self.page.asking.rules
        who = self.page.workplace.read(lambda s: lookups.subjects(s, rules.subject))
        village, words = self.page.village(), period_words(self.page.period())
        self._show("评分表", lambda: printout.scoring_sheets(rules, who, rules.items, village=village, words=words))

    def fairness(self) -> None:
        """公平报告."""
        set_id, period = self._at()
        found = self.page.workplace.read(lambda s: lookups.fairness(s, set_id=set_id, period=period))
        self._show(f"积分公平报告（{period_words(period)}）", lambda: printout.fairness_report(found))

    def evidence(self) -> None:
        """评分依据表, in the order of the box indexes."""
        set_id, period = self._at()
        found = self.page.workplace.read(lambda s: lookups.proof_list(s, set_id=set_id, period=period))
        self._show(f"评分依据表（{period_words(period)}）", lambda: printout.evidence_sheet(found))

    def receipt(self) -> None:
        """兑换单 of the exchange that is chosen."""
        at = self.page.redemption_grid.current_id()
        found = next((row for row in self.page.redemptions.rows() if row.id == at), None)
        if found is None:
            return
        set_id, _ = self._at()
        year = found.redeemed_on.year
        left = self.page.workplace.read(
            lambda s: lookups.spendable(s, set_id=set_id, subject_id=found.subject_id, year=year)
        )
        village = self.page.village()
        self._show(f"兑换单{found.number}", lambda: printout.receipt(found, village=village, left=left))

    def rule_book(self) -> None:
        """积分办法 for the wall."""
        rules, village = self.page.asking.rules, self.page.village()
        self._show(rules.name, lambda: printout.rule_book(rules, village=village))

    def _wall(self, name: str, *, by_group: bool = False, praise: bool = False) -> None:
        set_id, period = self._at()
        best = PRAISED if praise else 0
        found = self.page.workplace.read(lambda s: lookups.wall_list(s, set_id=set_id, period=period, praise=best))
        self._show(
            f"{name}（{period_words(period)}）",
            lambda: printout.wall_sheet(found, by_group=by_group, praise=praise),
            keeps=not praise,
        )

    def _at(self) -> tuple[str, str]:
        return self.page.asking.rules.id, self.page.period()

    def _show(self, name: str, make: Callable[[], bytes], *, keeps: bool = False) -> None:
        def show(dialog: PreviewDialog) -> None:
            if keeps:
                dialog.preview.printed.connect(self._keep)
            self.page.show_dialog(dialog)

        show_sheet(self.page.workplace, self.page, name, make, show)

    def _keep(self) -> None:
        set_id, period = self._at()
        new = self.page.workplace.read(lambda s: lookups.changes_since(s, set_id=set_id, period=period))
        if new.rows:
            self.page.workplace.write(
                "points.record_sheet", lambda session: actions.record_sheet(session, set_id=set_id, period=period)
            )
