"""What of points hangs on the wall stands in the notices room too: drafts, objections, the duty of a closing."""

import dataclasses
import datetime as dt

import pytest

from tests.points.conftest import RULES, TODAY, Village
from tests.points.test_path import apply
from village_desk.kit.errors import NotAllowed
from village_desk.notices import actions as notices
from village_desk.notices.lookups import duties_about, notices_about, one_notice
from village_desk.notices.records import Notice
from village_desk.notices.rules.kinds import NoticeClass, NoticeKind
from village_desk.points import actions, lookups
from village_desk.points.records import PointClosing, PointObjection, PointPosting
from village_desk.points.rules.sets import Period


@pytest.fixture
def posted(village: Village) -> tuple[Village, str, str]:
    """A set with five days on the wall, an entry that was checked, and its posting of today."""
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    with village.file.writing("tests.furnish") as session:
        rules = dataclasses.replace(found.rules, publish_days=5, masked=True)
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=rules)
    made = apply(village)
    with village.file.writing("points.post_applications") as session:
        actions.check_application(
            session, application_id=made, verdict="agreed", checker_id=village.persons["李四"], checked_on=TODAY
        )
        sheet = actions.post_applications(session, set_id=village.set_id, posted_on=TODAY)
    return village, made, sheet


def test_a_list_on_the_wall_drafts_its_notice(posted: tuple[Village, str, str]) -> None:
    village, _, sheet = posted
    with village.file.reading() as session:
        [draft] = notices_about(session, source_room="points", source_id=sheet, on=TODAY)
        whole = one_notice(session, draft.id, on=TODAY)
        record = session.get_one(PointPosting, sheet)
    assert record.notice_id == draft.id
    assert (whole.row.kind, whole.row.item, whole.row.column) == (NoticeKind.OBJECTION, "points", NoticeClass.VILLAGE)
    assert whole.row.title == "东河村关于1笔积分的公示"
    assert "从2026年8月1日起公示5天。" in whole.body
    # Names are covered as the set says.
    assert "三组：张**家，门前整洁，+5分。" in whole.body or "三组：张*家，门前整洁，+5分。" in whole.body


def test_an_objection_stands_on_the_published_notice_and_is_answered_there(posted: tuple[Village, str, str]) -> None:
    village, made, sheet = posted
    with village.file.reading() as session:
        notice = session.get_one(PointPosting, sheet).notice_id
    with village.file.writing("tests.furnish") as session:
        session.get_one(Notice, notice).review_first = False
    with village.file.writing("notices.publish") as session:
        notices.publish(session, notice_id=notice, posting_from=TODAY)
        notices.post(session, notice_id=notice, posted_on=TODAY)
        raised = actions.raise_objection(
            session, application_id=made, raised_on=TODAY, raised_by="王强", words="那天没有人来"
        )
        actions.answer_objection(
            session,
            objection_id=raised,
            answered_on=TODAY,
            answered_by=(village.persons["王强"],),
            upheld=False,
            words="查看签到表，当天到场",
        )
    with village.file.reading() as session:
        assert session.get_one(PointObjection, raised).notice_objection_id
        [shown] = one_notice(session, notice, on=TODAY).objections
    assert (shown.raised_by, shown.words) == ("王强", "那天没有人来")
    assert shown.answer == "异议不成立：查看签到表，当天到场"


def test_an_objection_before_the_notice_is_published_stands_with_the_entry(posted: tuple[Village, str, str]) -> None:
    village, made, _ = posted
    with village.file.writing("points.raise_objection") as session:
        raised = actions.raise_objection(session, application_id=made, raised_on=TODAY, raised_by="", words="不对")
    with village.file.reading() as session:
        assert session.get_one(PointObjection, raised).notice_objection_id == ""
        assert lookups.one_application(session, made).stage_words == "有异议"


def test_closing_a_period_opens_the_duty_once_and_the_list_answers_it(village: Village) -> None:
    with village.file.writing("tests.furnish") as session:
        set_id = actions.add_rule_set(session, rules=dataclasses.replace(RULES, name="月办法", period=Period.MONTH))
        item = lookups.one_rule_set(session, set_id).items[2].id
        made = actions.apply_for_points(
            session,
            set_id=set_id,
            item_id=item,
            subject_id=village.households["张大山"],
            points=3,
            event="清淤",
            happened_on=dt.date(2026, 7, 12),
        )
        actions.check_application(
            session, application_id=made, verdict="agreed", checker_id=village.persons["李四"], checked_on=TODAY
        )
        actions.book(session, application_id=made)
    for _ in range(2):
        with village.file.writing("points.close_period") as session:
            actions.close_period(session, set_id=set_id, period="2026-07")
        with village.file.writing("points.reopen_period") as session:
            actions.reopen_period(session, set_id=set_id, period="2026-07", reason="漏记")
    with village.file.writing("points.close_period") as session:
        actions.close_period(session, set_id=set_id, period="2026-07")
        sheet = actions.record_sheet(session, set_id=set_id, period="2026-07")
    with village.file.reading() as session:
        assert session.query(PointClosing).count() == 5
        [duty] = duties_about(session, source_room="points", source_id=f"{set_id} 2026-07", on=TODAY)
        [draft] = notices_about(session, source_room="points", source_id=sheet, on=TODAY)
        whole = one_notice(session, draft.id, on=TODAY)
    assert duty.about == "《月办法》2026年7月积分结果"
    assert duty.notice_id == draft.id
    assert whole.row.kind is NoticeKind.PUBLICATION
    assert "张大山家，63分" in whole.body
    with village.file.writing("points.record_sheet") as session, pytest.raises(NotAllowed, match="没有新的记录"):
        actions.record_sheet(session, set_id=set_id, period="2026-07")
