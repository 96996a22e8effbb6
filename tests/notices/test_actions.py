"""Notices in a real file: from duty to draft, number, posting, damage, posting again and taking down."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed, NotFound
from village_desk.notices import actions, lookups
from village_desk.notices.lookups import DutyState, NoticeDetail
from village_desk.notices.rules.life import Stage
from village_desk.store.file import VillageFile

MATTER = "5f" * 16
BODY = "经村民代表会议表决通过，同意修缮村东排水渠，预算46,000元。"


def day(number: int, month: int = 9) -> dt.date:
    return dt.date(2026, month, number)


def add_duty(file: VillageFile, due: dt.date | None = None, about: str = "村东排水渠修缮") -> str:
    with file.writing("notices.add_duty") as session:
        return actions.add_duty(
            session, item="resolution", about=about, source_room="decisions", source_id=MATTER, due_on=due or day(15)
        )


def draft(file: VillageFile, *, body: str = BODY, duty_id: str = "", review_first: bool = False) -> str:
    with file.writing("notices.draft_notice") as session:
        return actions.draft_notice(
            session,
            item="resolution",
            title="关于村东排水渠修缮的决议公开",
            body=body,
            grounds=(("2026年8月30日村民代表会议决议", "村民委员会组织法第二十九条"),),
            duty_id=duty_id,
            source_room="decisions",
            source_id=MATTER,
            review_first=review_first,
        )


def publish(file: VillageFile, notice_id: str, start: dt.date | None = None) -> actions.Published:
    with file.writing("notices.publish") as session:
        return actions.publish(session, notice_id=notice_id, posting_from=start or day(1))


def post(file: VillageFile, notice_id: str, on: dt.date, board: str = "村务公开栏") -> actions.Posted:
    with file.writing("notices.post") as session:
        return actions.post(session, notice_id=notice_id, posted_on=on, posted_by="王强", board=board)


def posted(file: VillageFile, on: dt.date | None = None) -> tuple[str, str]:
    notice_id = draft(file)
    publish(file, notice_id)
    return notice_id, post(file, notice_id, on or day(1)).posting_id


def look(file: VillageFile, notice_id: str, on: dt.date) -> NoticeDetail:
    with file.reading() as session:
        return lookups.one_notice(session, notice_id, on=on)


def refused(file: VillageFile, action: Callable[[Session], object], error: type[DeskError] = NotAllowed) -> str:
    """The sentence of a refusal that left nothing behind."""
    before = (file.position, file.digest())
    with pytest.raises(error) as refusal, file.writing("tests.refused") as session:
        action(session)
    assert (file.position, file.digest()) == before
    return refusal.value.message


def test_the_same_cause_opens_one_duty(village: VillageFile) -> None:
    assert add_duty(village) == add_duty(village, about="村东排水渠修缮工程")
    with village.reading() as session:
        (row,) = lookups.duties_on(session, on=day(10))
    assert row.about == "村东排水渠修缮工程"
    assert row.words == "村东排水渠修缮工程要在9月15日前张贴公开，还有5天。"


def test_a_duty_goes_from_to_do_over_in_work_to_posted(village: VillageFile) -> None:
    duty_id = add_duty(village)
    states = []

    def note(on: dt.date) -> None:
        with village.reading() as session:
            (row,) = lookups.duties_about(session, source_room="decisions", source_id=MATTER, on=on)
            states.append(row.state)

    note(day(10))
    note(day(16))
    notice_id = draft(village, duty_id=duty_id)
    note(day(10))
    publish(village, notice_id)
    note(day(10))
    post(village, notice_id, day(2))
    note(day(16))
    assert states == [
        DutyState.TO_DO,
        DutyState.OVERDUE,
        DutyState.IN_WORK,
        DutyState.IN_WORK,
        DutyState.POSTED,
    ]


def test_a_duty_that_does_not_apply_says_why_and_can_apply_again(village: VillageFile) -> None:
    duty_id = add_duty(village)
    assert "要写明原因" in refused(village, lambda s: actions.waive_duty(s, duty_id=duty_id, reason=" "))
    with village.writing("notices.waive_duty") as session:
        actions.waive_duty(session, duty_id=duty_id, reason="议题已撤回")
    with village.reading() as session:
        assert lookups.open_duties(session, on=day(10)) == ()
    with village.writing("notices.apply_duty_again") as session:
        actions.apply_duty_again(session, duty_id=duty_id)
    with village.reading() as session:
        assert len(lookups.due_this_week(session, on=day(10))) == 1
        assert lookups.due_this_week(session, on=day(1)) == ()


def test_a_published_sheet_has_its_number_its_dates_its_law_and_its_code(village: VillageFile) -> None:
    done = publish(village, draft(village))
    assert done.number == "东河村委〔2026〕1号"
    assert done.posting_until == day(16)
    paper = look(village, done.notice_id, day(1)).paper
    assert paper.period == "2026年9月1日至2026年9月16日（15天）"
    assert paper.posting_law == "《村民委员会组织法》（2025修订）第三十五条"
    assert paper.grounds == (("2026年8月30日村民代表会议决议", "《村民委员会组织法》第二十九条"),)
    assert len(paper.code.replace(" ", "")) == 30
    assert paper.code == done.code
    assert not paper.draft
    assert publish(village, draft(village)).number == "东河村委〔2026〕2号"


def test_a_published_sheet_is_final(village: VillageFile) -> None:
    notice_id = draft(village)
    seen = look(village, notice_id, day(1)).row.seen
    publish(village, notice_id)
    sentence = refused(
        village,
        lambda s: actions.edit_draft(
            s,
            notice_id=notice_id,
            seen=seen,
            title="改",
            body="改",
            kind="publication",
            issuer="committee",
            review_first=False,
        ),
    )
    assert "已经编号定稿" in sentence
    refused(village, lambda s: actions.discard_draft(s, notice_id=notice_id))
    refused(village, lambda s: actions.publish(s, notice_id=notice_id, posting_from=day(2)))


def test_private_numbers_stop_a_sheet_until_they_are_covered(village: VillageFile) -> None:
    notice_id = draft(village, body=f"{BODY}联系人张三，11010519491231002X，13912345678。")
    sentence = refused(village, lambda s: actions.publish(s, notice_id=notice_id, posting_from=day(1)))
    assert "身份证号" in sentence
    assert "19491231" not in sentence
    with village.writing("notices.mask_draft") as session:
        assert actions.mask_draft(session, notice_id=notice_id) == 2
    publish(village, notice_id)
    assert "1101**********002X，139****5678" in look(village, notice_id, day(1)).body


def test_a_draft_cannot_be_posted(village: VillageFile) -> None:
    notice_id = draft(village)
    assert "还是草稿" in refused(village, lambda s: actions.post(s, notice_id=notice_id, posted_on=day(1)))
    refused(village, lambda s: actions.post(s, notice_id="00" * 16, posted_on=day(1)), NotFound)


def test_a_posting_keeps_its_true_day_and_knows_when_it_may_come_down(village: VillageFile) -> None:
    notice_id, _ = posted(village)
    detail = look(village, notice_id, day(7))
    assert detail.row.stage is Stage.POSTED
    assert detail.row.next_act == "还要张贴9天（到9月16日）。"
    assert look(village, notice_id, day(16)).row.next_act == "今天是公开期限的最后一天，9月17日起可以撤下。"
    assert look(village, notice_id, day(17)).row.stage is Stage.RUN_OUT
    assert [(step.title, step.day, step.done) for step in detail.strip] == [
        ("草稿", None, True),
        ("编号定稿", day(1), True),
        ("张贴", day(1), True),
        ("撤下", None, False),
        ("归档", None, False),
    ]


def test_tomorrow_is_not_a_day_of_posting(village: VillageFile) -> None:
    notice_id = draft(village)
    publish(village, notice_id)
    assert "今天才" in refused(village, lambda s: actions.post(s, notice_id=notice_id, posted_on=day(11)))


def test_trap_1_before_2026_no_law_set_the_days_and_the_posting_is_a_fact_all_the_same(village: VillageFile) -> None:
    notice_id = draft(village)
    with village.writing("notices.publish") as session:
        actions.publish(session, notice_id=notice_id, posting_from=dt.date(2025, 12, 20))
    post(village, notice_id, dt.date(2025, 12, 20))
    detail = look(village, notice_id, dt.date(2025, 12, 21))
    assert detail.row.stage is Stage.RUN_OUT
    assert "没有规定公开期限的天数" in detail.boards[0].state.arithmetic[1]


def test_a_sheet_does_not_come_down_before_its_day(village: VillageFile) -> None:
    _, posting_id = posted(village)
    sentence = refused(village, lambda s: actions.take_down(s, posting_id=posting_id, taken_on=day(7)))
    assert sentence == (
        "《关于村东排水渠修缮的决议公开》9月1日贴出，公开期限到2026年9月16日止，还差9天，现在不能撤下。"
    )


def test_a_sheet_comes_down_after_its_day_and_stays_down(village: VillageFile) -> None:
    notice_id, posting_id = posted(village)
    village.confirm_today(day(20))
    with village.writing("notices.take_down") as session:
        actions.take_down(session, posting_id=posting_id, taken_on=day(17), taken_by="王强")
    detail = look(village, notice_id, day(20))
    assert detail.row.stage is Stage.TAKEN_DOWN
    assert detail.strip[-2].day == day(17)
    assert "已经贴满公开期限并撤下" in refused(
        village, lambda s: actions.post(s, notice_id=notice_id, posted_on=day(18))
    )


def test_damage_opens_a_duty_and_the_new_posting_makes_it_good(village: VillageFile) -> None:
    notice_id, posting_id = posted(village)
    with village.writing("notices.record_damage") as session:
        duty_id = actions.record_damage(session, posting_id=posting_id, kind="torn", found_on=day(5), found_by="王强")
    detail = look(village, notice_id, day(7))
    assert detail.row.stage is Stage.OFF_EARLY
    assert detail.row.next_act == "村务公开栏的张贴件被撕或脱落，还差11天，请补贴。"
    with village.reading() as session:
        (duty,) = lookups.open_duties(session, on=day(7))
    assert duty.id == duty_id
    assert duty.words.endswith("应在9月5日前补贴，已逾期2天，请尽快办理并照实登记日期。")
    again = post(village, notice_id, day(7))
    assert again.last_day == day(18)
    with village.reading() as session:
        assert lookups.open_duties(session, on=day(7)) == ()
    titles = [step.title for step in look(village, notice_id, day(7)).strip]
    assert titles == ["草稿", "编号定稿", "张贴", "破损", "补贴", "撤下", "归档"]


def test_a_damage_is_entered_once_and_only_of_what_hangs(village: VillageFile) -> None:
    _, posting_id = posted(village)
    assert "早于张贴日期" in refused(
        village,
        lambda s: actions.record_damage(s, posting_id=posting_id, kind="torn", found_on=dt.date(2026, 8, 31)),
    )
    with village.writing("notices.record_damage") as session:
        actions.record_damage(session, posting_id=posting_id, kind="removed", found_on=day(5))
    assert "已经不在村务公开栏上" in refused(
        village, lambda s: actions.record_damage(s, posting_id=posting_id, kind="torn", found_on=day(6))
    )


def test_each_board_has_days_of_its_own(village: VillageFile) -> None:
    """The nineteenth is a Saturday; the Sunday after it is worked before the October holiday (调休)."""
    notice_id, _ = posted(village)
    post(village, notice_id, day(4), board="二组公开栏")
    detail = look(village, notice_id, day(17))
    assert {board.board: board.state.last_day for board in detail.boards} == {
        "村务公开栏": day(16),
        "二组公开栏": day(20),
    }
    assert detail.row.stage is Stage.POSTED


def test_the_same_board_is_posted_once(village: VillageFile) -> None:
    notice_id, _ = posted(village)
    assert "9月1日已经贴在村务公开栏上" in refused(
        village, lambda s: actions.post(s, notice_id=notice_id, posted_on=day(2))
    )


def test_a_typing_slip_is_put_right_with_its_reason_and_both_days_are_kept(village: VillageFile) -> None:
    notice_id, posting_id = posted(village)
    assert "写明原因" in refused(
        village, lambda s: actions.put_date_right(s, record_id=posting_id, right_on=day(2), reason="")
    )
    with village.writing("notices.put_date_right") as session:
        actions.put_date_right(session, record_id=posting_id, right_on=day(2), reason="登记时看错了日期")
    assert look(village, notice_id, day(7)).boards[0].state.last_day == day(17)
    with village.writing("notices.put_date_right") as session:
        actions.put_date_right(session, record_id=posting_id, right_on=day(3), reason="再核对照片是3日")
    assert look(village, notice_id, day(7)).boards[0].posted_on == day(3)


def test_a_slip_may_not_turn_the_order_of_days_round(village: VillageFile) -> None:
    _, posting_id = posted(village)
    with village.writing("notices.record_damage") as session:
        actions.record_damage(session, posting_id=posting_id, kind="torn", found_on=day(5))
    assert "不能倒过来" in refused(
        village, lambda s: actions.put_date_right(s, record_id=posting_id, right_on=day(6), reason="看错")
    )


def test_objections_are_taken_and_answered(village: VillageFile) -> None:
    with village.writing("notices.draft_notice") as session:
        notice_id = actions.draft_notice(
            session, item="points", kind="objection_notice", title="积分公示", body="见附表。", review_first=False
        )
    publish(village, notice_id)
    post(village, notice_id, day(1))
    with village.writing("notices.raise_objection") as session:
        first = actions.raise_objection(
            session, notice_id=notice_id, raised_on=day(4), raised_by="赵六", words="少记一次"
        )
        actions.raise_objection(session, notice_id=notice_id, raised_on=day(9), raised_by="钱七", words="也少记")
    with village.writing("notices.answer_objection") as session:
        actions.answer_objection(session, objection_id=first, answered_on=day(6), answered_by="王强", words="已补记2分")
    found = look(village, notice_id, day(10)).objections
    assert [(each.raised_by, each.late, each.answer) for each in found] == [
        ("赵六", False, "已补记2分"),
        ("钱七", True, ""),
    ]


def test_another_laptop_prints_number_pending_and_cannot_give_it(village: VillageFile) -> None:
    publish(village, draft(village))
    village.renew_identity()
    done = publish(village, draft(village))
    assert done.number == "待编号"
    assert "由另一台电脑编" in refused(village, lambda s: actions.give_number(s, notice_id=done.notice_id))


def test_a_print_is_found_again_by_its_hash(village: VillageFile) -> None:
    notice_id = draft(village)
    refused(village, lambda s: actions.record_print(s, notice_id=notice_id, pdf_hash="ab", pages=1))
    publish(village, notice_id)
    for _ in range(2):
        with village.writing("notices.record_print") as session:
            actions.record_print(session, notice_id=notice_id, pdf_hash="ab" * 32, pages=1)
    with village.reading() as session:
        assert lookups.printed_as(session, "ab" * 32) == notice_id
        assert lookups.printed_as(session, "cd" * 32) == ""
        assert lookups.one_notice(session, notice_id, on=day(10)).row.stage is Stage.PRINTED
        assert len(lookups.one_notice(session, notice_id, on=day(10)).prints) == 1


def test_the_list_puts_first_what_needs_somebody(village: VillageFile) -> None:
    hanging, _ = posted(village)
    waiting = draft(village)
    torn, posting_id = posted(village)
    with village.writing("notices.record_damage") as session:
        actions.record_damage(session, posting_id=posting_id, kind="torn", found_on=day(5))
    with village.reading() as session:
        rows = lookups.all_notices(session, on=day(7))
        about = lookups.notices_about(session, source_room="decisions", source_id=MATTER, on=day(7))
    assert [row.id for row in rows] == [torn, waiting, hanging]
    assert {row.id for row in about} == {torn, waiting, hanging}


def test_a_rebuild_gives_the_same_file(village: VillageFile) -> None:
    notice_id, posting_id = posted(village)
    with village.writing("notices.record_damage") as session:
        actions.record_damage(session, posting_id=posting_id, kind="torn", found_on=day(5))
    before, detail = village.digest(), look(village, notice_id, day(7))
    village.rebuild()
    assert village.digest() == before
    assert look(village, notice_id, day(7)) == detail
    assert village.verify() == []
