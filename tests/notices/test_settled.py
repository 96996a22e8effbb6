"""Between draft and archive: opinions answered, meetings that settle, seals, corrections, files, and the archive."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from village_desk.archive.actions import attach
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.notices import actions, lookups
from village_desk.notices.lookups import NoticeDetail
from village_desk.notices.rules.life import Stage
from village_desk.people import actions as people
from village_desk.rulebook.actions import install_pack
from village_desk.store.file import VillageFile

HEAD = """issuer = "town"
pack = "posting"
title = "某县公开办法"
version = "1"
law_version = "办法"
region = "local"
valid_from = 2026-01-01
"""
ROW = """[[posting]]
rule_id = "T-CW"
kind = "affairs"
name = "村务公开"
sort = "publication"
days = 15
working_days = false
rolls_over = true
legal_ref = "某县村务公开办法第八条"
standing = "local_rule"
objection_days = 5
answer_days = 3
review_first = true
review_answer_days = 5
approval = "joint_meeting"
after_gap = "restart"
"""


def day(number: int, month: int = 9) -> dt.date:
    return dt.date(2026, month, number)


def look(village: VillageFile, notice_id: str, on: dt.date | None = None) -> NoticeDetail:
    with village.reading() as session:
        return lookups.one_notice(session, notice_id, on=on or village.today)


def county(village: VillageFile) -> None:
    with village.writing("rulebook.install_pack") as session:
        install_pack(session, files=(("pack.toml", HEAD), ("posting.toml", ROW)))


def supervisor(village: VillageFile) -> str:
    with village.writing("tests.people") as session:
        people.set_up_bodies(session)
        head = people.add_person(session, name="李建国", sex="male", birth="1975-03-05")
        people.appoint(session, person_id=head, role="supervision_head", from_on=day(10, 1), how="推选")
    return head


def draft(village: VillageFile, *, review_first: bool | None = False) -> str:
    with village.writing("notices.draft_notice") as session:
        return actions.draft_notice(
            session, item="affairs", title="水渠决算公开", body="决算64,000元。", review_first=review_first
        )


def done(village: VillageFile, deed: Callable[[Session], object]) -> None:
    with village.writing("tests.deed") as session:
        deed(session)


def hung(village: VillageFile, on: dt.date = dt.date(2026, 8, 3)) -> tuple[str, str]:
    notice = draft(village)
    with village.writing("notices.publish") as session:
        actions.publish(session, notice_id=notice, posting_from=on)
        posting = actions.post(session, notice_id=notice, posted_on=on, posted_by="王强")
    return notice, posting.posting_id


def test_a_place_that_demands_it_gets_review_and_meeting_before_the_number(village: VillageFile) -> None:
    county(village)
    head = supervisor(village)
    notice = draft(village)
    assert look(village, notice).review_first
    with pytest.raises(NotAllowed, match="还没有村务监督委员会的审核意见"), village.writing("t.t") as session:
        actions.publish(session, notice_id=notice, posting_from=day(10))
    done(
        village,
        lambda session: actions.review_notice(
            session, notice_id=notice, opinion="objected", reviewer_id=head, reviewed_on=day(1), words="缺发票"
        ),
    )
    (review,) = look(village, notice).reviews
    assert review.answer_due == day(7), "five days end on Sunday the 6th, which moves on"
    done(
        village,
        lambda session: actions.reply_to_review(
            session, review_id=review.id, replied_on=day(3), replied_by="王强", words="发票已补齐"
        ),
    )
    assert look(village, notice).reviews[0].reply == "发票已补齐"
    done(
        village,
        lambda session: actions.review_notice(
            session, notice_id=notice, opinion="agreed", reviewer_id=head, reviewed_on=day(4)
        ),
    )
    detail = look(village, notice)
    assert (detail.row.stage, detail.approval) == (Stage.AWAITS_APPROVAL, "村“两委”联席会议")
    with pytest.raises(NotAllowed, match="还没有经村“两委”联席会议确定"), village.writing("t.t") as session:
        actions.publish(session, notice_id=notice, posting_from=day(10))
    done(
        village,
        lambda session: actions.note_approval(
            session, notice_id=notice, body="joint_meeting", approved_on=day(5), approved_by="联席会议"
        ),
    )
    assert look(village, notice).row.stage is Stage.REVIEWED
    done(village, lambda session: actions.publish(session, notice_id=notice, posting_from=day(10)))
    assert look(village, notice).paper.approval == "村“两委”联席会议2026年9月5日确定"


def test_a_local_row_lets_the_period_begin_anew_after_a_gap_and_flags_late_answers(village: VillageFile) -> None:
    county(village)
    head = supervisor(village)
    notice = draft(village, review_first=None)
    with village.writing("tests.post") as session:
        actions.review_notice(session, notice_id=notice, opinion="agreed", reviewer_id=head, reviewed_on=day(1, 8))
        actions.note_approval(session, notice_id=notice, body="joint_meeting", approved_on=day(1, 8))
        actions.publish(session, notice_id=notice, posting_from=day(3, 8))
        posting = actions.post(session, notice_id=notice, posted_on=day(3, 8))
        actions.record_damage(session, posting_id=posting.posting_id, kind="torn", found_on=day(10, 8))
        again = actions.post(session, notice_id=notice, posted_on=day(12, 8))
        objection = actions.raise_objection(
            session, notice_id=notice, raised_on=day(6, 8), raised_by="张三", words="数不对"
        )
    assert again.last_day == day(27, 8)
    (row,) = look(village, notice).objections
    assert (row.due_on, row.overdue, row.late) == (day(10, 8), True, False)
    assert row.arithmetic[0].startswith("2026年8月6日（周四）是起始日")
    with village.reading() as session:
        first = lookups.notices_in_life(session, on=day(10))[0]
    assert first.next_act == "张三的意见应在8月10日前答复，已过31天，请答复并登记。"
    done(
        village,
        lambda session: actions.answer_objection(
            session, objection_id=objection, answered_on=day(9), answered_by="王强", words="已核对"
        ),
    )
    assert look(village, notice).objections[0].answered_late


@pytest.mark.covers("1-05", "2-32")
def test_an_unanswered_objection_older_than_its_limit_is_listed(village: VillageFile) -> None:
    county(village)
    notice = draft(village, review_first=None)
    head = supervisor(village)
    with village.writing("tests.post") as session:
        actions.review_notice(session, notice_id=notice, opinion="agreed", reviewer_id=head, reviewed_on=day(1, 8))
        actions.note_approval(session, notice_id=notice, body="joint_meeting", approved_on=day(1, 8))
        actions.publish(session, notice_id=notice, posting_from=day(3, 9))
        actions.post(session, notice_id=notice, posted_on=day(3, 9))
        actions.raise_objection(session, notice_id=notice, raised_on=day(4), raised_by="张三", words="数不对")
    with village.reading() as session:
        late = {
            on: sum(row.answers_overdue for row in lookups.notices_in_life(session, on=on)) for on in (day(7), day(8))
        }
    assert late == {day(7): 0, day(8): 1}


def test_a_wrong_sheet_is_put_right_by_a_numbered_correction_beside_it(village: VillageFile) -> None:
    notice, _ = hung(village)
    with pytest.raises(NotAllowed, match="要写明哪里错了"), village.writing("t.t") as session:
        actions.draft_correction(session, notice_id=notice, reason=" ")
    with village.writing("notices.draft_correction") as session:
        correction = actions.draft_correction(session, notice_id=notice, reason="决算应为46,000元，误写成64,000元。")
    detail = look(village, correction)
    assert detail.row.title == "关于《水渠决算公开》的更正公告"
    assert detail.body.startswith("2026年8月3日张贴的《水渠决算公开》（东河村委〔2026〕1号）有误，现更正如下：")
    assert detail.corrects is not None
    assert detail.corrects.number == "东河村委〔2026〕1号"
    done(
        village,
        lambda session: actions.edit_draft(
            session,
            notice_id=correction,
            seen=detail.row.seen,
            title=detail.row.title,
            body=detail.body,
            kind="announcement",
            issuer="committee",
            review_first=False,
        ),
    )
    done(village, lambda session: actions.publish(session, notice_id=correction, posting_from=day(10)))
    (beside,) = look(village, notice).corrected_by
    assert (beside.number, beside.final) == ("东河村委〔2026〕2号", True)
    assert look(village, notice).body == "决算64,000元。"


def test_the_seal_register_writes_itself(village: VillageFile) -> None:
    notice, _ = hung(village)
    done(
        village,
        lambda session: actions.note_seal(
            session, notice_id=notice, sealed_on=day(3, 8), signed_by="王强", approved_by="赵书记", many=2
        ),
    )
    done(
        village,
        lambda session: actions.note_seal_use(
            session, used_on=day(4, 8), seal="村民委员会印章", purpose="为张大山开证明", approved_by="王强"
        ),
    )
    with village.reading() as session:
        rows = lookups.seal_register(session, year=2026)
    assert [(row.purpose, row.many, row.approved_by) for row in rows] == [
        ("《水渠决算公开》东河村委〔2026〕1号", 2, "赵书记"),
        ("为张大山开证明", 1, "王强"),
    ]
    assert look(village, notice).sealed_on == day(3, 8)
    assert "签字盖章" in [step.title for step in look(village, notice).strip]
    with pytest.raises(NotAllowed, match="今天才"), village.writing("t.t") as session:
        actions.note_seal(session, notice_id=notice, sealed_on=day(11), signed_by="王强")


def test_a_sheet_is_archived_when_it_came_down_with_its_pdf_and_scan(village: VillageFile) -> None:
    notice, posting = hung(village)
    with pytest.raises(NotAllowed, match="还没有贴满撤下"), village.writing("t.t") as session:
        actions.archive_notice(session, notice_id=notice, archived_on=day(10))
    with village.writing("tests.archive") as session:
        actions.record_print(session, notice_id=notice, pdf_hash="ab" * 32, pages=1)
        actions.take_down(session, posting_id=posting, taken_on=day(20, 8))
        attach(session, of_table="notice", of_id=notice, blob="cd" * 32, title="墙上的样子")
        attach(session, of_table="notice", of_id=notice, blob="ef" * 32, title="签字件", kind="signed", form="pdf")
    assert look(village, notice).row.stage is Stage.TAKEN_DOWN
    done(
        village, lambda session: actions.archive_notice(session, notice_id=notice, archived_on=day(10), box="2026-公-1")
    )
    detail = look(village, notice)
    assert (detail.row.stage, detail.archive_box) == (Stage.ARCHIVED, "2026-公-1")
    assert {file.kind_words for file in detail.files} == {"照片", "签字盖章件"}
    assert detail.strip[-1].done


def test_letters_of_numbers_are_each_bodys_own_and_given_numbers_stay(village: VillageFile) -> None:
    notice, _ = hung(village)
    with pytest.raises(NotAllowed, match="已经是村党组织的"), village.writing("t.t") as session:
        actions.set_issuer(session, issuer="committee", mark="东河村支")
    with pytest.raises(NotAllowed, match="不能用"), village.writing("t.t") as session:
        actions.set_issuer(session, issuer="committee", mark="东河〔2026〕")
    done(village, lambda session: actions.set_issuer(session, issuer="committee", mark="东河字", signer="主任王强"))
    assert look(village, notice).row.number == "东河村委〔2026〕1号"
    other = draft(village)
    done(village, lambda session: actions.publish(session, notice_id=other, posting_from=day(10)))
    assert look(village, other).row.number == "东河字〔2026〕2号"
    with village.reading() as session:
        assert lookups.notice_ids(session, on=day(10), words="东河字") == [other]


def test_boards_of_hamlets_have_names_of_their_own(village: VillageFile) -> None:
    done(village, lambda session: actions.add_board(session, name="三组公开栏", place="小学门口", size="2米×1.2米"))
    with pytest.raises(NotAllowed, match="已经有叫“三组公开栏”"), village.writing("t.t") as session:
        actions.add_board(session, name="三组公开栏")
    with village.reading() as session:
        (board,) = lookups.boards_of(session)
    done(village, lambda session: actions.drop_board(session, board_id=board.id))
    with pytest.raises(NotFound), village.writing("t.t") as session:
        actions.drop_board(session, board_id=board.id)


def test_the_list_gives_open_sheets_first_and_sorts_by_number(village: VillageFile) -> None:
    first, posting = hung(village)
    done(village, lambda session: actions.take_down(session, posting_id=posting, taken_on=day(20, 8)))
    second, _ = hung(village, day(1))
    waiting = draft(village)
    with village.reading() as session:
        assert lookups.notice_ids(session, on=day(10)) == [waiting, second, first]
        assert [row.id for row in lookups.notices_in_life(session, on=day(10))] == [waiting, second]
        assert lookups.notice_ids(session, on=day(10), by="number", descending=True)[:2] == [second, first]
        (row,) = lookups.notice_rows(session, [first], on=day(10))
    assert row.stage is Stage.TAKEN_DOWN
