"""What the dialogs of the page of points are filled with: people, subjects, items, what waits."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from village_desk.kit.text import short_date
from village_desk.points import actions, lookups
from village_desk.points.dialogs import LeftDialog
from village_desk.points.lookups import ApplicationRow, RuleSetRow
from village_desk.points.rules.entries import Stage
from village_desk.points.rules.numbers import points_typed, shown, signed
from village_desk.points.rules.sets import Per
from village_desk.points.table import item_words
from village_desk.widgets.fields import Choice

if TYPE_CHECKING:
    from village_desk.points.page.points import PointsPage


class AskingParts:
    """What the dialogs of the page of points are filled with: people, subjects, items, what waits."""

    def __init__(self, page: "PointsPage") -> None:
        self.page = page

    @property
    def rules(self) -> RuleSetRow:
        """The set at hand."""
        assert self.page.rules is not None
        return self.page.rules

    @property
    def today(self) -> dt.date:
        """The confirmed day."""
        return self.page.today()

    def people(self) -> tuple[Choice, ...]:
        """Everybody who can apply or judge."""
        today = self.today
        return self.page.workplace.read(lambda session: lookups.candidates(session, on=today))

    def subjects(self) -> list[Choice]:
        """Everybody whom the set scores."""
        kind = self.rules.subject
        found = self.page.workplace.read(lambda session: lookups.subjects(session, kind))
        return [(each.id, f"{each.group} {each.name}".strip()) for each in found]

    def items(self, *, per_hour: bool | None = None) -> list[Choice]:
        """The items of the set."""
        decimals = self.rules.rules.decimals
        return [
            (each.id, item_words(each, decimals))
            for each in self.rules.items
            if per_hour is None or (each.item.per is Per.HOUR) is per_hour
        ]

    def campaigns(self) -> list[Choice]:
        """The campaigns of the set."""
        decimals = self.rules.rules.decimals
        return [
            (
                one.name,
                f"{one.name}（{short_date(one.first)}至{short_date(one.last)}，另加{shown(one.bonus, decimals)}分）",
            )
            for one in self.rules.rules.campaigns
        ]

    def waiting(self, *stages: Stage) -> list[ApplicationRow]:
        """The applications of the set that stand at one of these stages."""
        set_id = self.rules.id
        rows = self.page.workplace.read(lambda s: lookups.applications(s, set_id=set_id, open_only=True))
        return [row for row in rows if not stages or row.stage in stages]

    def read_points(self, typed: str) -> int:
        """Points as the set keeps them."""
        return points_typed(typed, self.rules.rules.decimals)

    def lines(self, rows: list[ApplicationRow]) -> list[Choice]:
        """Applications as lines to tick."""
        return [
            (
                row.id,
                f"{row.group} {row.subject}：{row.item}（{row.event}）{signed(row.points, row.decimals)}分".strip(),
            )
            for row in rows
        ]

    def show_left(self, done: actions.Many) -> None:
        """List what was left of an act on many; one sentence alone stands in the line below already."""
        if len(done.left) > 1:
            self.page.show_dialog(LeftDialog(len(done.done), done.left, self.page))


def said(what: str) -> Callable[[actions.Many], str]:
    """How many went through, and the first that did not."""

    def words(done: actions.Many) -> str:
        more = (
            f"还有{len(done.left)}笔没办成{f'：{done.left[0]}' if len(done.left) == 1 else '。'}" if done.left else ""
        )
        return f"{what}了{len(done.done)}笔。{more}"

    return words
