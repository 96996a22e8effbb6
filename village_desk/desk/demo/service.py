"""The sample village's service desk: cases at every stage, teams, a batch carried up, money, a guide book, hotlines."""

import datetime as dt
from functools import partial

from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.story import TOWN, Story
from village_desk.people.actions import adopt_bodies, appoint
from village_desk.people.lookups import PeopleFilter, person_ids
from village_desk.registers.actions import cases as taking
from village_desk.registers.actions import cases_carrying as carrying
from village_desk.registers.actions import cases_desk as desk
from village_desk.registers.actions import cases_stages as stages
from village_desk.registers.lookups.cases import one_case

# Kind, matter, day of taking, day of the answer, the answer, what the person says of it.
_DONE = (
    ("homestead", "代办宅基地证", -70, -45, "证已送到家", "good"),
    ("small_works", "村东桥头装护栏", -60, -33, "护栏已装好", "good"),
    ("certificate", "代办老年证", -38, -36, "证已办好，本人已领", "good"),
    ("request", "门口路灯不亮", -33, -20, "已更换灯泡", "fair"),
    ("certificate", "代办流动人口登记", -18, -16, "已登记", ""),
)
_COSTS = {"村东桥头装护栏": 480_000}
_GUIDES = (
    ("城乡居民医保缴费", "本村户籍或常住村民", "带身份证到服务室登记，代办员代缴后送回凭证", "民事代办员"),
    ("老年优待证", "年满60周岁", "交身份证复印件和照片，村里送镇里办，证到电话通知", "民事代办员"),
    ("宅基地申请", "符合一户一宅条件", "村里受理、公示后报镇里审批", ""),
)
_ROOM = "村服务室 0515-88001234"
_UP = f"{TOWN}便民服务中心"


def tell_service(story: Story, cast: Cast) -> None:
    """Lay the cases out over the days of the story."""
    service = _Service(story, cast)
    story.on(-72, service.found)
    for kind, matter, taken, told, reply, rating in _DONE:
        story.on(taken, partial(service.open_one, story.day(taken), kind, matter))
        story.on(told, partial(service.answer, story.day(told), matter, reply, rating))
    story.on(-9, service.take_payment)
    story.on(-3, service.begin)
    story.on(-1, service.carry)


class _Service:
    """The desk with the cases that it took on, by their matters."""

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story, self.cast = story, cast
        self.cases: dict[str, str] = {}
        self.people: list[str] = []
        self.team = ""

    def found(self) -> None:
        """Teams with members, the guide book, and hotlines."""
        with self.story.writing("people.adopt_bodies") as session:
            self.people = list(person_ids(session, PeopleFilter(only="heads")))[3::29]
            teams = adopt_bodies(session, key="service_teams")
            self.team = teams[2]
            for number, team in enumerate(teams):
                for person in self.cast.members[number * 2 + 9 : number * 2 + 11]:
                    appoint(
                        session,
                        person_id=person,
                        role="team_member",
                        organisation_id=team,
                        from_on=self.story.day(-72),
                    )
        with self.story.writing("registers.keep_guide") as session:
            for name, conditions, steps, by in _GUIDES:
                desk.keep_guide(
                    session,
                    name=name,
                    conditions=conditions,
                    steps=steps,
                    handled_by=by,
                    contact=_ROOM if by else "",
                    limit_days=5,
                )
            for name, phone in (("党群服务", "0515-88001234"), ("治安民调", "0515-88001235")):
                desk.keep_line(session, name=name, answered_by="村服务室", number=phone)

    def open_one(self, on: dt.date, kind: str, matter: str) -> None:
        """Take one case on that is answered later."""
        self.take(on, kind, matter)

    def take(self, on: dt.date, kind: str, matter: str, source: str = "来人") -> str:
        """Take one case on."""
        with self.story.writing("registers.take_case") as session:
            made = taking.take_case(
                session,
                kind=kind,
                matter=matter,
                first_asked=self.story.clerk,
                on=on,
                person_id=self.people[len(self.cases) % len(self.people)],
                source=source,
                materials=("身份证复印件",) if kind in ("certificate", "homestead") else (),
            )
        self.cases[matter] = made
        self.story.count("service_cases")
        return made

    def answer(self, on: dt.date, matter: str, reply: str, rating: str) -> None:
        """Handle and answer one."""
        made = self.cases[matter]
        agent = self.cast.members[13 + len(matter) % 2]
        with self.story.writing("registers.record_work") as session:
            stages.record_work(session, case_id=made, on=on, person_id=agent)
        with self.story.writing("registers.answer_case") as session:
            stages.answer_case(
                session,
                case_id=made,
                on=on,
                way="当面",
                reply=reply,
                confirmed=bool(rating),
                overdue_reason="等配件到货",
                overdue_by="无",
            )
        if matter in _COSTS:
            with self.story.writing("registers.edit_case") as session:
                seen = one_case(session, made).seen
                taking.edit_case(
                    session, case_id=made, seen=seen, matter=matter, cost_fen=_COSTS[matter], paid_by="村集体"
                )
        if rating:
            with self.story.writing("registers.rate_case") as session:
                stages.rate_case(session, case_id=made, on=on, rating=rating)

    def take_payment(self) -> None:
        """Nine days before the end: money that still lies with the agent, past its day."""
        on = self.story.day(-9)
        payment = self.take(on, "payment", "代缴医保")
        with self.story.writing("registers.book_cash") as session:
            carrying.book_cash(session, case_id=payment, what="received", amount_fen=40000, on=on, voucher="0001")

    def begin(self) -> None:
        """Three days before the end: an order, a dispute, a whistle, and what is to be carried up."""
        on = self.story.day(-3)
        order = self.take(on, "order", "帮独居老人修水管", "电话")
        with self.story.writing("registers.assign_case") as session:
            stages.assign_case(session, case_id=order, on=on, team_id=self.team, person_id=self.cast.members[13])
        with self.story.writing("registers.accept_case") as session:
            stages.accept_case(session, case_id=order, on=on)
        self.take(on, "dispute", "两户为滴水檐起争执")
        whistle = self.take(on, "whistle", "村口井盖破损", "网格员发现")
        with self.story.writing("registers.report_up") as session:
            stages.report_up(session, case_id=whistle, on=on, way="电话", unit=f"{TOWN}应急办")
        with self.story.writing("registers.record_order") as session:
            stages.record_order(
                session,
                case_id=whistle,
                on=on,
                unit=f"{TOWN}城建办",
                order_no="平派7号",
                due_on=self.story.day(1),
            )
        works = self.take(on, "small_works", "三组岔路口装反光镜", "走访")
        with self.story.writing("registers.note_progress") as session:
            taking.note_progress(session, case_id=works, on=on, words="位置已选好，反光镜已订购")
        for matter in ("代办残疾人证换证登记", "代办营业执照年报", "代办驾驶证换证"):
            self.take(on, "certificate", matter)

    def carry(self) -> None:
        """The day before the end: a batch goes up, one more case comes in."""
        on = self.story.day(-1)
        self.take(on, "request", "路边垃圾没有清运", "电话")
        with self.story.writing("registers.carry_up") as session:
            carrying.carry_up(
                session,
                case_ids=(self.cases["代办营业执照年报"], self.cases["代办驾驶证换证"]),
                on=on,
                person_id=self.cast.members[13],
                unit=_UP,
                due_on=self.story.day(3),
            )
