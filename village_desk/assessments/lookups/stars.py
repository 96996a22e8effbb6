"""Star rounds as pages and paper show them: stations, households with their stars, rates, ratings and revocations."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.assessments.records import StarEntry, StarRevocation, StarRound, StarSet
from village_desk.assessments.rules.stars import (
    STATION_WORDS,
    Rates,
    Star,
    StarRules,
    Station,
    check_star_rules,
    level_words,
)
from village_desk.kit.errors import NotFound
from village_desk.kit.resources import path
from village_desk.kit.text import short_date
from village_desk.points.lookups import SubjectRow, subject, subjects
from village_desk.points.rules.sets import SubjectKind
from village_desk.store.acts import act, seen


@dataclass(frozen=True)
class StarSetRow:
    """A set of stars with the id of its record."""

    id: str
    seen: str
    rules: StarRules


@dataclass(frozen=True)
class EntryRow:
    """One household in a round; `stars` are those it has at last, `level` in words."""

    id: str
    household_id: str
    name: str
    group: str
    number: str
    joined: bool
    own: tuple[int, ...]
    mutual: tuple[int, ...]
    judges: tuple[str, ...]
    final: tuple[int, ...]
    final_why: str
    stars: int
    level: str
    rated: bool
    plaque: str
    revoked: bool

    @property
    def state_words(self) -> str:
        """Where the household stands in the round."""
        if self.revoked:
            return "已摘星"
        if not self.joined:
            return "已退出"
        if self.final:
            return self.level
        if self.mutual:
            return "待认定"
        return "待互评" if self.own else "待自评"


@dataclass(frozen=True)
class RoundRow:
    """One round and how far it is."""

    id: str
    set_id: str
    name: str
    year: int
    station: Station | None
    next_act: str


@dataclass(frozen=True)
class RoundDetail:
    """One round with its households; `posted_until` is the last day on the wall."""

    row: RoundRow
    seen: str
    rules: StarRules
    village: str
    dates: tuple[tuple[Station, dt.date | None], ...]
    posted_until: dt.date | None
    judges: tuple[str, ...]
    decided_by: str
    entries: tuple[EntryRow, ...]
    rates: Rates

    def day(self, station: Station) -> dt.date | None:
        """The day of a station."""
        return dict(self.dates)[station]


@dataclass(frozen=True)
class RevocationRow:
    """Stars that were taken away."""

    id: str
    household_id: str
    name: str
    group: str
    revoked_on: dt.date
    barred_until: dt.date
    reason: str


@dataclass(frozen=True)
class RatingRow:
    """The rating that a household has now: of which year, and how many years in a row it was rated."""

    id: str
    name: str
    group: str
    village: str
    set_name: str
    year: int
    stars: int
    level: str
    names: tuple[str, ...]
    plaque: str
    running: int
    recommended: bool


def shipped_star_sets() -> tuple[StarRules, ...]:
    """The sets of stars to begin with: names from published schemes, standards to be filled in by the village."""
    return _shipped()


@cache
def _shipped() -> tuple[StarRules, ...]:
    content = tomllib.loads(path("packs", "points-stars", "stars.toml").read_text(encoding="utf-8"))
    made = tuple(
        StarRules(
            name=row["name"],
            stars=tuple(Star(name) for name in row["stars"]),
            scored=row.get("scored", False),
            least=row.get("least", 1),
            every_years=row.get("every_years", 1),
            publish_days=row.get("publish_days", 5),
            source=row["source"],
        )
        for row in content["set"]
    )
    for rules in made:
        check_star_rules(rules)
    return made


def star_sets(session: Session) -> tuple[StarSetRow, ...]:
    """The sets of stars in use, by name."""
    found = session.scalars(select(StarSet).where(StarSet.retired.is_(False))).all()
    rows = [StarSetRow(each.id, seen(session, StarSet, each.id), rules_of(each)) for each in found]
    return tuple(sorted(rows, key=lambda row: (row.rules.name, row.id)))


def rules_of(record: StarSet, stars: tuple[tuple[str, str], ...] = ()) -> StarRules:
    """A set as rules work with it; a round keeps the stars of its opening day."""
    return StarRules(
        record.name,
        tuple(Star(*each) for each in stars or record.stars),
        record.scored,
        record.wins_from,
        record.least,
        record.every_years,
        record.barred_years,
        record.running_years,
        record.publish_days,
        record.used_for,
        record.source,
    )


def rounds(session: Session) -> tuple[RoundRow, ...]:
    """Every round, the newest first."""
    found = session.scalars(select(StarRound).where(StarRound.retired.is_(False))).all()
    rows = [_round_row(session, each) for each in found]
    return tuple(sorted(rows, key=lambda row: (-row.year, row.name, row.id)))


def one_round(session: Session, round_id: str) -> RoundDetail:
    """One round with its households by group and house number. Raises NotFound."""
    found = session.get(StarRound, round_id)
    if found is None or found.retired:
        raise NotFound("找不到这一轮星级评定。", "请刷新后再试。")
    record = session.get(StarSet, found.set_id)
    assert record is not None
    rules = rules_of(record, found.stars)
    homes = {who.id: who for who in subjects(session, SubjectKind.HOUSEHOLD)}
    order = {one: place for place, one in enumerate(homes)}
    revoked = set(session.scalars(select(StarRevocation.household_id).where(StarRevocation.round_id == round_id)))
    entries = []
    for each in session.scalars(
        select(StarEntry).where(StarEntry.round_id == round_id, StarEntry.retired.is_(False))
    ).all():
        who = homes.get(each.household_id) or subject(session, SubjectKind.HOUSEHOLD, each.household_id)
        entries.append(_entry(rules, each, who, each.household_id in revoked))
    entries.sort(key=lambda row: (order.get(row.household_id, len(order)), row.id))
    rated = [row for row in entries if row.rated]
    rates = Rates(
        len(homes),
        sum(row.joined for row in entries),
        len(rated),
        sum(row.stars == len(rules.stars) for row in rated),
        len(rules.stars),
    )
    dates = tuple((station, dates_of(found)[station]) for station in Station)
    until = found.posted_on + dt.timedelta(days=rules.publish_days) if found.posted_on else None
    return RoundDetail(
        _round_row(session, found),
        seen(session, StarRound, round_id),
        rules,
        act(session).village_name,
        dates,
        until,
        tuple(str(each[1]) for each in found.judges),
        found.decided_by,
        tuple(entries),
        rates,
    )


def dates_of(found: StarRound) -> dict[Station, dt.date | None]:
    """The days of a round's stations."""
    return {
        Station.MOBILISED: found.mobilised_on,
        Station.SELF: found.self_on,
        Station.MUTUAL: found.mutual_on,
        Station.RECOGNISED: found.recognised_on,
        Station.POSTED: found.posted_on,
        Station.AWARDED: found.awarded_on,
    }


def revocations(session: Session) -> tuple[RevocationRow, ...]:
    """Every revocation, the newest first: an internal list that never goes to the wall."""
    rows = []
    for each in session.scalars(select(StarRevocation)).all():
        who = subject(session, SubjectKind.HOUSEHOLD, each.household_id)
        rows.append(
            RevocationRow(
                each.id,
                each.household_id,
                who.name if who else "名册里没有",
                who.group if who else "",
                each.revoked_on or dt.date.min,
                each.barred_until or dt.date.min,
                each.reason,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.revoked_on.toordinal(), row.id)))


def rating_of_household(session: Session, *, household_id: str) -> RatingRow | None:
    """The rating that a household has now, None when it has none: of the last round that was awarded or posted out."""
    today, running, best = act(session).today, 0, None
    revoked = {
        each.round_id
        for each in session.scalars(select(StarRevocation).where(StarRevocation.household_id == household_id))
    }
    found = (
        select(StarEntry, StarRound, StarSet)
        .join(StarRound, StarRound.id == StarEntry.round_id)
        .join(StarSet, StarSet.id == StarRound.set_id)
        .where(StarEntry.household_id == household_id, StarEntry.retired.is_(False), StarRound.retired.is_(False))
        .order_by(StarRound.year.desc(), StarRound.id)
    )
    expected: int | None = None
    for entry, of_round, of_set in session.execute(found):
        rules = rules_of(of_set, of_round.stars)
        stars = rules.won(entry.final)
        standing = of_round.posted_on is not None and today > of_round.posted_on + dt.timedelta(days=rules.publish_days)
        if not standing:
            continue
        good = entry.joined and stars >= rules.least and of_round.id not in revoked
        if best is None:
            if not good or today.year - of_round.year > rules.every_years:
                return None
            best = (entry, of_round, rules, stars)
        if not good or (expected is not None and of_round.year != expected):
            break
        running += 1
        expected = of_round.year - rules.every_years
    if best is None:
        return None
    entry, of_round, rules, stars = best
    who = subject(session, SubjectKind.HOUSEHOLD, household_id)
    wins = rules.wins_from if rules.scored else 1
    return RatingRow(
        household_id,
        who.name if who else "名册里没有",
        who.group if who else "",
        act(session).village_name,
        rules.name,
        of_round.year,
        stars,
        level_words(stars),
        tuple(star.name for star, value in zip(rules.stars, entry.final, strict=False) if value >= wins),
        entry.plaque,
        running,
        running >= rules.running_years,
    )


def rating_of_person(session: Session, *, person_id: str) -> RatingRow | None:
    """The present rating of the household in which a person lives; None when it has none."""
    who = subject(session, SubjectKind.VILLAGER, person_id)
    return rating_of_household(session, household_id=who.household_id) if who and who.household_id else None


def _round_row(session: Session, found: StarRound) -> RoundRow:
    record = session.get(StarSet, found.set_id)
    dates = dates_of(found)
    done = [station for station in Station if dates[station] is not None]
    return RoundRow(
        found.id,
        found.set_id,
        record.name if record else "",
        found.year,
        done[-1] if done else None,
        _next_act(found, record.publish_days if record else 0, act(session).today),
    )


def _next_act(found: StarRound, days: int, today: dt.date) -> str:
    dates = dates_of(found)
    if dates[Station.RECOGNISED] is None:
        missing = next(station for station in Station if dates[station] is None)
        return {
            Station.MOBILISED: "请先登记动员发动的日期。",
            Station.SELF: "请登记参评户，打印自评表，收回后登记自评。",
            Station.MUTUAL: "请开互评会，登记互评结果（至少3名评议人）。",
            Station.RECOGNISED: "自评、互评齐了，请开会认定。",
        }[missing]
    if found.posted_on is None:
        return f"认定结果要公示{days}天，请打印公示榜张贴，再登记公示。"
    until = found.posted_on + dt.timedelta(days=days)
    if found.awarded_on is None:
        if today <= until:
            return f"公示到{short_date(until)}，期满没有异议就可以授牌。"
        return "公示期满，请登记授牌。"
    return f"这一轮已经办完（{STATION_WORDS[Station.AWARDED]}）。"


def _entry(rules: StarRules, found: StarEntry, who: SubjectRow | None, revoked: bool) -> EntryRow:
    stars = rules.won(found.final)
    rated = bool(found.final) and stars >= rules.least and found.joined and not revoked
    return EntryRow(
        found.id,
        found.household_id,
        who.name if who else "名册里没有",
        who.group if who else "",
        who.number if who else "",
        found.joined,
        tuple(found.own),
        tuple(found.mutual),
        tuple(str(each[1]) for each in found.judges),
        tuple(found.final),
        found.final_why,
        stars,
        level_words(stars) if stars >= rules.least else level_words(0),
        rated,
        found.plaque,
        revoked,
    )
