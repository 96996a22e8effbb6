"""The place of the published accounts in the window."""

from village_desk.accounts.page.accounts import AccountsPage

__all__ = ["AccountsPage"]
