"""The places of the sidebar in their order; a page's module is imported when the place is first visited."""

import importlib
from dataclasses import dataclass

from village_desk.widgets.page import Page

VILLAGE, TOWNSHIP = "village", "township"


@dataclass(frozen=True)
class Place:
    """One entry of the sidebar and where its page is: `module` and the class name in it; `kinds` of files show it."""

    key: str
    title: str
    icon: str
    module: str
    page: str
    kinds: tuple[str, ...] = (VILLAGE,)

    def page_class(self) -> type[Page]:
        """Import the page; a page that cannot be imported is a bug and is told as one."""
        found = getattr(importlib.import_module(f"village_desk.{self.module}"), self.page)
        assert isinstance(found, type)
        assert issubclass(found, Page)
        return found


PLACES = (
    Place("today", "今天要办", "calendar-check", "desk.today_page", "TodayPage"),
    Place("people", "村民与组织", "users", "desk.people_page", "DeskPeoplePage"),
    Place("meetings", "会议", "messages-square", "meetings.page", "MeetingsPage"),
    Place("activities", "活动与志愿", "clock", "meetings.page.activities", "ActivitiesPage"),
    Place("decisions", "四议两公开", "list-checks", "decisions.page", "DecisionsPage"),
    Place("notices", "公开公示", "megaphone", "desk.notices_page", "DeskNoticesPage"),
    Place("plan", "年度计划", "calendar", "desk.plan_page", "DeskPlanPage"),
    Place("cases", "为民办事", "hand-helping", "registers.page.cases", "CasesPage"),
    Place("points", "积分", "award", "points.page", "PointsPage"),
    Place("assessments", "考评", "clipboard-check", "assessments.page", "AssessmentsPage"),
    Place("stars", "星级与四比", "shield-check", "assessments.page", "StarsPage"),
    Place("registers", "台账", "book-open", "desk.registers_page", "DeskRegistersPage"),
    Place("accounts", "财务公开", "wallet", "desk.accounts_page", "DeskAccountsPage"),
    Place("archive", "档案", "archive", "archive.page", "ArchivePage"),
    Place("stick", "上报", "usb", "desk.stick_page", "StickPage"),
    Place("township", "各村上报", "building-2", "township.page", "TownshipPage", (TOWNSHIP,)),
    Place("answers", "待答复", "messages-square", "township.page", "AnswersPage", (TOWNSHIP,)),
    Place("settings", "设置与备份", "settings", "desk.settings_page", "SettingsPage", (VILLAGE, TOWNSHIP)),
)
# Stands at the foot of the sidebar, apart from the rooms.
AT_THE_FOOT = frozenset({"settings"})


def places_of(kind: str) -> tuple[Place, ...]:
    """The places of a village's or a township's file."""
    return tuple(one for one in PLACES if kind in one.kinds)


def place(key: str) -> Place:
    """The place of that key."""
    return next(one for one in PLACES if one.key == key)
