"""Meetings in a real file: the roll counted from the posts, facts kept as they were, sums refused."""

import datetime as dt

import pytest

from tests.meetings.desk import HELD, called, do, read, with_motion
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings import actions
from village_desk.meetings.lookups import all_meetings, one_meeting
from village_desk.meetings.rules import MeetingState, VerdictState
from village_desk.people import actions as people
from village_desk.people.records import Person
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, StoreOperator


def operations(file: VillageFile) -> str:
    return file.digest()


def test_trap_6_the_representatives_meeting_counts_committee_and_representatives(village: VillageFile) -> None:
    meeting_id = called(village)
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 37
    roll = read(village, meeting_id).roll
    assert [row.serial for row in roll] == list(range(1, 38))
    assert sum(row.representative for row in roll) == 32
    assert roll[0].basis == "村民委员会主任"


def test_trap_5_probationary_members_are_on_the_roll_without_a_vote(village: VillageFile) -> None:
    meeting_id = called(village, "party_members")
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 58
    roll = read(village, meeting_id).roll
    assert len(roll) == 60
    assert [row.basis for row in roll if not row.votes] == ["预备党员，列席没有表决权"] * 2


def test_the_roll_is_of_the_meetings_own_day_and_stays_as_it_was_counted(village: VillageFile) -> None:
    early = called(village, held_on=dt.date(2024, 1, 9))
    assert do(village, actions.count_roll, meeting_id=early) == 0
    meeting_id, _ = with_motion(village)
    with village.writing("people.record_death") as session:
        person = session.get(Person, read(village, meeting_id).roll[36].id)
        assert person is not None
        people.record_death(session, person_id=person.id, on=dt.date(2026, 6, 1))
    assert len(read(village, meeting_id).roll) == 37
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 36
    assert read(village, meeting_id).row.present == 29


def test_a_vote_that_stands_freezes_its_text(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=26, no=1, abstain=2)
    assert verdict.state is VerdictState.STANDS
    assert verdict.sentence == ("村民代表会议应到37人，实到29人，同意26票、反对1票、弃权2票，表决通过。")
    motion = read(village, meeting_id).motions[0]
    assert motion.final
    with pytest.raises(NotAllowed, match="决议文字不能再改"):
        do(village, actions.change_motion, motion_id=motion_id, seen=motion.seen, title="别的", text="别的")
    assert read(village, meeting_id).motions[0].text == "硬化三组道路1200米。"


def test_too_few_people_are_a_fact_and_no_resolution(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village, "1-24")
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=24, no=0, abstain=0)
    assert verdict.state is VerdictState.CANNOT_STAND
    assert "还差1人" in verdict.sentence
    assert not read(village, meeting_id).motions[0].final
    assert read(village, meeting_id).motions[0].standing is not None


def test_more_votes_than_people_are_refused_and_leave_nothing(village: VillageFile) -> None:
    _, motion_id = with_motion(village)
    before = operations(village)
    with pytest.raises(NotAllowed, match="多出1"):
        do(village, actions.record_vote, motion_id=motion_id, yes=29, no=1, abstain=0)
    with pytest.raises(NotAllowed, match="对不上"):
        do(
            village, actions.record_vote, motion_id=motion_id, yes=20, no=5, abstain=0,
            way="secret", issued=29, returned=25, spoiled=1,
        )  # fmt: skip
    assert operations(village) == before


def test_late_arrivals_change_the_base_of_the_next_vote_only(village: VillageFile) -> None:
    meeting_id, first = with_motion(village, "1-28")
    do(village, actions.record_vote, motion_id=first, yes=14, no=13, abstain=1)
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-29")
    second = do(village, actions.propose_motion, meeting_id=meeting_id, title="第二件")
    do(village, actions.record_vote, motion_id=second, yes=15, no=14, abstain=0)
    motions = read(village, meeting_id).motions
    assert [motion.standing.present for motion in motions if motion.standing] == [28, 29]
    assert [motion.verdict.state for motion in motions] == [VerdictState.REJECTED, VerdictState.STANDS]


def test_a_wrong_count_is_taken_back_and_both_stay(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    do(village, actions.record_vote, motion_id=motion_id, yes=26, no=1, abstain=2)
    with pytest.raises(NotAllowed, match="已经登记过表决"):
        do(village, actions.record_vote, motion_id=motion_id, yes=26, no=1, abstain=2)
    with pytest.raises(NotAllowed, match="写明原因"):
        do(village, actions.correct_vote, motion_id=motion_id, reason=" ", yes=2, no=1, abstain=2)
    verdict = do(village, actions.correct_vote, motion_id=motion_id, reason="计票单看错一行", yes=14, no=15, abstain=0)
    assert verdict.state is VerdictState.REJECTED
    motion = read(village, meeting_id).motions[0]
    assert [(row.count.yes, row.reversed_because) for row in motion.counts] == [(26, "计票单看错一行"), (14, "")]
    assert motion.standing is not None
    assert motion.standing.count.yes == 14
    again = do(village, actions.correct_vote, motion_id=motion_id, reason="再次核对", yes=26, no=1, abstain=2)
    assert again.state is VerdictState.STANDS


def test_another_text_is_another_version_until_it_is_voted(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    motion = read(village, meeting_id).motions[0]
    assert (
        do(village, actions.change_motion, motion_id=motion_id, seen=motion.seen, title="硬化", text="改为1500米。")
        == 2
    )
    do(village, actions.record_vote, motion_id=motion_id, yes=10, no=19, abstain=0)
    with pytest.raises(NotAllowed, match="那一稿不能换"):
        do(village, actions.replace_text, motion_id=motion_id, title="硬化", text="又改")
    with pytest.raises(NotAllowed, match="不能去掉"):
        do(village, actions.drop_motion, motion_id=motion_id)


def test_a_secret_ballot_is_checked_by_somebody_else(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    ballot = {"way": "secret", "issued": 29, "returned": 28, "spoiled": 1}
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=20, no=8, abstain=0, **ballot)
    assert [task.code for task in verdict.tasks] == ["second_counter"]
    with pytest.raises(NotAllowed, match="不能是登记票数的人"):
        do(village, actions.check_count, motion_id=motion_id, yes=20, no=8, abstain=0)
    with village.writing("operators.add") as session:
        session.add(StoreOperator(name="王主任", role=Role.SECOND))
    village.take_seat("王主任")
    with pytest.raises(NotAllowed, match="登记的是同意20、反对8、弃权0，您数的是同意19、反对9、弃权0"):
        do(village, actions.check_count, motion_id=motion_id, yes=19, no=9, abstain=0)
    do(village, actions.check_count, motion_id=motion_id, yes=20, no=8, abstain=0)
    assert read(village, meeting_id).motions[0].verdict.tasks == ()


def test_short_notice_by_the_county_rule_is_kept_with_its_true_dates(village: VillageFile) -> None:
    with village.writing("rulebook.install_shipped_pack") as session:
        install_shipped_pack(session, issuer="sample-county", pack="decision-rules")
    _, motion_id = with_motion(village, called_on=HELD - dt.timedelta(days=2))
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=26, no=1, abstain=2)
    assert verdict.state is VerdictState.CANNOT_STAND
    assert verdict.sentence == "6月12日通知，6月14日开会，提前2天，规定要提前3天，还差1天。"


def test_villagers_by_household_count_households(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village, "1-79", "villagers", rule_kind="villagers_by_household")
    assert read(village, meeting_id).roll_households == 120
    short = do(village, actions.record_vote, motion_id=motion_id, yes=70, no=9, abstain=0)
    assert "应到户的代表" not in short.sentence
    assert "三分之二以上是80户，还差1户" in short.sentence


def test_trap_8_a_levy_asks_how_many_households_the_representatives_stand_for(village: VillageFile) -> None:
    meeting_id = called(village, rule_kind="levy_by_representatives")
    do(village, actions.count_roll, meeting_id=meeting_id)
    assert read(village, meeting_id).needs_households
    with pytest.raises(NotAllowed, match="全村120户"):
        do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-30", households=130)
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-30", households=90)
    motion_id = do(village, actions.propose_motion, meeting_id=meeting_id, title="修渠筹劳")
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=46, no=44, abstain=0)
    assert verdict.state is VerdictState.STANDS


def test_trap_18_a_roll_of_villagers_is_no_roll_of_collective_members(village: VillageFile) -> None:
    _, motion_id = with_motion(village, "1-100", "collective_members")
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=90, no=10, abstain=0)
    assert verdict.state is VerdictState.PERSON_MUST_JUDGE
    assert "成员名册" in verdict.sentence


def test_a_group_meeting_counts_its_own_group(village: VillageFile) -> None:
    meeting_id = called(village, "group", group_name="三组")
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 30
    assert {row.group for row in read(village, meeting_id).roll} == {"三组"}


def test_leave_keeps_a_person_on_the_roll(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    absent = read(village, meeting_id).roll[30]
    do(village, actions.note_absence, meeting_id=meeting_id, person_id=absent.id, reason="外出务工请假")
    row = read(village, meeting_id).roll[30]
    assert (row.present, row.absence) == (False, "外出务工请假")
    assert read(village, meeting_id).row.eligible == 37


def test_people_can_be_signed_in_by_name_and_strangers_are_refused(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    roll = read(village, meeting_id).roll
    assert do(village, actions.sign_in_people, meeting_id=meeting_id, person_ids=(roll[0].id, roll[4].id)) == 2
    assert [row.serial for row in read(village, meeting_id).roll if row.present] == [1, 5]
    with pytest.raises(NotAllowed, match="不在应到名单上"):
        do(village, actions.sign_in_people, meeting_id=meeting_id, person_ids=("somebody",))


def test_observers_stand_apart_from_those_present(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    observers = (("supervision", "李建国", "主任"), ("township", "赵敏", "包村干部"))
    do(village, actions.note_observers, meeting_id=meeting_id, observers=observers)
    detail = read(village, meeting_id)
    assert [(row.kind.words, row.name, row.post) for row in detail.observers] == [
        ("村务监督委员会成员", "李建国", "主任"),
        ("乡镇参会人员", "赵敏", "包村干部"),
    ]
    assert detail.row.present == 29
    with pytest.raises(NotAllowed, match="没写姓名"):
        do(village, actions.note_observers, meeting_id=meeting_id, observers=(("other", " ", ""),))


def test_a_meeting_without_day_waits_and_a_cancelled_one_is_kept(village: VillageFile) -> None:
    meeting_id = called(village, held_on=None)
    with pytest.raises(NotAllowed, match="还没有填开会日期"):
        do(village, actions.count_roll, meeting_id=meeting_id)
    with pytest.raises(NotAllowed, match="不能结束"):
        do(village, actions.end_meeting, meeting_id=meeting_id)
    assert read(village, meeting_id).verdict.state is VerdictState.OPEN
    do(village, actions.cancel_meeting, meeting_id=meeting_id)
    assert read(village, meeting_id).row.state is MeetingState.CANCELLED


def test_the_facts_of_a_meeting_are_put_right_on_what_was_seen(village: VillageFile) -> None:
    meeting_id = called(village)
    seen = read(village, meeting_id).seen
    do(
        village, actions.change_meeting, meeting_id=meeting_id, seen=seen, title="讨论道路硬化", called_on=None,
        held_on=dt.date(2026, 6, 15), place="村部二楼", chair="杨丽", recorder="李会计",
    )  # fmt: skip
    detail = read(village, meeting_id)
    assert (detail.row.held_on, detail.row.place, detail.called_on) == (dt.date(2026, 6, 15), "村部二楼", None)


def test_a_vote_is_a_fact_that_undo_leaves_alone(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    do(village, actions.record_vote, motion_id=motion_id, yes=10, no=19, abstain=0)
    with pytest.raises(NotAllowed, match="不能撤销"):
        village.undo(village.steps(limit=1)[0].id)
    assert read(village, meeting_id).motions[0].standing is not None


def test_the_list_stands_newest_first_and_a_lost_meeting_is_told(village: VillageFile) -> None:
    older, newer = called(village, held_on=dt.date(2026, 5, 1)), called(village)
    with village.reading() as session:
        assert [row.id for row in all_meetings(session)] == [newer, older]
        with pytest.raises(NotFound, match="找不到这次会议"):
            one_meeting(session, "gone")
    assert village.verify() is not None


def test_rebuilding_the_file_gives_the_same_meetings(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    do(village, actions.record_vote, motion_id=motion_id, yes=26, no=1, abstain=2)
    do(village, actions.correct_vote, motion_id=motion_id, reason="看错", yes=25, no=2, abstain=2)
    before, detail = village.digest(), read(village, meeting_id)
    village.rebuild()
    assert village.digest() == before
    assert read(village, meeting_id) == detail
