"""The places of the sidebar in their order; a page's module is imported when the place is first visited."""

import importlib
from dataclasses import dataclass

from village_desk.widgets.page import Page


@dataclass(frozen=True)
class Place:
    """One entry of the sidebar and where its page is: `module` and the class name in it."""

    key: str
    title: str
    icon: str
    module: str
    page: str

    def page_class(self) -> type[Page]:
        """Import the page; a page that cannot be imported is a bug and is told as one."""
        found = getattr(importlib.import_module(f"village_desk.{self.module}"), self.page)
        assert isinstance(found, type)
        assert issubclass(found, Page)
        return found


PLACES = (
    Place("today", "今天要办", "calendar-check", "desk.today_page", "TodayPage"),
    Place("settings", "设置与备份", "settings", "desk.settings_page", "SettingsPage"),
)
# Stands at the foot of the sidebar, apart from the rooms.
AT_THE_FOOT = frozenset({"settings"})


def place(key: str) -> Place:
    """The place of that key."""
    return next(one for one in PLACES if one.key == key)
