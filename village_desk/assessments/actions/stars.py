"""A star round from mobilising to the plaque, revocation, the use of a rating, and stars that others gave."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.assessments.lookups.stars import dates_of, one_round, rules_of, star_sets
from village_desk.assessments.records import (
    ReceivedStar,
    StarEntry,
    StarRevocation,
    StarRound,
    StarSet,
    StarUse,
)
from village_desk.assessments.rules.stars import (
    StarRules,
    Station,
    barred_until,
    check_not_barred,
    check_order,
    check_recognise,
    check_star_rules,
    check_values,
)
from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import short_date, tidy
from village_desk.notices.actions import add_event_duties
from village_desk.people.lookups import kin_homes
from village_desk.points.lookups import subject, subjects
from village_desk.points.rules.entries import Actor, check_judges, why_not_judged
from village_desk.points.rules.redlines import check_use_words
from village_desk.points.rules.sets import SubjectKind
from village_desk.rulebook.rules import Trigger
from village_desk.store.acts import act, add_many, change_many, edit

MOST_STARS = 20


def add_star_set(session: Session, *, rules: StarRules) -> str:
    """Keep a set of stars and return its id. Raises NotAllowed where a name is missing or a red line says no."""
    check_star_rules(rules)
    if any(row.rules.name == tidy(rules.name) for row in star_sets(session)):
        raise NotAllowed(f"《{rules.name}》已经有了。", "请换一个名称，或打开原来的修改。")
    record = StarSet(id=same_id("star_set", act(session).village, tidy(rules.name)), **_values(rules))
    session.add(record)
    session.flush()
    return record.id


def change_star_set(session: Session, *, set_id: str, seen: str, rules: StarRules) -> None:
    """Change a set of stars; rounds that were opened keep their own stars. Raises NotFound, NotAllowed."""
    check_star_rules(rules)
    record = session.get(StarSet, set_id)
    if record is None or record.retired:
        raise NotFound("找不到这份星级办法。", "请刷新后再试。")
    edit(session, record, seen=seen, **_values(rules))


def open_round(session: Session, *, set_id: str, year: int) -> str:
    """Open the round of a year, once; returns its id. Raises NotFound, NotAllowed."""
    record = session.get(StarSet, set_id)
    if record is None or record.retired:
        raise NotFound("找不到这份星级办法。", "请刷新后再试。")
    if not 2000 <= year <= act(session).today.year + 1:
        raise NotAllowed(f"{year}年不对。", "请填今年或明年。")
    identity = same_id("star_round", set_id, str(year))
    known = session.get(StarRound, identity)
    if known is not None and not known.retired:
        raise NotAllowed(f"{year}年的{record.name}已经开了。", "请打开那一轮接着办。")
    session.add(StarRound(id=identity, set_id=set_id, year=year, stars=tuple(record.stars)))
    session.flush()
    return identity


def mobilise(session: Session, *, round_id: str, on: dt.date) -> None:
    """Enter the day on which the round was made known. Raises NotFound, NotAllowed."""
    found = _round(session, round_id)
    check_order(Station.MOBILISED, on, dates_of(found), act(session).today)
    found.mobilised_on = on
    session.flush()


def join_round(session: Session, *, round_id: str, household_ids: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Let households take part, all of the village when none are named; returns sentences for those that cannot.

    Raises NotFound, NotAllowed when none of them can.
    """
    found = _round(session, round_id)
    _not_yet_recognised(found)
    homes = {who.id: who for who in subjects(session, SubjectKind.HOUSEHOLD)}
    wanted = household_ids or tuple(homes)
    barred = _barred(session)
    known = {
        each.household_id: each for each in session.scalars(select(StarEntry).where(StarEntry.round_id == round_id))
    }
    rows: list[dict[str, Any]] = []
    changed: dict[str, dict[str, Any]] = {}
    left: list[str] = []
    for one in wanted:
        who = homes.get(one)
        if who is None:
            left.append("有一户名册里找不到，没有登记参评。")
            continue
        try:
            if one in barred:
                check_not_barred(f"{who.group}{who.name}", *barred[one], act(session).today)
        except NotAllowed as refusal:
            left.append(f"{refusal.message}{refusal.advice}")
            continue
        if one in known:
            if not known[one].joined or known[one].retired:
                changed[known[one].id] = {"joined": True, "retired": False}
            continue
        rows.append({"id": same_id("star_entry", round_id, one), "round_id": round_id, "household_id": one})
    if left and not rows and not changed:
        raise NotAllowed(left[0], "")
    add_many(session, StarEntry, rows)
    change_many(session, StarEntry, changed)
    session.expire_all()
    return tuple(left)


def leave_round(session: Session, *, round_id: str, household_ids: tuple[str, ...]) -> None:
    """Let households withdraw before the recognition. Raises NotFound, NotAllowed."""
    _not_yet_recognised(_round(session, round_id))
    for entry in _entries(session, round_id, household_ids).values():
        entry.joined = False
    session.flush()


def rate_own(session: Session, *, round_id: str, on: dt.date, rows: tuple[tuple[str, tuple[int, ...]], ...]) -> int:
    """Type self-ratings back: pairs of (household's id, one number a star); returns how many. Raises NotAllowed."""
    found = _round(session, round_id)
    _not_yet_recognised(found)
    check_order(Station.SELF, on, dates_of(found), act(session).today)
    if found.mobilised_on is None:
        raise NotAllowed("还没有登记动员发动，不能登记自评。", "请先登记动员会的日期。")
    rules = _rules(session, found)
    entries = _entries(session, round_id, tuple(one for one, _ in rows))
    for household_id, values in rows:
        check_values(rules, values, _name(session, household_id))
        entry = entries[household_id]
        entry.own, entry.own_on = tuple(values), on
    found.self_on = found.self_on or on
    session.flush()
    return len(rows)


def rate_mutually(
    session: Session,
    *,
    round_id: str,
    on: dt.date,
    judges: tuple[str, ...],
    rows: tuple[tuple[str, tuple[int, ...]], ...],
) -> tuple[str, ...]:
    """Type back what a meeting of neighbours gave; relatives stand aside. Returns sentences for those left out.

    Raises NotFound, NotAllowed for fewer than three judges or a household without a self-rating.
    """
    found = _round(session, round_id)
    _not_yet_recognised(found)
    check_order(Station.MUTUAL, on, dates_of(found), act(session).today)
    rules, sitting = _rules(session, found), _people(session, judges)
    check_judges(sitting, "group")
    entries = _entries(session, round_id, tuple(one for one, _ in rows))
    left: list[str] = []
    good = 0
    for household_id, values in rows:
        name = _name(session, household_id)
        check_values(rules, values, name)
        if not entries[household_id].own:
            raise NotAllowed(f"{name}还没有自评，不能互评。", "请先登记自评。")
        why = why_not_judged(sitting, household_id, "", name)
        if why:
            left.append(why)
            continue
        good += 1
        entry = entries[household_id]
        entry.mutual, entry.mutual_on = tuple(values), on
        entry.judges = tuple((each.person_id, each.name) for each in sitting if each.household_id != household_id)
    if not good and left:
        raise NotAllowed(left[0], "")
    found.mutual_on = found.mutual_on or on
    session.flush()
    return tuple(left)


def recognise(
    session: Session,
    *,
    round_id: str,
    on: dt.date,
    decided_by: str,
    changes: tuple[tuple[str, tuple[int, ...], str], ...] = (),
) -> int:
    """Recognise the round: every household gets the stars of the mutual rating, or those of `changes` with a reason.

    Needs self-rating and mutual rating of every household that takes part. A duty to post is due after.
    Returns how many households are rated. Raises NotFound, NotAllowed.
    """
    found = _round(session, round_id)
    _not_yet_recognised(found)
    detail = one_round(session, round_id)
    joined = [row for row in detail.entries if row.joined]
    check_recognise(
        len(joined),
        [row.name for row in joined if not row.own],
        [row.name for row in joined if not row.mutual],
        dates_of(found),
    )
    check_order(Station.RECOGNISED, on, dates_of(found), act(session).today)
    if not tidy(decided_by):
        raise NotAllowed("还没写哪次会认定的。", "例如“9月10日村‘两委’会议”。")
    other: dict[str, tuple[tuple[int, ...], str]] = {}
    for household_id, values, why in changes:
        check_values(detail.rules, values, _name(session, household_id))
        if not tidy(why):
            raise NotAllowed(f"{_name(session, household_id)}的认定和互评不一样，要写明理由。", "请写清楚依据。")
        other[household_id] = (tuple(values), tidy(why))
    changed: dict[str, dict[str, Any]] = {}
    for row in joined:
        values, why = other.get(row.household_id, (row.mutual, ""))
        changed[row.id] = {"final": values, "final_why": why}
    change_many(session, StarEntry, changed)
    found.recognised_on, found.decided_by = on, tidy(decided_by)
    session.flush()
    session.expire_all()
    rated = one_round(session, round_id).rates.rated
    add_event_duties(
        session,
        trigger=Trigger.STAR_ROUND,
        about=f"{detail.row.year}年{detail.row.name}认定结果",
        happened_on=on,
        source_room="assessments",
        source_id=round_id,
    )
    return rated


def post_round(session: Session, *, round_id: str, on: dt.date, notice_id: str = "") -> None:
    """Enter the day on which the result was posted for objections. Raises NotFound, NotAllowed."""
    found = _round(session, round_id)
    if found.recognised_on is None:
        raise NotAllowed("还没有认定，不能公示。", "请先登记认定。")
    check_order(Station.POSTED, on, dates_of(found), act(session).today)
    found.posted_on, found.notice_id = on, notice_id
    session.flush()


def award(session: Session, *, round_id: str, on: dt.date) -> int:
    """Give the plaques after the posting is over; each rated household gets a number. Raises NotFound, NotAllowed."""
    found = _round(session, round_id)
    detail = one_round(session, round_id)
    if found.posted_on is None or detail.posted_until is None:
        raise NotAllowed("还没有公示，不能授牌。", "请先张贴公示榜并登记公示日期。")
    if on <= detail.posted_until:
        raise NotAllowed(
            f"公示到{short_date(detail.posted_until)}，还没有满期，不能授牌。", "请等公示期满没有异议再授牌。"
        )
    check_order(Station.AWARDED, on, dates_of(found), act(session).today)
    rated = [row for row in detail.entries if row.rated]
    width = max(3, len(str(len(rated))))
    change_many(
        session,
        StarEntry,
        {row.id: {"plaque": f"{detail.row.year}-{place:0{width}d}"} for place, row in enumerate(rated, start=1)},
    )
    found.awarded_on = on
    session.flush()
    session.expire_all()
    return len(rated)


def revoke(session: Session, *, round_id: str, household_id: str, on: dt.date, reason: str, decided_by: str) -> dt.date:
    """Take a household's stars away, once, and bar it; returns the first day on which it may take part again.

    Raises NotFound, NotAllowed for one that was not rated.
    """
    detail = one_round(session, round_id)
    row = next((each for each in detail.entries if each.household_id == household_id), None)
    if row is None or not row.rated:
        raise NotAllowed("这一户在这一轮没有星级，不用摘星。", "请核对年度和户名。")
    if not tidy(reason) or not tidy(decided_by):
        raise NotAllowed("摘星要写明理由和哪次会定的。", "例如“非法占地被处罚；9月10日村‘两委’会议”。")
    if on > act(session).today:
        raise NotAllowed("摘星日期在今天以后。", "请填会议定下来的那一天。")
    check_use_words(reason)
    until = barred_until(on, detail.rules.barred_years)
    session.add(
        StarRevocation(
            id=same_id("star_revocation", round_id, household_id),
            household_id=household_id,
            round_id=round_id,
            revoked_on=on,
            barred_until=until,
            reason=tidy(reason),
            decided_by=tidy(decided_by),
        )
    )
    session.flush()
    return until


def record_use(session: Session, *, household_id: str, person_id: str, used_for: str, on: dt.date) -> str:
    """Keep for what a rating was shown (评优参考…); it decides nothing by itself. Raises NotAllowed."""
    if not tidy(used_for):
        raise NotAllowed("还没写证明用在哪里。", "例如“推荐古县好人，评优参考”。")
    check_use_words(used_for)
    record = StarUse(household_id=household_id, person_id=person_id, used_for=tidy(used_for), used_on=on)
    session.add(record)
    session.flush()
    return record.id


def receive_star(
    session: Session,
    *,
    kind: str,
    decided_on: dt.date,
    decided_by: str,
    document: str,
    person_id: str = "",
    title: str = "",
    stars: int = 0,
    grade: str = "",
    merits: str = "",
) -> str:
    """Enter a result that others gave: stars of a secretary or cadre, or an honour of the village.

    Pay is not reckoned. Raises NotFound, NotAllowed without a person, a document or a title.
    """
    _check_received(session, kind, person_id, title, stars, decided_on, decided_by)
    record = ReceivedStar(
        kind=kind,
        person_id=person_id,
        title=tidy(title),
        stars=stars,
        grade=tidy(grade),
        merits=tidy(merits),
        decided_on=decided_on,
        decided_by=tidy(decided_by),
        document=tidy(document),
    )
    session.add(record)
    session.flush()
    return record.id


def correct_received(
    session: Session,
    *,
    received_id: str,
    seen: str,
    decided_on: dt.date,
    decided_by: str,
    document: str,
    stars: int,
    grade: str,
    title: str = "",
) -> None:
    """Put right what was entered of a received result. Raises NotFound, NotAllowed."""
    record = session.get(ReceivedStar, received_id)
    if record is None or record.retired:
        raise NotFound("找不到这条评定结果。", "请刷新后再试。")
    _check_received(session, record.kind, record.person_id, title or record.title, stars, decided_on, decided_by)
    edit(
        session,
        record,
        seen=seen,
        decided_on=decided_on,
        decided_by=tidy(decided_by),
        document=tidy(document),
        stars=stars,
        grade=tidy(grade),
        title=tidy(title) or record.title,
    )


def _check_received(
    session: Session, kind: str, person_id: str, title: str, stars: int, decided_on: dt.date, decided_by: str
) -> None:
    if kind not in {"secretary", "cadre", "village"}:
        raise NotAllowed("不知道是哪一种评定结果。", "请选书记星级、村干部星级或先进村。")
    if kind == "village" and not tidy(title):
        raise NotAllowed("还没填本村得了什么称号。", "例如“2026年度先进村”。")
    if kind != "village" and subject(session, SubjectKind.VILLAGER, person_id) is None:
        raise NotFound("名册里找不到这位村干部。", "请从名册里选。")
    if not 0 <= stars <= MOST_STARS:
        raise NotAllowed(f"{stars}颗星不对。", f"请填0到{MOST_STARS}。")
    if decided_on > act(session).today:
        raise NotAllowed("评定日期在今天以后。", "请填文件上的日期。")
    if not tidy(decided_by):
        raise NotAllowed("还没填是谁评定的。", "例如“平安镇党委”。")


def _values(rules: StarRules) -> dict[str, Any]:
    return {
        "name": tidy(rules.name),
        "stars": tuple((tidy(star.name), tidy(star.standard)) for star in rules.stars),
        "scored": rules.scored,
        "wins_from": rules.wins_from,
        "least": rules.least,
        "every_years": rules.every_years,
        "barred_years": rules.barred_years,
        "running_years": rules.running_years,
        "publish_days": rules.publish_days,
        "used_for": tidy(rules.used_for),
        "source": tidy(rules.source),
    }


def _round(session: Session, round_id: str) -> StarRound:
    found = session.get(StarRound, round_id)
    if found is None or found.retired:
        raise NotFound("找不到这一轮星级评定。", "请刷新后再试。")
    return found


def _rules(session: Session, found: StarRound) -> StarRules:
    record = session.get(StarSet, found.set_id)
    assert record is not None
    return rules_of(record, found.stars)


def _not_yet_recognised(found: StarRound) -> None:
    if found.recognised_on is not None:
        raise NotAllowed(
            f"{found.year}年的这一轮已经认定，不能再改评分。", "认定错了，请按异议复核后摘星或下一轮再评。"
        )


def _entries(session: Session, round_id: str, household_ids: tuple[str, ...]) -> Mapping[str, StarEntry]:
    found: dict[str, StarEntry] = {}
    for one in household_ids:
        entry = session.get(StarEntry, same_id("star_entry", round_id, one))
        if entry is None or entry.retired or not entry.joined:
            raise NotAllowed(f"{_name(session, one)}没有登记参评。", "请先点“登记参评户”。")
        found[one] = entry
    return found


def _name(session: Session, household_id: str) -> str:
    who = subject(session, SubjectKind.HOUSEHOLD, household_id)
    return who.name if who is not None else "这一户"


def _people(session: Session, ids: tuple[str, ...]) -> tuple[Actor, ...]:
    found = []
    kin = kin_homes(session, ids, on=act(session).today)
    for one in ids:
        who = subject(session, SubjectKind.VILLAGER, one)
        if who is None:
            raise NotFound("名册里找不到这个评议人。", "请从名册里选。")
        found.append(Actor(who.id, who.name, "", who.household_id, tuple(kin[one].items())))
    return tuple(found)


def _barred(session: Session) -> dict[str, tuple[dt.date, dt.date]]:
    found: dict[str, tuple[dt.date, dt.date]] = {}
    for each in session.scalars(select(StarRevocation)):
        if each.revoked_on and each.barred_until:
            known = found.get(each.household_id)
            if known is None or known[1] < each.barred_until:
                found[each.household_id] = (each.revoked_on, each.barred_until)
    return found
