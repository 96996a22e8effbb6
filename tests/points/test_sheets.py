"""Every sheet of points by the name under which it prints: what stands on it, and the same bytes again."""

import dataclasses
import datetime as dt

import pytest

from tests.points.conftest import TODAY, Village
from tests.points.test_walls import give
from village_desk.desk.prints import PRINTS
from village_desk.paper.text import pages_text
from village_desk.points import actions, lookups, printout

EXPECTED = {
    "points-wall": ("东河村农户积分公示榜", "按组别和户号排列，不分名次。", "3三组张大山家50103"),
    "points-praise": ("东河村农户积分光荣榜", "张大山家", ""),
    "points-changes": ("东河村积分变动公示榜", "参加义务劳动：清扫+3", "本期新增2笔"),
    "points-scoring": ("东河村农户评分表", "评到自家和亲属家时请回避", "评议人签字（3）"),
    "points-slips": ("东河村积分告知单", "三组张大山家2026年", "由另外的人复核后答复"),
    "points-fairness": ("东河村积分公平报告", "没有依据的记录没有", "各组得到的加分"),
    "points-rules": ("东河村农户积分办法", "申报→另一人审核→入账", "不罚款"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sheet_prints_by_its_name(village: Village, name: str) -> None:
    give(village, "清扫", 张大山=3, 王强=7)
    made = next(each for each in PRINTS if each.name == name)
    with village.file.reading() as session:
        content = made.make(session, "农户").content
        assert made.make(session, "农户").content == content
    text = "".join("".join(pages_text(content)).split())
    for words in EXPECTED[name]:
        assert words in text, text


def test_the_receipt_and_the_posting_say_who_gets_what(village: Village) -> None:
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)

    with village.file.writing("points.change_rule_set") as session:
        rules = dataclasses.replace(found.rules, publish_days=5, masked=True)
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=rules)
        good = actions.add_good(session, set_id=village.set_id, name="毛巾", unit="条", price=5, source="gift", stock=9)
        made = actions.redeem(
            session,
            set_id=village.set_id,
            subject_id=village.households["李四"],
            wishes=((good, 2),),
            redeemed_on=TODAY,
            receiver="李四",
            signed=True,
        )
        one = actions.apply_for_points(
            session,
            set_id=village.set_id,
            item_id=village.items["H3"],
            subject_id=village.households["王强"],
            points=4,
            event="清淤",
            happened_on=dt.date(2026, 7, 12),
        )
        actions.check_application(
            session, application_id=one, verdict="agreed", checker_id=village.persons["李四"], checked_on=TODAY
        )
        receipt = printout.receipt(lookups.one_redemption(session, made), village="东河村", left=50)
        posting = printout.posting_sheet(lookups.posting_list(session, set_id=village.set_id))
    told = "".join("".join(pages_text(receipt)).split())
    assert "毛巾2条510合计10" in told
    assert "兑换后还可以兑50分" in told
    hung = "".join("".join(pages_text(posting)).split())
    assert "现公示5天" in hung
    assert "王强" not in hung
    assert "参加义务劳动：清淤+4" in hung


def test_every_item_stands_on_the_scoring_sheets_of_each_group(village: Village) -> None:
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
        who = lookups.subjects(session, found.subject)
    items = tuple(
        dataclasses.replace(
            found.items[2], id=str(number), item=dataclasses.replace(found.items[2].item, code=f"K{number:02d}")
        )
        for number in range(1, 20)
    )
    content = printout.scoring_sheets(found, who, items, village="东河村", words="2026年")
    texts = ["".join(each.split()) for each in pages_text(content)]
    # Three groups of one household each, and nineteen items on three sheets: seven, six and six.
    assert len(texts) == 9
    assert "一组第2张，共3张" in texts[1]
    for group in range(3):
        whole = "".join(texts[group * 3 : group * 3 + 3])
        assert all(f"K{number:02d}" in whole for number in range(1, 20))
    assert "K07" in texts[0]
    assert "K08" in texts[1]
