"""A campaign (防汛一线): a tag on entries with a bonus of its own that holds between two dates."""

import dataclasses
import datetime as dt

import pytest

from tests.points.conftest import RULES, TODAY, Village
from village_desk.kit.errors import FileTrouble, NotAllowed
from village_desk.points import actions, lookups
from village_desk.points.rules.checks import check_frame
from village_desk.points.rules.reading import sets_in
from village_desk.points.rules.sets import Campaign

FLOOD = Campaign("防汛一线", dt.date(2026, 7, 1), dt.date(2026, 7, 20), 4)


@pytest.fixture
def flooded(village: Village) -> Village:
    """The village's set with a campaign of twenty days in July."""
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    with village.file.writing("points.change_rule_set") as session:
        rules = dataclasses.replace(found.rules, campaigns=(FLOOD,))
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=rules)
    return village


def apply(village: Village, code: str, points: int, day: int, campaign: str) -> str:
    with village.file.writing("points.apply_for_points") as session:
        return actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items[code],
            subject_id=village.households["张大山"],
            points=points,
            event="巡堤",
            happened_on=dt.date(2026, 7, day),
            evidence="值班表",
            campaign=campaign,
        )


@pytest.mark.covers("2-37")
def test_an_entry_of_the_campaign_gets_its_bonus_between_its_days(flooded: Village) -> None:
    inside = apply(flooded, "H3", 5, 20, "防汛一线")
    plain = apply(flooded, "H3", 5, 19, "")
    with pytest.raises(
        NotAllowed, match="专项行动“防汛一线”从2026年7月1日到2026年7月20日，2026年7月21日的事不能另加分。"
    ):
        apply(flooded, "H3", 5, 21, "防汛一线")
    with pytest.raises(NotAllowed, match="是扣分项，不能标专项行动"):
        apply(flooded, "H2", -1, 10, "防汛一线")
    with pytest.raises(NotAllowed, match="里没有专项行动“抗旱”"):
        apply(flooded, "H3", 5, 10, "抗旱")
    with flooded.file.writing("points.check_applications") as session:
        actions.check_applications(
            session,
            application_ids=(inside, plain),
            verdict="agreed",
            checker_id=flooded.persons["李四"],
            checked_on=TODAY,
        )
        actions.book_ready(session, set_id=flooded.set_id)
    with flooded.file.reading() as session:
        found = lookups.one_rule_set(session, flooded.set_id)
        card = lookups.card(session, set_id=flooded.set_id, subject_id=flooded.households["张大山"], period="2026")
    assert found.rules.campaigns == (FLOOD,)
    assert sorted((line.points, line.why) for line in card.entries) == [
        (5, ""),
        (9, "其中专项行动“防汛一线”另加4分。"),
    ]


def test_caps_hold_for_the_bonus_as_well(flooded: Village) -> None:
    made = apply(flooded, "H1", 5, 10, "防汛一线")
    with flooded.file.reading() as session:
        found = lookups.one_rule_set(session, flooded.set_id)
    item = found.item(flooded.items["H1"])
    assert item is not None
    with flooded.file.writing("points.change_item") as session:
        actions.change_item(session, item_id=item.id, seen=item.seen, item=dataclasses.replace(item.item, cap=6))
        actions.check_application(
            session, application_id=made, verdict="agreed", checker_id=flooded.persons["李四"], checked_on=TODAY
        )
        booked = actions.book(session, application_id=made)
    assert booked.points == 6
    assert booked.why == "其中专项行动“防汛一线”另加4分。“门前整洁”本期上限6分，已记0分，这次只记6分。"


@pytest.mark.parametrize(
    ("campaigns", "words"),
    [
        ((dataclasses.replace(FLOOD, name=" "),), "专项行动还没有名称。"),
        ((FLOOD, FLOOD), "专项行动“防汛一线”写了两次。"),
        ((dataclasses.replace(FLOOD, last=dt.date(2026, 6, 1)),), "截止日期早于开始日期"),
        ((dataclasses.replace(FLOOD, bonus=0),), "每笔另加的分数要大于0"),
        ((dataclasses.replace(FLOOD, name="上访户专项"),), "信访"),
    ],
)
def test_a_campaign_that_cannot_be_kept_is_refused(campaigns: tuple[Campaign, ...], words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        check_frame(dataclasses.replace(RULES, campaigns=campaigns))


def test_a_pack_brings_campaigns() -> None:
    head = '[[set]]\nname = "办法"\nsubject = "household"\nperiod = "year"\nblank = true\n'
    rows = '[[set.campaign]]\nname = "防汛一线"\nfirst = 2026-07-01\nlast = 2026-07-20\nbonus = 4\n'
    (found,) = sets_in(head + rows)
    assert found.campaigns == (FLOOD,)
    with pytest.raises(FileTrouble, match="《办法》的专项行动“bonus”一栏没有填每笔另加多少分"):
        sets_in(head + rows.replace("bonus = 4\n", ""))
    with pytest.raises(FileTrouble, match="“last”一栏没有填日期"):
        sets_in(head + rows.replace("last = 2026-07-20\n", ""))
