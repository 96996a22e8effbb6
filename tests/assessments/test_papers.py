"""Sheets of an assessment: working and parts on the summary, the veto's reason, the report, blank papers, the book."""

import dataclasses
import datetime as dt

import pytest

from tests.assessments.conftest import TODAY, Stars
from tests.assessments.test_printout import words
from tests.assessments.test_rounds import THREE, close, opened, rate, read, shipped, who
from village_desk.assessments import actions, printout
from village_desk.kit.errors import NotAllowed, NotFound


@pytest.fixture
def made(stars: Stars) -> str:
    """Three cadres: one vetoed with all the points, one in the middle, one low; closed."""
    round_id = opened(stars, THREE, *(stars.persons[name] for name in ("赵一", "钱二", "孙三")))
    rate(stars, who(stars, round_id, "赵一"), (60, 30), (50, 0, 0), (60, 30))
    rate(stars, who(stars, round_id, "钱二"), (50, 20), (30, 20, 0), (40, 20))
    rate(stars, who(stars, round_id, "孙三"), (20, 10), (10, 10, 30), (20, 10))
    with stars.file.writing("assessments.note_hit") as session:
        actions.note_hit(
            session,
            subject_id=who(stars, round_id, "赵一"),
            place=3,
            fact="党内警告",
            document="平纪〔2026〕3号",
            on=TODAY,
        )
        actions.set_group(
            session,
            round_id=round_id,
            members=("王镇长", "李委员"),
            kickoff_on=dt.date(2026, 9, 1),
            notice_no="平党发〔2026〕8号",
            period="2026年1月至9月",
        )
    close(stars, round_id)
    return round_id


@pytest.mark.covers("4A-01")
def test_a_closed_round_prints_its_working_its_vetoes_and_its_report(stars: Stars, made: str) -> None:
    found = read(stars, made)
    told = words(printout.summary(found))
    assert "自评（20%）群众测评（40%）组织考评（40%）" in told
    assert "78.6×20%＋84×40%＋68.6×40%＝76.8" in told
    assert "50＋20＋8.6＝78.6（其中折算：10×43÷50＝8.6）" in told
    assert "保留一位小数，第二位四舍五入" in told
    assert "否决：受党纪处分：党内警告" in told
    assert "发出52张，收回51张，废票1张，有效50张：满意30票、基本满意20票、不满意0票" in told
    result = words(printout.result_sheet_of(found))
    assert "3赵一99.2分否决受党纪处分：党内警告" in result
    assert "限期整改" in result
    report = words(printout.report(found))
    for one in (
        "依据平党发〔2026〕8号",
        "2026年9月1日召开动员会",
        "考评组成员：王镇长、李委员",
        "考评期间为2026年1月至9月",
    ):
        assert one in report
    assert "3赵一99.2分否决" in report
    book = words(printout.rectification_book(found.lines, village="东河村"))
    assert "2026年村干部年度考核定为差" in book
    assert printout.summary(found) == printout.summary(found)


def test_blank_papers_name_subjects_and_grades_and_nobody_who_votes(stars: Stars, made: str) -> None:
    found = read(stars, made)
    ballots = words(printout.ballots(found))
    assert "测评对象满意基本满意不满意孙三□□□" in ballots
    assert "不记名" in ballots
    assert "测评计票单" in words(printout.tally_form(found))
    assert "□听□看□查□走□访" in words(printout.blank_sheets(found, "自评"))
    with pytest.raises(NotAllowed, match="没有要逐项填的评分表"):
        printout.blank_sheets(found, "群众测评")
    plan = dataclasses.replace(found, four=("开述职会", "会议测评", "抓党建", "不念稿"))
    assert "方案开述职会方式会议测评内容抓党建要求不念稿" in words(printout.plan_sheet(plan))
    letter = words(printout.letter(dataclasses.replace(found, given_by="平安镇党委")))
    assert "平安镇党委与" in letter
    assert "1．完成年度任务。" in letter
    with pytest.raises(NotAllowed, match="还没有一条"):
        printout.negative_list(shipped("村干部履职行为负面清单"), "东河村")


@pytest.mark.covers("0-11")
def test_a_self_check_prints_and_the_award_is_typed_in_afterwards(stars: Stars) -> None:
    made = opened(stars, shipped("突出问题清单"))
    (subject,) = read(stars, made).subjects
    with stars.file.writing("assessments.fill_sheet") as session:
        lines = tuple(actions.MarkLine(at, yes=True) for at in range(8))
        actions.fill_sheet(session, subject_id=subject.id, rater="本村", on=TODAY, lines=lines)
    assert "对照结果：8/8" in words(printout.checklist(read(stars, made)))
    close(stars, made)
    with stars.file.writing("assessments.receive_result") as session:
        actions.receive_result(
            session,
            subject_id=subject.id,
            grade="县级示范点",
            on=TODAY,
            decided_by="县委组织部",
            document="修组通〔2026〕5号",
        )
    told = words(printout.result_sheet_of(read(stars, made)))
    assert "县级示范点县委组织部2026年9月30日评定（修组通〔2026〕5号）" in told


def test_the_five_papers_of_the_service_room(stars: Stars) -> None:
    for item in shipped("村便民服务室十个一").items:
        if item.prints:
            assert "东河村便民服务室" in words(printout.service_sheet(item.prints, village="东河村"))
    with pytest.raises(NotFound, match="没有这种打印件"):
        printout.service_sheet("poster", village="东河村")
    assert dt.date(2026, 9, 30) == TODAY
