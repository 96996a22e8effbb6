"""The supervision committee reads a sheet before it is posted: who may sign, and for which wording."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from village_desk.kit.errors import DeskError, NotAllowed
from village_desk.notices import actions, lookups
from village_desk.notices.rules.life import Stage
from village_desk.people import actions as people
from village_desk.store.file import VillageFile
from village_desk.store.operators import Role, StoreOperator

SINCE = dt.date(2026, 1, 10)
DAY = dt.date(2026, 9, 1)


@pytest.fixture
def officers(village: VillageFile) -> dict[str, str]:
    """李建国 heads the supervision committee, 王主任 the villagers' committee, 李会计 is the clerk."""
    with village.writing("tests.furnish") as session:
        people.set_up_bodies(session)
        found = {
            name: people.add_person(session, name=name, sex="male" if name != "赵梅" else "female", birth="1975-03-05")
            for name in ("李建国", "王主任", "李会计", "赵梅")
        }
        for name, role in (("李建国", "supervision_head"), ("王主任", "chair"), ("李会计", "clerk")):
            people.appoint(session, person_id=found[name], role=role, from_on=SINCE, how="推选")
    return found


def draft(file: VillageFile) -> str:
    with file.writing("notices.draft_notice") as session:
        return actions.draft_notice(session, item="resolution", title="决议公开", body="同意修缮村东排水渠。")


def review(
    file: VillageFile, notice_id: str, who: str, opinion: str = "agreed", words: str = "", on: dt.date = DAY
) -> None:
    with file.writing("notices.review_notice") as session:
        actions.review_notice(
            session, notice_id=notice_id, opinion=opinion, reviewer_id=who, reviewed_on=on, words=words
        )


def stage(file: VillageFile, notice_id: str) -> Stage:
    with file.reading() as session:
        return lookups.one_notice(session, notice_id, on=DAY).row.stage


def refused(action: Callable[[], object], error: type[DeskError] = NotAllowed) -> str:
    with pytest.raises(error) as refusal:
        action()
    return refusal.value.message


def publish(file: VillageFile, notice_id: str) -> actions.Published:
    with file.writing("notices.publish") as session:
        return actions.publish(session, notice_id=notice_id, posting_from=DAY)


def test_a_sheet_of_the_committee_waits_for_its_review_and_then_gets_its_number(
    village: VillageFile, officers: dict[str, str]
) -> None:
    notice_id = draft(village)
    assert stage(village, notice_id) is Stage.UNDER_REVIEW
    assert "还没有村务监督委员会的审核意见" in refused(lambda: publish(village, notice_id))
    review(village, notice_id, officers["李建国"])
    assert stage(village, notice_id) is Stage.REVIEWED
    publish(village, notice_id)
    with village.reading() as session:
        paper = lookups.one_notice(session, notice_id, on=DAY).paper
    assert paper.review == "同意公开（李建国，2026年9月1日）"
    assert paper.issuer_name == "东河村村民委员会"


@pytest.mark.parametrize(
    ("who", "sentence"),
    [("李会计", "是村文书"), ("王主任", "第三十七条"), ("赵梅", "不是村务监督委员会成员")],
)
def test_trap_13_others_may_not_review(village: VillageFile, officers: dict[str, str], who: str, sentence: str) -> None:
    notice_id = draft(village)
    assert sentence in refused(lambda: review(village, notice_id, officers[who]))


def test_a_review_of_a_day_before_the_term_is_refused(village: VillageFile, officers: dict[str, str]) -> None:
    notice_id = draft(village)
    early = SINCE - dt.timedelta(days=1)
    assert "不是村务监督委员会成员" in refused(lambda: review(village, notice_id, officers["李建国"], on=early))


def test_an_objection_sends_the_sheet_back_and_new_words_need_a_new_review(
    village: VillageFile, officers: dict[str, str]
) -> None:
    notice_id = draft(village)
    assert "要写明意见" in refused(lambda: review(village, notice_id, officers["李建国"], "objected"))
    review(village, notice_id, officers["李建国"], "objected", "金额没写")
    assert stage(village, notice_id) is Stage.SENT_BACK
    assert "不同意公开" in refused(lambda: publish(village, notice_id))
    with village.reading() as session:
        seen = lookups.one_notice(session, notice_id, on=DAY).row.seen
    with village.writing("notices.edit_draft") as session:
        actions.edit_draft(
            session,
            notice_id=notice_id,
            seen=seen,
            title="决议公开",
            body="同意修缮村东排水渠，预算46,000元。",
            kind="publication",
            issuer="committee",
            review_first=True,
        )
    assert stage(village, notice_id) is Stage.UNDER_REVIEW
    review(village, notice_id, officers["李建国"])
    assert stage(village, notice_id) is Stage.REVIEWED


def test_a_review_by_login_needs_the_committees_own_seat(village: VillageFile, officers: dict[str, str]) -> None:
    notice_id = draft(village)

    def by_login(session: Session) -> str:
        return actions.review_notice(
            session,
            notice_id=notice_id,
            opinion="agreed",
            reviewer_id=officers["李建国"],
            reviewed_on=DAY,
            way="login",
        )

    with pytest.raises(NotAllowed, match="不是村务监督委员会的操作人"), village.writing("notices.review_notice") as one:
        by_login(one)
    with village.writing("store.add_operator") as session:
        session.add(StoreOperator(name="李建国", role=Role.SUPERVISOR))
    village.take_seat("李建国")
    with village.writing("notices.review_notice") as session:
        by_login(session)
    assert stage(village, notice_id) is Stage.REVIEWED


def test_the_branch_posts_its_own_sheets_without_that_review(village: VillageFile) -> None:
    with village.writing("notices.draft_notice") as session:
        notice_id = actions.draft_notice(
            session, item="affairs", title="主题党日活动公开", body="见附表。", issuer="branch", column="party"
        )
    assert stage(village, notice_id) is Stage.DRAFT
    assert publish(village, notice_id).number == "东河村支〔2026〕1号"
