"""Who reviews a sheet, when it may get its number, and the sentences that say why not."""

import datetime as dt

import pytest

from village_desk.kit.errors import NotAllowed
from village_desk.notices.rules.kinds import (
    KIND_WORDS,
    Issuer,
    NoticeKind,
    cited,
    issuer_name,
    next_number,
    official_number,
)
from village_desk.notices.rules.life import (
    Opinion,
    Reviewer,
    ReviewFact,
    Stage,
    check_not_future,
    check_publish,
    check_reviewer,
    check_slip,
    standing_review,
)

DAY = dt.date(2026, 9, 1)


def review(opinion: Opinion, wording: str = "甲") -> ReviewFact:
    return ReviewFact(opinion, wording, DAY, "李建国")


def test_trap_13_the_clerk_may_not_review_what_the_clerk_wrote() -> None:
    with pytest.raises(NotAllowed, match="李会计是村文书"):
        check_reviewer(Reviewer("李会计", on_supervision=True, on_committee=False, clerk=True))


def test_trap_13_a_member_of_the_villagers_committee_may_not_review_and_the_article_is_named() -> None:
    with pytest.raises(NotAllowed, match="第三十七条"):
        check_reviewer(Reviewer("王主任", on_supervision=True, on_committee=True, clerk=False))


def test_trap_13_a_near_relative_of_the_committee_may_not_review() -> None:
    with pytest.raises(NotAllowed, match="王主任的近亲属"):
        check_reviewer(Reviewer("王小弟", on_supervision=True, on_committee=False, clerk=False, relative_of="王主任"))


def test_only_the_supervision_committee_reviews() -> None:
    with pytest.raises(NotAllowed, match="不是村务监督委员会成员"):
        check_reviewer(Reviewer("赵六", on_supervision=False, on_committee=False, clerk=False))
    check_reviewer(Reviewer("李建国", on_supervision=True, on_committee=False, clerk=False))


@pytest.mark.parametrize(
    ("reviews", "stage"),
    [
        ((), Stage.UNDER_REVIEW),
        ((review(Opinion.AGREED),), Stage.REVIEWED),
        ((review(Opinion.AGREED, "乙"),), Stage.UNDER_REVIEW),
        ((review(Opinion.OBJECTED),), Stage.SENT_BACK),
        ((review(Opinion.OBJECTED, "乙"),), Stage.UNDER_REVIEW),
        ((review(Opinion.AFTER_CHANGES),), Stage.SENT_BACK),
        ((review(Opinion.AFTER_CHANGES, "乙"),), Stage.REVIEWED),
        ((review(Opinion.OBJECTED, "乙"), review(Opinion.AGREED)), Stage.REVIEWED),
        ((review(Opinion.AGREED), review(Opinion.OBJECTED)), Stage.SENT_BACK),
    ],
)
def test_a_review_holds_for_the_wording_that_was_read(reviews: tuple[ReviewFact, ...], stage: Stage) -> None:
    assert standing_review(reviews, "甲") is stage


def test_a_number_is_refused_without_a_review_where_one_is_wanted() -> None:
    with pytest.raises(NotAllowed, match="还没有村务监督委员会的审核意见"):
        check_publish("决议公开", (), "甲", review_first=True)
    check_publish("决议公开", (), "甲", review_first=False)
    check_publish("决议公开", (review(Opinion.AGREED),), "甲", review_first=True)


def test_a_wording_changed_after_its_review_is_refused() -> None:
    with pytest.raises(NotAllowed, match="审核以后又改过"):
        check_publish("决议公开", (review(Opinion.AGREED, "乙"),), "甲", review_first=True)


def test_trap_14_the_three_kinds_have_their_own_words_for_period_and_closing() -> None:
    assert [KIND_WORDS[kind].name for kind in NoticeKind] == ["公开", "公示", "公告"]
    assert len({KIND_WORDS[kind].period for kind in NoticeKind}) == 3
    assert len({KIND_WORDS[kind].closing for kind in NoticeKind}) == 3
    assert [kind for kind in NoticeKind if KIND_WORDS[kind].takes_objections] == [NoticeKind.OBJECTION]


def test_trap_23_each_issuer_has_a_name_and_a_number_series_of_its_own() -> None:
    assert issuer_name(Issuer.COMMITTEE, "东河村") == "东河村村民委员会"
    assert issuer_name(Issuer.SUPERVISION, "东河") == "东河村村务监督委员会"
    numbers = {official_number(issuer, "东河村", 2026, 3) for issuer in Issuer}
    assert len(numbers) == 4


def test_trap_25_a_number_has_hexagonal_brackets_and_no_leading_zero() -> None:
    assert official_number(Issuer.COMMITTEE, "东河村", 2026, 3) == "东河村委〔2026〕3号"
    assert official_number(Issuer.COMMITTEE, "东河村", 2026, None) == "待编号"


def test_an_article_is_cited_with_the_version_of_its_law() -> None:
    assert cited("村民委员会组织法第三十五条", "2025修订") == "《村民委员会组织法》（2025修订）第三十五条"
    assert cited("农村集体经济组织法第四十六条", "2025修订") == "《农村集体经济组织法》第四十六条"
    assert cited("本地规定") == "本地规定"


def test_numbers_are_given_only_by_the_laptop_that_holds_the_series() -> None:
    assert next_number((), holds_series=True) == 1
    assert next_number((1, 2, 5), holds_series=True) == 6
    assert next_number((1, 2, 5), holds_series=False) is None


def test_a_fact_of_tomorrow_is_refused_and_one_of_last_week_is_not() -> None:
    with pytest.raises(NotAllowed, match="今天才2026年9月1日"):
        check_not_future(dt.date(2026, 9, 2), DAY, "张贴日期")
    check_not_future(dt.date(2026, 8, 20), DAY, "张贴日期")


def test_a_slip_needs_a_reason_and_a_change() -> None:
    with pytest.raises(NotAllowed, match="要写明原因"):
        check_slip(DAY, dt.date(2026, 8, 31), " ", "张贴日期")
    with pytest.raises(NotAllowed, match="没有要改的"):
        check_slip(DAY, DAY, "输错", "张贴日期")
    check_slip(DAY, dt.date(2026, 8, 31), "登记时输错", "张贴日期")
