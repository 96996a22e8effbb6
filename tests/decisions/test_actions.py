"""Cases in a real file: opened, held, voted, published; facts kept, consequences refused."""

import datetime as dt
from typing import Any

import pytest

from tests.decisions.desk import OPENED, day, do, four_meetings, held, opened, posted, read
from village_desk.decisions import actions
from village_desk.decisions.lookups import (
    all_decisions,
    decision_numbered,
    holds_both_posts,
    mandates,
    one_decision,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings import actions as meetings
from village_desk.meetings.rules import VerdictState
from village_desk.notices import actions as notices
from village_desk.notices.lookups import one_notice, open_duties
from village_desk.people import actions as people
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.store.file import VillageFile


def test_a_case_begins_with_number_template_and_a_first_step(village: VillageFile) -> None:
    first, second = opened(village), opened(village, title="添置路灯")
    detail = read(village, first)
    assert (detail.row.number, read(village, second).row.number) == ("〔2026〕1号", "〔2026〕2号")
    assert (detail.template_name, detail.law_version) == ("四议两公开", "2025修订")
    assert [stage.template.name for stage in detail.stages] == [
        "村党组织提议", "村“两委”会议商议", "党员大会审议", "村民会议或村民代表会议决议", "决议公开", "实施结果公开",
    ]  # fmt: skip
    assert (detail.row.step, detail.row.step_name, detail.row.verdict) == (1, "村党组织提议", VerdictState.OPEN)


def test_trap_1_a_case_of_2025_keeps_the_articles_of_its_day(village: VillageFile) -> None:
    detail = read(village, opened(village, opened_on=dt.date(2025, 12, 20)))
    assert detail.law_version == "2018修正"
    assert detail.stage(5).template.legal_ref == "村民委员会组织法第三十条"


def test_trap_16_relief_gets_no_case_and_nothing_is_left(village: VillageFile) -> None:
    before = village.digest()
    with pytest.raises(NotAllowed, match="不由村里投票决定"):
        opened(village, matter_code="M13", title="低保名单")
    assert village.digest() == before
    assert opened(village)
    assert read(village, opened(village)).row.number == "〔2026〕2号"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": "  "}, "还没有名称"),
        ({"amount_fen": -1}, "不能是负数"),
        ({"motion_source": "梦见的"}, "动议事由里没有"),
    ],
)
def test_a_case_that_cannot_be_opened_is_told_why(village: VillageFile, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(NotAllowed, match=said):
        opened(village, **wrong)


@pytest.mark.covers("1-19")
def test_a_matter_goes_through_its_six_steps(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    with village.reading() as session:
        duties = open_duties(session, on=village.today)
    assert [(duty.item, duty.about, duty.due_on) for duty in duties] == [
        ("resolution", "“村东排水渠修缮”的决议", day(3, 21))
    ]
    notice_id = posted(village, decision_id, 5, day(3, 16))
    do(village, actions.note_opinion, decision_id=decision_id, no=5, opinion="程序合规", by="李建国")
    detail = read(village, decision_id)
    assert detail.stage(5).verdict.state is VerdictState.STANDS
    assert detail.stage(5).notice is not None
    with village.reading() as session:
        sheet = one_notice(session, notice_id, on=village.today)
    assert "应到37人，实到29人，以举手表决方式表决“村东排水渠修缮”，同意26票、反对3票、弃权0票，表决通过" in sheet.body
    assert "修缮村东排水渠600米" in sheet.body
    assert ("2026年3月14日村民代表会议决议", "村民委员会组织法第三十条") in sheet.grounds
    posted(village, decision_id, 6, day(5, 20), result="已于5月15日完工，使用资金45,800.00元，验收合格。")
    done = read(village, decision_id)
    assert (done.row.verdict, done.row.step) == (VerdictState.STANDS, 0)
    assert done.stage(6).content.startswith("已于5月15日完工")


def test_a_resolution_that_does_not_stand_cannot_be_drafted(village: VillageFile) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    held(village, decision_id, 3, day(3, 9), "1-40", 21)
    before = village.digest()
    with pytest.raises(NotAllowed) as caught:
        do(village, actions.draft_step_notice, decision_id=decision_id, no=5)
    assert caught.value.message.startswith("第3步“党员大会审议”还不成立，决议不能公开。")
    assert village.digest() == before
    with village.reading() as session:
        assert open_duties(session, on=village.today) == ()


def test_a_skipped_step_is_kept_as_a_fact_with_its_consequence(village: VillageFile) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    assert held(village, decision_id, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.CANNOT_STAND
    detail = read(village, decision_id)
    assert "第2步" in detail.stage(4).verdict.sentence
    assert detail.stage(4).motion is not None
    assert detail.stage(4).meeting is not None


def test_a_rejected_step_can_be_held_again(village: VillageFile) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    assert held(village, decision_id, 3, day(3, 9), "1-40", 21) is VerdictState.REJECTED
    assert held(village, decision_id, 3, day(3, 20), "1-45", 40) is VerdictState.STANDS
    stage = read(village, decision_id).stage(3)
    assert (stage.attempt, stage.day) == (2, day(3, 20))


def test_a_plan_that_changes_after_its_vote_voids_the_resolution(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    detail = read(village, decision_id)
    version = do(
        village, actions.change_plan, decision_id=decision_id, seen=detail.seen, title=detail.row.title,
        plan="改为修缮900米。", motion_source=detail.motion_source, proposer="", amount_fen=None, opened_on=OPENED,
    )  # fmt: skip
    assert version == 2
    after = read(village, decision_id)
    assert after.stage(4).verdict.state is VerdictState.CANNOT_STAND
    assert "表决的是第1稿，现在的方案是第2稿" in after.stage(4).verdict.sentence
    motion = after.stage(4).motion
    assert motion is not None
    assert motion.text == "修缮村东排水渠600米，汛期前完工。"


def test_a_plan_that_changes_before_the_vote_is_carried_to_the_meeting(village: VillageFile) -> None:
    decision_id = opened(village)
    do(village, actions.hold_step, decision_id=decision_id, no=4, held_on=day(3, 14), body="representatives")
    detail = read(village, decision_id)
    do(
        village, actions.change_plan, decision_id=decision_id, seen=detail.seen, title="村东排水渠修缮（一期）",
        plan="改为修缮900米。", motion_source="", proposer="", amount_fen=None, opened_on=OPENED,
    )  # fmt: skip
    stage = read(village, decision_id).stage(4)
    assert stage.motion is not None
    assert (stage.motion.title, stage.motion.text) == ("村东排水渠修缮（一期）", "改为修缮900米。")
    assert "text" not in [check.code for check in stage.verdict.checks]


def test_trap_12_one_meeting_for_two_steps_when_one_person_holds_both_posts(village: VillageFile) -> None:
    with village.reading() as session:
        assert not holds_both_posts(session, OPENED)
        secretary = next(post for post in posts_of_role(session, "secretary"))
    with village.writing("people.end_post") as session:
        chair = next(post for post in posts_of_role(session, "chair"))
        people.end_post(session, post_id=chair.id, on=day(2, 1), why="辞职")
        deputy = next(post for post in posts_of_role(session, "branch_member") if post.person_id == chair.person_id)
        people.end_post(session, post_id=deputy.id, on=day(2, 1), why="辞职")
        people.appoint(
            session, person_id=secretary.person_id, role="chair", from_on=day(2, 1), despite="经补选，不是近亲属"
        )
    decision_id = opened(village)
    assert read(village, decision_id).one_shoulder
    assert held(village, decision_id, 1, day(3, 5), "1-6", 6, merged=True) is VerdictState.STANDS
    detail = read(village, decision_id)
    assert [detail.stage(no).verdict.state for no in (1, 2)] == [VerdictState.STANDS] * 2
    assert detail.stage(1).meeting == detail.stage(2).meeting
    assert detail.row.step == 3


def posts_of_role(session: Any, role: str) -> list[Any]:
    from sqlalchemy import select

    from village_desk.people.records import Post

    return list(session.scalars(select(Post).where(Post.role == role, Post.ended_on.is_(None))))


def test_trap_11_mandates_are_registered_and_checked(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    assert "mandate" in [task.code for task in read(village, decision_id).stage(4).verdict.tasks]
    do(
        village, actions.register_mandate, title="", matter_codes=("M04", "M01"), granted_on=day(1, 20),
        valid_to=dt.date(2026, 12, 31), basis="2026年村民会议决议第二项",
    )  # fmt: skip
    assert read(village, decision_id).stage(4).verdict.tasks != ()
    assert "mandate" not in [task.code for task in read(village, decision_id).stage(4).verdict.tasks]
    with village.reading() as session:
        found = mandates(session)
    assert [(row.title, row.matters) for row in found] == [
        ("2026年村民会议授权决定", "村庄规划、建设和年度计划、公益事业立项和建设承包")
    ]
    do(village, actions.withdraw_mandate, mandate_id=found[0].id)
    with pytest.raises(NotAllowed, match="还没有选事项"):
        do(village, actions.register_mandate, title="", matter_codes=(), granted_on=day(1, 20))
    with pytest.raises(NotFound):
        do(village, actions.register_mandate, title="", matter_codes=("M77",), granted_on=day(1, 20))


def test_trap_2_a_wrong_body_is_kept_and_told_the_right_one(village: VillageFile) -> None:
    decision_id = opened(village, matter_code="M10", title="征地补偿费分配")
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    held(village, decision_id, 3, day(3, 9), "1-40", 35)
    assert held(village, decision_id, 4, day(3, 14), "1-29", 26, body="representatives") is VerdictState.CANNOT_STAND
    verdict = read(village, decision_id).stage(4).verdict
    assert verdict.next_act == "请另开集体经济组织成员大会。"


def test_trap_3_standing_in_for_the_collective_takes_the_two_thirds_row(village: VillageFile) -> None:
    decision_id = opened(village, matter_code="M07", title="年度收益分配", stands_in=True)
    do(village, actions.hold_step, decision_id=decision_id, no=4, held_on=day(3, 14), body="villagers")
    meeting = read(village, decision_id).stage(4).meeting
    assert meeting is not None
    assert meeting.rule_kind == "stand_in_villagers"
    assert "第六十四条" in meeting.legal_refs[0]


def test_a_case_that_was_taken_back_goes_no_further_until_it_is_taken_up_again(village: VillageFile) -> None:
    decision_id = opened(village)
    with pytest.raises(NotAllowed, match="写明原因"):
        do(village, actions.withdraw_decision, decision_id=decision_id, reason="")
    do(village, actions.withdraw_decision, decision_id=decision_id, reason="资金没有落实")
    assert read(village, decision_id).row.words == "已撤回：资金没有落实"
    with pytest.raises(NotAllowed, match="已经撤回"):
        do(village, actions.hold_step, decision_id=decision_id, no=1, held_on=day(3, 3))
    do(village, actions.reopen_decision, decision_id=decision_id)
    do(village, actions.hold_step, decision_id=decision_id, no=1, held_on=day(3, 3))


def test_steps_that_do_not_fit_are_told(village: VillageFile) -> None:
    decision_id = opened(village)
    for no, said in ((5, "不是会议"), (9, "没有第9步")):
        with pytest.raises(NotAllowed, match=said):
            do(village, actions.hold_step, decision_id=decision_id, no=no, held_on=day(3, 3))
    with pytest.raises(NotAllowed, match="由哪个会议决定"):
        do(village, actions.hold_step, decision_id=decision_id, no=4, held_on=day(3, 3))
    with pytest.raises(NotAllowed, match="还没有登记开会"):
        do(village, actions.record_step_vote, decision_id=decision_id, no=1, yes=1, no_votes=0, abstain=0)
    with pytest.raises(NotAllowed, match="不是公开"):
        do(village, actions.draft_step_notice, decision_id=decision_id, no=3)
    with pytest.raises(NotFound, match="找不到这件议题"):
        read(village, "gone")


def test_a_wrong_count_of_a_step_is_put_right_and_the_case_follows(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    verdict = do(
        village,
        actions.correct_step_vote,
        decision_id=decision_id,
        no=4,
        reason="计票单看错",
        yes=14,
        no_votes=15,
        abstain=0,
    )
    assert verdict.state is VerdictState.REJECTED
    assert read(village, decision_id).row.verdict is VerdictState.REJECTED
    with pytest.raises(NotAllowed, match="还不成立"):
        do(village, actions.draft_step_notice, decision_id=decision_id, no=5)


def test_a_sheet_torn_on_the_fourth_day_opens_the_step_again(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    posted(village, decision_id, 5, day(3, 16))
    with village.writing("notices.record_damage") as session:
        link = one_decision(session, decision_id).stage(5).notice
        assert link is not None
        board = one_notice(session, link.id, on=village.today).boards[0]
        notices.record_damage(session, posting_id=board.posting_id, found_on=day(3, 20), kind="torn")
    verdict = read(village, decision_id).stage(5).verdict
    assert verdict.state is VerdictState.CANNOT_STAND
    assert verdict.sentence == "3月16日贴出，贴了4天就不在栏上了，规定15天，还差11天。"


def test_a_motion_can_be_corrected_through_the_meetings_room_as_well(village: VillageFile) -> None:
    decision_id = opened(village)
    do(village, actions.hold_step, decision_id=decision_id, no=1, held_on=day(3, 3))
    stage = read(village, decision_id).stage(1)
    assert stage.motion is not None
    assert stage.meeting is not None
    do(village, meetings.sign_in, meeting_id=stage.meeting.row.id, serial_numbers="1-4")
    do(village, meetings.record_vote, motion_id=stage.motion.id, yes=4, no=0, abstain=0)
    assert read(village, decision_id).stage(1).done


def test_the_list_puts_open_cases_first_and_numbers_lead_to_them(village: VillageFile) -> None:
    first = opened(village)
    second = opened(village, title="添置路灯")
    do(village, actions.withdraw_decision, decision_id=first, reason="重复")
    with village.reading() as session:
        assert [row.id for row in all_decisions(session)] == [second, first]
        assert decision_numbered(session, "〔2026〕2号") == second
        assert decision_numbered(session, "2026-1") == first
        assert decision_numbered(session, "2") == second
        with pytest.raises(NotFound, match="没有编号"):
            decision_numbered(session, "〔2026〕9号")


def test_the_case_is_the_same_after_rebuilding_the_file(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    before, detail = village.digest(), read(village, decision_id)
    village.rebuild()
    assert village.digest() == before
    assert read(village, decision_id) == detail


def test_the_county_stay_that_was_installed_holds_for_the_sheet_too(village: VillageFile) -> None:
    decision_id = opened(village)
    before = read(village, decision_id).stage(5).posted_today
    assert before is not None
    assert before.last_day == day(7, 15)
    with village.writing("rulebook.install_shipped_pack") as session:
        install_shipped_pack(session, issuer="sample-county", pack="decision-rules")
    after = read(village, decision_id).stage(5).posted_today
    assert after is not None
    assert after.last_day == day(7, 20)
    four_meetings(village, decision_id)
    posted(village, decision_id, 5, day(3, 16))
    link = read(village, decision_id).stage(5).notice
    assert link is not None
    assert link.last_day == day(4, 7)  # twenty days end on Sunday 5 April, and the Qingming holiday lasts to the 6th


def test_trap_23_the_body_that_decided_issues_the_sheet(village: VillageFile) -> None:
    by_village = opened(village)
    four_meetings(village, by_village)
    by_collective = opened(village, matter_code="M07", title="年度收益分配")
    held(village, by_collective, 1, day(3, 3), "1-4", 4)
    held(village, by_collective, 2, day(3, 5), "1-8", 8)
    held(village, by_collective, 3, day(3, 9), "1-40", 35)
    held(village, by_collective, 4, day(3, 20), "1-100", 90, body="collective_members")
    with pytest.raises(NotAllowed, match="成员名册"):
        do(village, actions.draft_step_notice, decision_id=by_collective, no=5)
    do(village, actions.judge_step, decision_id=by_collective, no=4, code="roll", reason="已对照成员名册", by="杨丽")
    sheets = [do(village, actions.draft_step_notice, decision_id=one, no=5) for one in (by_village, by_collective)]
    with village.reading() as session:
        issuers = [one_notice(session, sheet, on=village.today).row.issuer_words for sheet in sheets]
    assert issuers == ["村民委员会", "农村集体经济组织"]


def test_what_is_left_to_a_person_is_decided_by_a_name_and_a_reason(village: VillageFile) -> None:
    decision_id = opened(village, matter_code="M02", title="修订村规民约")
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    held(village, decision_id, 3, day(3, 9), "1-40", 35)
    do(
        village, actions.hold_step, decision_id=decision_id, no=4, held_on=day(3, 14), called_on=day(3, 10),
        body="villagers", special_reason="防汛转移",
    )  # fmt: skip
    do(village, actions.sign_in_step, decision_id=decision_id, no=4, serial_numbers="1-100")
    do(village, actions.record_step_vote, decision_id=decision_id, no=4, yes=90, no_votes=10, abstain=0)
    assert read(village, decision_id).stage(4).verdict.state is VerdictState.PERSON_MUST_JUDGE
    with village.reading() as session:
        assert open_duties(session, on=village.today) == ()
    with pytest.raises(NotAllowed, match="写明理由和认定人"):
        do(village, actions.judge_step, decision_id=decision_id, no=4, code="notice", reason="", by="赵敏")
    do(village, actions.judge_step, decision_id=decision_id, no=4, code="notice", reason="汛情属实", by="包村干部赵敏")
    stage = read(village, decision_id).stage(4)
    assert stage.verdict.state is VerdictState.STANDS
    assert any(check.sentence.endswith("包村干部赵敏认定可以：汛情属实。") for check in stage.verdict.checks)
    with village.reading() as session:
        assert [duty.item for duty in open_duties(session, on=village.today)] == ["resolution"]


def test_what_the_law_decides_is_open_to_no_judgement(village: VillageFile) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1", 1)
    before = village.digest()
    for code in ("quorum", "majority", "order"):
        with pytest.raises(NotAllowed, match="没有要人来认定的这一项"):
            do(village, actions.judge_step, decision_id=decision_id, no=1, code=code, reason="就这样", by="某人")
    assert village.digest() == before
