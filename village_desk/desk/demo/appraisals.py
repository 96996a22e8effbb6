"""Appraisals of the demo: cadres rated by three sides, problems to put right, ten lines half filled, one report."""

import datetime as dt

from village_desk.assessments.actions import (
    MarkLine,
    add_form,
    close_assessment,
    count_ballots,
    fill_sheet,
    link_record,
    open_assessment,
    plan_rectification,
    record_report,
    set_group,
)
from village_desk.assessments.lookups import MARK_TABLE, one_assessment, shipped_forms
from village_desk.assessments.rules.forms import (
    BallotGrade,
    Band,
    Follow,
    Form,
    Item,
    ItemKind,
    Rater,
    RaterHow,
    StageKey,
    Target,
    Way,
)
from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.story import Story
from village_desk.meetings.lookups import all_meetings

CADRES = Form(
    name="东河村干部年度考核",
    target=Target.PERSON,
    items=(
        Item("年度工作任务完成情况", ItemKind.SCORE, 40, "工作实绩"),
        Item("村务公开按时张贴", ItemKind.SCORE, 20, "工作实绩"),
        Item("入户走访和代办", ItemKind.SCORE, 30, "服务群众"),
        Item("服务对象满意率", ItemKind.RATE, 10, "服务群众"),
        Item("当年受党纪政务处分", ItemKind.VETO),
    ),
    raters=(
        Rater("自评", 20, RaterHow.SHEET, StageKey.SELF),
        Rater("群众测评", 40, RaterHow.BALLOT, StageKey.MASS),
        Rater("镇考核组", 40, RaterHow.SHEET, StageKey.ORGANISATION),
    ),
    bands=(
        Band("优秀", 90, (Follow.PRAISE,), 20),
        Band("称职", 75),
        Band("不称职", 0, (Follow.CRITICISM, Follow.RECTIFY, Follow.TALK), 30),
    ),
    ballot=(BallotGrade("满意", 100), BallotGrade("基本满意", 60), BallotGrade("不满意", 0)),
    stages=(
        (StageKey.SELF, "自评"),
        (StageKey.MASS, "群众测评"),
        (StageKey.ORGANISATION, "组织考评"),
        (StageKey.GRADE, "定等次"),
        (StageKey.POST, "公示"),
        (StageKey.USE, "结果运用"),
    ),
    source="村民代表会议通过",
)
_MARKS = (((39, 19, 28), (45, 4, 1), (38, 19, 28)), ((37, 18, 25), (36, 12, 2), (35, 18, 25)))


def tell_appraisals(story: Story, cast: Cast) -> None:
    """Lay it out over the days: one round is done and waits for its notice, one list has an overdue line."""
    story.on(-42, lambda: _problems(story))
    story.on(-30, lambda: _appraise(story, cast))
    story.on(-15, lambda: _ten(story))
    story.on(-10, lambda: _report(story, cast))


def _form(name: str) -> Form:
    return next(one for one in shipped_forms() if one.name == name)


def _problems(story: Story) -> None:
    """The list of eight problems: two are not as they should be, one of them has a plan."""
    today = story.file.today
    with story.writing("assessments.close_assessment") as session:
        made = open_assessment(
            session, form_id=add_form(session, form=_form("突出问题清单（五加三）")), year=today.year
        )
        (subject,) = one_assessment(session, made).subjects
        lines = tuple(MarkLine(at, yes=at not in (3, 6), ways=(Way.LOOK, Way.CHECK)) for at in range(8))
        fill_sheet(session, subject_id=subject.id, rater="本村", on=today, lines=lines)
        close_assessment(session, round_id=made, on=today, decided_by="村“两委”会议")
        line = one_assessment(session, made).lines[1]
        plan_rectification(
            session,
            line_id=line.id,
            seen=line.seen,
            cause="窗口值班不固定",
            measure="排出值班表，每周三干部坐班",
            unit=line.unit,
            owner_id=line.owner_id,
            due_on=story.last + dt.timedelta(days=14),
        )


def _appraise(story: Story, cast: Cast) -> None:
    """Two cadres, rated by themselves, by ballots and by the township's group."""
    today = story.file.today
    people = tuple(dict.fromkeys(cast.committee))[:2]
    with story.writing("assessments.close_assessment") as session:
        form_id = add_form(session, form=CADRES)
        made = open_assessment(session, form_id=form_id, year=today.year, subject_ids=people)
        set_group(
            session,
            round_id=made,
            members=("平安镇组织委员", "平安镇纪委副书记", "驻村干部"),
            kickoff_on=today - dt.timedelta(days=8),
            notice_no=f"平安党发〔{today.year}〕11号",
            period=f"{today.year}年1月至今",
        )
        for subject, (own, votes, given) in zip(one_assessment(session, made).subjects, _MARKS, strict=True):
            for rater, points in (("自评", own), ("镇考核组", given)):
                lines = [MarkLine(at, one * 10, ways=(Way.CHECK,)) for at, one in enumerate(points)]
                lines.append(MarkLine(3, good=votes[0], valid=sum(votes), ways=(Way.VISIT,)))
                fill_sheet(session, subject_id=subject.id, rater=rater, on=today, lines=tuple(lines))
            many = sum(votes)
            count_ballots(
                session,
                subject_id=subject.id,
                rater="群众测评",
                on=today,
                issued=many + 1,
                returned=many,
                invalid=0,
                votes=votes,
                occasion="村民代表会议",
            )
        close_assessment(session, round_id=made, on=today, decided_by="平安镇考核工作组")
    story.count("assessments_closed", 2)


def _ten(story: Story) -> None:
    """Ten lines, seven of them there, two proved by a meeting that was held."""
    today = story.file.today
    with story.writing("assessments.fill_sheet") as session:
        made = open_assessment(session, form_id=add_form(session, form=_form("十有标准")), year=today.year)
        (subject,) = one_assessment(session, made).subjects
        lines = tuple(MarkLine(at, yes=at not in (5, 7, 8), ways=(Way.LOOK,)) for at in range(10))
        fill_sheet(session, subject_id=subject.id, rater="本村", on=today, lines=lines)
        meeting = all_meetings(session)[0]
        for row in one_assessment(session, made).subjects[0].marks[:2]:
            link_record(
                session,
                of_table=MARK_TABLE,
                of_id=row.id,
                table="meeting",
                record_id=meeting.id,
                words=f"会议记录：{meeting.title}",
            )


def _report(story: Story, cast: Cast) -> None:
    """The secretary reported to the members; the report upwards is still to come."""
    with story.writing("assessments.record_report") as session:
        record_report(
            session,
            person_id=cast.branch[0],
            year=story.file.today.year,
            direction="members",
            reported_on=story.file.today,
            audience="党员大会",
            words="抓党建促村集体增收、道路硬化、便民代办三项工作和存在的问题。",
        )
