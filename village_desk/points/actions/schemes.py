"""Rule sets: kept whole or item by item, and checked against the red lines each time."""

import dataclasses

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.points.lookups import one_rule_set
from village_desk.points.records import PointItem, PointRuleSet
from village_desk.points.rules.sets import Item, RuleSet, check_item, check_rule_set
from village_desk.store.acts import act, edit, retire


def add_rule_set(session: Session, *, rules: RuleSet) -> str:
    """Keep a whole set with its items and return its id. Raises NotAllowed where a rule or a red line says no."""
    check_rule_set(rules)
    identity = same_id("point_rule_set", act(session).village, tidy(rules.name))
    known = session.get(PointRuleSet, identity)
    if known is not None and not known.retired:
        raise NotAllowed(f"《{rules.name}》已经有了。", "请改用别的名称，或打开原来的办法修改。")
    values = _set_values(rules)
    if known is None:
        session.add(PointRuleSet(id=identity, **values))
    else:
        for name, value in {**values, "retired": False}.items():
            setattr(known, name, value)
    session.flush()
    for place, item in enumerate(rules.items):
        _keep_item(session, identity, item, place)
    return identity


def change_rule_set(session: Session, *, set_id: str, seen: str, rules: RuleSet) -> None:
    """Change name, period, limits and use of a set; its items are changed one by one. Raises NotFound, NotAllowed."""
    row = one_rule_set(session, set_id)
    check_rule_set(dataclasses.replace(rules, items=row.rules.items))
    record = session.get(PointRuleSet, set_id)
    assert record is not None
    edit(session, record, seen=seen, **_set_values(rules))


def add_item(session: Session, *, set_id: str, item: Item) -> str:
    """Add an item to a set and return its id. Raises NotFound, NotAllowed."""
    row = one_rule_set(session, set_id)
    if any(each.item.code == tidy(item.code) for each in row.items):
        raise NotAllowed(f"编号“{tidy(item.code)}”已经用过。", "请给这一条另一个编号。")
    check_item(item)
    place = session.scalar(select(func.max(PointItem.place)).where(PointItem.set_id == set_id)) or 0
    return _keep_item(session, set_id, item, place + 1)


def change_item(session: Session, *, item_id: str, seen: str, item: Item) -> None:
    """Change an item; what was booked by it stays as it was booked. Raises NotFound, NotAllowed."""
    check_item(item)
    record = _item(session, item_id)
    others = one_rule_set(session, record.set_id).items
    if any(each.item.code == tidy(item.code) and each.id != item_id for each in others):
        raise NotAllowed(f"编号“{tidy(item.code)}”已经用过。", "请给这一条另一个编号。")
    edit(session, record, seen=seen, **_item_values(item))


def drop_item(session: Session, *, item_id: str) -> None:
    """Take an item out of use; its booked lines stay. Raises NotFound."""
    retire(session, _item(session, item_id))


def _item(session: Session, item_id: str) -> PointItem:
    record = session.get(PointItem, item_id)
    if record is None or record.retired:
        raise NotFound("找不到这条积分项目。", "它可能已经停用，请刷新后再试。")
    return record


def _keep_item(session: Session, set_id: str, item: Item, place: int) -> str:
    identity = same_id("point_item", set_id, tidy(item.code))
    values = {**_item_values(item), "set_id": set_id, "place": place}
    record = session.get(PointItem, identity)
    if record is None:
        session.add(PointItem(id=identity, **values))
    else:
        for name, value in {**values, "retired": False}.items():
            setattr(record, name, value)
    session.flush()
    return identity


def _set_values(rules: RuleSet) -> dict[str, object]:
    return {
        "name": tidy(rules.name),
        "subject": rules.subject.value,
        "period": rules.period.value,
        "opening": rules.opening,
        "cap": rules.cap,
        "floor": rules.floor,
        "areas": tuple((tidy(area.name), area.opening, area.cap, area.floor) for area in rules.areas),
        "used_for": tidy(rules.used_for),
        "source": tidy(rules.source),
        "valid_from": rules.valid_from,
    }


def _item_values(item: Item) -> dict[str, object]:
    return {
        "code": tidy(item.code),
        "area": tidy(item.area),
        "text": tidy(item.text),
        "least": item.least,
        "most": item.most,
        "often": item.often.value,
        "unit": tidy(item.unit),
        "cap": item.cap,
        "floor": item.floor,
        "evidence_needed": item.evidence_needed,
        "classes": tuple(item.classes),
        "valid_from": item.valid_from,
        "valid_to": item.valid_to,
    }
