"""The place of notices and duties in the window."""

from village_desk.notices.page.notices import NoticesPage

__all__ = ["NoticesPage"]
