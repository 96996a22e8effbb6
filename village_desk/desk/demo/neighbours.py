"""Neighbours of the demo: voluntary work with hours, a star round that waits for its recognition, goods for points."""

import datetime as dt
import random

from village_desk.assessments.actions import (
    add_star_set,
    join_round,
    mobilise,
    open_round,
    rate_mutually,
    rate_own,
    receive_star,
)
from village_desk.assessments.lookups import shipped_star_sets
from village_desk.desk.demo.cast import Cast
from village_desk.desk.demo.scores import HOUSEHOLDS
from village_desk.desk.demo.story import Story
from village_desk.meetings.actions.activities import add_activity, note_attendance
from village_desk.points.actions import add_fund, add_good, redeem
from village_desk.points.lookups import all_rule_sets, subjects
from village_desk.points.rules.sets import SubjectKind

_HOMES = 12
# Most households win most stars.
_WON = 0.85


def tell_neighbours(story: Story, cast: Cast) -> None:
    """Lay it out over the days; the round is rated by itself and by neighbours, its recognition is still to come."""
    chance = random.Random(story.seed + 7)
    story.on(-62, lambda: _begin_round(story))
    story.on(-45, lambda: _sweep(story, cast))
    story.on(-38, lambda: _rate(story, cast, chance))
    story.on(-12, lambda: _offer(story, cast))


def _begin_round(story: Story) -> None:
    with story.writing("assessments.open_round") as session:
        homes = [one.id for one in subjects(session, SubjectKind.HOUSEHOLD)][:_HOMES]
        made = open_round(
            session, set_id=add_star_set(session, rules=shipped_star_sets()[0]), year=story.file.today.year
        )
        mobilise(session, round_id=made, on=story.file.today)
        join_round(session, round_id=made, household_ids=tuple(homes))
    story.told["star_round"] = made


def _rate(story: Story, cast: Cast, chance: random.Random) -> None:
    made = str(story.told.pop("star_round"))
    with story.writing("assessments.rate_own") as session:
        homes = [one.id for one in subjects(session, SubjectKind.HOUSEHOLD)][:_HOMES]
        rows = tuple((one, tuple(int(chance.random() < _WON) for _ in range(10))) for one in homes)
        rate_own(session, round_id=made, on=story.file.today - dt.timedelta(days=8), rows=rows)
        judges = tuple(dict.fromkeys((*cast.supervision, *cast.representatives)))[:5]
        rate_mutually(session, round_id=made, on=story.file.today, judges=judges, rows=rows)
        receive_star(
            session,
            kind="secretary",
            person_id=cast.branch[0],
            stars=2,
            grade="优秀",
            decided_on=dt.date(story.last.year, 1, 20),
            decided_by="平安镇党委",
            document=f"平安党发〔{story.last.year}〕2号",
        )


def _sweep(story: Story, cast: Cast) -> None:
    came = tuple((one, 120 if place else 150) for place, one in enumerate(cast.members[:6]))
    with story.writing("meetings.note_attendance") as session:
        made = add_activity(
            session,
            title="村道清扫",
            held_on=story.file.today - dt.timedelta(days=1),
            place="村口到小学",
            leader=cast.names[cast.members[0]],
            minutes=120,
        )
        note_attendance(session, activity_id=made, came=came, evidence="签到表")
    ahead = story.last + dt.timedelta(days=6)
    with story.writing("meetings.add_activity") as session:
        add_activity(session, title="排水沟清淤", held_on=ahead, place="二组", minutes=180, person_ids=cast.members[:4])


def _offer(story: Story, cast: Cast) -> None:
    with story.writing("points.add_good") as session:
        rules = next(each for each in all_rule_sets(session) if each.name == HOUSEHOLDS.name)
        day = story.file.today
        towel = add_good(
            session, set_id=rules.id, name="毛巾", unit="条", price=5, source="collective", cost_fen=480, stock=60
        )
        add_good(session, set_id=rules.id, name="洗衣液", unit="瓶", price=20, source="gift", stock=24)
        add_fund(session, set_id=rules.id, received_on=day, source="collective", fen=300_000, words="村集体收益")
        home = subjects(session, SubjectKind.HOUSEHOLD)[0]
        redeem(
            session,
            set_id=rules.id,
            subject_id=home.id,
            wishes=((towel, 1),),
            redeemed_on=day,
            receiver=home.name.removesuffix("家"),
            signed=True,
        )
