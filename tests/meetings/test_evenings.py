"""One evening with several meetings, and one meeting in several sittings: typed once, counted apart, added up."""

import datetime as dt

import pytest

from tests.meetings.desk import HELD, called, do, read, with_motion
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.meetings import actions
from village_desk.meetings.lookups import all_meetings
from village_desk.meetings.rules import VerdictState, VoteDetails
from village_desk.people import actions as people
from village_desk.people.lookups import PeopleFilter, person_ids
from village_desk.store.file import VillageFile


def evening(file: VillageFile) -> tuple[str, str, str]:
    """A members' meeting and a representatives' meeting of one day, with one sheet."""
    members = called(file, "party_members", title="六月党员大会")
    representatives = called(file, title="六月村民代表会议")
    together = do(file, actions.join_evening, meeting_ids=(members, representatives), title="六月十四日晚")
    return members, representatives, together


def test_the_sheet_of_an_evening_is_typed_once_and_each_body_keeps_its_own_roll(village: VillageFile) -> None:
    members, representatives, together = evening(village)
    sheet = read(village, members).evening
    assert sheet is not None
    # 60 members and 37 of the representatives' meeting; 5 of the committee are members as well.
    assert [line.serial for line in sheet.lines] == list(range(1, len(sheet.lines) + 1))
    assert len({line.name for line in sheet.lines}) == len(sheet.lines) == 92
    both = [line for line in sheet.lines if "党员大会" in line.basis and "村民代表会议" in line.basis]
    assert len(both) == 5
    came = do(village, actions.sign_in_evening, evening_id=together, serial_numbers="1-60", at="19.30")
    detail, other = read(village, members), read(village, representatives)
    assert came == (detail.row.present, other.row.present)
    here = {line.id for line in read(village, members).evening.lines if line.present}  # type: ignore[union-attr]  # set above
    assert {row.id for row in detail.came} | {row.id for row in other.came} == here
    assert len(detail.roll) == 60
    assert len(other.roll) == 37
    assert detail.door[0].at == "19:30"


def test_trap_4_each_body_votes_for_itself_on_one_evening(village: VillageFile) -> None:
    members, representatives, together = evening(village)
    do(village, actions.sign_in_evening, evening_id=together, serial_numbers="1-92")
    first = do(village, actions.propose_motion, meeting_id=members, title="硬化三组道路")
    second = do(village, actions.propose_motion, meeting_id=representatives, title="硬化三组道路")
    assert do(village, actions.record_vote, motion_id=first, yes=21, no=19, abstain=0).state is VerdictState.REJECTED
    assert do(village, actions.record_vote, motion_id=second, yes=30, no=7, abstain=0).state is VerdictState.STANDS


def test_hands_raised_together_are_kept_and_carry_neither_body(village: VillageFile) -> None:
    members, representatives, together = evening(village)
    do(village, actions.sign_in_evening, evening_id=together, serial_numbers="1-92")
    for meeting_id in (members, representatives):
        motion = do(village, actions.propose_motion, meeting_id=meeting_id, title="硬化三组道路")
        with pytest.raises(NotAllowed, match="多出"):
            do(village, actions.record_vote, motion_id=motion, yes=88, no=4, abstain=0)
        joint = VoteDetails(joint=True)
        verdict = do(village, actions.record_vote, motion_id=motion, yes=88, no=4, abstain=0, details=joint)
        assert verdict.state is VerdictState.CANNOT_STAND
        assert "一起举的手" in verdict.sentence
        assert not read(village, meeting_id).motions[0].final


def test_only_meetings_of_one_day_share_a_sheet(village: VillageFile) -> None:
    members = called(village, "party_members")
    later = called(village, held_on=HELD + dt.timedelta(days=1))
    before = village.digest()
    with pytest.raises(NotAllowed, match="至少要两个会"):
        do(village, actions.join_evening, meeting_ids=(members, members))
    with pytest.raises(NotAllowed, match="不在同一天"):
        do(village, actions.join_evening, meeting_ids=(members, later))
    with pytest.raises(NotFound):
        do(village, actions.sign_in_evening, evening_id="gone", serial_numbers="1")
    assert village.digest() == before


def test_a_meeting_that_leaves_the_evening_keeps_who_came(village: VillageFile) -> None:
    members, representatives, together = evening(village)
    do(village, actions.sign_in_evening, evening_id=together, serial_numbers="1-92")
    do(village, actions.leave_evening, meeting_id=members)
    detail = read(village, members)
    assert detail.evening is None
    assert detail.row.present == 58
    left = read(village, representatives).evening
    assert left is not None
    assert len(left.lines) == 37


def test_sittings_of_hamlets_add_up_to_one_meeting(village: VillageFile) -> None:
    meeting_id = called(village, "villagers", rule_kind="villagers_by_household")
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 120
    do(village, actions.hold_sitting, meeting_id=meeting_id, name="一组、二组片会", serial_numbers="1-45")
    with pytest.raises(NotAllowed, match="在“一组、二组片会”已经签到"):
        do(village, actions.hold_sitting, meeting_id=meeting_id, name="三组片会", serial_numbers="45-90")
    second = do(village, actions.hold_sitting, meeting_id=meeting_id, name="三组片会", serial_numbers="46-79")
    motion = do(village, actions.propose_motion, meeting_id=meeting_id, title="筹资修路")
    assert read(village, meeting_id).verdict.state is VerdictState.CANNOT_STAND
    do(village, actions.hold_sitting, meeting_id=meeting_id, name="三组片会", serial_numbers="46-80", no=second)
    detail = read(village, meeting_id)
    assert [(one.name, one.people) for one in detail.sittings] == [("一组、二组片会", 45), ("三组片会", 35)]
    assert detail.row.present == 80
    with pytest.raises(NotAllowed, match="这一场实到只有35人"):
        parts = VoteDetails(parts=((1, 30, 15, 0), (2, 36, 0, 0)))
        do(village, actions.record_vote, motion_id=motion, yes=0, no=0, abstain=0, details=parts)
    parts = VoteDetails(parts=((1, 30, 15, 0), (2, 11, 24, 0)))
    verdict = do(village, actions.record_vote, motion_id=motion, yes=0, no=0, abstain=0, details=parts)
    assert verdict.state is VerdictState.STANDS
    row = read(village, meeting_id).motions[0].standing
    assert row is not None
    assert (row.count.yes, row.count.no) == (41, 39)
    assert [(part.name, part.yes) for part in row.parts] == [("一组、二组片会", 30), ("三组片会", 11)]


def test_a_meeting_put_off_keeps_the_first_day_and_who_had_come(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village, present="1-24")
    to = HELD + dt.timedelta(days=5)
    with pytest.raises(NotAllowed, match="写明原因"):
        do(village, actions.postpone_meeting, meeting_id=meeting_id, to=to, reason=" ")
    do(village, actions.postpone_meeting, meeting_id=meeting_id, to=to, reason="只到24人，还差1人")
    detail = read(village, meeting_id)
    assert [(move.before, move.after, move.reason) for move in detail.moves] == [(HELD, to, "只到24人，还差1人")]
    assert detail.row.held_on == to
    assert detail.row.present == 0
    assert len(detail.door[0].arrived) == 24
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-30")
    assert read(village, meeting_id).door[-1].first
    do(village, actions.record_vote, motion_id=motion_id, yes=30, no=0, abstain=0)
    with pytest.raises(NotAllowed, match="已经登记过表决"):
        do(village, actions.postpone_meeting, meeting_id=meeting_id, to=HELD, reason="再改")


def test_a_lecture_votes_on_nothing_and_asks_for_no_quorum(village: VillageFile) -> None:
    meeting_id = called(village, "party_members", title="七一党课", occasion="party_lecture")
    do(village, actions.count_roll, meeting_id=meeting_id)
    detail = read(village, meeting_id)
    assert detail.row.body_words == "党课"
    assert detail.verdict.state is VerdictState.OPEN
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-12")
    detail = read(village, meeting_id)
    assert detail.verdict.state is VerdictState.STANDS
    assert detail.verdict.sentence == "党课应到60人，到会12人，不表决。"
    heard = do(village, actions.propose_motion, meeting_id=meeting_id, title="学习党章", kind="report")
    with pytest.raises(NotAllowed, match="不表决"):
        do(village, actions.record_vote, motion_id=heard, yes=12, no=0, abstain=0)


def test_the_code_of_a_shared_sheet_finds_every_meeting_of_the_evening(village: VillageFile) -> None:
    first, second = called(village, title="村民代表会议"), called(village, "party_members", title="党员大会")
    called(village, "two_committees", title="另一次会")
    do(village, actions.join_evening, meeting_ids=(first, second))
    evening = read(village, first).evening
    assert evening is not None
    with village.reading() as session:
        rows = all_meetings(session)
    assert {row.id for row in rows if row.has_code(evening.code[:4])} == {first, second}
    assert {row.id for row in rows if row.named_in(f"扫描{evening.code}-1")} == {first, second}
    assert [row.id for row in rows if row.has_code(read(village, first).row.code)] == [first]


def test_the_village_council_is_counted_from_its_own_seats(village: VillageFile) -> None:
    with village.writing("people.appoint") as session:
        people.add_organisation(session, kind="villagers_council", name="村民议事会")
        for at, person in enumerate(person_ids(session, PeopleFilter())[93:104]):
            role = "council_head" if at == 0 else "council_member"
            people.appoint(session, person_id=person, role=role, from_on=dt.date(2026, 1, 10), despite="不是近亲属")
    meeting_id = called(village, "village_council", title="三月村民议事会")
    assert do(village, actions.count_roll, meeting_id=meeting_id) == 11
    do(village, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-8")
    motion_id = do(village, actions.propose_motion, meeting_id=meeting_id, title="把垃圾房移到村口")
    verdict = do(village, actions.record_vote, motion_id=motion_id, yes=7, no=1, abstain=0)
    detail = read(village, meeting_id)
    assert (detail.row.eligible, detail.row.present) == (11, 8)
    assert {row.basis for row in detail.roll} == {"村民议事会召集人", "村民议事会成员"}
    assert verdict.state is VerdictState.STANDS, verdict.sentence
