"""Applications on their way: what was said of them, what hangs on the wall, and what comes next."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from village_desk.archive.lookups import counts_of
from village_desk.kit.errors import NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import chinese_date, short_date
from village_desk.people.lookups import aliases
from village_desk.points.lookups.rows import ApplicationRow, ItemRow, ObjectionRow, RuleSetRow, SubjectRow
from village_desk.points.lookups.schemes import all_rule_sets
from village_desk.points.lookups.subjects import subject, subjects
from village_desk.points.records import (
    PointApplication,
    PointCheck,
    PointEntry,
    PointObjection,
    PointPosting,
    PointRuleSet,
)
from village_desk.points.rules.entries import (
    OPEN_STAGES,
    STAGE_WORDS,
    ApplicationState,
    Path,
    Stage,
    Verdict,
    lacks_evidence,
    stage_on,
)
from village_desk.points.rules.sets import period_bounds
from village_desk.store.acts import act

CHUNK = 500
_CLOSED: dict[str, Stage] = {
    ApplicationState.REFUSED.value: Stage.REFUSED,
    ApplicationState.WITHDRAWN.value: Stage.WITHDRAWN,
    ApplicationState.BOOKED.value: Stage.BOOKED,
}
_NEXT: dict[Stage, str] = {
    Stage.APPLIED: "请另一位审核人审核。",
    Stage.REVIEW: "请开评议会（至少3人），点“登记评议”；一次会可以评完所有户。",
    Stage.POSTING: "请打印公示榜张贴，点“登记公示”。",
    Stage.POSTED: "公示期满、没有异议后入账。",
    Stage.OBJECTED: "有人提出异议，先停在这里；请另外的人复核，点“答复异议”。",
    Stage.TOWNSHIP: "待乡镇认定：报到镇里，读了乡镇的回执就办好；先收到文件的点“登记乡镇认定”，一个支部一次办完。",
    Stage.CHECKED: "手续齐了，请点“入账”。",
    Stage.BOOKED: "已入账；记错了请点“更正这一笔”。",
    Stage.REVERSED: "已冲正；要重新记分，请重新申报。",
    Stage.REFUSED: "没有通过；补充依据后可以重新申报。",
    Stage.WITHDRAWN: "已撤回。",
}
CONFIRMED_WORDS = "乡镇已认定"
_STAGE_ORDER = {stage: place for place, stage in enumerate(Stage)}


def applications(
    session: Session,
    *,
    set_id: str = "",
    open_only: bool = False,
    period: str = "",
    subject_id: str = "",
    ids: Iterable[str] | None = None,
) -> tuple[ApplicationRow, ...]:
    """Applications with all that was said of them: what waits first, then the newest; of one set or of all.

    `period` keeps what happened in it and whatever is open; `ids` only these.
    """
    statement = select(PointApplication).where(PointApplication.retired.is_(False))
    if set_id:
        statement = statement.where(PointApplication.set_id == set_id)
    if subject_id:
        statement = statement.where(PointApplication.subject_id.in_(aliases(session).all_of(subject_id)))
    is_open = PointApplication.state == ApplicationState.APPLIED.value
    if open_only:
        statement = statement.where(is_open)
    elif period:
        statement = statement.where(is_open | PointApplication.happened_on.between(*period_bounds(period)))
    found: list[PointApplication] = []
    if ids is None:
        found += session.scalars(statement)
    else:
        for part in chunks(list(ids)):
            found += session.scalars(statement.where(PointApplication.id.in_(part)))
    rows = _rows(session, found)
    return tuple(sorted(rows, key=lambda row: (min(_STAGE_ORDER[row.stage], 7), -row.happened_on.toordinal(), row.id)))


def waiting_and_shown(session: Session, *, set_id: str, period: str) -> tuple[int, int]:
    """How many applications of a set are open, and how many a list of the period would show: for a page to decide."""
    mine = PointApplication.retired.is_(False) & (PointApplication.set_id == set_id)
    is_open = PointApplication.state == ApplicationState.APPLIED.value
    inside = is_open | PointApplication.happened_on.between(*period_bounds(period))
    waiting = session.scalar(select(func.count()).where(mine, is_open)) or 0
    return waiting, session.scalar(select(func.count()).where(mine, inside)) or 0


def waiting_by_set(session: Session) -> tuple[tuple[str, int], ...]:
    """How many applications of each set are on their way: pairs (set's id, how many)."""
    found = (
        select(PointApplication.set_id, func.count())
        .where(
            PointApplication.retired.is_(False),
            PointApplication.state == ApplicationState.APPLIED.value,
            # The undo of a set leaves its applications behind.
            PointApplication.set_id.in_(select(PointRuleSet.id).where(PointRuleSet.retired.is_(False))),
        )
        .group_by(PointApplication.set_id)
        .order_by(PointApplication.set_id)
    )
    return tuple((set_id, many) for set_id, many in session.execute(found))


def one_application(session: Session, application_id: str) -> ApplicationRow:
    """One application. Raises NotFound."""
    rows = applications(session, ids=[application_id])
    if not rows:
        raise NotFound("找不到这笔积分申报。", "它可能还在另一台电脑上，请先导入备份或上报包。")
    return rows[0]


def entry_id_of(application_id: str) -> str:
    """The id of the line that books an application: the same on every laptop, so that it counts once."""
    return same_id("point_entry", application_id)


def reversal_id_of(entry_id: str) -> str:
    """The id of the line that takes another back: the same on every laptop, so that it goes back once."""
    return same_id("point_reversal", entry_id)


def entry_number(entry: PointEntry) -> str:
    """第317号 of its year; 待编号 where the laptop that numbers has not seen it."""
    return f"第{entry.number}号" if entry.number is not None else "待编号"


def chunks(ids: list[str]) -> Iterable[list[str]]:
    """Ids in lists that one statement can hold."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def objections(session: Session, *, set_id: str = "") -> tuple[ObjectionRow, ...]:
    """Every objection of a set or of all, the open ones first, then the newest."""
    statement = select(PointObjection).where(PointObjection.retired.is_(False))
    if set_id:
        statement = statement.where(PointObjection.set_id == set_id)
    until = _posted_until(session, set_id)
    rows = [_objection(session, one, until.get(one.application_id)) for one in session.scalars(statement)]
    return tuple(sorted(rows, key=lambda row: (row.state != "open", -row.raised_on.toordinal(), row.id)))


def _rows(session: Session, found: list[PointApplication]) -> list[ApplicationRow]:
    sets = {each.id: each for each in all_rule_sets(session)}
    wanted = {one.set_id for one in found}
    few = len(found) < 20
    names: dict[str, dict[str, SubjectRow]] = {
        each: {} if few else {who.id: who for who in subjects(session, sets[each].subject)}
        for each in wanted
        if each in sets
    }
    ids = [each.id for each in found]
    lines = [entry_id_of(each) for each in ids]
    checks, entries, reversed_ids = _checks(session, ids), _booked(session, lines), _reversed(session, lines)
    items = {item.id: item for each in wanted if each in sets for item in sets[each].items}
    only = next(iter(wanted)) if len(wanted) == 1 else ""
    until = _posted_until(session, only)
    raised: dict[str, list[ObjectionRow]] = defaultdict(list)
    for part in chunks(ids):
        statement = select(PointObjection).where(
            PointObjection.retired.is_(False), PointObjection.application_id.in_(part)
        )
        for one in session.scalars(statement):
            raised[one.application_id].append(_objection(session, one, until.get(one.application_id)))
    files = counts_of(session, of_table=PointApplication.__tablename__, of_ids=tuple(ids))
    today = act(session).today
    return [
        _row(
            session,
            each,
            sets.get(each.set_id),
            items.get(each.item_id),
            names,
            checks,
            entries,
            reversed_ids,
            until,
            raised,
            files,
            today,
        )
        for each in found
    ]


def _row(
    session: Session,
    found: PointApplication,
    rules: RuleSetRow | None,
    item: ItemRow | None,
    names: dict[str, dict[str, SubjectRow]],
    checks: dict[str, list[Row[Any]]],
    entries: dict[str, PointEntry],
    reversed_ids: set[str],
    until: dict[str, dt.date],
    raised: dict[str, list[ObjectionRow]],
    files: dict[str, int],
    today: dt.date,
) -> ApplicationRow:
    mine, entry = checks.get(found.id, []), entries.get(found.id)
    who = names.get(found.set_id, {}).get(found.subject_id)
    if who is None and rules is not None:
        who = subject(session, rules.subject, found.subject_id)
    path = _path(rules, item, mine, until.get(found.id), raised.get(found.id, []))
    stage = _CLOSED.get(found.state) or stage_on(path, today)
    if stage is Stage.BOOKED and entry is not None and entry.id in reversed_ids:
        stage = Stage.REVERSED
    last = mine[-1] if mine else None
    many = files.get(found.id, 0)
    bare = item is not None and lacks_evidence(item.item, found.evidence, many)
    return ApplicationRow(
        found.id,
        found.set_id,
        found.subject_id,
        who.name if who is not None else "名册里没有",
        who.group if who is not None else "",
        entry.text if entry is not None else item.item.text if item is not None else "已停用的项目",
        entry.points if entry is not None else found.points,
        found.event,
        found.happened_on or dt.date.min,
        found.evidence,
        found.applicant,
        last.checker if last is not None else "",
        last.checked_on if last is not None else None,
        last.words if last is not None else "",
        stage,
        CONFIRMED_WORDS if stage is Stage.CHECKED and path.confirmed else STAGE_WORDS[stage],
        _next(stage, path, bare),
        entry.id if entry is not None else "",
        path,
        _happened(mine, until.get(found.id), path),
        found.item_id,
        found.applicant_id,
        tuple(each.checker_id for each in mine if each.checker_id),
        who.household_id if who is not None else "",
        tuple(raised.get(found.id, ())),
        rules.rules.decimals if rules is not None else 0,
        found.source,
        many,
        bare,
        found.campaign,
        found.bonus,
    )


def _path(
    rules: RuleSetRow | None,
    item: ItemRow | None,
    checks: list[Row[Any]],
    until: dt.date | None,
    raised: list[ObjectionRow],
) -> Path:
    agreed = {each.stage for each in checks if each.verdict == Verdict.AGREED}
    whole = rules.rules if rules is not None else None
    return Path(
        "check" in agreed,
        whole.review_of(item.item) if whole is not None and item is not None else "",
        "review" in agreed,
        whole.publish_days if whole is not None else 0,
        until,
        sum(each.state == "open" for each in raised),
        whole.township_of(item.item) if whole is not None and item is not None else False,
        "township" in agreed,
    )


def _next(stage: Stage, path: Path, bare: bool) -> str:
    if bare and stage in OPEN_STAGES:
        return "还没有依据。请点“写依据”写一句，或在下面附上照片、扫描件，再请另一位审核人审核。"
    if stage is Stage.POSTED and path.posted_until is not None:
        return f"公示到{short_date(path.posted_until)}；期满没有异议就可以入账。"
    if stage is Stage.POSTING:
        return f"请打印公示榜张贴{path.publish_days}天，点“登记公示”。"
    return _NEXT[stage]


_STAGE_SAID = {"check": "审核", "review": "评议", "township": "认定"}


def _happened(checks: list[Row[Any]], until: dt.date | None, path: Path) -> tuple[str, ...]:
    told = []
    for each in checks:
        day = chinese_date(each.checked_on) if each.checked_on else ""
        verdict = "同意" if each.verdict == Verdict.AGREED else "不同意"
        words = f"：{each.words}" if each.words else ""
        told.append(f"{day}{each.checker}{_STAGE_SAID.get(each.stage, '审核')}，{verdict}{words}")
    if until is not None:
        told.append(f"公示{path.publish_days}天，到{chinese_date(until)}")
    return tuple(told)


def _objection(session: Session, one: PointObjection, until: dt.date | None) -> ObjectionRow:
    raised = one.raised_on or dt.date.min
    return ObjectionRow(
        one.id,
        one.application_id,
        raised,
        one.raised_by,
        one.way,
        one.words,
        one.due_on,
        one.state,
        one.answered_on,
        tuple(str(each[1]) for each in one.answered_by),
        one.answer,
        one.state == "open" and one.due_on is not None and act(session).today > one.due_on,
        until is not None and raised > until,
    )


def _posted_until(session: Session, set_id: str = "") -> dict[str, dt.date]:
    """The last day on the wall of each application that was posted."""
    statement = select(PointPosting).where(PointPosting.retired.is_(False))
    if set_id:
        statement = statement.where(PointPosting.set_id == set_id)
    found: dict[str, dt.date] = {}
    for sheet in session.scalars(statement):
        if sheet.posted_on is None:
            continue
        last = sheet.posted_on + dt.timedelta(days=sheet.days)
        for one in sheet.application_ids:
            found[one] = max(found.get(one, last), last)
    return found


def _checks(session: Session, ids: list[str]) -> dict[str, list[Row[Any]]]:
    """What was said of each application, in the order of the days; a refusal before an agreement."""
    # Columns only: a whole village is booked at once, and records cost more than their values.
    said = select(
        PointCheck.id,
        PointCheck.application_id,
        PointCheck.stage,
        PointCheck.verdict,
        PointCheck.checker_id,
        PointCheck.checker,
        PointCheck.checked_on,
        PointCheck.words,
    )
    found: list[Row[Any]] = []
    for part in chunks(ids):
        found += session.execute(said.where(PointCheck.application_id.in_(part)))
    order = {"check": 0, "review": 1, "township": 2}
    found.sort(
        key=lambda each: (
            each.checked_on or dt.date.min,
            order.get(each.stage, 0),
            each.verdict == Verdict.REFUSED,
            each.id,
        )
    )
    kept: dict[str, list[Row[Any]]] = defaultdict(list)
    for each in found:
        kept[each.application_id].append(each)
    return kept


def _booked(session: Session, lines: list[str]) -> dict[str, PointEntry]:
    # A booked line has the id that its application gives it.
    found: list[PointEntry] = []
    for part in chunks(lines):
        found += session.scalars(select(PointEntry).where(PointEntry.id.in_(part)))
    return {each.application_id: each for each in found}


def _reversed(session: Session, lines: list[str]) -> set[str]:
    found: set[Any] = set()
    for part in chunks(lines):
        found.update(session.scalars(select(PointEntry.reverses_id).where(PointEntry.reverses_id.in_(part))))
    return found
