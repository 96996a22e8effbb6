"""The papers of a meeting: every field that inspectors ask for, each kind's own sheet, and all of it bound."""

import datetime as dt

import pytest

from tests.meetings.desk import HELD, called, do, names, read, with_motion
from village_desk.meetings import actions, printout
from village_desk.meetings.rules import Occasion, VoteDetails
from village_desk.paper.text import pages_text, plain_text
from village_desk.store.file import VillageFile


def words(pdf: bytes) -> str:
    return "".join(plain_text(pdf).split())


def full(file: VillageFile) -> str:
    """A meeting with everything that can happen in one."""
    meeting_id, motion_id = with_motion(
        file, present="1-28", place="村委会二楼", chair="杨丽", recorder="李会计", notice_way="微信"
    )
    do(file, actions.sign_in, meeting_id=meeting_id, serial_numbers="1-29", at="19:20")
    do(file, actions.note_absences, meeting_id=meeting_id, absences=(("30", "外出务工"),))
    do(
        file,
        actions.note_observers,
        meeting_id=meeting_id,
        observers=(
            ("supervision", "李建国", "主任"),
            ("township", "周晓东", "党政办干事"),
            ("stationed", "陈敏", "驻村第一书记"),
            ("adviser", "吴明", "律师"),
        ),
    )
    do(file, actions.note_remarks, meeting_id=meeting_id, remarks=(("杨丽", "汛期前要修完"),))
    do(file, actions.note_recusals, motion_id=motion_id, recusals=(("11", "承包人本人"),))
    ballot = VoteDetails(by_name_yes="1-10 12-22", by_name_no="23-28", by_name_abstain="29")
    vote = {"yes": 0, "no": 0, "abstain": 0, "way": "named", "tellers": "周敏", "monitors": "李建国"}
    do(file, actions.record_vote, motion_id=motion_id, **vote, details=ballot)
    return meeting_id


def test_the_minutes_hold_every_field_of_the_record(village: VillageFile) -> None:
    meeting_id = full(village)
    detail = read(village, meeting_id)
    out, away, excused = names(village, meeting_id, 11, 37, 30)
    text = words(printout.minutes(detail))
    for expected in (
        "会议名称讨论道路硬化",
        "2026年6月14日（周日）",
        "地点村委会二楼",
        "主持人杨丽",
        "记录人李会计",
        "通知日期2026年6月2日（微信）",
        "应到37人",
        "实到29人",
        "比例78.3%",
        f"{excused}（外出务工）",
        f"{away}（原因未登记）",
        "19:20到会",
        "李建国（主任）",
        "周晓东（党政办干事）",
        "陈敏（驻村第一书记）",
        "吴明（律师）",
        "硬化三组道路1200米",
        "记名投票：到会28人，同意21票、反对6票、弃权1票，未到8人",
        f"回避1人：{out}",
        "同意的有：王伟",
        "计票人：周敏；监票人：李建国",
        "结果：通过",
        "杨丽：汛期前要修完",
        "决议通过“硬化三组道路”",
        "村民委员会组织法第三十条",
        "附件签到表",
        "参会人员签字",
        "主持人（签字）",
        "记录人（签字）",
    ):
        assert expected in text, expected
    assert "未登记" not in text.replace("原因未登记", "")


@pytest.mark.covers("4B-12", "4D-02")
def test_each_kind_of_meeting_has_its_own_sign_in_sheet(village: VillageFile) -> None:
    five = {
        Occasion.STUDY: "党员学习会",
        Occasion.POLICY_TALK: "政策宣讲会",
        Occasion.OPINIONS: "民情沟通会",
        Occasion.TOPIC_COUNCIL: "专题议事会",
        Occasion.JOINT_PARTY: "党建联席会",
    }
    for occasion, kind in five.items():
        meeting_id = called(village, "party_members", title=f"六月{kind}", occasion=occasion.value)
        if not occasion.open_to_all:
            do(village, actions.count_roll, meeting_id=meeting_id)
        detail = read(village, meeting_id)
        text = words(printout.sign_in_sheet(detail))
        assert detail.row.body_words == kind
        assert f"六月{kind}签到表" in text
        assert detail.row.code in text
        # The members' own meeting lists its members, the open ones have lines to write on.
        assert ("应到58人" in text) == (occasion is Occasion.STUDY)
        assert "本人签名" in text


def test_ballots_have_numbers_on_the_stubs_only(village: VillageFile) -> None:
    meeting_id, _ = with_motion(village)
    detail = read(village, meeting_id)
    pages = pages_text(printout.ballots(detail, detail.motions[0]))
    text = "".join("".join(pages).split())
    assert [text.count(f"存根第{number:03d}号") for number in (1, 37, 38)] == [1, 1, 0]
    assert text.count("同意□反对□弃权□") == 37
    assert len(pages) == 7


def test_the_tally_leaves_open_what_is_not_counted(village: VillageFile) -> None:
    meeting_id, motion_id = with_motion(village)
    detail = read(village, meeting_id)
    assert "实到29人" in words(printout.tally(detail, detail.motions[0]))
    assert "□举手□无记名投票□记名表决" in words(printout.tally(detail, detail.motions[0]))
    ballot = {"way": "secret", "issued": 29, "returned": 28, "spoiled": 1, "monitors": "李建国"}
    do(village, actions.record_vote, motion_id=motion_id, yes=20, no=8, abstain=0, **ballot)
    detail = read(village, meeting_id)
    assert "发出选票29张收回有效28张作废1张" in words(printout.tally(detail, detail.motions[0]))


def test_everything_is_bound_with_contents_and_pages_counted_through(village: VillageFile) -> None:
    meeting_id = full(village)
    change = {"item": "地点", "was": "村委会二楼", "becomes": "祠堂", "reason": "写错"}
    do(village, actions.correct_minutes, meeting_id=meeting_id, **change)
    pages = ["".join(page.split()) for page in pages_text(printout.dossier(read(village, meeting_id)))]
    total = len(pages)
    assert [f"第{number}页共{total}页" in page for number, page in enumerate(pages, start=1)] == [True] * total
    contents = pages[0]
    for name, first in (
        ("讨论道路硬化通知及签收表", 2),
        ("讨论道路硬化签到表", 4),
        ("讨论道路硬化计票单（硬化三组道路）", 6),
    ):
        assert name in contents
        assert name.removeprefix("讨论道路硬化").partition("（")[0] in pages[first - 1]
    assert "会议记录更正单" in pages[-1]
    assert "原记" in pages[-1]


def test_a_meeting_put_off_and_held_in_parts_says_so(village: VillageFile) -> None:
    meeting_id = called(village, "villagers", rule_kind="villagers_by_household")
    do(village, actions.count_roll, meeting_id=meeting_id)
    to = HELD + dt.timedelta(days=2)
    do(village, actions.postpone_meeting, meeting_id=meeting_id, to=to, reason="下大雨")
    do(village, actions.hold_sitting, meeting_id=meeting_id, name="一组片会", serial_numbers="1-30")
    do(village, actions.hold_sitting, meeting_id=meeting_id, name="二组片会", serial_numbers="31-90")
    text = words(printout.minutes(read(village, meeting_id)))
    assert "原定2026年6月14日，下大雨，改到2026年6月16日" in text
    assert "一组片会（2026年6月16日）到会30人；二组片会（2026年6月16日）到会60人" in text
    assert "应到120人" in text
