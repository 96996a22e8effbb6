"""Rule sets: kept whole or item by item, and checked against the red lines each time."""

import dataclasses
import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from village_desk.kit.errors import NotAllowed, NotFound
from village_desk.kit.ids import same_id
from village_desk.kit.text import tidy
from village_desk.points.lookups import all_rule_sets, one_rule_set
from village_desk.points.records import PointClass, PointItem, PointRuleSet
from village_desk.points.rules.checks import check_carry, check_frame, check_item, check_rule_set
from village_desk.points.rules.reading import check_pack
from village_desk.points.rules.sets import Item, RuleSet
from village_desk.rulebook.actions import install_pack
from village_desk.store.acts import act, edit, retire


def add_rule_set(session: Session, *, rules: RuleSet, blank: bool = False) -> str:
    """Keep a whole set with its items and return its id; a blank one gets its items later.

    Raises NotAllowed where a rule or a red line says no.
    """
    if blank and not rules.items:
        check_frame(rules)
    else:
        check_rule_set(rules)
    check_carry(_carry_targets(session), rules)
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


def install_sets(session: Session, *, files: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Install a pack with rule sets: the pack is kept, and each set that the village has not yet is added.

    `files` are pairs of file name and text. Red lines are checked again. Returns the ids of the added sets.
    Raises FileTrouble, NotAllowed; then nothing is installed.
    """
    sets = check_pack(dict(files))
    if not sets:
        raise NotAllowed("这个规则包里没有积分办法。", "请选含有 points.toml 的规则包。")
    install_pack(session, files=files)
    known = {each.name for each in all_rule_sets(session)}
    return tuple(add_rule_set(session, rules=rules, blank=not rules.items) for rules in sets if rules.name not in known)


def change_rule_set(session: Session, *, set_id: str, seen: str, rules: RuleSet) -> None:
    """Change name, period, limits and use of a set; its items are changed one by one. Raises NotFound, NotAllowed."""
    row = one_rule_set(session, set_id)
    if rules.decimals != row.rules.decimals or rules.subject is not row.rules.subject:
        raise NotAllowed(
            f"《{row.name}》已经在用，不能改记分对象和小数位数。", "要换，请另建一份办法，年底把余分结转过去。"
        )
    whole = dataclasses.replace(rules, items=row.rules.items)
    check_rule_set(whole) if row.items else check_frame(whole)
    check_carry({name: to for name, to in _carry_targets(session).items() if name != row.name}, whole)
    record = session.get(PointRuleSet, set_id)
    assert record is not None
    edit(session, record, seen=seen, **_set_values(rules))


def add_item(session: Session, *, set_id: str, item: Item) -> str:
    """Add an item to a set and return its id. Raises NotFound, NotAllowed."""
    row = one_rule_set(session, set_id)
    if any(each.item.code == tidy(item.code) for each in row.items):
        raise NotAllowed(f"编号“{tidy(item.code)}”已经用过。", "请给这一条另一个编号。")
    _check_fits(session, set_id, item)
    place = session.scalar(select(func.max(PointItem.place)).where(PointItem.set_id == set_id)) or 0
    return _keep_item(session, set_id, item, place + 1)


def change_item(session: Session, *, item_id: str, seen: str, item: Item) -> None:
    """Change an item; what was booked by it stays as it was booked. Raises NotFound, NotAllowed."""
    record = _item(session, item_id)
    _check_fits(session, record.set_id, item, instead=item_id)
    others = one_rule_set(session, record.set_id).items
    if any(each.item.code == tidy(item.code) and each.id != item_id for each in others):
        raise NotAllowed(f"编号“{tidy(item.code)}”已经用过。", "请给这一条另一个编号。")
    edit(session, record, seen=seen, **_item_values(item))


def drop_item(session: Session, *, item_id: str) -> None:
    """Take an item out of use; its booked lines stay. Raises NotFound."""
    retire(session, _item(session, item_id))


def put_into_class(
    session: Session, *, set_id: str, subject_ids: tuple[str, ...], name: str, since: dt.date, decided: str
) -> int:
    """Put subjects into a class of the set (骨干, 普通, 流动, 特殊), by whose decision; returns how many.

    Health is never a reason that is written down here. Raises NotFound, NotAllowed for an unknown class.
    """
    found = one_rule_set(session, set_id)
    if name and all(each.name != name for each in found.rules.classes):
        known = "、".join(each.name for each in found.rules.classes) or "还没有设分类"
        raise NotAllowed(f"《{found.name}》里没有“{name}”这一类（{known}）。", "请核对写法，或先在办法里添加这一类。")
    if not tidy(decided):
        raise NotAllowed("还没写是哪次会定的。", "请写明，例如“1月5日支部党员大会”。不要写病情。")
    for subject_id in subject_ids:
        identity = same_id("point_class", set_id, subject_id)
        values = {"set_id": set_id, "subject_id": subject_id, "name": name, "since": since, "decided": tidy(decided)}
        record = session.get(PointClass, identity)
        if record is None:
            session.add(PointClass(id=identity, **values))
        else:
            for key, value in values.items():
                setattr(record, key, value)
    session.flush()
    return len(subject_ids)


def _check_fits(session: Session, set_id: str, item: Item, *, instead: str = "") -> None:
    """The item by itself and beside the others of its set, so that limits and classes are seen together."""
    found = one_rule_set(session, set_id)
    check_item(item, found.rules.decimals)
    others = tuple(row.item for row in found.items if row.id != instead and row.item.code != tidy(item.code))
    check_rule_set(dataclasses.replace(found.rules, items=(*others, item)))


def _carry_targets(session: Session) -> dict[str, str]:
    rows = select(PointRuleSet.name, PointRuleSet.carry_to).where(PointRuleSet.retired.is_(False))
    return {name: to for name, to in session.execute(rows)}


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
        "unit": rules.unit.value,
        "decimals": rules.decimals,
        "opening": rules.opening,
        "cap": rules.cap,
        "floor": rules.floor,
        "areas": tuple((tidy(one.name), one.opening, one.cap, one.floor, one.deduct_only) for one in rules.areas),
        "classes": tuple((tidy(one.name), one.opening, one.exempt) for one in rules.classes),
        "bands": tuple(
            (tidy(one.name), one.least, one.most, tidy(one.action), tuple(one.classes), one.follow_up)
            for one in rules.bands
        ),
        "review": rules.review,
        "publish_days": rules.publish_days,
        "by_township": rules.township,
        "year_end": rules.year_end.value,
        "carry_num": rules.carry_num,
        "carry_den": rules.carry_den,
        "carry_cap": rules.carry_cap,
        "carry_to": tidy(rules.carry_to),
        "ranked": rules.ranked,
        "masked": rules.masked,
        "fen_per_point": rules.fen_per_point,
        "opening_days": tuple(rules.opening_days),
        "campaigns": tuple(
            (tidy(one.name), one.first.isoformat(), one.last.isoformat(), one.bonus) for one in rules.campaigns
        ),
        "used_for": tidy(rules.used_for),
        "source": tidy(rules.source),
        "valid_from": rules.valid_from,
        "valid_to": rules.valid_to,
    }


def _item_values(item: Item) -> dict[str, object]:
    return {
        "code": tidy(item.code),
        "area": tidy(item.area),
        "text": tidy(item.text),
        "least": item.least,
        "most": item.most,
        "often": item.often.value,
        "per": item.per.value,
        "unit": tidy(item.unit),
        "cap": item.cap,
        "floor": item.floor,
        "evidence_needed": item.evidence_needed,
        "applies": tuple(item.applies),
        "confirm": item.confirm.value,
        "to_zero": item.to_zero,
        "classes": tuple(item.classes),
        "valid_from": item.valid_from,
        "valid_to": item.valid_to,
    }
