"""Matters of the demo: one that fell short and was held again, one done, one voted down, one due on the board."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from village_desk.decisions.actions import (
    draft_step_notice,
    hold_step,
    note_content,
    note_opinion,
    note_papers,
    open_decision,
    record_step_vote,
    register_mandate,
    sign_in_step,
)
from village_desk.decisions.lookups import all_decisions, one_decision
from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.story import TOWN, VILLAGE, Story
from village_desk.desk.prints import print_sheet
from village_desk.meetings.actions import note_absences, note_observers, note_remarks
from village_desk.meetings.rules import VerdictState
from village_desk.notices.actions import post, publish, record_damage, review_notice, take_down
from village_desk.notices.lookups import one_notice
from village_desk.rulebook.rules import Body, VotingWay

_CONTENTS = {
    1: "村民代表多次提出，经征求党员和村民意见，列为今年要办的实事。",
    2: "比较了两个办法，采用投资较省、不占耕地的一个。",
    3: "党员逐条讨论，建议工程资料和付款情况随时公开。",
    4: "代表逐项表决，决议当场宣读。",
}
_TOWN_GUEST = ("township", "陈卫东", f"{TOWN}包村干部")


@dataclass(frozen=True)
class Plan:
    """What is to be decided."""

    title: str
    matter: str
    plan: str
    amount_fen: int | None = None
    source: str = "党员群众建议"


DITCH = Plan(
    "村东排水渠修缮",
    "M04",
    "一、清淤、护坡、换盖板共1200米，工期45天，公开询价确定施工单位。\n"
    "二、概算18.6万元，其中村集体经营收益12万元，上级奖补6.6万元。",
    18_600_000,
)
LIGHTS = Plan(
    "主干道路灯安装",
    "M04",
    "一、在村内主干道安装太阳能路灯60盏。\n二、概算9.6万元，从村集体经营收益中列支。",
    9_600_000,
    "村干部提议",
)
SQUARE = Plan(
    "村部广场扩建",
    "M04",
    "一、村部广场向南扩建800平方米。\n二、概算26万元，从村集体经营收益中列支。",
    26_000_000,
)
WAGES = Plan(
    "集体劳动误工补贴标准",
    "M03",
    "一、参加集体清淤、防汛、抢修的村民，按出勤记录每天补贴120元。\n二、每季度公开一次出勤和补贴明细。",
    source="村干部提议",
)


class Done(NamedTuple):
    """What came of a matter, as the sheet of its result says it."""

    result: str = ""
    money: str = ""
    acceptance: str = ""


_EXCUSES = ("外出务工", "生病", "有事请假")


class Matter:
    """One case on its way through the steps; the days are offsets from the last day of the story."""

    def __init__(self, story: Story, cast: Cast, plan: Plan, opened: int) -> None:
        self.story = story
        self.cast = cast
        self.plan = plan
        self.id = ""
        story.on(opened, lambda: self._open(opened))

    def _open(self, on: int) -> None:
        with self.story.writing("decisions.open_decision") as session:
            self.id = open_decision(
                session,
                title=self.plan.title,
                matter_code=self.plan.matter,
                opened_on=self.story.day(on),
                motion_source=self.plan.source,
                proposer=self._name(self.cast.representatives[7]),
                plan=self.plan.plan,
                amount_fen=self.plan.amount_fen,
            )
        self.story.count("decisions")

    def step(self, no: int, on: int, *, absent: int = 0, against: int = 0, abstain: int = 0) -> None:
        """Let a meeting step be held on that day, so many staying away, so many of those present not agreeing."""
        self.story.on(on, lambda: self._hold(no, on, absent, against, abstain))

    def _hold(self, no: int, on: int, absent: int, against: int, abstain: int) -> None:
        story, called = self.story, self.story.day(on - 5)
        with story.writing("decisions.hold_step") as session:
            meeting = hold_step(
                session,
                decision_id=self.id,
                no=no,
                held_on=story.day(on),
                body=Body.REPRESENTATIVES if no == 4 else "",
                called_on=called,
                place="村部二楼会议室",
                chair=self._name(self.cast.committee[0] if no == 4 else self.cast.branch[0]),
                recorder=story.clerk,
            )
        guests = [("supervision", self._name(one), "村务监督委员会成员") for one in self.cast.supervision[:2]]
        if no in (2, 3, 4):
            with story.writing("meetings.note_observers") as session:
                note_observers(session, meeting_id=meeting, observers=tuple(guests + ([_TOWN_GUEST] if no > 2 else [])))
            with story.writing("meetings.note_remarks") as session:
                note_remarks(
                    session, meeting_id=meeting, remarks=((guests[0][1], "程序合规，请注意工程质量和资金公开。"),)
                )
        with story.file.reading() as session:
            stage = one_decision(session, self.id).stage(no)
        assert stage.meeting is not None
        serials = list(range(1, len(stage.meeting.roll) + 1))
        # Who chairs and who counts is there.
        busy = {self.cast.committee[0], self.cast.branch[0], *self.cast.representatives[:2]}
        free = [one for one in serials if stage.meeting.roll[one - 1].id not in busy]
        away = set(story.chance.sample(free, absent))
        here = [str(one) for one in serials if one not in away]
        with story.writing("decisions.sign_in_step") as session:
            voting = sign_in_step(session, decision_id=self.id, no=no, serial_numbers=" ".join(here))
        if away:
            excused = tuple((str(one), _EXCUSES[one % len(_EXCUSES)]) for one in sorted(away))
            with story.writing("meetings.note_absences") as session:
                note_absences(session, meeting_id=meeting, absences=excused)
        secret = no == 4
        with story.writing("decisions.record_step_vote") as session:
            verdict = record_step_vote(
                session,
                decision_id=self.id,
                no=no,
                yes=voting - against - abstain,
                no_votes=against,
                abstain=abstain,
                way=VotingWay.SECRET if secret else VotingWay.SHOW_OF_HANDS,
                issued=voting if secret else None,
                returned=voting if secret else None,
                tellers="、".join(self._name(one) for one in self.cast.representatives[:2]),
                monitors=guests[0][1],
            )
        with story.writing("decisions.note_content") as session:
            note_content(session, decision_id=self.id, no=no, content=_CONTENTS[no])
        story.count("meetings")
        story.count("votes_that_stand" if verdict.state is VerdictState.STANDS else "votes_that_do_not_stand")
        story.told.setdefault("verdicts", []).append(
            {"title": self.plan.title, "step": no, "day": story.day(on).isoformat(), "verdict": verdict.sentence}
        )

    def sheet(self, no: int, on: int, *, result: Done | None = None, then: "Sheet") -> None:
        """Let the sheet of a publication step be drafted, reviewed, published, printed and posted from that day on."""
        self.story.on(on, lambda: then.begin(self, no, on, result or Done()))

    def _name(self, person_id: str) -> str:
        return self.cast.names[person_id]


@dataclass
class Sheet:
    """A notice on its way to the board and down again; `torn_after` are days after which it is found damaged."""

    paper: Path
    torn_after: int = 0
    notice_id: str = ""

    def begin(self, matter: Matter, no: int, on: int, result: Done) -> None:
        """Draft and review today, publish and print tomorrow, post the day after."""
        story = matter.story
        with story.writing("decisions.draft_step_notice") as session:
            self.notice_id = draft_step_notice(session, decision_id=matter.id, no=no, **result._asdict())
        if result.acceptance:
            with story.writing("decisions.note_papers") as session:
                note_papers(session, decision_id=matter.id, papers=("招标或者询价材料", "验收单"))
        print_sheet(story.file, "review-form", self.notice_id, self._path(story, "审核表"))
        with story.writing("notices.review_notice", by=story.supervisor) as session:
            review_notice(
                session,
                notice_id=self.notice_id,
                opinion="agreed",
                reviewer_id=matter.cast.supervision[0],
                reviewed_on=story.day(on),
                way="login",
                words="程序合规，内容属实。",
            )
        with story.writing("decisions.note_opinion") as session:
            note_opinion(
                session,
                decision_id=matter.id,
                no=no,
                opinion="程序合规，同意公开。",
                by=matter.cast.names[matter.cast.supervision[0]],
            )
        story.on(on + 1, lambda: self._publish(story, on + 1))

    def _publish(self, story: Story, on: int) -> None:
        with story.writing("notices.publish") as session:
            publish(session, notice_id=self.notice_id, posting_from=story.day(on))
        for what, words in (("notice", "张贴件"), ("notice-file", "存档件")):
            print_sheet(story.file, what, self.notice_id, self._path(story, words))
        with story.writing("notices.post") as session:
            posted = post(session, notice_id=self.notice_id, posted_on=story.day(on), posted_by=story.clerk)
        story.count("notices")
        if self.torn_after:
            torn = on + self.torn_after
            story.on(torn, lambda: self._tear(story, posted.posting_id, torn))
        else:
            self._take_down_on(story, posted.posting_id, (posted.may_come_down_on - story.last).days)

    def _tear(self, story: Story, posting_id: str, on: int) -> None:
        with story.writing("notices.record_damage") as session:
            record_damage(
                session,
                posting_id=posting_id,
                kind="torn",
                found_on=story.day(on),
                found_by=story.checker,
                words="大风撕破一角，看不清决议内容。",
            )
        story.count("damages")
        story.on(on + 1, lambda: self._post_again(story, on + 1))

    def _post_again(self, story: Story, on: int) -> None:
        with story.writing("notices.post") as session:
            posted = post(session, notice_id=self.notice_id, posted_on=story.day(on), posted_by=story.clerk)
        story.count("posted_again")
        self._take_down_on(story, posted.posting_id, (posted.may_come_down_on - story.last).days)

    def _take_down_on(self, story: Story, posting_id: str, on: int) -> None:
        if on > 0:
            # It still hangs on the last day of the story.
            return

        def take() -> None:
            with story.writing("notices.take_down") as session:
                take_down(session, posting_id=posting_id, taken_on=story.day(on), taken_by=story.clerk)
            story.count("taken_down")

        story.on(on, take)

    def _path(self, story: Story, words: str) -> Path:
        with story.file.reading() as session:
            title = one_notice(session, self.notice_id, on=story.file.today).row.title
        return self.paper / f"{title}-{words}.pdf"


def tell_matters(story: Story, cast: Cast, paper: Path) -> None:
    """Lay the matters out over the days of the story."""
    story.on(-101, lambda: _mandate(story))
    lights = Matter(story, cast, LIGHTS, -100)
    for no, on in ((1, -98), (2, -96), (3, -92), (4, -88)):
        lights.step(no, on, absent=min(no, 3), abstain=1 if no > 2 else 0)
    lights.sheet(5, -87, then=Sheet(paper))
    lights.sheet(
        6,
        -62,
        result=Done(
            "60盏路灯已于合同工期内装完。",
            "合同价9.35万元，已付8.41万元，留质保金0.94万元。",
            "村民代表和村务监督委员会验收合格。",
        ),
        then=Sheet(paper),
    )
    ditch = Matter(story, cast, DITCH, -70)
    for no, on in ((1, -68), (2, -66), (3, -60)):
        ditch.step(no, on, absent=no, against=1 if no == 3 else 0)
    # Two thirds of the 45 are 30: the first attempt fell short by two.
    ditch.step(4, -55, absent=17, against=2)
    ditch.step(4, -48, absent=6, against=3, abstain=2)
    ditch.sheet(5, -47, then=Sheet(paper, torn_after=5))
    ditch.sheet(
        6,
        -9,
        result=Done(
            "排水渠1200米已修完。",
            "决算18.2万元，已付16.4万元，留质保金1.8万元。",
            "10名村民代表和村务监督委员会参加验收，验收合格。",
        ),
        then=Sheet(paper),
    )
    square = Matter(story, cast, SQUARE, -40)
    square.step(1, -38)
    square.step(2, -36, absent=1)
    square.step(3, -30, absent=8, against=22, abstain=6)
    wages = Matter(story, cast, WAGES, -17)
    for no, on in ((1, -16), (2, -15), (3, -10), (4, -3)):
        wages.step(no, on, absent=no)


def _mandate(story: Story) -> None:
    with story.writing("decisions.register_mandate") as session:
        register_mandate(
            session,
            title="村民会议授权村民代表会议决定的事项",
            matter_codes=("M01", "M03", "M04", "M06"),
            granted_on=story.day(-102),
            basis="村民会议决议",
        )


def print_cases(story: Story, paper: Path, office: Path) -> None:
    """The six sheets of each case, the papers of the meeting that decided, the lists of people."""
    with story.file.reading() as session:
        cases = all_decisions(session)
    for row in cases:
        print_sheet(story.file, "decision", row.id, paper / f"{row.title}-决策实施登记表.pdf")
    for what, words in (("sign-in", "签到表"), ("minutes", "会议记录")):
        print_sheet(story.file, what, f"{DITCH.title}/4", paper / f"{DITCH.title}-村民代表会议{words}.pdf")
    for what, words in (("roster", "村民花名册"), ("party-list", "党员名册"), ("posts", "组织机构和任职人员")):
        print_sheet(story.file, what, "", paper / f"{VILLAGE}{words}.pdf")
    print_sheet(story.file, "roster-workbook", "", office / f"{VILLAGE}村民花名册（导出）.xlsx")
