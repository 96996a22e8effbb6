"""The six sheets from the record: every field filled, the law of the day of each act, the same bytes each time."""

import datetime as dt

from tests.decisions.desk import day, do, four_meetings, held, opened, posted, read
from tests.reviewed import agrees_with_reviewed
from village_desk.decisions import printout
from village_desk.decisions.actions import hold_step, note_opinion
from village_desk.kit.text import chinese_date
from village_desk.meetings import actions as meetings
from village_desk.meetings import printout as meeting_paper
from village_desk.notices import actions as notices
from village_desk.notices.lookups import one_notice
from village_desk.notices.rules.life import DamageKind
from village_desk.paper.text import pages_text
from village_desk.rulebook.actions import install_shipped_pack
from village_desk.store.file import VillageFile


def words(pdf: bytes) -> list[str]:
    """The text of each page without blanks, as a reader would compare it."""
    return ["".join(page.split()) for page in pages_text(pdf)]


def whole_case(file: VillageFile) -> str:
    decision_id = opened(file)
    four_meetings(file, decision_id)
    stage = read(file, decision_id).stage(4)
    assert stage.meeting is not None
    observers = (("supervision", "李建国", "主任"), ("township", "赵敏", "包村干部"))
    do(file, meetings.note_observers, meeting_id=stage.meeting.row.id, observers=observers)
    posted(file, decision_id, 5, day(3, 16))
    do(file, note_opinion, decision_id=decision_id, no=5, opinion="程序合规，同意公开。", by="李建国", on=day(3, 15))
    posted(file, decision_id, 6, day(5, 20), result="已于5月15日完工，使用资金45,800.00元，验收合格。")
    return decision_id


def test_the_six_sheets_say_what_the_record_holds(village: VillageFile) -> None:
    detail = read(village, whole_case(village))
    pages = words(printout.all_sheets(detail))
    assert len(pages) == 6
    for number, page in zip("一二三四五六", pages, strict=True):
        assert f"四议两公开决策实施登记表（{number}）" in page
        assert "编号：〔2026〕1号" in page
        assert "☑党员群众建议□村干部提议□上级党委政府安排" in page
        assert "村东排水渠修缮" in page
    golden = {
        0: (
            "提议事项",
            "2026年3月3日",
            "应到4人实到4人比例100.0%",
            "举手表决：到会4人，同意4票、反对0票、弃权0票，未到0人。结果：通过。",
            "中国共产党支部工作条例（试行）第十二条",
            "参会人员签字",
        ),
        1: ("商议事项", "2026年3月5日", "应到8人实到8人"),
        2: (
            "审议事项",
            "会议形式党员大会",
            "应到58人实到40人比例68.9%",
            "同意35票、反对5票",
            "第十一条",
            "乡镇参会人员签字（含职务）",
        ),
        3: (
            "决议事项",
            "会议形式村民代表会议",
            "2026年3月14日",
            "应到37人实到29人比例78.3%",
            "同意26票、反对3票、弃权0票",
            "村民委员会组织法第三十条",
            "李建国（主任）",
            "赵敏（包村干部）",
            "涉及资金46,000.00元",
        ),
        4: (
            "公开情况",
            "2026年3月16日贴在村务公开栏",
            "公开期限15天，至2026年3月31日满。",
            "村民委员会组织法第三十五条",
            "程序合规，同意公开。意见登记自李建国的签字（2026年3月15日）。",
        ),
        5: ("实施结果公开情况", "已于5月15日完工，使用资金45,800.00元，验收合格。", "2026年5月20日贴在村务公开栏"),
    }
    for number_of_page, expected in golden.items():
        for text in expected:
            assert text in pages[number_of_page], text


def test_the_sheet_of_a_publication_tells_every_date_on_the_wall_in_its_order(village: VillageFile) -> None:
    decision_id = opened(village)
    four_meetings(village, decision_id)
    notice_id = posted(village, decision_id, 5, day(3, 16))

    def stay() -> str:
        with village.reading() as session:
            (board,) = one_notice(session, notice_id, on=village.today).boards
        return board.posting_id

    def told() -> str:
        page = words(printout.step_sheet(read(village, decision_id), 5))[0]
        return page[page.index("公开表：") : page.index("适用规定")]

    do(village, notices.record_damage, posting_id=stay(), found_on=day(3, 20), kind=DamageKind.TORN)
    short = told()
    for text in ("2026年3月16日贴在村务公开栏（张贴人李会计）。", "2026年3月20日发现被撕或脱落。"):
        assert text in short
    assert "没有贴满，还差11天，应当补贴。" in short
    do(village, notices.post, notice_id=notice_id, posted_on=day(3, 23), posted_by="王伟")
    with village.reading() as session:
        (board,) = one_notice(session, notice_id, on=village.today).boards
    last = board.state.last_day
    assert last is not None
    assert f"公开期限15天，至{chinese_date(last)}满。" in told()
    off = last + dt.timedelta(days=1)
    do(village, notices.take_down, posting_id=stay(), taken_on=off)
    whole = told()
    order = [
        "3月16日贴在",
        "3月20日发现被撕或脱落。",
        "2026年3月23日补贴在村务公开栏（张贴人王伟）。",
        f"{chinese_date(off)}期满撤下。",
        "中间缺的3天要补上，之前的4天有效",
        "公开期限15天，已贴满。",
    ]
    places = [whole.index(text) for text in order]
    assert places == sorted(places)


def test_the_same_case_gives_the_same_bytes(village: VillageFile) -> None:
    decision_id = opened(village)
    detail = read(village, decision_id)
    assert printout.all_sheets(detail) == printout.all_sheets(read(village, decision_id))
    assert printout.step_sheet(detail, 1) != printout.step_sheet(detail, 2)


def test_an_empty_case_prints_forms_for_the_pen(village: VillageFile) -> None:
    pages = words(printout.all_sheets(read(village, opened(village))))
    assert len(pages) == 6
    assert "结果" not in pages[0]
    assert "0人" not in pages[0]
    assert "参会人员签字" in pages[0]


def test_a_vote_that_does_not_stand_says_so_on_its_sheet(village: VillageFile) -> None:
    decision_id = opened(village)
    held(village, decision_id, 1, day(3, 3), "1-4", 4)
    held(village, decision_id, 2, day(3, 5), "1-8", 8)
    held(village, decision_id, 3, day(3, 9), "1-40", 21)
    page = words(printout.step_sheet(read(village, decision_id), 3))[0]
    assert "结果：未通过。党员大会没有通过：应到有表决权的党员58人，过半数要30票，得21票同意，差9票。" in page


def test_trap_1_an_act_of_2025_cites_the_old_articles(village: VillageFile) -> None:
    decision_id = opened(village, opened_on=dt.date(2025, 12, 1))
    do(village, hold_step, decision_id=decision_id, no=4, held_on=dt.date(2025, 12, 20), body="representatives")
    old = words(printout.step_sheet(read(village, decision_id), 4))[0]
    assert "村民委员会组织法第二十六条" in old
    do(village, hold_step, decision_id=decision_id, no=4, held_on=day(1, 20), body="representatives")
    new = words(printout.step_sheet(read(village, decision_id), 4))[0]
    assert "村民委员会组织法第三十条" in new
    assert "程序按法律2018修正文本" in new


def test_the_county_row_that_was_used_is_cited_beside_the_law(village: VillageFile) -> None:
    with village.writing("rulebook.install_shipped_pack") as session:
        install_shipped_pack(session, issuer="sample-county", pack="decision-rules")
    decision_id = opened(village)
    held(village, decision_id, 3, day(3, 9), "1-40", 35)
    page = words(printout.step_sheet(read(village, decision_id), 3))[0]
    assert "示例县四议两公开办法第八条；中国共产党支部工作条例（试行）第十一条" in page


def test_the_sign_in_sheet_numbers_everybody_on_the_roll(village: VillageFile) -> None:
    detail = read(village, whole_case(village))
    meeting = detail.stage(4).meeting
    assert meeting is not None
    pages = words(meeting_paper.sign_in_sheet(meeting))
    assert "村民代表会议（村东排水渠修缮）签到表" in pages[0]
    assert "序号姓名身份组别本人签名请假事由" in pages[0]
    assert "1王伟村民委员会主任一组" in pages[0]
    assert "37吴芳村民代表四组" in pages[1]
    assert "乡镇参会人员赵敏包村干部" in pages[1]


def test_the_minutes_hold_the_fields_that_inspectors_ask_for(village: VillageFile) -> None:
    detail = read(village, whole_case(village))
    meeting = detail.stage(4).meeting
    assert meeting is not None
    do(village, meetings.note_absence, meeting_id=meeting.row.id, person_id=meeting.roll[30].id, reason="外出请假")
    do(village, meetings.note_remarks, meeting_id=meeting.row.id, remarks=(("杨丽", "渠道年年淤，今年一定要修。"),))
    again = read(village, detail.row.id).stage(4).meeting
    assert again is not None
    page = "".join(words(meeting_paper.minutes(again)))
    for text in (
        "村民代表会议记录",
        "2026年3月14日（周六）",
        "村委会二楼会议室",
        "主持人杨丽",
        "记录人李会计",
        "应到37人实到29人",
        "周丽（外出请假）",
        "周敏（原因未登记）",
        "李建国（主任）、赵敏（包村干部）",
        "杨丽：渠道年年淤",
        "结果：通过。",
        "村民委员会组织法第三十条",
        "主持人（签字）：",
    ):
        assert text in page, text


def test_a_correction_stands_in_the_minutes_beside_the_first_count(village: VillageFile) -> None:
    decision_id = whole_case(village)
    stage = read(village, decision_id).stage(4)
    assert stage.motion is not None
    do(village, meetings.correct_vote, motion_id=stage.motion.id, reason="计票单看错一行", yes=25, no=4, abstain=0)
    again = read(village, decision_id).stage(4).meeting
    assert again is not None
    page = "".join(words(meeting_paper.minutes(again)))
    assert "同意25票、反对4票" in page
    assert "更正：原登记同意26票、反对3票、弃权0票，计票单看错一行。" in page


def test_ratios_are_whole_numbers_cut_and_never_rounded_up() -> None:
    assert meeting_paper.ratio(29, 37) == "78.3%"
    assert meeting_paper.ratio(1999, 2000) == "99.9%"
    assert meeting_paper.ratio(0, 0) == "—"


def test_every_sheet_of_a_case_reads_as_reviewed(village: VillageFile) -> None:
    detail = read(village, whole_case(village))
    agrees_with_reviewed(__file__, "six_sheets", printout.all_sheets(detail))
    for name, print_one in (("sign_in", printout.step_sign_in), ("minutes", printout.step_minutes)):
        pdf = print_one(detail, 4)
        agrees_with_reviewed(__file__, name, pdf)
        assert pdf == print_one(detail, 4)


def test_the_sheets_of_a_new_case_with_a_long_title_and_rare_characters_read_as_reviewed(village: VillageFile) -> None:
    title = "阿依古丽·买买提等户承包地流转和𬭎山村民小组机动地公开发包及村东排水渠清淤护坡改造工程招标（䶮家湾段）"
    pdf = printout.all_sheets(read(village, opened(village, title=title, amount_fen=0)))
    agrees_with_reviewed(__file__, "empty_sheets", pdf)
