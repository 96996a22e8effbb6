"""The four comparisons (四比): villages and secretaries as received, members' points and households' stars."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.assessments.lookups.stars import one_round, rounds
from village_desk.assessments.records import ReceivedStar
from village_desk.assessments.rules.stars import Station, level_words, years_in_post
from village_desk.kit.text import chinese_date
from village_desk.people.lookups import names_of, posts_of
from village_desk.points.lookups import all_rule_sets, periods, standings
from village_desk.points.rules.numbers import shown
from village_desk.points.rules.sets import SubjectKind, period_words
from village_desk.store.acts import act, seen

SECRETARY_ROLES = ("secretary",)


@dataclass(frozen=True)
class ReceivedRow:
    """A result that others gave; years in post are reckoned on its day."""

    id: str
    seen: str
    kind: str
    kind_words: str
    person_id: str
    name: str
    title: str
    stars: int
    grade: str
    merits: str
    decided_on: dt.date
    decided_by: str
    document: str
    in_post: str


@dataclass(frozen=True)
class Comparison:
    """One of the four lists: its title, the day of its data, where it comes from, and its lines."""

    title: str
    as_of: str
    source: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


KIND_WORDS = {"secretary": "书记星级", "cadre": "村干部星级", "village": "先进村"}


def received_stars(session: Session, *, kind: str = "", person_id: str = "") -> tuple[ReceivedRow, ...]:
    """Results that others gave, the newest first: the history of a secretary, of a cadre, of the village."""
    statement = select(ReceivedStar).where(ReceivedStar.retired.is_(False))
    if kind:
        statement = statement.where(ReceivedStar.kind == kind)
    if person_id:
        statement = statement.where(ReceivedStar.person_id == person_id)
    found = session.scalars(statement).all()
    names = names_of(session, [each.person_id for each in found if each.person_id])
    rows = [
        ReceivedRow(
            each.id,
            seen(session, ReceivedStar, each.id),
            each.kind,
            KIND_WORDS.get(each.kind, each.kind),
            each.person_id,
            names.get(each.person_id, ""),
            each.title,
            each.stars,
            each.grade,
            each.merits,
            each.decided_on or dt.date.min,
            each.decided_by,
            each.document,
            years_words(session, each.person_id, each.decided_on) if each.person_id and each.decided_on else "",
        )
        for each in found
    ]
    return tuple(sorted(rows, key=lambda row: (-row.decided_on.toordinal(), row.kind, row.name, row.id)))


def years_words(session: Session, person_id: str, on: dt.date) -> str:
    """How long a person held the post of secretary until a day: 12年3个月; 未登记 without a day of beginning."""
    spans = [
        (post.from_on, post.ended_on)
        for post in posts_of(session, person_id)
        if post.role in SECRETARY_ROLES and post.from_on is not None
    ]
    if not spans:
        return "未登记"
    years, months = years_in_post(spans, on)
    return f"{years}年{months}个月" if months else f"{years}年"


def four_comparisons(session: Session) -> tuple[Comparison, ...]:
    """乡村比先进、书记比星级、党员比积分、家庭比文明, each with the day of its data."""
    return (_villages(session), _secretaries(session), _members(session), _households(session))


def _villages(session: Session) -> Comparison:
    rows = received_stars(session, kind="village")
    day = chinese_date(rows[0].decided_on) if rows else "未登记"
    lines = tuple((str(row.decided_on.year), row.title, row.decided_by, row.document) for row in rows)
    return Comparison("乡村比先进", day, "乡镇、县评定", ("年度", "称号", "评定单位", "文号"), lines)


def _secretaries(session: Session) -> Comparison:
    rows = received_stars(session, kind="secretary")
    day = chinese_date(rows[0].decided_on) if rows else "未登记"
    lines = tuple(
        (
            row.name,
            level_words(row.stars),
            row.grade or "未登记",
            row.in_post,
            chinese_date(row.decided_on),
            row.document,
        )
        for row in rows
    )
    heads = ("书记", "星级", "年度考核", "任职", "评定日期", "文号")
    return Comparison("书记比星级", day, "乡镇、县评定", heads, lines)


def _members(session: Session) -> Comparison:
    today = act(session).today
    lines: list[tuple[str, ...]] = []
    words = "未登记"
    for rules in all_rule_sets(session):
        if rules.subject is not SubjectKind.PARTY_MEMBER:
            continue
        period = periods(session, set_id=rules.id, today=today)[0]
        words = period_words(period)
        found = [row for row in standings(session, set_id=rules.id, period=period) if not row.exempt]
        lines += [(row.name, shown(row.points, row.decimals), row.band or "", rules.name) for row in found]
    # By group and name as everywhere: a rank only where the village has switched it on.
    return Comparison("党员比积分", words, "本村记录", ("党员", "积分", "等次", "办法"), tuple(lines))


def _households(session: Session) -> Comparison:
    done = [one_round(session, row.id) for row in rounds(session)]
    best = next((each for each in done if each.day(Station.RECOGNISED) is not None), None)
    if best is None:
        return Comparison("家庭比文明", "未登记", "本村记录", ("组别", "农户", "星级"), ())
    day = best.day(Station.RECOGNISED)
    lines = tuple((row.group, row.name, row.level) for row in best.entries if row.rated)
    words = chinese_date(day) if day else "未登记"
    return Comparison("家庭比文明", words, "本村记录", ("组别", "农户", "星级"), lines)
