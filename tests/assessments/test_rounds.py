"""Rounds of assessment: gates, sheets, ballots, weights, vetoes, results with their notice, and what follows."""

import dataclasses
import datetime as dt

import pytest

from tests.assessments.conftest import TODAY, Stars
from village_desk.assessments import actions, lookups
from village_desk.assessments.actions import MarkLine
from village_desk.assessments.lookups import AssessmentDetail
from village_desk.assessments.rules.forms import (
    BallotGrade,
    Band,
    Evidence,
    Follow,
    Form,
    Item,
    ItemKind,
    Rater,
    RaterHow,
    StageKey,
    Target,
    Way,
    check_form,
    pack,
    unpack,
)
from village_desk.kit.errors import NotAllowed
from village_desk.notices import actions as notices
from village_desk.notices.lookups import DutyState, duties_about, one_notice
from village_desk.people.records import Organisation, Post

BALLOT = (BallotGrade("满意", 100), BallotGrade("基本满意", 60), BallotGrade("不满意", 0))
BANDS = (
    Band("好", 90, (Follow.PRAISE,), 15),
    Band("一般", 70),
    Band("差", 0, (Follow.CRITICISM, Follow.RECTIFY, Follow.TALK), 30),
)
STAGES = (
    (StageKey.SELF, "基层自评"),
    (StageKey.MASS, "群众测评"),
    (StageKey.ORGANISATION, "组织考评"),
    (StageKey.GRADE, "定级"),
    (StageKey.POST, "公示"),
    (StageKey.USE, "结果运用"),
    (StageKey.RECTIFY, "整改"),
)
THREE = Form(
    "村干部年度考核",
    Target.PERSON,
    (
        Item("完成年度任务", ItemKind.SCORE, 60, "实绩"),
        Item("入户走访", ItemKind.SCORE, 30, "作风"),
        Item("服务对象满意率", ItemKind.RATE, 10, "作风"),
        Item("受党纪处分", ItemKind.VETO),
        Item("瞒报安全事故", ItemKind.SANCTION),
        Item("获县级以上表彰", ItemKind.REWARD),
    ),
    (
        Rater("自评", 20, RaterHow.SHEET, StageKey.SELF),
        Rater("群众测评", 40, RaterHow.BALLOT, StageKey.MASS),
        Rater("组织考评", 40, RaterHow.SHEET, StageKey.ORGANISATION),
    ),
    BANDS,
    BALLOT,
    STAGES,
)


def shipped(name: str) -> Form:
    return next(one for one in lookups.shipped_forms() if one.whole_name.startswith(name))


def opened(stars: Stars, form: Form, *subjects: str, year: int = 2026) -> str:
    with stars.file.writing("assessments.open_assessment") as session:
        form_id = actions.add_form(session, form=form)
        return actions.open_assessment(session, form_id=form_id, year=year, subject_ids=subjects)


def read(stars: Stars, made: str) -> AssessmentDetail:
    with stars.file.reading() as session:
        return lookups.one_assessment(session, made)


def who(stars: Stars, made: str, name: str) -> str:
    return next(one.id for one in read(stars, made).subjects if one.name == name)


def rate(stars: Stars, subject: str, own: tuple[int, int], votes: tuple[int, int, int], given: tuple[int, int]) -> None:
    """Whole points of the first two lines by both sheets, 43 of 50 satisfied, and the ballots."""
    with stars.file.writing("assessments.fill_sheet") as session:
        for rater, (tasks, visits) in (("自评", own), ("组织考评", given)):
            lines = (
                MarkLine(0, tasks * 10, ways=(Way.CHECK,)),
                MarkLine(1, visits * 10, ways=(Way.WALK, Way.VISIT)),
                MarkLine(2, good=43, valid=50),
            )
            actions.fill_sheet(session, subject_id=subject, rater=rater, on=TODAY, lines=lines)
        actions.count_ballots(
            session,
            subject_id=subject,
            rater="群众测评",
            on=TODAY,
            issued=52,
            returned=51,
            invalid=1,
            votes=votes,
            occasion="村民代表会议",
        )


def close(stars: Stars, made: str, on: dt.date = TODAY, **more: str) -> int:
    with stars.file.writing("assessments.close_assessment") as session:
        return actions.close_assessment(session, round_id=made, on=on, decided_by="镇考核工作组", **more)


@pytest.mark.covers("3-03")
@pytest.mark.covers("4E-17")
def test_three_raters_are_weighed_and_ballots_have_no_names(stars: Stars) -> None:
    crooked = dataclasses.replace(THREE, raters=(dataclasses.replace(THREE.raters[0], weight=30), *THREE.raters[1:]))
    with pytest.raises(NotAllowed, match="加起来是110%（自评30%、群众测评40%、组织考评40%），要等于100%"):
        opened(stars, crooked, stars.persons["赵一"])
    light = dataclasses.replace(THREE, items=(dataclasses.replace(THREE.items[0], most=50), *THREE.items[1:]))
    with pytest.raises(NotAllowed, match="各项分值加起来是90分，要等于100分"):
        opened(stars, dataclasses.replace(light, name="另一份"), stars.persons["赵一"])
    made = opened(stars, THREE, stars.persons["赵一"])
    subject = who(stars, made, "赵一")
    rate(stars, subject, (58, 29), (40, 10, 0), (55, 28))
    (one,) = read(stars, made).subjects
    own, mass, given = one.total.parts
    assert own.working == "58＋29＋8.6＝95.6（其中折算：10×43÷50＝8.6）"
    assert mass.working == "（40×100＋10×60）÷50＝92"
    assert given.tenths == 916
    assert one.total.working == "95.6×20%＋92×40%＋91.6×40%＝92.6"
    assert one.total.tenths == 926
    with (
        stars.file.writing("assessments.fill_sheet") as session,
        pytest.raises(NotAllowed, match="最多60分，不能填61分"),
    ):
        actions.fill_sheet(session, subject_id=subject, rater="自评", on=TODAY, lines=(MarkLine(0, 610),))
    for numbers, told in (
        ((50, 51, 0, (51, 0, 0)), "发出50张票，收回51张，多了1张"),
        ((50, 50, 2, (50, 0, 0)), "有效票应是48张，各档次加起来是50张"),
        ((50, 50, 50, (0, 0, 0)), "没有一张有效票"),
    ):
        issued, returned, invalid, votes = numbers
        with pytest.raises(NotAllowed, match=told), stars.file.writing("assessments.count_ballots") as session:
            actions.count_ballots(
                session,
                subject_id=subject,
                rater="群众测评",
                on=TODAY,
                issued=issued,
                returned=returned,
                invalid=invalid,
                votes=votes,
            )


@pytest.mark.covers("3-04")
def test_a_veto_stands_behind_everybody_else_with_its_reason(stars: Stars) -> None:
    made = opened(stars, THREE, *(stars.persons[name] for name in ("赵一", "钱二", "孙三")))
    rate(stars, who(stars, made, "赵一"), (60, 30), (50, 0, 0), (60, 30))
    rate(stars, who(stars, made, "钱二"), (50, 20), (30, 20, 0), (40, 20))
    rate(stars, who(stars, made, "孙三"), (50, 20), (30, 20, 0), (40, 20))
    with stars.file.writing("assessments.note_hit") as session:
        actions.note_hit(
            session,
            subject_id=who(stars, made, "赵一"),
            place=3,
            fact="党内警告",
            document="平纪〔2026〕3号",
            on=TODAY,
        )
    ranked = read(stars, made).in_rank
    assert [(one.name, one.rank) for one in ranked] == [("孙三", 1), ("钱二", 1), ("赵一", 3)]
    assert ranked[-1].total.tenths is not None
    assert ranked[-1].total.tenths > 980
    assert (ranked[-1].grade, ranked[-1].reasons) == ("否决", "受党纪处分：党内警告")


@pytest.mark.covers("0-22")
def test_sanction_and_reward_lines_must_be_closed_with_a_date(stars: Stars) -> None:
    skeleton = shipped("四个五")
    assert [item.kind for item in skeleton.items][::5] == [
        ItemKind.YES,
        ItemKind.VETO,
        ItemKind.SANCTION,
        ItemKind.REWARD,
    ]
    assert not any(item.text for item in skeleton.items)
    with pytest.raises(NotAllowed, match="20项里有20项还没有填文字"):
        opened(stars, skeleton, stars.persons["赵一"])
    made = opened(stars, THREE, stars.persons["赵一"])
    subject = who(stars, made, "赵一")
    rate(stars, subject, (50, 20), (30, 20, 0), (40, 20))
    with stars.file.writing("assessments.note_hit") as session:
        for place, fact in ((4, "瞒报一次"), (5, "县先进个人")):
            actions.note_hit(session, subject_id=subject, place=place, fact=fact, document="通报", on=TODAY)
    assert close(stars, made) == 2
    found = read(stars, made).consequences
    assert [(one.kind, one.words) for one in found] == [
        (Follow.SANCTION, "瞒报安全事故：瞒报一次"),
        (Follow.REWARD, "获县级以上表彰：县先进个人"),
    ] or [(one.kind, one.words) for one in found] == [
        (Follow.REWARD, "获县级以上表彰：县先进个人"),
        (Follow.SANCTION, "瞒报安全事故：瞒报一次"),
    ]
    with stars.file.writing("assessments.carry_out") as session:
        for one in found:
            actions.carry_out(session, consequence_id=one.id, on=TODAY, words="已照办")
    assert all(one.done_on == TODAY for one in read(stars, made).consequences)


@pytest.mark.covers("0-25")
def test_a_finished_round_drafts_its_notice_and_is_red_until_that_hangs(stars: Stars) -> None:
    made = opened(stars, THREE, stars.persons["赵一"], stars.persons["钱二"])
    with stars.file.writing("assessments.set_group") as session:
        actions.set_group(session, round_id=made, members=("王镇长", "李委员"), kickoff_on=dt.date(2026, 9, 1))
    with pytest.raises(NotAllowed, match="还没有登记结果"), stars.file.writing("assessments.draft") as session:
        actions.draft_result_notice(session, round_id=made)
    for name in ("赵一", "钱二"):
        rate(stars, who(stars, made, name), (58, 29), (50, 0, 0), (58, 29))
    close(stars, made)
    post = next(one for one in read(stars, made).stages if one.key is StageKey.POST)
    assert (post.done, post.wrong) == (False, True)
    with stars.file.writing("assessments.draft_result_notice") as session:
        notice_id = actions.draft_result_notice(session, round_id=made)
        assert actions.draft_result_notice(session, round_id=made) == notice_id
    with stars.file.reading() as session:
        (duty,) = duties_about(session, source_room="assessments", source_id=made, on=TODAY)
        detail = one_notice(session, notice_id, on=TODAY)
    assert duty.state is DutyState.UNDER_REVIEW
    assert duty.legal_ref
    assert "1．赵一：好，97" in detail.body
    with stars.file.writing("tests.furnish") as session:
        watch = Organisation(kind="supervision_committee", name="东河村村务监督委员会")
        session.add(watch)
        session.flush()
        member = Post(
            organisation_id=watch.id, person_id=stars.persons["郑六"], role="supervision_member", from_on=TODAY
        )
        session.add(member)
    with stars.file.writing("notices.publish") as session:
        notices.review_notice(
            session,
            notice_id=notice_id,
            opinion="agreed",
            reviewer_id=stars.persons["郑六"],
            reviewed_on=TODAY,
        )
        notices.publish(session, notice_id=notice_id, posting_from=TODAY)
        notices.post(session, notice_id=notice_id, posted_on=TODAY, posted_by="李会计")
    after = read(stars, made)
    assert next(one for one in after.stages if one.key is StageKey.POST).done
    assert after.duties[0].state is DutyState.POSTED


@pytest.mark.covers("0-04")
@pytest.mark.covers("0-05")
@pytest.mark.covers("2-36")
def test_a_report_waits_for_the_four_and_a_year_wants_both_directions(stars: Stars) -> None:
    form = dataclasses.replace(shipped("党组织书记述职评议"), ballot=BALLOT)
    made = opened(stars, form, stars.persons["吴五"])
    subject = who(stars, made, "吴五")

    def vote() -> None:
        with stars.file.writing("assessments.count_ballots") as session:
            actions.count_ballots(
                session,
                subject_id=subject,
                rater="民主评议",
                on=TODAY,
                issued=30,
                returned=30,
                invalid=0,
                votes=(28, 1, 1),
            )

    with pytest.raises(NotAllowed, match="还没有定方案、方式、内容、要求，不能开始测评"):
        vote()
    with stars.file.writing("assessments.fix_four") as session:
        actions.fix_four(session, round_id=made, plan="9月30日述职", way="会议测评", matter="抓党建", demands="")
    with pytest.raises(NotAllowed, match="还没有定要求，不能开始测评"):
        vote()
    with stars.file.writing("assessments.fix_four") as session:
        actions.fix_four(session, round_id=made, plan="9月30日述职", way="会议测评", matter="抓党建", demands="不念稿")
    vote()
    assert read(stars, made).subjects[0].total.working.endswith("（28×100＋1×60）÷30＝95.3")
    with stars.file.writing("tests.furnish") as session:
        branch = Organisation(kind="party_branch", name="东河村党支部")
        session.add(branch)
        session.flush()
        session.add(
            Post(
                organisation_id=branch.id,
                person_id=stars.persons["吴五"],
                role="secretary",
                from_on=dt.date(2021, 1, 1),
            )
        )
    with stars.file.writing("assessments.record_report") as session:
        actions.record_report(
            session,
            person_id=stars.persons["吴五"],
            year=2026,
            direction="members",
            reported_on=TODAY,
            audience="党员大会",
            round_id=made,
        )
    with stars.file.reading() as session:
        (check,) = lookups.report_checks(session, year=2026)
    assert check.words == "吴五2026年缺：向上级述职"
    with stars.file.writing("assessments.record_report") as session:
        actions.record_report(
            session,
            person_id=stars.persons["吴五"],
            year=2026,
            direction="up",
            reported_on=TODAY,
            audience="平安镇党委述职会",
        )
    with stars.file.reading() as session:
        assert lookups.report_checks(session, year=2026)[0].missing == ()


@pytest.mark.covers("3-05")
def test_a_low_grade_opens_a_rectification_with_its_deadline(stars: Stars) -> None:
    made = opened(stars, THREE, stars.persons["赵一"])
    subject = who(stars, made, "赵一")
    rate(stars, subject, (20, 10), (10, 10, 30), (20, 10))
    assert close(stars, made) == 3
    detail = read(stars, made)
    (line,) = detail.lines
    assert (line.problem, line.due_on) == ("2026年村干部年度考核定为差", dt.date(2026, 10, 30))
    assert {one.kind for one in detail.consequences} == {Follow.CRITICISM, Follow.TALK}
    with stars.file.writing("assessments.receive_result") as session:
        actions.receive_result(
            session,
            subject_id=subject,
            grade="一般",
            on=TODAY,
            decided_by="平安镇党委",
            document="平党〔2026〕9号",
            tenths=712,
            rank=3,
        )
    after = read(stars, made)
    assert (after.subjects[0].grade, after.subjects[0].own_grade) == ("一般", "差")
    assert after.consequences == ()
    assert after.lines == ()
    with pytest.raises(NotAllowed, match="已经出了结果"):
        rate(stars, subject, (60, 30), (50, 0, 0), (60, 30))


@pytest.mark.covers("0-23")
def test_a_body_and_a_person_are_assessed_by_forms_of_their_own_and_stand_on_one_list(stars: Stars) -> None:
    with stars.file.writing("tests.furnish") as session:
        body = Organisation(kind="villagers_committee", name="东河村村民委员会")
        session.add(body)
        session.flush()
        body_id = body.id
    for form, subject in (
        (dataclasses.replace(THREE, name="班子考核", target=Target.BODY), body_id),
        (THREE, stars.persons["赵一"]),
    ):
        made = opened(stars, form, subject)
        rate(stars, read(stars, made).subjects[0].id, (58, 29), (50, 0, 0), (58, 29))
        close(stars, made)
    with stars.file.reading() as session:
        found = lookups.results_of_year(session, year=2026)
    assert {(one.target, one.name) for _, one in found} == {
        (Target.BODY, "东河村村民委员会"),
        (Target.PERSON, "赵一"),
    }


@pytest.mark.covers("1-11")
def test_a_confirmed_breach_of_a_veto_line_turns_the_years_result(stars: Stars) -> None:
    blank = shipped("村干部履职行为负面清单")
    texts = ("优亲厚友", "工作日饮酒")
    filled = dataclasses.replace(
        blank,
        items=tuple(
            dataclasses.replace(blank.items[at], text=text, kind=ItemKind.VETO if at == 0 else ItemKind.YES)
            for at, text in enumerate(texts)
        ),
    )
    with stars.file.writing("assessments.add_form") as session:
        list_id = actions.add_form(session, form=filled)
    made = opened(stars, THREE, stars.persons["赵一"])
    rate(stars, who(stars, made, "赵一"), (58, 29), (50, 0, 0), (58, 29))
    with stars.file.writing("assessments.note_breach") as session:
        first = actions.note_breach(
            session,
            form_id=list_id,
            place=0,
            person_id=stars.persons["赵一"],
            fact="为亲属违规评优",
            happened_on=dt.date(2026, 5, 1),
            source="群众反映后核实",
        )
        actions.note_breach(
            session,
            form_id=list_id,
            place=1,
            person_id=stars.persons["赵一"],
            fact="中午饮酒",
            happened_on=dt.date(2026, 6, 1),
            source="镇检查",
        )
    assert read(stars, made).subjects[0].grade == "好"
    with stars.file.writing("assessments.confirm_breach") as session:
        actions.confirm_breach(session, breach_id=first, on=dt.date(2026, 6, 10), result="镇纪委警告")
    (one,) = read(stars, made).subjects
    assert (one.grade, one.reasons) == ("否决", "优亲厚友：为亲属违规评优")


def test_a_round_keeps_the_version_it_began_with(stars: Stars) -> None:
    made = opened(stars, THREE, stars.persons["赵一"])
    with stars.file.writing("assessments.change_form") as session:
        row = next(one for one in lookups.forms(session) if one.id)
        changed = dataclasses.replace(THREE, items=(Item("只剩一项", ItemKind.SCORE, 100),))
        assert actions.change_form(session, form_id=row.id, seen=row.seen, form=changed) == 2
        copied = actions.copy_form(session, form_id=row.id, name="另一份考核")
    found = read(stars, made)
    assert (found.form_version, len(found.form.items)) == (1, 6)
    with stars.file.reading() as session:
        assert lookups.one_form(session, copied).form.items == changed.items
    assert unpack(pack(THREE)) == THREE


def test_a_form_that_contradicts_itself_is_refused() -> None:
    for change, told in (
        ({"name": " "}, "还没有名称"),
        ({"items": (Item("甲"), Item("甲"))}, "写了两次"),
        ({"items": (Item("甲", ItemKind.VETO, 5),)}, "不打分"),
        ({"raters": (Rater("甲"), Rater("甲"))}, "不能同名"),
        ({"raters": ()}, "由谁来评"),
        ({"bands": (Band("好", 60),)}, "60分以下没有等次"),
        ({"bands": (Band("好", 0), Band("差", 0))}, "起点分或者名称一样"),
        ({"ballot": (BallotGrade("满意", 120),)}, "0到100之间"),
        ({"stages": ((StageKey.SELF, "自评"),)}, "没有出结果的一步"),
        ({"target": Target.HOUSEHOLD, "items": (Item("不信教"),)}, "宗教"),
    ):
        with pytest.raises(NotAllowed, match=told):
            check_form(dataclasses.replace(THREE, **change))
    assert Evidence.MUST in {item.evidence for item in shipped("十有标准").items}
