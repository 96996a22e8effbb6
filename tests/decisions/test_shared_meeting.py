"""Several matters on one evening of one body: one roll, one sign-in, one set of minutes, each vote for itself."""

import datetime as dt

import pytest

from tests.decisions.desk import day, do, held, opened, read
from village_desk.decisions import actions
from village_desk.kit.errors import NotAllowed
from village_desk.meetings import actions as meetings
from village_desk.meetings.lookups import meetings_about, meetings_to_join, one_meeting
from village_desk.meetings.printout import minutes
from village_desk.meetings.rules import VerdictState
from village_desk.paper.text import plain_text
from village_desk.store.file import VillageFile

EVENING = day(3, 14)


def two_cases(village: VillageFile) -> tuple[str, str]:
    """Two matters that have come as far as the representatives, the party's steps of both held together."""
    first = opened(village)
    second = opened(village, title="聘请保洁员", matter_code="M03", plan="聘请保洁员两名，每人每月800元。")
    for no, on, present, yes in ((1, day(3, 3), "1-4", 4), (2, day(3, 5), "1-8", 8), (3, day(3, 9), "1-40", 35)):
        assert held(village, first, no, on, present, yes) is VerdictState.STANDS
        meeting_id = read(village, first).stage(no).meeting.row.id  # type: ignore[union-attr]  # just held
        do(village, actions.join_step, decision_id=second, no=no, meeting_id=meeting_id)
        came = int(present.split("-")[1])
        verdict = do(
            village, actions.record_step_vote, decision_id=second, no=no, yes=yes, no_votes=came - yes, abstain=0
        )
        assert verdict.state is VerdictState.STANDS
    return first, second


def test_two_cases_share_a_meeting_with_one_roll_and_one_sign_in(village: VillageFile) -> None:
    first, second = two_cases(village)
    meeting_id = do(
        village, actions.hold_step, decision_id=first, no=4, held_on=EVENING, body="representatives",
        called_on=EVENING - dt.timedelta(days=12), place="村委会",
    )  # fmt: skip
    with village.reading() as session:
        offered = meetings_to_join(
            session, body="representatives", rule_kind="representatives", held_on=EVENING, source_id=second
        )
        own = meetings_to_join(
            session, body="representatives", rule_kind="representatives", held_on=EVENING, source_id=first
        )
    assert offered == ((meeting_id, "村民代表会议（村东排水渠修缮）"),)
    assert own == ()
    do(village, actions.join_step, decision_id=second, no=4, meeting_id=meeting_id)
    # The sheet is signed for one of them, and both have their people.
    do(village, actions.sign_in_step, decision_id=second, no=4, serial_numbers="1-29")
    roll = read(village, first).stage(4).meeting
    assert roll is not None
    assert (roll.row.eligible, roll.row.present) == (37, 29)
    assert roll.row.title == "村民代表会议（村东排水渠修缮等2项）"
    do(village, actions.record_step_vote, decision_id=first, no=4, yes=26, no_votes=3, abstain=0)
    # One leaves before the second vote; its base is smaller, the first one keeps its own.
    do(village, actions.sign_in_step, decision_id=second, no=4, serial_numbers="1-28")
    do(village, actions.record_step_vote, decision_id=second, no=4, yes=14, no_votes=14, abstain=0)
    one, other = read(village, first), read(village, second)
    assert one.stage(4).verdict.state is VerdictState.STANDS
    assert other.stage(4).verdict.state is VerdictState.REJECTED
    assert one.stage(4).motion != other.stage(4).motion
    with village.reading() as session:
        detail = one_meeting(session, meeting_id)
        about = meetings_about(session, source_room="decisions", source_id=second)
        assert about[0].id == meeting_id
    assert [(motion.title, motion.source_id) for motion in detail.motions] == [
        ("村东排水渠修缮", first),
        ("聘请保洁员", second),
    ]
    words = "".join(plain_text(minutes(detail)).split())
    for part in ("议题1", "村东排水渠修缮", "议题2", "聘请保洁员", "同意26票、反对3票", "同意14票、反对14票"):
        assert part in words
    assert village.verify() == []


def test_a_matter_that_counts_otherwise_keeps_its_own_row_or_its_own_meeting(village: VillageFile) -> None:
    first = opened(village)
    meeting_id = do(
        village, actions.hold_step, decision_id=first, no=4, held_on=EVENING, body="representatives", called_on=EVENING
    )
    levy = opened(village, title="筹资修路", matter_code="M05", plan="每户筹资100元。")
    before = village.digest()
    with pytest.raises(NotAllowed) as refused:
        do(village, actions.join_step, decision_id=levy, no=4, meeting_id=meeting_id)
    assert "应到名单和这件事要用的不是一份" in refused.value.message
    assert village.digest() == before
    land = opened(village, title="机动地发包给外村", matter_code="M08", plan="发包机动地。")
    do(village, actions.join_step, decision_id=land, no=4, meeting_id=meeting_id, rule_kind="land_by_representatives")
    do(village, actions.sign_in_step, decision_id=land, no=4, serial_numbers="1-29")
    do(village, actions.record_step_vote, decision_id=land, no=4, yes=16, no_votes=13, abstain=0)
    motion = read(village, land).stage(4).motion
    assert motion is not None
    # More than half of those present, and yet not two thirds of the representatives (农村土地承包法).
    assert motion.verdict.state is not VerdictState.STANDS
    assert "三分之二" in motion.verdict.sentence


def test_a_meeting_that_did_not_take_place_takes_no_matter(village: VillageFile) -> None:
    first, second = opened(village), opened(village, title="聘请保洁员")
    meeting_id = do(village, actions.hold_step, decision_id=first, no=1, held_on=day(3, 3))
    do(village, meetings.cancel_meeting, meeting_id=meeting_id)
    with pytest.raises(NotAllowed, match="没有开成"):
        do(village, actions.join_step, decision_id=second, no=1, meeting_id=meeting_id)
