"""Star sheets: heads of households only, the certificate of a person's household, the four lists with their days."""

import datetime as dt

import pytest

from tests.assessments.conftest import TODAY, Stars
from tests.assessments.test_stars import NINE, NONE, TEN, awarded, opened, rated, recognise
from village_desk.assessments import actions, lookups, printout
from village_desk.kit.errors import NotAllowed
from village_desk.paper.text import pages_text


def words(pdf: bytes) -> str:
    """The text of a PDF without breaks."""
    return "".join("".join(pages_text(pdf)).split())


def test_the_result_lists_heads_of_rated_households_and_nobody_else(stars: Stars) -> None:
    made = opened(stars, "赵一", "钱二", "吴五")
    rated(stars, made, 赵一=TEN, 钱二=NINE, 吴五=NONE)
    with stars.file.reading() as session:
        blank = words(printout.rating_sheets(lookups.one_round(session, made), mutual=False))
        with pytest.raises(NotAllowed, match="还没有认定"):
            printout.result_sheet(lookups.one_round(session, made))
    assert "东河村星级文明户（十星）自评表" in blank
    recognise(stars, made)
    with stars.file.reading() as session:
        found = lookups.one_round(session, made)
    told = words(printout.result_sheet(found))
    assert "东河村2026年星级文明户公示" in told
    assert "1一组赵一十星级" in told
    assert "钱二九星级" in told
    assert "吴五" not in told
    assert printout.result_sheet(found) == printout.result_sheet(found)
    with pytest.raises(NotAllowed, match="还没有授牌"):
        printout.plaque_list(found)
    awarded(stars, made)
    with stars.file.reading() as session:
        assert "2026-002一组钱二九星级" in words(printout.plaque_list(lookups.one_round(session, made)))


@pytest.mark.covers("1-45")
def test_looking_up_a_person_gives_the_rating_and_a_certificate_prints_from_it(stars: Stars) -> None:
    made = opened(stars, "钱二")
    rated(stars, made, 钱二=NINE)
    recognise(stars, made)
    awarded(stars, made)
    with stars.file.reading() as session:
        found = lookups.rating_of_person(session, person_id=stars.persons["钱二"])
    assert found is not None
    assert (found.year, found.level) == (2026, "九星级")
    told = words(printout.certificate(found, person="钱二", used_for="推荐道德模范", day="2026年9月30日"))
    assert "兹证明东河村一组钱二家庭在2026年“星级文明户（十星）”评选中评为九星级文明户（牌号2026-001）" in told
    assert "仅作评优参考" in told


def test_the_four_lists_stand_on_one_sheet_with_their_days(stars: Stars) -> None:
    with stars.file.writing("assessments.receive_star") as session:
        made = actions.receive_star(
            session,
            kind="secretary",
            person_id=stars.persons["吴五"],
            stars=3,
            grade="优秀",
            decided_on=dt.date(2026, 1, 20),
            decided_by="平安镇党委",
            document="平安党发〔2026〕2号",
        )
    with stars.file.reading() as session:
        four = lookups.four_comparisons(session)
        row = next(each for each in lookups.received_stars(session) if each.id == made)
    told = words(printout.comparison_sheet(four, village="东河村", day="2026年9月30日"))
    for one in (
        "一、乡村比先进",
        "二、书记比星级数据日期：2026年1月20日来源：乡镇、县评定",
        "三、党员比积分",
        "四、家庭比文明",
    ):
        assert one in told
    form = words(printout.secretary_form(row, village="东河村", history=(row,)))
    assert "评定星级三星级" in form
    with stars.file.writing("assessments.correct_received") as session:
        actions.correct_received(
            session,
            received_id=made,
            seen=row.seen,
            decided_on=row.decided_on,
            decided_by="平安镇党委",
            document="平安党发〔2026〕3号",
            stars=4,
            grade="优秀",
        )
    with stars.file.reading() as session:
        assert lookups.received_stars(session)[0].stars == 4
    assert dt.date(2026, 9, 30) == TODAY
