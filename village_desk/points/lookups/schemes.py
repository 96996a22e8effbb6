"""Rule sets as they stand in the file."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotFound
from village_desk.points.lookups.rows import ItemRow, RuleSetRow
from village_desk.points.records import PointItem, PointRuleSet
from village_desk.points.rules.sets import SUBJECT_WORDS, Area, Item, Often, Period, RuleSet, SubjectKind
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
    )


def _row(session: Session, record: PointRuleSet) -> RuleSetRow:
    items = session.scalars(
        select(PointItem)
        .where(PointItem.set_id == record.id, PointItem.retired.is_(False))
        .order_by(PointItem.place, PointItem.code, PointItem.id)
    )
    rows = tuple(ItemRow(each.id, seen(session, PointItem, each.id), item_of(each)) for each in items)
    subject = SubjectKind(record.subject)
    rules = RuleSet(
        record.name,
        subject,
        Period(record.period),
        tuple(row.item for row in rows),
        tuple(Area(*area) for area in record.areas),
        record.opening,
        record.cap,
        record.floor,
        record.used_for,
        record.source,
        record.valid_from,
    )
    shown = seen(session, PointRuleSet, record.id)
    return RuleSetRow(record.id, shown, record.name, subject, SUBJECT_WORDS[subject], rules.period, rules, rows)
