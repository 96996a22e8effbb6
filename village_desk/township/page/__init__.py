"""The township's window: what its villages bring, and what they ask of it."""

from village_desk.township.page.answers import AnswersPage
from village_desk.township.page.villages import TownshipPage

__all__ = ["AnswersPage", "TownshipPage"]
