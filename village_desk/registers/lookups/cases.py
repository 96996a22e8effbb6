"""Which service cases there are: kinds of the village, lists, one case with its history, the cases of a household."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.kit.resources import path
from village_desk.people.lookups import aliases
from village_desk.people.records import Organisation
from village_desk.registers.lookups.cases_rows import CaseDetail, CaseRow, CashRow, StepRow
from village_desk.registers.records.cases import CaseCash, CaseKind, CaseStep, ServiceCase
from village_desk.registers.rules.cases import (
    Cash,
    CashKind,
    Flow,
    Kind,
    Line,
    Lists,
    Mode,
    Presets,
    Rating,
    Stage,
    StageKind,
    Standing,
    check_flow,
    number_words,
)
from village_desk.store.acts import act, seen

NO_CASE = ("找不到这个办件。", "可能刚被撤销，或者还在另一台电脑上；请刷新后再查。")
REFUSED, PROGRESS, OVERDUE = "refused", "progress", "overdue"
_STEP_WORDS = {REFUSED: "退回派单", PROGRESS: "进展", OVERDUE: "超期说明"}
_LONG_AGO = dt.date.min
_STAGES, _MODES, _SORTS, _RATINGS = (frozenset(each) for each in (StageKind, Mode, Line, Rating))


@cache
def presets() -> Presets:
    """Everything that ships, checked as if it were typed."""
    content = path("packs", "national", "service-cases", "cases.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(content)
    flows = tuple(
        Flow(
            one["key"],
            one["name"],
            tuple(
                Stage(StageKind(each["kind"]), each["name"], each.get("optional", False), each.get("closes", False))
                for each in one["stages"]
            ),
            one.get("unrated_days", 0),
            one.get("source", ""),
        )
        for one in rows["flow"]
    )
    for flow in flows:
        check_flow(flow)
    kinds = tuple(Kind(**{**one, "line": Line(one.get("line", Line.AFFAIRS))}) for one in rows["kind"])
    lists = Lists(**{name: tuple(values) for name, values in rows["lists"].items()})
    return Presets(flows, kinds, lists)


def flow_named(key: str) -> Flow:
    """A shipped way of that key. Raises NotFound."""
    found = next((one for one in presets().flows if one.key == key), None)
    if found is None:
        raise NotFound(f"没有“{key}”这种办法。", "请从列表里选。")
    return found


def packed(flow: Flow) -> tuple[Any, ...]:
    """A way as a case keeps it."""
    stages = tuple((one.kind.value, one.name, one.optional, one.closes) for one in flow.stages)
    return (flow.key, flow.name, flow.unrated_days, stages)


@lru_cache(maxsize=64)
def unpacked(kept: tuple[Any, ...]) -> Flow:
    """The way that a case keeps; a newer desk's unknown stages are left out."""
    if len(kept) != 4:
        return presets().flows[0]
    stages = tuple(Stage(StageKind(kind), name, opt, ends) for kind, name, opt, ends in kept[3] if kind in _STAGES)
    return Flow(kept[0], kept[1], stages, kept[2])


def kinds(session: Session, *, with_off: bool = False) -> tuple[Kind, ...]:
    """The kinds of cases of this village: the shipped ones as it switched them, then its own."""
    chosen = {one.key: one for one in session.scalars(select(CaseKind).where(CaseKind.retired.is_(False)))}
    found = []
    for kind in presets().kinds:
        choice = chosen.pop(kind.key, None)
        active = kind.active if choice is None else choice.active
        limit = choice.limit_days if choice is not None and choice.limit_days else kind.limit
        found.append(replace(kind, active=active, limit=limit))
    for own in sorted(chosen.values(), key=lambda one: (one.name, one.id)):
        if own.flow:
            found.append(
                Kind(own.key, own.name, "本村自定", own.flow, limit=own.limit_days, active=own.active, own=True)
            )
    return tuple(one for one in found if one.active or with_off)


def one_kind(session: Session, key: str) -> Kind:
    """The kind of that key, also one that is switched off. Raises NotFound."""
    found = next((one for one in kinds(session, with_off=True) if one.key == key), None)
    if found is None:
        raise NotFound(f"没有“{key}”这一类办件。", "请从类别里选，或先增加一类。")
    return found


def cases(session: Session, *, year: int = 0) -> tuple[CaseRow, ...]:
    """Every case, or those of a year: open ones first by their day, then the newest that ended."""
    where = [ServiceCase.year == year] if year else []
    today = act(session).today
    rows = _rows(session, where)
    ended = [one for one in rows if one.closed_on is not None]
    ended.sort(key=lambda one: (one.closed_on or _LONG_AGO, one.number), reverse=True)
    under_way = [one for one in rows if one.closed_on is None]
    under_way.sort(key=lambda one: (not one.late, one.due_on or one.outside_due_on or today, one.number))
    return (*under_way, *ended)


def case_rows(session: Session, ids: Iterable[str]) -> tuple[CaseRow, ...]:
    """These cases in the order of their ids; one that is not there is left out."""
    wanted = list(ids)
    found = {one.id: one for one in _rows(session, [ServiceCase.id.in_(wanted)])}
    return tuple(found[one] for one in wanted if one in found)


def one_case(session: Session, case_id: str) -> CaseDetail:
    """One case with its history. Raises NotFound."""
    rows = _rows(session, [ServiceCase.id == case_id])
    if not rows:
        raise NotFound(*NO_CASE)
    row = rows[0]
    kind = next((one for one in kinds(session, with_off=True) if one.key == row.kind), None)
    money = [
        CashRow(
            one.id, CashKind(one.what), one.amount_fen, one.happened_on or row.taken_on, one.voucher, one.note or ""
        )
        for one in session.scalars(select(CaseCash).where(CaseCash.case_id == case_id, CaseCash.retired.is_(False)))
        if one.what in set(CashKind)
    ]
    return CaseDetail(
        row,
        seen(session, ServiceCase, case_id),
        steps_of(session, row),
        tuple(sorted(money, key=lambda one: (one.on, one.id))),
        bool(money) or (kind is not None and kind.money),
    )


def steps_of(session: Session, row: CaseRow) -> tuple[StepRow, ...]:
    """What happened to a case, the first first."""
    found = session.scalars(select(CaseStep).where(CaseStep.case_id == row.id, CaseStep.retired.is_(False)))
    ordered = sorted(found, key=lambda one: (one.place, one.happened_on or _LONG_AGO, one.id))
    return tuple(step_row(one, row) for one in ordered)


def step_row(one: CaseStep, row: CaseRow) -> StepRow:
    """A step with its name in the case's own way."""
    name = _STEP_WORDS.get(one.what, one.what)
    if one.what in _STAGES and row.flow.has(StageKind(one.what)):
        name = row.flow.stage(StageKind(one.what)).name
    return StepRow(
        one.id,
        one.what,
        name,
        one.happened_on or row.taken_on,
        one.by,
        one.way,
        one.unit,
        one.order_no,
        one.due_on,
        one.shown,
        one.words or "",
    )


def cases_of_people(
    session: Session, *, person_ids: Sequence[str], household_id: str = "", agents: bool = False
) -> tuple[CaseRow, ...]:
    """The cases of these people and of their household, the newest first; with `agents` those that they handle."""
    known = aliases(session)
    every = tuple(dict.fromkeys(each for one in person_ids for each in known.all_of(one)))
    column = ServiceCase.agent_id if agents else ServiceCase.person_id
    whose = column.in_(every)
    rows = _rows(session, [or_(whose, ServiceCase.household_id == household_id) if household_id else whose])
    return tuple(sorted(rows, key=lambda one: (one.taken_on, one.number), reverse=True))


def cases_from(session: Session, *, source_room: str, source_id: str) -> tuple[CaseRow, ...]:
    """The cases that a visit, a suggestion or a meeting became."""
    return tuple(_rows(session, [ServiceCase.source_room == source_room, ServiceCase.source_id == source_id]))


def team_named(session: Session, team_id: str) -> str:
    """The name of a team, empty for none. Raises NotFound for one that is not there."""
    if not team_id:
        return ""
    team = session.get(Organisation, team_id)
    if team is None or team.retired:
        raise NotFound("找不到这支服务队。", "请从列表里选。")
    return team.name


def open_cases(session: Session) -> tuple[CaseRow, ...]:
    """The cases that are under way, for the page of today."""
    return tuple(_rows(session, [ServiceCase.closed_on.is_(None)]))


def _rows(session: Session, where: Sequence[ColumnElement[bool]]) -> list[CaseRow]:
    records = list(session.scalars(select(ServiceCase).where(ServiceCase.retired.is_(False), *where)))
    if not records:
        return []
    names = {one.key: one.name for one in kinds(session, with_off=True)}
    teams = {one: name for one, name in session.execute(select(Organisation.id, Organisation.name))}
    money = _cash(session)
    today = act(session).today
    return [_row(one, names, teams, money.get(one.id, Cash()), today) for one in records]


def _cash(session: Session) -> dict[str, Cash]:
    sums: dict[str, dict[str, int]] = {}
    for one in session.scalars(select(CaseCash).where(CaseCash.retired.is_(False))):
        held = sums.setdefault(one.case_id, {})
        held[one.what] = held.get(one.what, 0) + one.amount_fen
    return {
        case_id: Cash(held.get("received", 0), held.get("paid", 0), held.get("returned", 0))
        for case_id, held in sums.items()
    }


def _row(one: ServiceCase, names: dict[str, str], teams: dict[str, str], cash: Cash, today: dt.date) -> CaseRow:
    taken_on = one.taken_on or today
    flow = unpacked(one.flow)
    at = StageKind(one.stage) if one.stage in _STAGES else StageKind.TAKEN
    stage = at if flow.has(at) else StageKind.TAKEN
    mode = Mode(one.mode) if one.mode in _MODES else Mode.PROMISED
    standing = Standing(mode, taken_on, one.due_on, one.outside_due_on, stage, one.replied_on, one.closed_on)
    return CaseRow(
        id=one.id,
        year=one.year,
        number=number_words(one.year, one.number),
        kind=one.kind,
        kind_name=names.get(one.kind, flow.name),
        flow=flow,
        line=Line(one.line) if one.line in _SORTS else Line.AFFAIRS,
        category=one.category,
        service_way=one.service_way,
        sensitive=one.sensitive,
        welfare=one.welfare,
        mode=mode,
        matter=one.matter,
        content=one.content or "",
        person_id=one.person_id or "",
        household_id=one.household_id or "",
        applicant=one.applicant or "未登记",
        phone=one.phone or "",
        source=one.source,
        source_line=one.source_line,
        source_room=one.source_room,
        source_id=one.source_id,
        source_words=one.source_words or "",
        materials=tuple(str(each) for each in one.materials),
        first_asked=one.first_asked,
        taken_on=taken_on,
        due_on=one.due_on,
        outside_due_on=one.outside_due_on,
        stage=stage,
        stage_on=one.stage_on or taken_on,
        team_id=one.team_id,
        team=teams.get(one.team_id, ""),
        agent_id=one.agent_id,
        agent=one.agent,
        batch_id=one.batch_id,
        needs_carrying=one.needs_carrying,
        carried_on=one.carried_on,
        returned_on=one.returned_on,
        trips=one.trips,
        cost_fen=one.cost_fen,
        paid_by=one.paid_by,
        replied_on=one.replied_on,
        reply_way=one.reply_way,
        reply=one.reply or "",
        confirmed=one.confirmed,
        level=one.level,
        rating=Rating(one.rating) if one.rating in _RATINGS else Rating.NONE,
        rated_on=one.rated_on,
        conduct=one.conduct,
        closed_on=one.closed_on,
        overdue_reason=one.overdue_reason or "",
        overdue_by=one.overdue_by,
        closing_note=one.closing_note or "",
        withdrawn=one.withdrawn,
        cash=cash,
        late=standing.late_words(today),
    )
