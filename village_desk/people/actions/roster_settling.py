"""Settles the lines of a roster among themselves: whose household each is, one head in each, nobody twice."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from village_desk.people.rules.dates import agrees
from village_desk.people.rules.roster import CellState, Field, Line
from village_desk.people.rules.words import Kinship, household_key, read_kinship


def with_households(lines: Sequence[Line], per_group: bool) -> list[Line]:
    """Give every line the household of its number, its head's name, or the head above it."""
    finished: list[Line] = []
    current = ""
    number = group = head_name = ""
    for line in lines:
        values = dict(line.values)
        is_head = read_kinship(values.get(Field.RELATION, "")) is Kinship.HEAD
        own_number = values.get(Field.HOUSEHOLD_NO, "")
        own_head = values.get(Field.HEAD_NAME, "")
        own_group = values.get(Field.GROUP, "")
        if own_number:
            number = own_number
            current = f"户号 {own_group + ' ' if per_group else ''}{household_key(own_number)}"
        elif own_head:
            if own_head != head_name or own_group != group or is_head:
                current = f"户主 {own_group} {own_head} {line.sheet}{line.row}"
            number = ""
        elif is_head:
            current, number = f"户主 {line.sheet}{line.row}", ""
        elif Field.RELATION not in values or (own_group and group and own_group != group):
            # Without a number, a head's name or a kinship nothing ties this row to the one above.
            current, number = "", ""
        elif current and number:
            values[Field.HOUSEHOLD_NO] = number
        group, head_name = own_group, own_head
        finished.append(replace(line, values=values, household=current))
    return _one_head_each(finished)


def numbers_restart(lines: Sequence[Line]) -> bool:
    """True when the numbers begin anew in each group, so that a number alone does not name a household."""
    heads: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        number = line.values.get(Field.HOUSEHOLD_NO)
        if number and read_kinship(line.values.get(Field.RELATION, "户主")) is Kinship.HEAD:
            heads[household_key(number)].add(line.values.get(Field.GROUP, ""))
    shared = sum(len(groups) > 1 for groups in heads.values())
    return shared >= 3 and shared * 4 > len(heads)


def _one_head_each(lines: list[Line]) -> list[Line]:
    heads: dict[str, str] = {}
    finished = []
    for line in lines:
        if line.household and read_kinship(line.values.get(Field.RELATION, "")) is Kinship.HEAD:
            first = heads.setdefault(line.household, line.name)
            if first != line.name:
                reason = f"这一户的户主已经是{first}，一户只有一位户主，这一格不采用。"
                cells = tuple(
                    cell._replace(state=CellState.LEFT_OUT, reason=reason) if cell.field is Field.RELATION else cell
                    for cell in line.cells
                )
                rest: dict[Field, str] = {f: value for f, value in line.values.items() if f is not Field.RELATION}
                line = replace(line, values=rest, cells=cells)
        finished.append(line)
    return finished


def without_doubles(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Refuse the second mention of a person, and both rows when two names share one identity number."""
    by_number: dict[str, list[int]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        number = line.values.get(Field.IDENTITY, "")
        if number:
            by_number[number].append(i)
        if line.name:
            by_name[line.name, line.household].append(i)
    finished = list(lines)
    for places in by_number.values():
        if len(places) > 1:
            _refuse_doubles(finished, places, Field.IDENTITY, "身份证号相同")
    for places in by_name.values():
        for at, i in enumerate(places):
            earlier = next((j for j in places[:at] if _same_person(finished[j], finished[i])), None)
            if earlier is not None and not finished[i].refused:
                _refuse_doubles(finished, [earlier, i], Field.NAME, "同名，像是同一个人")
    return tuple(finished)


def _same_person(first: Line, second: Line) -> bool:
    """Whether two rows of one name and household can mean one person: nothing that is known tells them apart."""
    if first.refused or (first.values.get(Field.IDENTITY) and second.values.get(Field.IDENTITY)):
        return False
    births = first.values.get(Field.BIRTH, ""), second.values.get(Field.BIRTH, "")
    if not first.household:
        # Without a household, namesakes of whom one birth date is unknown may well live in two places.
        groups = first.values.get(Field.GROUP), second.values.get(Field.GROUP)
        return (all(births) and agrees(*births)) or (not any(births) and groups[0] == groups[1])
    return not all(births) or agrees(*births)


def _refuse_doubles(lines: list[Line], places: list[int], field: Field, same: str) -> None:
    first = lines[places[0]]
    names = {lines[i].name for i in places}
    for i in places if len(names) > 1 else places[1:]:
        line = lines[i]
        other = next(lines[j] for j in places if j != i) if i == places[0] else first
        where = f"“{other.sheet}”第{other.row}行" if other.sheet != line.sheet else f"第{other.row}行"
        ending = "其中有一个写错了，请核对。" if len(names) > 1 else "重复登记，只导入前面那一行。"
        if field is Field.NAME:
            ending = "只导入前面那一行；不是同一个人的，请补上身份证号或出生日期。"
        reason = f"与{where}的{other.name}{same}，{ending}"
        cells = tuple(
            cell._replace(state=CellState.REFUSED, reason=reason, may_keep=False) if cell.field is field else cell
            for cell in line.cells
        )
        lines[i] = replace(line, cells=cells)
