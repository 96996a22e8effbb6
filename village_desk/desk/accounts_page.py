"""The page of accounts as the window opens it: decisions of the room above can be chosen as what carries a record."""

from collections.abc import Sequence
from typing import Any

from village_desk.accounts.page import AccountsPage
from village_desk.decisions.lookups import all_decisions


class DeskAccountsPage(AccountsPage):
    """AccountsPage that finds decisions."""

    def find_decisions(self, session: Any) -> Sequence[tuple[str, str, str]]:
        """Every decision: its id, its number, its title."""
        return tuple((one.id, one.number, one.title) for one in all_decisions(session))
