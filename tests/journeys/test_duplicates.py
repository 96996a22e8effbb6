"""Scenario 12 through the real window: two entries are merged, and taken apart again everything is where it was."""

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot

from tests.journeys.hands import LEFT, answer, dialog_of, settle
from village_desk.desk.window import DeskWindow
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups.attendance import attendance_year
from village_desk.notices.lookups import reviewers
from village_desk.people import actions, lookups
from village_desk.people.page import PeoplePage
from village_desk.people.page.duplicates import MergeDialog
from village_desk.people.page.people import DOUBLES, REGISTER
from village_desk.points import actions as points
from village_desk.points.lookups import all_rule_sets, standings
from village_desk.points.rules.sets import Area, Item, Often, Period, RuleSet, SubjectKind
from village_desk.store.file import VillageFile

Facts = dict[str, object]
RULES = RuleSet(
    "党员积分办法",
    SubjectKind.PARTY_MEMBER,
    Period.YEAR,
    (Item("D1", "参加活动", "参加义务劳动", 1, 10, Often.EVENT, evidence_needed=False),),
    (Area("参加活动"),),
    used_for="评先评优参考",
)


@pytest.fixture
def entries(empty_window: DeskWindow) -> tuple[str, str]:
    """One man, entered twice by two rosters: with a post, a meeting and points each."""
    file = empty_window.file
    today = file.today
    with file.writing("people.test") as session:
        actions.set_up_bodies(session)
        home = actions.add_household(session, number="12", group_name="三组")
        first = actions.add_person(
            session, name="单建伟", birth="1968-03-05", household_id=home, relation="户主", phone="13812345678"
        )
        second = actions.add_person(session, name="单建伟", birth="1968-03-05", group_name="三组")
        for one in (first, second):
            actions.add_party_member(session, person_id=one, full_on=dt.date(2000, 7, 1))
        actions.appoint(session, person_id=second, role="supervision_head", from_on=today - dt.timedelta(days=90))
        actions.appoint(session, person_id=first, role="representative", from_on=today - dt.timedelta(days=90))
    with file.writing("meetings.test") as session:
        held = today - dt.timedelta(days=10)
        meeting = meetings.call_meeting(session, title="党员大会", body="party_members", held_on=held, called_on=held)
        meetings.count_roll(session, meeting_id=meeting)
        meetings.sign_in(session, meeting_id=meeting, serial_numbers="1-2")
    with file.writing("points.test") as session:
        found = points.add_rule_set(session, rules=RULES)
        sums = (points.OpeningSum(first, 30), points.OpeningSum(second, 12))
        points.take_over_sums(session, set_id=found, on=today, rows=sums, source="旧台账")
    return first, second


def facts(file: VillageFile, entries: tuple[str, str]) -> Facts:
    """Everything that hangs on the two entries, as the lookups tell it."""
    year = file.today.year
    with file.reading() as session:
        (rules,) = all_rule_sets(session)
        return {
            "listed": sorted(row.id for row in lookups.find_people(session, "单建伟")),
            "posts": [sorted(post.role_words for post in lookups.posts_of(session, one)) for one in entries],
            "attendance": sorted((row.id, row.due, row.came) for row in attendance_year(session, year=year)),
            "signs notices": [one for one, _ in reviewers(session, on=file.today)],
            "members": sorted(row.id for row in lookups.party_members(session)),
            "points": sorted((row.id, row.points) for row in standings(session, set_id=rules.id, period=str(year))),
        }


def test_a_merge_brings_everything_together_and_its_undoing_gives_it_back(
    qtbot: QtBot, empty_window: DeskWindow, entries: tuple[str, str]
) -> None:
    window, (kept, gone) = empty_window, entries
    before = facts(window.file, entries)
    assert before["attendance"] == sorted([(kept, 1, 1), (gone, 1, 1)])
    assert before["points"] == sorted([(kept, 30), (gone, 12)])
    assert before["signs notices"] == [gone]

    # The desk found the pair by itself and says why; the fuller entry is offered as the one to keep.
    window.go("people")
    page = window.page
    assert isinstance(page, PeoplePage)
    page.show_tab(DOUBLES)
    assert page.doubles.figures.text() == "1对可能是同一个人"
    pair = page.doubles.current()
    assert pair is not None
    assert pair.reasons == ("姓名和出生日期相同",)
    qtbot.mouseClick(page.doubles.merge, LEFT)
    dialog = dialog_of(MergeDialog)
    assert dialog.answer()[:2] == (gone, kept)
    answer(qtbot, window, dialog)
    assert "随时拆开" in window.notice.words.text()
    assert page.doubles.table.rowCount() == 0

    # One man with both posts, both meetings, all points, and he signs the notices.
    assert facts(window.file, entries) == {
        "listed": [kept],
        "posts": [["村务监督委员会主任", "村民代表"]] * 2,
        "attendance": [(kept, 2, 2)],
        "signs notices": [kept],
        "members": [kept],
        "points": [(kept, 42)],
    }
    page.show_tab(REGISTER)
    page.register.filter.setText("sjw")
    qtbot.waitUntil(lambda: page.register.table.rowCount() == 1)
    assert page.register.table.row(0).name == "单建伟"

    # Taken apart by one press, each has what was his.
    page.show_tab(DOUBLES)
    page.doubles.merges_grid.enter()
    qtbot.mouseClick(page.doubles.unmerge, LEFT)
    settle(qtbot, window)
    assert facts(window.file, entries) == before
    assert page.doubles.figures.text() == "1对可能是同一个人"

    # And two who really are two are not asked about again.
    qtbot.mouseClick(page.doubles.apart, LEFT)
    settle(qtbot, window)
    assert page.doubles.figures.text() == "没有发现重复的人"
    assert facts(window.file, entries) == before
