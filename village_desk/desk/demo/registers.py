"""The sample village's registers: visits, a duty log, care, a fund, hazards with a report, promises, a project."""

import datetime as dt

from sqlalchemy.orm import Session

from village_desk.desk.demo.story import Story
from village_desk.people.lookups import home_lines, party_members
from village_desk.registers.actions.entries import add_entry, log_report, note_answer, settle_entry
from village_desk.registers.actions.forms import add_money, pay_aid

_TEXTS = (
    ("社情平稳，门前路灯不亮", "一家四口，两人在外务工"),
    ("水渠堵了，灌不上水", "老两口在家，儿子在县城"),
    ("对流转价格有疑问", "种粮大户，八十亩"),
    ("没有意见", "三代同住，孩子在镇上学"),
)


def tell_registers(story: Story) -> None:
    """A few entries of each kind, one of them late and one hazard that still has to be reported."""
    story.on(-60, lambda: _funds(story))
    story.on(-40, lambda: _promises(story))
    story.on(-20, lambda: _visits(story))
    story.on(-6, lambda: _hazards(story))
    story.on(-1, lambda: _yesterday(story))


def _funds(story: Story) -> None:
    on = story.day(-60)
    with story.writing("registers.add_entry") as session:
        fund = _add(session, "care_fund", on, name=f"{on.year}年村党组织关爱资金", source="镇党委下拨", planned=500000)
        add_money(session, entry_id=fund, on=on, amount_fen=300000, purpose="镇党委下拨", item="上级拨入")
        _add(
            session,
            "economy",
            on,
            project="村部屋顶光伏",
            model="资产收益",
            target=3000000,
            invested=12000000,
            income=1860000,
            jobs=2,
        )
    story.count("register_entries", 2)


def _promises(story: Story) -> None:
    on = story.day(-40)
    with story.writing("registers.add_entry") as session:
        members = party_members(session)
        due = (on + dt.timedelta(days=20)).isoformat()
        for number, (text, result) in enumerate((("修好二组过水涵管", ""), ("给五户老人代缴电费", "已代缴两个月"))):
            entry = _add(
                session,
                "promises",
                on,
                members[number].id,
                sort="年度承诺",
                text=text,
                due=due,
                publish=True,
                result=result,
            )
            if result:
                settle_entry(session, entry_id=entry, on=on)
    story.count("register_entries", 2)


def _visits(story: Story) -> None:
    on = story.day(-20)
    with story.writing("registers.add_entry") as session:
        members, homes = party_members(session), home_lines(session)
        for number, home in enumerate(homes[: 3 * len(_TEXTS)]):
            mood, family = _TEXTS[number % len(_TEXTS)]
            _add(
                session,
                "visits",
                on - dt.timedelta(days=number % 9),
                home.id,
                visitor=members[number % 3].id,
                purpose="走遍农户",
                mood=mood,
                family=family,
            )
        for back in (2, 1, 0):
            _add(session, "duty_log", on - dt.timedelta(days=back), who=members[back].id, events="无事")
        _add(session, "room_use", on, room="会议室", purpose="春管技术课", people=32)
        _add(session, "burden", on, sort="报表", what="防汛值班表", basis="镇防汛1号", hours=1, **{"from": "镇应急办"})
        _add(
            session,
            "care",
            on,
            members[5].id,
            group="老党员",
            needs="腿脚不便，取药要人代跑",
            helper=members[1].id,
            next_visit=story.day(3).isoformat(),
            every=30,
        )
        event = _add(session, "condolence", on, members[5].id, event="生病住院", aid=50000, visitor=members[0].id)
        settle_entry(session, entry_id=event, on=on)
        pay_aid(session, entry_id=event, on=on, approved_by="村党组织书记", receipt="领条1号")
    story.count("register_entries", 12 + 7)


def _hazards(story: Story) -> None:
    on = story.day(-6)
    with story.writing("registers.log_report") as session:
        hazard = _add(
            session,
            "hazards",
            on,
            sort="安全隐患",
            what="小学门口电杆倾斜",
            place="村小学",
            level="较大",
            time="8:40",
            must_report=True,
            due=story.day(6).isoformat(),
        )
        log_report(session, entry_id=hazard, told_on=on, told_at="9:10", told_to="镇供电所", receipt="31")
        note_answer(session, entry_id=hazard, answered_on=on, answered_by="镇供电所", words="三天内扶正，先拉警戒线")
    story.count("register_entries")


def _yesterday(story: Story) -> None:
    with story.writing("registers.add_entry") as session:
        _add(
            session,
            "hazards",
            story.day(-1),
            sort="自然灾害",
            what="后山小块滑坡，影响三户出入",
            place="三组后山",
            level="一般",
            time="16:30",
            must_report=True,
        )
    story.count("register_entries")


def _add(session: Session, register: str, on: dt.date, subject_id: str = "", **answers: str | int | bool) -> str:
    return add_entry(session, register=register, noted_on=on, subject_id=subject_id, answers=tuple(answers.items()))
