"""The year of the demo beside its matters: sheets from the agency, priorities, an inquiry, errands, seals, a preset."""

import datetime as dt
from pathlib import Path

from village_desk.desk.demo.story import TOWN, VILLAGE, Story
from village_desk.desk.prints import print_sheet
from village_desk.notices import actions
from village_desk.notices.lookups import year_plan
from village_desk.schedule import actions as calendar

# The plan reminds from here on: what the sample village did before it took the desk into use is not late.
BEGINS = -80
_WORKS = (
    ("主干道安装太阳能路灯60盏", "王书记", 9_600_000, "村集体经营收益"),
    ("修缮村东排水渠1200米", "张主任", 18_600_000, "村集体收益和上级奖补"),
    ("村部广场扩建800平方米", "张主任", 26_000_000, "村集体经营收益"),
    ("给80岁以上老人每月送餐4次", "李委员", None, ""),
)
_AGENCY = f"{TOWN}三资中心"


def tell_year(story: Story, paper: Path) -> None:
    """Lay the year out over the days of the story."""
    story.on(BEGINS, lambda: _begin(story))
    story.on(-40, lambda: _works(story))
    story.on(-21, lambda: _errands(story))
    story.on(-12, lambda: _inquiry(story))
    story.on(-2, lambda: _outside(story))
    story.on(0, lambda: print_year(story, paper))


def _begin(story: Story) -> None:
    with story.writing("notices.add_board") as session:
        actions.begin_reminders(session, on=story.day(BEGINS))
        for name, place in (("村部公开栏", "村部门口"), ("三组公开栏", "三组文化广场")):
            actions.add_board(session, name=name, place=place, size="3米×1.5米", keeper=story.clerk)
        calendar.switch_on_preset(session, rule_id="K-JWHGZ", starts_on=story.day(BEGINS))
    with story.writing("notices.note_seal_use") as session:
        actions.note_seal_use(
            session,
            used_on=story.day(BEGINS),
            seal="村民委员会印章",
            purpose="土地流转合同盖章",
            many=2,
            approved_by="张主任",
        )


def _works(story: Story) -> None:
    with story.writing("notices.add_priority") as session:
        made = [
            actions.add_priority(
                session,
                year=story.last.year,
                what=what,
                who=who,
                due_on=dt.date(story.last.year, 12, 31),
                amount_fen=fen,
                money_source=source,
            )
            for what, who, fen, source in _WORKS
        ]
        actions.note_progress(session, priority_id=made[0], state="done", done_on=story.day(-62), progress="验收合格")
        actions.note_progress(session, priority_id=made[1], state="doing", progress="清淤已经完成")
        actions.note_progress(session, priority_id=made[2], state="dropped", progress="党员大会审议没有通过")
    story.count("priorities", len(made))


def _errands(story: Story) -> None:
    with story.writing("schedule.note_errand") as session:
        done = calendar.note_errand(session, asked_by=f"{TOWN}党政办", what="报防汛值班表", due_on=story.day(-20))
        calendar.note_errand(
            session, asked_by=f"{TOWN}民政办", what="核对高龄老人名单", due_on=story.day(3), way="message"
        )
        calendar.finish_errand(session, errand_id=done, done_on=story.day(-21), words="当天用微信发过去")
    story.count("errands", 2)


def _inquiry(story: Story) -> None:
    with story.writing("notices.note_inquiry") as session:
        asked = actions.note_inquiry(
            session,
            kind="joint_representatives",
            raised_on=story.day(-14),
            raised_by="九名村民代表",
            words="公开主干道路灯的合同和付款情况。",
            people=9,
            base=41,
            answer_days=5,
        )
        actions.answer_inquiry(
            session,
            inquiry_id=asked,
            answered_on=story.day(-12),
            answered_by="张主任",
            words="合同价9.35万元，已付8.41万元，留质保金0.94万元；合同复印件已贴在村部公开栏。",
        )
    story.count("inquiries")


def _outside(story: Story) -> None:
    """The agency's sheets hang in time; what is left of the quarter stays to be done."""
    with story.file.reading() as session:
        rows = year_plan(session, year=story.day(-2).year, on=story.day(-2)).rows
    waiting = [row for row in rows if row.open and row.column in ("财务", "服务")][:10]
    with story.writing("notices.register_outside_sheet") as session:
        for row in waiting:
            posted = actions.register_outside_sheet(
                session,
                title=f"{VILLAGE}{row.period_words}{row.name}公开表",
                made_by=_AGENCY,
                posted_on=min(row.due_on, story.day(-2)),
                code=row.code,
                period=row.period,
                year=row.due_on.year,
            )
            if posted.may_come_down_on <= story.day(-2):
                actions.take_down(session, posting_id=posted.posting_id, taken_on=posted.may_come_down_on)
    story.count("sheets_from_elsewhere", len(waiting))


def print_year(story: Story, paper: Path) -> None:
    """The plan, the registers and the answer on paper."""
    for what, number, words in (
        ("year-plan", "", "公开计划"),
        ("posted-register", "", "村务公开登记簿"),
        ("seal-register", "", "用章登记簿"),
        ("inquiry-answer", "九名村民代表", "联名要求公开的答复"),
    ):
        print_sheet(story.file, what, number, paper / f"{VILLAGE}{words}.pdf")
