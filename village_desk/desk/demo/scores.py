"""Points of the demo: a scheme for households and one for party members, applied for, checked by another, booked."""

import datetime as dt
from pathlib import Path

from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.story import Story
from village_desk.points import printout
from village_desk.points.actions import add_rule_set, apply_for_points, book, check_application, reverse_entry
from village_desk.points.lookups import all_rule_sets, card, one_rule_set, periods, standings, subjects
from village_desk.points.rules.entries import Verdict, Way
from village_desk.points.rules.sets import Area, Item, Often, Period, RuleSet, SubjectKind
from village_desk.store.files import write_whole

HOUSEHOLDS = RuleSet(
    name="东河村农户积分办法",
    subject=SubjectKind.HOUSEHOLD,
    period=Period.YEAR,
    areas=(Area("环境卫生", cap=60), Area("公益志愿"), Area("移风易俗")),
    items=(
        Item("H01", "环境卫生", "月度庭院评比达到“四净”", 4, 4, Often.MONTH, "次"),
        Item("H02", "环境卫生", "检查发现垃圾乱倒，经提醒不改", -3, -1, Often.EVENT, "次"),
        Item("H03", "公益志愿", "参加村里组织的义务劳动", 2, 5, Often.EVENT, "次"),
        Item("H04", "公益志愿", "帮助独居老人打扫、代办", 3, 3, Often.MONTH, "次"),
        Item("H05", "移风易俗", "红白事按村规民约从简办理", 10, 10, Often.EVENT, "次"),
    ),
    opening=10,
    floor=0,
    used_for="评先评优参考",
    source="村民代表会议通过",
)
MEMBERS = RuleSet(
    name="东河村党员积分办法",
    subject=SubjectKind.PARTY_MEMBER,
    period=Period.YEAR,
    areas=(Area("组织生活", cap=40), Area("服务群众")),
    items=(
        Item("D01", "组织生活", "按时参加党员大会或主题党日", 2, 2, Often.EVENT, "次"),
        Item("D02", "服务群众", "联系服务群众并有记录", 2, 5, Often.EVENT, "次"),
        Item("D03", "服务群众", "参加防汛、清淤等急难任务", 5, 10, Often.EVENT, "次"),
    ),
    opening=60,
    cap=100,
    floor=0,
    used_for="民主评议参考",
    source="支部党员大会通过",
)
_FIRST, _LAST = -58, -1


def tell_scores(story: Story, cast: Cast) -> None:
    """Keep the schemes, and lay the applications out over the days."""
    sets: dict[str, str] = {}

    def keep() -> None:
        for rules in (HOUSEHOLDS, MEMBERS):
            with story.writing("points.add_rule_set") as session:
                sets[rules.name] = add_rule_set(session, rules=rules)

    story.on(-80, keep)
    story.on(_FIRST, lambda: _applications(story, cast, sets))


def _applications(story: Story, cast: Cast, sets: dict[str, str]) -> None:
    with story.file.reading() as session:
        homes = [one for one in subjects(session, SubjectKind.HOUSEHOLD) if one.household_id]
        people = list(subjects(session, SubjectKind.PARTY_MEMBER))
        codes = {
            name: {row.item.code: row.id for row in one_rule_set(session, one).items} for name, one in sets.items()
        }
    homes.sort(key=lambda one: (one.group, one.number, one.name))
    people.sort(key=lambda one: (one.group, one.name))
    applicant = cast.representatives[0]
    wanted: list[tuple[str, str, str, int, str]] = [
        (HOUSEHOLDS.name, "H01", one.id, 4, "庭院评比") for one in story.chance.sample(homes, 8)
    ]
    wanted += [(HOUSEHOLDS.name, "H03", one.id, 3, "村道清扫") for one in story.chance.sample(homes, 6)]
    wanted += [(HOUSEHOLDS.name, "H05", story.chance.choice(homes).id, 10, "婚事从简")]
    wanted += [(MEMBERS.name, "D01", one.id, 2, "主题党日") for one in story.chance.sample(people, 10)]
    wanted += [(MEMBERS.name, "D03", one.id, 6, "排水渠清淤") for one in story.chance.sample(people, 4)]
    for place, (name, code, subject, points, event) in enumerate(wanted):
        on = _FIRST + place * (_LAST - _FIRST) // len(wanted)
        one = _Application(story, cast, sets[name], codes[name][code], subject, points, event, applicant, place)
        story.on(on, one.apply)


def print_cards(story: Story, paper: Path) -> None:
    """The card of the household and of the member with the most lines."""
    with story.file.reading() as session:
        for rules in all_rule_sets(session):
            period = periods(session, set_id=rules.id, today=story.last)[0]
            rows = standings(session, set_id=rules.id, period=period)
            best = max(rows, key=lambda row: (row.entries, row.points, row.group, row.number, row.name))
            found = card(session, set_id=rules.id, subject_id=best.id, period=period)
            write_whole(paper / f"{best.name}-积分卡.pdf", printout.card(found))


class _Application:
    """One application on its way; the last ones are still waiting when the story ends."""

    def __init__(
        self,
        story: Story,
        cast: Cast,
        set_id: str,
        item_id: str,
        subject_id: str,
        points: int,
        event: str,
        applicant: str,
        place: int,
    ) -> None:
        self.story, self.cast = story, cast
        self.set_id, self.item_id, self.subject_id = set_id, item_id, subject_id
        self.points, self.event, self.applicant, self.place = points, event, applicant, place
        self.id = ""

    def apply(self) -> None:
        """Apply today; the second person looks at it the day after."""
        happened = self.story.file.today - dt.timedelta(days=1)
        with self.story.writing("points.apply_for_points") as session:
            self.id = apply_for_points(
                session,
                set_id=self.set_id,
                item_id=self.item_id,
                subject_id=self.subject_id,
                points=self.points,
                event=self.event,
                happened_on=happened,
                evidence="签到表和照片",
                applicant_id=self.applicant,
            )
        self.story.count("points_applied")
        on = (self.story.file.today - self.story.last).days + 1
        if on < -2:
            self.story.on(on, self._check)

    def _check(self) -> None:
        refused = self.place == 5
        with self.story.writing("points.check_application", by=self.story.checker) as session:
            check_application(
                session,
                application_id=self.id,
                verdict=Verdict.REFUSED if refused else Verdict.AGREED,
                checker_id=self.cast.office[1],
                checked_on=self.story.file.today,
                way=Way.LOGIN,
                words="照片上看不出是这一户。" if refused else "",
            )
        self.story.count("points_refused" if refused else "points_checked")
        if refused:
            return
        with self.story.writing("points.book") as session:
            booked = book(session, application_id=self.id)
        self.story.count("points_booked")
        if self.place == 9:
            with self.story.writing("points.reverse_entry") as session:
                reverse_entry(session, entry_id=booked.entry_id, reason="同一次劳动已由另一户申报，登记错户。")
            self.story.count("points_reversed")
