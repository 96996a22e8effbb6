"""A clerk who does anything with points at any time, and what must hold whatever was done."""

import dataclasses
import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.points.conftest import Village
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.people.records import Household, Person
from village_desk.points import actions, lookups
from village_desk.points.records import PointEntry, PointStock
from village_desk.points.rules.sets import YearEnd, period_of

JUDGES = ("赵一", "钱二", "孙三", "周四")


class BusyClerk:
    """Applies, checks, reviews, objects, books, takes back, hands out, closes and opens again, allowed or not."""

    def __init__(self, village: Village, seed: int) -> None:
        self.village, self.dice = village, random.Random(seed)
        self.closed: dict[str, dict[str, int]] = {}
        self.done: Counter[str] = Counter()
        with village.file.reading() as session:
            self.goods = [row.id for row in lookups.goods(session, set_id=village.set_id)]

    def work(self, steps: int) -> None:
        """So many acts, and a look at the whole after every fiftieth."""
        acts: list[Callable[[], None]] = [
            self.apply, self.apply, self.apply_many, self.check, self.check, self.review, self.post, self.object,
            self.answer, self.book, self.book, self.reverse, self.redeem, self.cancel, self.withdraw, self.pass_days,
            self.close, self.reopen,
        ]  # fmt: skip
        for step in range(steps):
            act = self.dice.choice(acts)
            try:
                act()
                self.done[act.__name__] += 1
            except (NotAllowed, NotFound):
                self.done["refused"] += 1
            if step % 50 == 49:
                self.look()

    def look(self) -> None:
        """What must hold: sums, caps and floors of items, nothing twice, nothing below zero, closed sums unmoved."""
        village = self.village
        with village.file.reading() as session:
            found = lookups.one_rule_set(session, village.set_id)
            lines = list(session.scalars(select(PointEntry)))
            by_period: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
            by_item: dict[tuple[str, str, str], int] = defaultdict(int)
            for line in lines:
                assert line.counted_on is not None
                period = period_of(found.period, line.counted_on)
                by_period[period][line.subject_id] += line.points
                by_item[line.subject_id, line.item_id, period] += line.points
            for period, sums in by_period.items():
                for row in lookups.standings(session, set_id=village.set_id, period=period):
                    assert row.points == row.opening + sums[row.id]
            for (_, item_id, _), points in by_item.items():
                known = found.item(item_id)
                if known is not None and known.item.cap is not None:
                    assert points <= known.item.cap
                if known is not None and known.item.floor is not None:
                    assert points >= known.item.floor
            booked = [line.application_id for line in lines if line.kind == "score"]
            assert len(booked) == len(set(booked))
            back = [line.reverses_id for line in lines if line.reverses_id]
            assert len(back) == len(set(back))
            stock: dict[str, int] = defaultdict(int)
            for move in session.scalars(select(PointStock)):
                stock[move.good_id] += move.change
            assert min(stock.values(), default=0) >= 0
            for period, kept in self.closed.items():
                assert self._sums(session, period) == kept

    # acts

    def apply(self) -> None:
        code = self.dice.choice(("H1", "H2", "H3"))
        points = {"H1": 5, "H2": -self.dice.randint(1, 3), "H3": self.dice.randint(1, 10)}[code]
        with self.village.file.writing("points.apply_for_points") as session:
            actions.apply_for_points(
                session,
                set_id=self.village.set_id,
                item_id=self.village.items[code],
                subject_id=self.dice.choice(list(self.village.households.values())),
                points=points,
                event=self.dice.choice(("检查", "清扫", "清淤")),
                happened_on=self._day(),
                evidence="现场",
            )

    def apply_many(self) -> None:
        with self.village.file.writing("points.apply_for_many") as session:
            actions.apply_for_many(
                session,
                set_id=self.village.set_id,
                wanted=tuple(
                    actions.Wanted(one, self.village.items["H3"], 2) for one in self.village.households.values()
                ),
                event=self.dice.choice(("义务劳动", "清扫")),
                happened_on=self._day(),
                evidence="签到表",
            )

    def check(self) -> None:
        with self.village.file.writing("points.check_applications") as session:
            actions.check_applications(
                session,
                application_ids=self._open(session),
                verdict="agreed" if self.dice.random() < 0.9 else "refused",
                checker_id=self._person(),
                checked_on=self.village.file.today,
                words="看过",
            )

    def review(self) -> None:
        with self.village.file.writing("points.review_applications") as session:
            actions.review_applications(
                session,
                set_id=self.village.set_id,
                application_ids=self._open(session),
                judges=tuple(self.village.persons[one] for one in self.dice.sample(JUDGES, 3)),
                held_on=self.village.file.today,
            )

    def post(self) -> None:
        with self.village.file.writing("points.post_applications") as session:
            actions.post_applications(session, set_id=self.village.set_id, posted_on=self._day())

    def object(self) -> None:
        with self.village.file.writing("points.raise_objection") as session:
            rows = lookups.applications(session, set_id=self.village.set_id)
            actions.raise_objection(
                session,
                application_id=self.dice.choice(rows).id if rows else "",
                raised_on=self.village.file.today,
                raised_by="群众",
                words="不对",
            )

    def answer(self) -> None:
        with self.village.file.writing("points.answer_objection") as session:
            waiting = [one for one in lookups.objections(session, set_id=self.village.set_id) if one.state == "open"]
            actions.answer_objection(
                session,
                objection_id=waiting[0].id if waiting else "",
                answered_on=self.village.file.today,
                answered_by=(self._person(),),
                upheld=self.dice.random() < 0.3,
                words="查过",
            )

    def book(self) -> None:
        with self.village.file.reading() as session:
            before = {line.id for line in session.scalars(select(PointEntry))}
        with self.village.file.writing("points.book_ready") as session:
            actions.book_ready(session, set_id=self.village.set_id)
        with self.village.file.reading() as session:
            self._limits_hold(session, before)

    def _limits_hold(self, session: Session, before: set[str]) -> None:
        """No line of this booking took area or set beyond a limit that held before; a reversal may have done so."""
        rules = lookups.one_rule_set(session, self.village.set_id).rules
        sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
        for line in session.scalars(select(PointEntry)):
            assert line.counted_on is not None
            period = period_of(rules.period, line.counted_on)
            keys: tuple[tuple[str, ...], ...] = ((line.subject_id, period), (line.subject_id, period, line.area))
            for key in keys:
                sums[key][0] += line.points if line.id in before else 0
                sums[key][1] += line.points
        for key, (was, now) in sums.items():
            area = rules.area(key[2]) if len(key) == 3 else None
            opening = rules.whole_opening() if area is None else area.opening
            cap, floor = (rules.cap, rules.floor) if area is None else (area.cap, area.floor)
            assert cap is None or now <= was or now + opening <= cap
            assert floor is None or now >= was or now + opening >= floor

    def reverse(self) -> None:
        with self.village.file.writing("points.reverse_entry") as session:
            ids = list(session.scalars(select(PointEntry.id).order_by(PointEntry.id)))
            actions.reverse_entry(session, entry_id=self.dice.choice(ids) if ids else "", reason="记错了")

    def redeem(self) -> None:
        with self.village.file.writing("points.redeem") as session:
            actions.redeem(
                session,
                set_id=self.village.set_id,
                subject_id=self.dice.choice(list(self.village.households.values())),
                wishes=((self.dice.choice(self.goods), self.dice.randint(1, 3)),),
                redeemed_on=self.village.file.today,
                receiver="户主",
                signed=True,
            )

    def cancel(self) -> None:
        with self.village.file.writing("points.cancel_redemption") as session:
            rows = lookups.redemptions(session, set_id=self.village.set_id)
            actions.cancel_redemption(session, redemption_id=self.dice.choice(rows).id if rows else "", reason="退回")

    def withdraw(self) -> None:
        with self.village.file.writing("points.withdraw_application") as session:
            open_ones = self._open(session)
            actions.withdraw_application(session, application_id=self.dice.choice(open_ones) if open_ones else "")

    def pass_days(self) -> None:
        self.village.file.confirm_today(self.village.file.today + dt.timedelta(days=self.dice.randint(1, 20)))

    def close(self) -> None:
        period = str(self.village.file.today.year - 1)
        with self.village.file.writing("points.close_period") as session:
            actions.close_period(session, set_id=self.village.set_id, period=period)
        with self.village.file.reading() as session:
            self.closed[period] = self._sums(session, period)

    def reopen(self) -> None:
        period = max(self.closed, default="2000")
        with self.village.file.reading() as session:
            before = self._sums(session, period)
        with self.village.file.writing("points.reopen_period") as session:
            actions.reopen_period(session, set_id=self.village.set_id, period=period, reason="漏记")
        with self.village.file.reading() as session:
            assert self._sums(session, period) == before == self.closed.pop(period)

    # inside

    def _sums(self, session: Session, period: str) -> dict[str, int]:
        return {row.id: row.points for row in lookups.standings(session, set_id=self.village.set_id, period=period)}

    def _open(self, session: Session) -> tuple[str, ...]:
        return tuple(row.id for row in lookups.applications(session, set_id=self.village.set_id, open_only=True))

    def _person(self) -> str:
        return self.dice.choice(list(self.village.persons.values()))

    def _day(self) -> dt.date:
        return self.village.file.today - dt.timedelta(days=self.dice.randint(0, 40))


def more_people(village: Village) -> Village:
    """Four more households to judge, goods to hand out, and a set that reviews, posts and carries half."""
    with village.file.reading() as session:
        found = lookups.one_rule_set(session, village.set_id)
    households, persons = dict(village.households), dict(village.persons)
    with village.file.writing("tests.furnish") as session:
        changed = dataclasses.replace(
            found.rules, review="group", publish_days=3, year_end=YearEnd.PART, carry_num=1, carry_den=2
        )
        actions.change_rule_set(session, set_id=village.set_id, seen=found.seen, rules=changed)
        for name in JUDGES:
            home = Household(number=name, group_name="四组")
            session.add(home)
            session.flush()
            person = Person(name=name, household_id=home.id, relation="head", group_name="四组")
            session.add(person)
            session.flush()
            households[name], persons[name] = home.id, person.id
        for name, price in (("盐", 3), ("毛巾", 5)):
            actions.add_good(session, set_id=village.set_id, name=name, unit="件", price=price, source="gift", stock=20)
    return Village(village.file, village.set_id, village.items, households, persons)
