"""What the clerk sees of a planned import before anything is written: each row and each cell with its state."""

from village_desk.people.actions.roster_beyond import words_beyond
from village_desk.people.actions.roster_matching import COLUMN_OF, OF_HOUSEHOLD, PlannedPerson
from village_desk.people.rules.dates import birth_words
from village_desk.people.rules.roster import Cell, CellState, Field, Preview, PreviewRow, Roster, RowState
from village_desk.people.rules.words import (
    LIVING_WORDS,
    PERSON_STATE_WORDS,
    POLITICAL_WORDS,
    SEX_WORDS,
    Living,
    PersonState,
    Political,
    Sex,
)


def preview_of(roster: Roster, planned: list[PlannedPerson]) -> Preview:
    """What the clerk sees before anything is written."""
    rows = tuple(_row(one) for one in planned)
    new = {
        one.household.key
        for one, row in zip(planned, rows, strict=True)
        if one.household and one.household.known is None and row.state is not RowState.REFUSED
    }
    return Preview(roster.source, roster.columns, rows, roster.skipped, roster.notes, len(new))


def _row(one: PlannedPerson) -> PreviewRow:
    line = one.line
    cells = line.cells if one.known is None else tuple(_cell(cell, one) for cell in line.cells)
    if one.beyond.verdicts:
        cells = tuple(one.beyond.judged(cell) for cell in cells)
    if line.refused or one.fault:
        state = RowState.REFUSED
    elif one.known is None:
        state = RowState.NEW
    elif one.changes or one.moves or one.beyond.writes or (one.household and one.household.group_changes):
        state = RowState.CHANGED
    else:
        state = RowState.UNCHANGED
    reasons = [cell.reason for cell in cells if cell.state is CellState.REFUSED]
    reasons += [text for text in (one.fault, one.note) if text]
    if one.known is not None and one.known["state"] != PersonState.ON_ROLL:
        reasons.append(f"{line.name}{PERSON_STATE_WORDS[PersonState(one.known['state'])]}，导入不改变这一状态。")
    return PreviewRow(
        line.sheet,
        line.row,
        line.name,
        state,
        cells,
        "".join(reasons),
        one.known["id"] if one.known is not None else "",
        line.values.get(Field.GROUP, ""),
        line.values.get(Field.HOUSEHOLD_NO, ""),
    )


def _cell(cell: Cell, one: PlannedPerson) -> Cell:
    """The cell of a known person with what it changes."""
    if cell.state in (CellState.REFUSED, CellState.LEFT_OUT):
        return cell
    known, household = one.known, one.household
    assert known is not None
    state, old = CellState.UNCHANGED, ""
    if one.went and cell.field in (*OF_HOUSEHOLD, Field.RELATION):
        return cell._replace(state=CellState.LEFT_OUT, reason="已从这一户转出，这一格不采用。")
    if cell.field in COLUMN_OF:
        column = COLUMN_OF[cell.field]
        if column in one.changes:
            old = words_of(cell.field, known[column] or "")
            state = CellState.CHANGED if known[column] else CellState.NEW
    elif cell.field in OF_HOUSEHOLD and household is not None:
        if cell.field is Field.GROUP and household.group_changes and household.known is not None:
            state, old = CellState.CHANGED, household.known.group
        elif cell.field is not Field.GROUP and one.moves:
            state = CellState.CHANGED
    return Cell(cell.address, cell.field, cell.typed, cell.value, state, cell.reason, old, cell.may_keep)


def words_of(field: Field, value: str) -> str:
    """A stored value as people read it."""
    match field:
        case Field.SEX:
            return SEX_WORDS[Sex(value)]
        case Field.POLITICAL:
            return POLITICAL_WORDS[Political(value)]
        case Field.LIVING:
            return LIVING_WORDS[Living(value)]
        case Field.BIRTH | Field.FILE_BIRTH:
            return birth_words(value)
        case _:
            return words_beyond(value)
