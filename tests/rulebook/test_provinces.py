"""The packs of six provinces: chosen by the village, stricter beside the law, each with its own demands."""

import datetime as dt
from dataclasses import replace

import pytest

from village_desk.decisions.rules import CaseFacts, Mandate, StageFacts, judge_case
from village_desk.kit.resources import path
from village_desk.meetings.rules import Check, CheckState, Count, Headcount, MeetingFacts, VerdictState
from village_desk.rulebook.rules import Body, Rulebook, optional_packs, read_pack, shipped_packs

HELD = dt.date(2026, 3, 14)
OPENED = dt.date(2026, 3, 2)
VILLAGES = {
    "shandong": "370102001201",
    "zhejiang": "330102001201",
    "henan": "410102001201",
    "chongqing": "500102001201",
    "shanghai": "310112001201",
    "beijing": "110109001201",
}
STARTS = {
    "shandong": dt.date(2013, 1, 1),
    "zhejiang": dt.date(2020, 7, 31),
    "henan": dt.date(2011, 9, 1),
    "chongqing": dt.date(2013, 11, 1),
    "shanghai": dt.date(2020, 5, 14),
    "beijing": dt.date(2012, 11, 1),
}


def book(province: str) -> Rulebook:
    return Rulebook((*shipped_packs(), read_pack(path("packs", province, "village-meetings"))), VILLAGES[province])


def decided(province: str, *, matter: str = "M04", yes: int = 20, mandate: Mandate | None = None) -> list[Check]:
    heads = Headcount(37, 37, representatives=32, women_representatives=12)
    came = Headcount(30, 30, representatives=26, women_representatives=10)
    meeting = MeetingFacts(HELD, heads, came, Count(yes, 30 - yes, 0), HELD - dt.timedelta(days=12))
    rules = book(province)
    case = CaseFacts(
        matter,
        OPENED,
        rules.template("four_two", OPENED),
        (StageFacts(4, Body.REPRESENTATIVES, meeting=meeting, supervision_attended=True, township_signed=True),),
        dt.date(2026, 6, 30),
        stands_in=True,
        mandates=(mandate,) if mandate is not None else (),
    )
    return list(judge_case(rules, case).stage(4).verdict.checks)


def found(checks: list[Check], code: str) -> list[Check]:
    return [check for check in checks if check.code == code]


@pytest.mark.parametrize("province", VILLAGES)
def test_each_province_is_offered_to_its_own_villages_with_its_dates(province: str) -> None:
    assert {pack.issuer for pack in optional_packs(VILLAGES[province])} == {province}
    assert optional_packs("320924103205") == ()
    pack = read_pack(path("packs", province, "village-meetings"))
    assert pack.valid_from == STARTS[province]
    assert not any(pack.issuer == one.issuer for one in shipped_packs(samples=True))
    refs = [row.legal_ref for row in book(province).meeting_rule("representatives", HELD).rows]
    assert refs[0] == "村民委员会组织法第三十条"
    assert len(refs) == 2


def test_a_place_that_repeats_the_law_asks_for_nothing_twice() -> None:
    quorums = found(decided("henan"), "quorum")
    assert [check.legal_ref for check in quorums] == ["村民委员会组织法第三十条"]


def test_trap_11_provinces_want_scope_and_term_posting_and_filing_of_the_mandate() -> None:
    bare = Mandate(("M04",), dt.date(2026, 1, 20), title="授权决定")
    wanted = {
        "zhejiang": ["“授权决定”要写明授权期限，登记里没有。"],
        "chongqing": ["“授权决定”要写明授权期限，登记里没有。"],
        "shandong": [
            "“授权决定”要张榜公布，还没有登记公布日期。",
            "“授权决定”要报乡镇人民政府备案，还没有登记。",
        ],
        "beijing": ["“授权决定”要写进村民自治章程，登记里没有写明。"],
        "henan": [],
        "shanghai": [],
    }
    for province, sentences in wanted.items():
        checks = found(decided(province, mandate=bare), "mandate_form")
        assert [check.sentence for check in checks] == sentences
        assert {check.state for check in checks} <= {CheckState.TASK}
    whole = replace(
        bare,
        valid_to=dt.date(2028, 1, 1),
        posted_on=dt.date(2026, 1, 21),
        filed_on=dt.date(2026, 1, 25),
        in_charter=True,
    )
    assert all(not found(decided(province, mandate=whole), "mandate_form") for province in wanted)


def test_trap_11_without_a_mandate_the_material_goes_on_but_shandong_calls_the_decision_void() -> None:
    task = found(decided("shandong"), "mandate")[0]
    assert task.state is CheckState.TASK
    assert "没有授权的，代表会议的决定无效" in task.sentence
    assert task.legal_ref == "山东省实施村民委员会组织法办法第二十四条"
    assert "无效" not in found(decided("henan"), "mandate")[0].sentence


@pytest.mark.parametrize("province", ["zhejiang", "chongqing"])
def test_trap_10_what_representatives_cannot_agree_on_goes_to_the_villagers(province: str) -> None:
    majority = found(decided(province, yes=15), "majority")[0]
    assert majority.state is CheckState.REJECTED
    assert "要提交村民会议讨论决定，不要只按否决归档" in majority.next_act
    assert "村民会议" not in found(decided("henan", yes=15), "majority")[0].next_act


def test_zhejiang_asks_the_adviser_and_fifteen_days_of_comment_before_assets_are_let() -> None:
    assert found(decided("zhejiang"), "adviser")[0].sentence.startswith("重要事项要征询村法律顾问的意见")
    assert not found(decided("henan"), "adviser")
    comment = found(decided("zhejiang", matter="M11", yes=28), "comment")
    assert "要公开征求意见15天" in comment[0].sentence
    assert not found(decided("chongqing", matter="M11", yes=28), "comment")


def test_trap_9_shandong_needs_two_thirds_of_the_women_too() -> None:
    assert any("妇女代表12人，实到10人，三分之二以上是8人" in check.sentence for check in decided("shandong"))


def test_custom_rows_can_be_answered_for_by_a_person_and_the_law_cannot() -> None:
    rules = Rulebook(shipped_packs(), "320924103205")
    short = MeetingFacts(HELD, Headcount(9, 9), Headcount(4, 4), Count(4, 0, 0))
    law = MeetingFacts(HELD, Headcount(5, 5), Headcount(2, 2), Count(2, 0, 0))
    case = CaseFacts(
        "M04",
        OPENED,
        rules.template("four_two", OPENED),
        (StageFacts(1, Body.PARTY_COMMITTEE, meeting=law), StageFacts(2, Body.TWO_COMMITTEES, meeting=short)),
        HELD,
    )
    party, both = (judge_case(rules, case).stage(no).verdict for no in (1, 2))
    assert party.state is both.state is VerdictState.CANNOT_STAND
    assert [check.left_to_a_person for check in party.checks if check.state is CheckState.FAILS] == [False]
    failing = [check for check in both.checks if check.state is CheckState.FAILS and check.code == "quorum"]
    assert [check.left_to_a_person for check in failing] == [True]
