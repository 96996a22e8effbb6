"""Rule sets as they stand in the file."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.points.lookups.rows import ItemRow, RuleSetRow
from village_desk.points.records import PointClass, PointItem, PointRuleSet
from village_desk.points.rules.sets import (
    SUBJECT_WORDS,
    Area,
    Band,
    Campaign,
    Confirm,
    Item,
    Often,
    Per,
    Period,
    RuleSet,
    SubjectClass,
    SubjectKind,
    Unit,
    YearEnd,
)
from village_desk.store.acts import seen


def all_rule_sets(session: Session) -> tuple[RuleSetRow, ...]:
    """Every set in use, by name."""
    found = session.scalars(select(PointRuleSet).where(PointRuleSet.retired.is_(False)))
    return tuple(sorted((_row(session, each) for each in found), key=lambda row: (row.name, row.id)))


def one_rule_set(session: Session, set_id: str) -> RuleSetRow:
    """One set. Raises NotFound."""
    found = session.get(PointRuleSet, set_id)
    if found is None or found.retired:
        raise NotFound("找不到这份积分办法。", "它可能已经停用，请在积分页重新选择。")
    return _row(session, found)


def item_of(record: PointItem) -> Item:
    """An item as rules work with it."""
    return Item(
        record.code,
        record.area,
        record.text,
        record.least,
        record.most,
        Often(record.often),
        record.unit,
        record.cap,
        record.floor,
        record.evidence_needed,
        tuple(record.classes),
        record.valid_from,
        record.valid_to,
        Per(record.per),
        tuple(record.applies),
        Confirm(record.confirm),
        record.to_zero,
    )


def classes_of(session: Session, set_id: str) -> dict[str, str]:
    """The class of each subject that a set has put into one, by the subject's id."""
    found = select(PointClass.subject_id, PointClass.name).where(
        PointClass.set_id == set_id, PointClass.retired.is_(False)
    )
    return {subject: name for subject, name in session.execute(found)}


def rules_of(record: PointRuleSet, items: tuple[Item, ...]) -> RuleSet:
    """A set as rules work with it."""
    return RuleSet(
        name=record.name,
        subject=SubjectKind(record.subject),
        period=Period(record.period),
        items=items,
        areas=tuple(Area(*area) for area in record.areas),
        opening=record.opening,
        cap=record.cap,
        floor=record.floor,
        used_for=record.used_for,
        source=record.source,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
        unit=Unit(record.unit),
        decimals=record.decimals,
        classes=tuple(SubjectClass(*each) for each in record.classes),
        bands=tuple(Band(*each) for each in record.bands),
        review=record.review,
        publish_days=record.publish_days,
        township=record.by_township,
        year_end=YearEnd(record.year_end),
        carry_num=record.carry_num,
        carry_den=record.carry_den,
        carry_cap=record.carry_cap,
        carry_to=record.carry_to,
        ranked=record.ranked,
        masked=record.masked,
        fen_per_point=record.fen_per_point,
        opening_days=tuple(record.opening_days),
        campaigns=tuple(
            Campaign(name, dt.date.fromisoformat(first), dt.date.fromisoformat(last), bonus)
            for name, first, last, bonus in record.campaigns
        ),
    )


def _row(session: Session, record: PointRuleSet) -> RuleSetRow:
    items = session.scalars(
        select(PointItem)
        .where(PointItem.set_id == record.id, PointItem.retired.is_(False))
        .order_by(PointItem.place, PointItem.code, PointItem.id)
    ).all()
    rows = tuple(ItemRow(each.id, seen(session, PointItem, each.id), item_of(each)) for each in items)
    rules = rules_of(record, tuple(row.item for row in rows))
    shown = seen(session, PointRuleSet, record.id)
    words = SUBJECT_WORDS[rules.subject]
    return RuleSetRow(record.id, shown, record.name, rules.subject, words, rules.period, rules, rows)
