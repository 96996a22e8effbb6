"""The place of notices and duties in the window."""

from village_desk.notices.page.notices import NoticesPage
from village_desk.notices.page.plan import PlanPage

__all__ = ["NoticesPage", "PlanPage"]
