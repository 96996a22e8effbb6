"""Checklists with evidence, problem lists that open lines of rectification, letters of responsibility, skeletons."""

import dataclasses
import datetime as dt

import pytest

from tests.assessments.conftest import TODAY, Stars
from tests.assessments.test_rounds import close, opened, read, shipped
from village_desk.archive.actions import attach
from village_desk.assessments import actions, lookups
from village_desk.assessments.actions import MarkLine
from village_desk.assessments.rules.forms import Form, Item, ItemKind, StageKey, Target, Way, blanks, check_usable
from village_desk.kit.errors import NotAllowed
from village_desk.people.records import Organisation, Post

TEN = (
    "有服务保障",
    "有服务场所",
    "有服务制度",
    "有基础台账",
    "有工作目标",
    "有产业支撑",
    "有经济收入",
    "有产业协会",
    "有示范基地",
    "有服务队伍",
)
SIX = (
    "有坚强有力的领导班子",
    "有本领过硬的骨干队伍",
    "有功能实用的服务场所",
    "有形式多样的服务载体",
    "有健全完善的制度机制",
    "有群众满意的服务业绩",
)


def answered(stars: Stars, made: str, yes: set[int], many: int, rater: str = "本村") -> str:
    """Fill the sheet of the village: which lines are there; returns the subject's id."""
    (subject,) = read(stars, made).subjects
    lines = tuple(MarkLine(at, yes=at in yes, ways=(Way.LOOK,)) for at in range(many))
    with stars.file.writing("assessments.fill_sheet") as session:
        actions.fill_sheet(session, subject_id=subject.id, rater=rater, on=TODAY, lines=lines)
    return subject.id


def prove(stars: Stars, made: str, *places: int) -> None:
    """Hang a file on these lines."""
    marks = {row.place: row.id for row in read(stars, made).subjects[0].marks}
    blob = stars.file.blobs.put(b"a photo")
    with stars.file.writing("archive.attach") as session:
        for place in places:
            attach(
                session,
                of_table=lookups.MARK_TABLE,
                of_id=marks[place],
                blob=blob,
                title="照片",
                kind="photo",
                form="jpg",
                size_bytes=7,
            )


@pytest.mark.covers("3-42")
def test_ten_lines_word_for_word_and_each_yes_needs_a_paper(stars: Stars) -> None:
    form = shipped("十有标准（丽江）")
    assert tuple(item.text for item in form.items) == TEN
    made = opened(stars, form)
    answered(stars, made, {0, 1, 2}, 10)
    assert read(stars, made).subjects[0].counted == (3, 10)
    prove(stars, made, 0, 1)
    with pytest.raises(NotAllowed, match="东河村第3项“有服务制度”写了有，可是没有材料"):
        close(stars, made)
    marks = {row.place: row.id for row in read(stars, made).subjects[0].marks}
    with stars.file.writing("assessments.link_record") as session:
        actions.link_record(
            session,
            of_table=lookups.MARK_TABLE,
            of_id=marks[2],
            table="meeting",
            record_id="0" * 32,
            words="9月1日村民代表会议记录",
        )
    close(stars, made)
    found = read(stars, made)
    assert found.subjects[0].result_words == "3/10"
    assert found.duties == ()


@pytest.mark.covers("4E-01")
def test_six_lines_word_for_word(stars: Stars) -> None:
    form = shipped("六有目标")
    assert tuple(item.text for item in form.items) == SIX
    made = opened(stars, form)
    answered(stars, made, {0, 5}, 6)
    prove(stars, made, 0, 5)
    close(stars, made)
    assert read(stars, made).subjects[0].result_words == "2/6"


def test_the_tenth_line_of_the_service_room_is_optional(stars: Stars) -> None:
    form = shipped("村便民服务室十个一")
    assert [bool(item.prints) for item in form.items].count(True) == 5
    made = opened(stars, form)
    answered(stars, made, set(range(9)), 10)
    assert read(stars, made).subjects[0].counted == (9, 9)


@pytest.mark.covers("4E-23")
def test_each_no_of_the_list_of_problems_opens_a_line(stars: Stars) -> None:
    form = shipped("突出问题清单")
    assert len(form.items) == 8
    made = opened(stars, form)
    answered(stars, made, {0, 1, 2, 3, 4, 6}, 8)
    assert close(stars, made) == 2
    assert [line.problem for line in read(stars, made).lines] == ["宗旨意识牢不牢", "服务能力强不强"]


@pytest.mark.covers("3-14")
@pytest.mark.covers("4A-08")
def test_a_hit_of_the_weak_branch_list_is_closed_with_evidence_and_acceptance_only(stars: Stars) -> None:
    with stars.file.writing("tests.furnish") as session:
        branch = Organisation(kind="party_branch", name="东河村党支部")
        session.add(branch)
        session.flush()
        branch_id = branch.id
        session.add(
            Post(
                organisation_id=branch.id,
                person_id=stars.persons["吴五"],
                role="secretary",
                from_on=dt.date(2021, 1, 1),
            )
        )
    blank = shipped("软弱涣散党组织排查整顿")
    assert len(blank.items) == 10
    assert [item.text for item in blank.items if item.text] == ["不开展组织活动", "财务公开混乱", "民主管理混乱"]
    with pytest.raises(NotAllowed, match="10项里有7项还没有填文字"):
        check_usable(blank)
    form = dataclasses.replace(
        blank,
        items=tuple(
            dataclasses.replace(item, text=item.text or f"本地问题{at}") for at, item in enumerate(blank.items)
        ),
    )
    made = opened(stars, form, branch_id)
    answered(stars, made, {1}, 10)
    close(stars, made)
    (line,) = read(stars, made).lines
    assert (line.problem, line.owner, line.unit) == ("财务公开混乱", "吴五", "东河村党支部")
    assert line.due_on == TODAY + dt.timedelta(days=30)
    assert not line.on_wall
    stars.file.confirm_today(dt.date(2026, 11, 20))
    assert read(stars, made).lines[0].overdue
    with stars.file.writing("assessments.plan_rectification") as session:
        actions.plan_rectification(
            session,
            line_id=line.id,
            seen=read(stars, made).lines[0].seen,
            cause="账目不及时",
            measure="每季度20日前公开",
            unit="东河村党支部",
            owner_id=stars.persons["吴五"],
            due_on=dt.date(2026, 12, 1),
        )
    with pytest.raises(NotAllowed, match="还没有登记整改情况"), stars.file.writing("assessments.accept") as session:
        actions.accept_rectification(session, line_id=line.id, on=dt.date(2026, 11, 20), accepted_by="平安镇党委")
    with stars.file.writing("assessments.finish_rectification") as session:
        actions.finish_rectification(session, line_id=line.id, on=dt.date(2026, 11, 19), words="已公开三季度")
    with (
        pytest.raises(NotAllowed, match="还没有整改材料，不能销号"),
        stars.file.writing("assessments.accept") as session,
    ):
        actions.accept_rectification(session, line_id=line.id, on=dt.date(2026, 11, 20), accepted_by="平安镇党委")
    with stars.file.writing("assessments.link_record") as session:
        actions.link_record(
            session,
            of_table=lookups.LINE_TABLE,
            of_id=line.id,
            table="notice",
            record_id="1" * 32,
            words="2026年第三季度财务公开表",
        )
    with pytest.raises(NotAllowed, match="还没有乡镇验收"), stars.file.writing("assessments.accept") as session:
        actions.accept_rectification(session, line_id=line.id, on=dt.date(2026, 11, 20), accepted_by=" ")
    with stars.file.writing("assessments.accept_rectification") as session:
        actions.accept_rectification(session, line_id=line.id, on=dt.date(2026, 11, 20), accepted_by="平安镇党委")
    found = read(stars, made)
    assert found.lines[0].state_words == "已销号"
    assert all(one.done for one in found.stages)


@pytest.mark.covers("3-02")
@pytest.mark.covers("4A-09")
def test_two_letters_of_a_year_are_two_rounds_that_may_share_evidence(stars: Stars) -> None:
    with stars.file.writing("tests.furnish") as session:
        branch = Organisation(kind="party_branch", name="东河村党支部")
        session.add(branch)
        session.flush()
        branch_id = branch.id
    rounds = []
    for name in ("党建目标管理责任书", "党风廉政建设责任书"):
        blank = shipped(name)
        assert len(blank.items) == 10
        filled = dataclasses.replace(
            blank, items=tuple(dataclasses.replace(blank.items[at], text=f"第{at}条") for at in range(2))
        )
        made = opened(stars, filled, branch_id)
        with stars.file.writing("assessments.sign_letter") as session:
            actions.sign_letter(session, round_id=made, given_by="平安镇党委", on=dt.date(2026, 2, 1))
        answered(stars, made, {0, 1}, 2)
        rounds.append(made)
    for made in rounds:
        marks = {row.place: row.id for row in read(stars, made).subjects[0].marks}
        with stars.file.writing("assessments.link_record") as session:
            actions.link_record(
                session,
                of_table=lookups.MARK_TABLE,
                of_id=marks[0],
                table="meeting",
                record_id="2" * 32,
                words="7月1日党员大会记录",
            )
    first = read(stars, rounds[0])
    assert [one.words for one in first.unproved] == ["东河村党支部第2项“第1条”"]
    with pytest.raises(NotAllowed, match="第2项“第1条”没有材料"):
        close(stars, rounds[0])
    close(stars, rounds[0], why_unproved="会议未留影像，只有口头汇报")
    assert read(stars, rounds[0]).stages[0].words == "2026年2月1日签订。"
    assert read(stars, rounds[1]).closed_on is None


@pytest.mark.covers("4A-05")
def test_each_line_keeps_by_which_of_the_five_ways_it_was_checked(stars: Stars) -> None:
    made = opened(stars, shipped("突出问题清单"))
    (subject,) = read(stars, made).subjects
    ways = (Way.LISTEN, Way.LOOK, Way.CHECK, Way.WALK, Way.VISIT)
    with stars.file.writing("assessments.fill_sheet") as session:
        lines = tuple(MarkLine(at, yes=True, ways=(way,)) for at, way in enumerate(ways))
        actions.fill_sheet(session, subject_id=subject.id, rater="本村", on=TODAY, lines=lines)
    assert [row.ways for row in read(stars, made).subjects[0].marks] == [(way.value,) for way in ways]


@pytest.mark.covers("0-10")
def test_a_blank_form_of_eight_lines_is_named_filled_and_then_runs(stars: Stars) -> None:
    blank = shipped("四比四创")
    assert [item.text for item in blank.items] == [""] * 8
    filled = dataclasses.replace(
        blank, items=tuple(dataclasses.replace(item, text=f"本地第{at}项") for at, item in enumerate(blank.items))
    )
    made = opened(stars, filled)
    assert len(read(stars, made).form.items) == 8


@pytest.mark.covers("0-12")
def test_ten_blank_lines_come_as_a_file_and_want_a_text_each(stars: Stars) -> None:
    content = '[[form]]\nname = "五好五化"\nplace = "修文"\ntarget = "village"\nblank = 10\n'.encode()
    with stars.file.writing("assessments.import_forms") as session:
        (form_id,) = actions.import_forms(session, content=content)
    with pytest.raises(NotAllowed, match="10项里有10项还没有填文字"), stars.file.writing("assessments.open") as session:
        actions.open_assessment(session, form_id=form_id, year=2026)
    for wrong in (b"\xff", b"name = 3", b'[[form]]\nname = "x"\n', b'[[form]]\nname = "x"\ntarget = "moon"\n'):
        with pytest.raises(NotAllowed, match="模板"), stars.file.writing("assessments.import_forms") as session:
            actions.import_forms(session, content=wrong)


def test_a_new_version_from_a_file_leaves_last_years_result_alone(stars: Stars) -> None:
    made = opened(stars, Form("自查", Target.VILLAGE, (Item("一"), Item("二"))))
    answered(stars, made, {0}, 2)
    close(stars, made)
    content = '[[form]]\nname = "自查"\ntarget = "village"\nlines = ["一", "二", "三"]\n'.encode()
    with stars.file.writing("assessments.import_forms") as session:
        actions.import_forms(session, content=content)
    with stars.file.reading() as session:
        row = next(one for one in lookups.forms(session) if one.id)
    assert (row.version, len(row.form.items)) == (2, 3)
    assert read(stars, made).subjects[0].result_words == "1/2"


def test_every_shipped_form_is_whole_or_locked_with_its_reason() -> None:
    for form in lookups.shipped_forms():
        assert form.source
        empty = [item for item in form.items if not item.text]
        if empty:
            assert f"有{len(empty)}项还没有填文字" in blanks(form)[0]
        assert form.has(StageKey.GRADE)
        assert all(item.most == 0 or item.kind is not ItemKind.VETO for item in form.items)
