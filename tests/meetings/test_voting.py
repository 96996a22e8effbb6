"""Votes with all that paper tells of them: by name, in writing, without the interested, with the late, recounted."""

import datetime as dt
from typing import Any

import pytest

from tests.meetings.desk import HELD, called, do, names, read, with_motion
from village_desk.kit.errors import NotAllowed
from village_desk.meetings import actions
from village_desk.meetings.rules import VerdictState, VoteDetails, clock_time, who
from village_desk.people import actions as people
from village_desk.people.lookups import find_people
from village_desk.store.file import VillageFile

SHEET = {1: "王伟", 2: "王芳", 3: "王建国", 4: "王伟"}


def test_a_line_of_the_sheet_holds_numbers_and_names() -> None:
    assert who("1-2 王建国", SHEET) == (1, 2, 3)
    assert who("王芳、３", SHEET) == (2, 3)
    assert who("", SHEET) == ()
    with pytest.raises(NotAllowed, match="名单上有2个“王伟”（1号、4号）"):
        who("王伟", SHEET)
    with pytest.raises(NotAllowed, match="名单上没有“赵六”"):
        who("1 赵六", SHEET)
    with pytest.raises(NotAllowed, match="名单只有1到4号"):
        who("5", SHEET)


def test_a_time_is_read_as_people_write_it() -> None:
    assert [clock_time(typed) for typed in ("19:40", "19.40", "1940", "９点5分", "20点", "")] == [
        "19:40", "19:40", "19:40", "9:05", "20:00", "",
    ]  # fmt: skip
    for wrong in ("25:00", "19:61", "晚上"):
        with pytest.raises(NotAllowed, match="不是一个时间"):
            clock_time(wrong)


def test_an_open_ballot_by_name_is_added_up_by_the_desk(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    first, last = names(village, meeting_id, 1, 29)
    vote = {"motion_id": motion_id, "yes": 0, "no": 0, "abstain": 0, "way": "named"}
    with pytest.raises(NotAllowed, match=r"（30号）没有签到"):
        do(village, actions.record_vote, **vote, details=VoteDetails(by_name_yes="1-30"))
    with pytest.raises(NotAllowed, match=f"{last}（29号）写了两次"):
        do(village, actions.record_vote, **vote, details=VoteDetails(by_name_yes="1-29", by_name_no=last))
    details = VoteDetails(by_name_yes=f"{first} 2-20", by_name_no="21-28", by_name_abstain="29")
    assert do(village, actions.record_vote, **vote, details=details).state is VerdictState.STANDS
    row = read(village, meeting_id).motions[0].standing
    assert row is not None
    assert (row.count.yes, row.count.no, row.count.abstain) == (20, 8, 1)
    assert [(choice, len(people)) for choice, people in row.by_name] == [("yes", 20), ("no", 8), ("abstain", 1)]
    assert row.by_name[2][1] == (last,)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ({"yes": 30, "no": 0, "abstain": 0}, "实到只有29人，多出1"),
        ({"yes": -1, "no": 0, "abstain": 0}, "票数不能是-1"),
        ({"yes": 0, "no": 10**9, "abstain": 0}, "票数不能是1000000000"),
        ({"yes": 1, "no": 0, "abstain": 0, "way": "secret", "issued": 29, "returned": 20}, "对不上"),
        ({"yes": 1, "no": 0, "abstain": 0, "details": VoteDetails(written="99", written_yes=1)}, "名单只有1到37号"),
        ({"yes": 1, "no": 0, "abstain": 0, "details": VoteDetails(parts=((1, 1, 0, 0),))}, "没有第1场"),
    ],
)
def test_numbers_that_cannot_be_are_told_in_a_sentence_and_leave_nothing(
    village: VillageFile, numbers: dict[str, Any], told: str
) -> None:
    _, motion_id = with_motion(village)
    before = village.digest()
    with pytest.raises(NotAllowed, match=told):
        do(village, actions.record_vote, motion_id=motion_id, **numbers)
    assert village.digest() == before


def test_written_opinions_count_only_where_the_row_lets_them(village: VillageFile) -> None:
    _, motion_id = with_motion(village)
    details = VoteDetails(written="30-31", written_yes=2)
    before = village.digest()
    with pytest.raises(NotAllowed, match="没到会的人的书面意见不算"):
        do(village, actions.record_vote, motion_id=motion_id, yes=29, no=0, abstain=0, details=details)
    assert village.digest() == before


def test_written_opinions_on_the_admission_of_a_member_are_added(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village, "1-30", "party_members", rule_kind="party_admission")
    with pytest.raises(NotAllowed, match="（30号）已经签到，不能再算书面意见"):
        wrong = VoteDetails(written="30-31", written_yes=2)
        do(village, actions.record_vote, motion_id=motion_id, yes=28, no=2, abstain=0, details=wrong)
    with pytest.raises(NotAllowed, match="有3人，书面同意、反对、弃权加起来是2"):
        wrong = VoteDetails(written="31-33", written_yes=2)
        do(village, actions.record_vote, motion_id=motion_id, yes=28, no=2, abstain=0, details=wrong)
    details = VoteDetails(written="31-34", written_yes=3, written_abstain=1)
    do(village, actions.record_vote, motion_id=motion_id, yes=28, no=2, abstain=0, details=details)
    row = read(village, meeting_id).motions[0].standing
    assert row is not None
    assert (row.count.yes, row.count.no, row.count.abstain) == (31, 2, 1)
    assert row.written == (3, 0, 1)
    assert row.present == 30


def test_the_interested_and_their_household_are_asked_and_stay_out(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    detail = read(village, meeting_id)
    builder, wife = detail.roll[10], detail.roll[11]
    with village.reading() as session:
        home = {row.name: row.household_id for row in find_people(session, builder.name)}[builder.name]
    assert detail.row.held_on is not None
    with village.writing("people.move_household") as session:
        people.move_household(session, person_id=wife.id, household_id=home, relation="spouse", on=detail.row.held_on)
    assert read(village, meeting_id).motions[0].to_ask == ()
    do(village, actions.note_concerned, motion_id=motion_id, concerned=((builder.id, builder.name, "承包人"),))
    asked = read(village, meeting_id).motions[0].to_ask
    assert [(row.serial, row.reason) for row in asked] == [
        (builder.serial, "本人是承包人"),
        (wife.serial, f"与承包人{builder.name}同户或曾同户"),
    ]
    line = f"{builder.serial} {wife.serial}"
    assert do(village, actions.note_recusals, motion_id=motion_id, recusals=((line, "承包人和家人"),)) == 2
    assert read(village, meeting_id).motions[0].to_ask == ()
    with pytest.raises(NotAllowed, match="实到只有27人"):
        do(village, actions.record_vote, motion_id=motion_id, yes=28, no=0, abstain=0)
    do(village, actions.record_vote, motion_id=motion_id, yes=14, no=13, abstain=0)
    row = read(village, meeting_id).motions[0]
    assert row.standing is not None
    assert row.standing.present == 27
    assert row.standing.recused == (builder.name, wife.name)
    assert row.verdict.state is VerdictState.STANDS
    with pytest.raises(NotAllowed, match="已经表决过"):
        do(village, actions.note_recusals, motion_id=motion_id, recusals=())


def test_who_comes_late_or_leaves_early_changes_the_base_of_the_next_vote(village: VillageFile) -> None:
    meeting_id, first = with_motion(village, present="1-25")
    second = do(village, actions.propose_motion, meeting_id=meeting_id, title="选聘保洁员")
    assert do(village, actions.record_vote, motion_id=first, yes=13, no=12, abstain=0).state is VerdictState.STANDS
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-24 30-31", at="19:50")
    assert do(village, actions.record_vote, motion_id=second, yes=13, no=13, abstain=0).state is VerdictState.REJECTED
    detail = read(village, meeting_id)
    assert [row.standing.present for row in detail.motions if row.standing] == [25, 26]
    late = detail.late[0]
    assert (late.at, list(late.arrived), list(late.left)) == (
        "19:50", names(village, meeting_id, 30, 31), names(village, meeting_id, 25),
    )  # fmt: skip


def test_leave_is_asked_for_with_a_reason_and_only_by_those_who_stayed_away(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    last = names(village, meeting_id, 37)[0]
    do(village, actions.note_absences, meeting_id=meeting_id, absences=(("30-32", "外出务工"), (last, "生病")))
    away = {row.serial: row.absence for row in read(village, meeting_id).away}
    assert (away[30], away[32], away[33], away[37]) == ("外出务工", "外出务工", "", "生病")
    with pytest.raises(NotAllowed, match="（5号）已经签到，不能再登记请假"):
        do(village, actions.note_absences, meeting_id=meeting_id, absences=(("5", "生病"),))
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-30")
    assert {row.serial: row.absence for row in read(village, meeting_id).roll}[30] == ""


def test_who_came_for_another_is_named(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    do(village, actions.note_proxies, meeting_id=meeting_id, proxies=(("29", "王小明"),), online="28")
    rows = {row.serial: row for row in read(village, meeting_id).roll}
    assert (rows[29].proxy, rows[28].online) == ("王小明", True)
    with pytest.raises(NotAllowed, match="（37号）没有签到"):
        do(village, actions.note_proxies, meeting_id=meeting_id, proxies=(("37", "王小明"),))
    with pytest.raises(NotAllowed, match="由谁代为参加"):
        do(village, actions.note_proxies, meeting_id=meeting_id, proxies=(("29", " "),))


def test_minutes_are_put_right_by_number_and_nothing_is_overwritten(village: VillageFile) -> None:
    meeting_id = called(village, chair="杨丽")
    correct = {"meeting_id": meeting_id, "item": "主持人", "was": "杨丽", "becomes": "周明", "reason": "写错"}
    for wrong in ({"item": ""}, {"becomes": " "}, {"becomes": "杨丽"}, {"reason": ""}):
        with pytest.raises(NotAllowed):
            do(village, actions.correct_minutes, **{**correct, **wrong})
    assert do(village, actions.correct_minutes, **correct) == 1
    assert do(village, actions.correct_minutes, **{**correct, "item": "地点", "was": "", "becomes": "祠堂"}) == 2
    detail = read(village, meeting_id)
    assert detail.chair == "杨丽"
    assert [(row.no, row.item, row.was, row.becomes) for row in detail.corrections] == [
        (1, "主持人", "杨丽", "周明"),
        (2, "地点", "", "祠堂"),
    ]


def test_nobody_may_stand_in_for_more_voters_than_the_law_says(village: VillageFile) -> None:
    with village.writing("people.begin_voter_list") as session:
        people.begin_voter_list(session, on=HELD - dt.timedelta(days=30))
    meeting_id, motion_id = with_motion(village, "1-62", "villagers", rule_kind="committee_election")
    assert read(village, meeting_id).row.eligible == 120
    three = tuple((str(serial), "王小明") for serial in (60, 61, 62))
    do(village, actions.note_proxies, meeting_id=meeting_id, proxies=three)
    ballot = {"way": "secret", "issued": 62, "returned": 62, "monitors": "李建国"}
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=40, no=22, abstain=0, **ballot)
    assert verdict.state is VerdictState.STANDS
    assert "每人最多受托3人" in next(check for check in verdict.checks if check.code == "proxy").sentence
    second = do(village, actions.propose_motion, meeting_id=meeting_id, title="再选一名委员")
    five = (*three, ("58", "王小明"), ("59", "王小明"))
    do(village, actions.note_proxies, meeting_id=meeting_id, proxies=five)
    verdict = do(village, actions.record_vote, motion_id=second, yes=40, no=22, abstain=0, **ballot)
    check = next(check for check in verdict.checks if check.code == "proxies_each")
    assert check.sentence == "王小明一人受托5人，村民委员会选举每人最多受托3人，多出的2人不算到会，也不算他们的票。"
    assert check.legal_ref == "村民委员会组织法第十八条"
    # 62 signed in, two of them for nothing: sixty are not more than half of 120.
    assert verdict.state is VerdictState.CANNOT_STAND
    assert "实到60人，过半数是61人，还差1人" in verdict.sentence
