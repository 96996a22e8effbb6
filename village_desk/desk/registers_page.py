"""The page of registers as the window opens it: decisions of the room above can be chosen as what carries a project."""

from collections.abc import Sequence
from typing import Any

from village_desk.decisions.lookups import all_decisions
from village_desk.registers.page.entries import RegistersPage


class DeskRegistersPage(RegistersPage):
    """RegistersPage that finds decisions."""

    def find_decisions(self, session: Any) -> Sequence[str]:
        """Number and title of every decision."""
        return tuple(f"{one.number}　{one.title}" for one in all_decisions(session))
