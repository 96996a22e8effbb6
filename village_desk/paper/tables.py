"""Tables: forms with merged cells, and grids that run over pages with repeated heads and sums of each page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from village_desk.paper.blocks import Text, runs_of
from village_desk.paper.fonts import Role
from village_desk.paper.pages import MM, Pen, SetCell, Strip, Typesetter, baseline, space, text_strip
from village_desk.paper.paragraph import Align, Line, Run, extent
from village_desk.paper.title import balanced

_PAD_X = 1.4 * MM
_PAD_Y = 1.0 * MM
_RULE = 0.6
_LEAST_OPEN = 12 * MM
_SMALLEST_TYPE = 0.5
_SMALLEST_NAME = 0.75
# A row below this part of the page moves to the next page whole; a higher one is divided between its lines.
_UNDIVIDED = 0.35
_LEAST_LINES = 3
_JUSTIFIED_FROM = 14  # characters


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: it may span columns and rows; `height` is its least height in millimetres.

    `sign` stands at the foot of the cell at the right, one string a line: a place for signature, seal and date.
    `where` names the cell in a refusal.
    """

    text: Text = ""
    columns: int = 1
    rows: int = 1
    align: Align = Align.LEFT
    top: bool = False
    role: Role = Role.BODY
    size: float = 0.0
    height: float = 0.0
    sign: Sequence[str] = ()
    where: str = ""
    repeat: bool = False


def label(text: str, *, columns: int = 1, rows: int = 1, height: float = 0.0) -> Cell:
    """A cell that names its neighbour: centred, 黑体, repeated when the row runs over the page."""
    return Cell(text, columns, rows, Align.CENTRE, role=Role.HEADING, height=height, repeat=True)


Row = Sequence["Cell | str"]


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell in its place: columns and rows from and before, lines set for its width."""

    cell: Cell
    left: int
    right: int
    top: int
    bottom: int
    lines: tuple[Line, ...]
    sign: tuple[Line, ...]
    pitch: float
    need: float


def _set_box(setter: Typesetter, cell: Cell, place: tuple[int, int, int, int], width: float) -> _Box:
    left, right, top, bottom = place
    words = _set_words(setter, cell, width)
    need = max(words.need, cell.height * MM)
    return _Box(cell, left, right, top, bottom, words.lines, words.sign, words.pitch, need)


def _set_words(setter: Typesetter, cell: Cell, width: float) -> SetCell:
    # The cells of a column are often the same. One that lacks a glyph is set anew: each of its places is told.
    text = cell.text if isinstance(cell.text, str) else tuple(cell.text)
    key = (text, tuple(cell.sign), cell.size, cell.role, cell.align, cell.repeat, width)
    if (known := setter.cells.get(key)) is not None:
        return known
    told = len(setter.missing)
    size = cell.size or setter.frame.table_size
    room = width - 2 * _PAD_X
    if cell.repeat and isinstance(text, str):
        text = "\n".join(balanced(text, size, room))
    runs = runs_of(text, cell.role, size)
    widest, whole = extent(runs)
    if widest > room or (cell.align is not Align.LEFT and room < whole <= room / _SMALLEST_NAME):
        # A number is set smaller rather than broken, and so is a name that nearly fits.
        size *= max(room / (widest if whole > room / _SMALLEST_NAME else whole) * 0.995, _SMALLEST_TYPE)
        runs = [Run(run.text, run.role, size) for run in runs]
    # A wide cell is justified as a paragraph is; in a narrow one that would tear the lines.
    align = Align.JUSTIFY if cell.align is Align.LEFT and room > _JUSTIFIED_FROM * size else cell.align
    lines = setter.lines(runs, room, align=align, where=cell.where, longest_word=1.0)
    sign: list[Line] = []
    for words in cell.sign:
        sign += setter.lines([Run(words, Role.BODY, size)], room, align=Align.RIGHT, where=cell.where)
    pitch = size * (1.4 if len(lines) > 1 else 1.3)
    made = SetCell(tuple(lines), tuple(sign), pitch, (len(lines) + len(sign) * 1.3) * pitch + 2 * _PAD_Y)
    if len(setter.missing) == told:
        setter.cells[key] = made
    return made


@dataclass(frozen=True, slots=True)
class _Layout:
    """Boxes of a table, the edges of its columns and the height of each row, in points."""

    edges: tuple[float, ...]
    heights: tuple[float, ...]
    boxes: tuple[_Box, ...]

    def bands(self) -> list[range]:
        """Rows that hang together by cells over several rows."""
        bands: list[range] = []
        start = 0
        for row in range(len(self.heights)):
            if not any(box.top <= row < box.bottom - 1 for box in self.boxes):
                bands.append(range(start, row + 1))
                start = row + 1
        return bands


def _lay_out(setter: Typesetter, widths: Sequence[float], rows: Sequence[Row], least: float) -> _Layout:
    """Place cells from the left into the free places of each row, and empty ones behind them; widths in points."""
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    taken: set[tuple[int, int]] = set()
    boxes: list[_Box] = []
    for top, row in enumerate(rows):
        column = 0
        for entry in row:
            cell = Cell(entry) if isinstance(entry, str) else entry
            while (top, column) in taken:
                column += 1
            right, bottom = min(column + cell.columns, len(widths)), min(top + cell.rows, len(rows))
            if right <= column:
                raise ValueError(f"row {top} has more cells than the table has columns")
            taken |= {(y, x) for y in range(top, bottom) for x in range(column, right)}
            boxes.append(_set_box(setter, cell, (column, right, top, bottom), edges[right] - edges[column]))
            column = right
        for column in range(len(widths)):
            if (top, column) not in taken:
                place = (column, column + 1, top, top + 1)
                boxes.append(_set_box(setter, Cell(), place, edges[column + 1] - edges[column]))
    return _Layout(tuple(edges), tuple(_heights(boxes, len(rows), least)), tuple(boxes))


def _heights(boxes: Sequence[_Box], count: int, least: float) -> list[float]:
    heights = [least] * count
    for box in sorted(boxes, key=lambda box: box.bottom - box.top):
        lacking = box.need - sum(heights[box.top : box.bottom])
        for row in range(box.top, box.bottom):
            heights[row] += max(lacking, 0.0) / (box.bottom - box.top)
    return heights


def _draw_box(pen: Pen, box: _Box, x: float, top: float, width: float, height: float) -> None:
    pen.box(x, top - height, width, height, _RULE)
    text_height = len(box.lines) * box.pitch
    foot = len(box.sign) * 1.3 * box.pitch
    free = height - text_height - foot
    y = top - (_PAD_Y if box.cell.top or box.sign else free / 2)
    for line in box.lines:
        pen.line(line, x + _PAD_X, baseline(y, box.pitch, line.size))
        y -= box.pitch
    y = top - height + foot + _PAD_Y
    for line in box.sign:
        pen.line(line, x + _PAD_X, baseline(y, 1.3 * box.pitch, line.size))
        y -= 1.3 * box.pitch


def _band_strip(layout: _Layout, band: range, depth: float) -> Strip:
    heights = layout.heights[band.start : band.stop]
    boxes = [box for box in layout.boxes if box.top in band]

    def draw(pen: Pen, x: float, top: float) -> None:
        for box in boxes:
            offset = sum(layout.heights[band.start : box.top])
            height = sum(layout.heights[box.top : box.bottom])
            left = layout.edges[box.left]
            _draw_box(pen, box, x + left, top - offset, layout.edges[box.right] - left, height)

    def split(room: float) -> tuple[Strip, Strip] | None:
        if sum(heights) <= depth * _UNDIVIDED:
            return None
        if len(band) > 1:
            return _divide_rows(layout, band, boxes, room, depth)
        return _divide_lines(layout, band, boxes, room, depth)

    return Strip(sum(heights), draw, split=split)


def _divide_rows(
    layout: _Layout, band: range, boxes: Sequence[_Box], room: float, depth: float
) -> tuple[Strip, Strip] | None:
    """Rows that hang together are divided between two rows; a cell over both parts stands in both, or in the upper."""
    at, used = band.start, 0.0
    while at < band.stop and used + layout.heights[at] <= room:
        used += layout.heights[at]
        at += 1
    if at == band.start:
        return None
    upper = [replace(box, bottom=min(box.bottom, at)) for box in boxes if box.top < at]
    lower = [
        box if box.top >= at else replace(box, top=at, lines=box.lines if box.cell.repeat else ())
        for box in boxes
        if box.bottom > at
    ]
    parts = ((upper, range(band.start, at)), (lower, range(at, band.stop)))
    above, below = (
        _band_strip(_Layout(layout.edges, layout.heights, tuple(part)), rows, depth) for part, rows in parts
    )
    return above, below


def _divide_lines(
    layout: _Layout, band: range, boxes: Sequence[_Box], room: float, depth: float
) -> tuple[Strip, Strip] | None:
    """A high row is divided between its lines; cells that repeat stand in both parts."""
    height = layout.heights[band.start]
    pitch = max(box.pitch for box in boxes)
    fitting = int((room - 2 * _PAD_Y) / pitch)
    if fitting < _LEAST_LINES:
        return None
    upper, lower = [], []
    for box in boxes:
        at = len(box.lines) if box.cell.repeat else fitting
        upper.append(replace(box, lines=box.lines[:at], sign=(), cell=replace(box.cell, top=not box.cell.repeat)))
        below = box.lines if box.cell.repeat else box.lines[at:]
        need = (len(below) + len(box.sign) * 1.3) * box.pitch + 2 * _PAD_Y
        lower.append(replace(box, lines=below, need=need))
    first = fitting * pitch + 2 * _PAD_Y
    rest = max([height - first, *(box.need for box in lower)])
    parts = (
        _Layout(layout.edges, (*layout.heights[: band.start], part_height), tuple(part))
        for part, part_height in ((upper, first), (lower, rest))
    )
    above, below_strip = (_band_strip(part, band, depth) for part in parts)
    return above, below_strip


def _widths(columns: Sequence[float], measure: float) -> list[float]:
    """Points from millimetres: a column of 0 takes what is left; otherwise all are scaled to the measure."""
    rest = measure - sum(columns) * MM
    open_columns = sum(1 for width in columns if not width)
    if open_columns and rest >= _LEAST_OPEN * open_columns:
        return [width * MM if width else rest / open_columns for width in columns]
    wanted = [width * MM or _LEAST_OPEN for width in columns]
    return [width * measure / sum(wanted) for width in wanted]


@dataclass(frozen=True)
class Form:
    """A form of merged cells over the whole width.

    `columns` are widths in millimetres, scaled to the frame; 0 takes what is left. Each row lists its cells from the
    left, leaving out places that a cell above takes. `row_height` is the least height of a row and `after` the space
    below the form, in millimetres.
    """

    columns: Sequence[float]
    rows: Sequence[Row]
    row_height: float = 9.0
    after: float = 3.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """One strip for each row, or for rows that hang together."""
        layout = _lay_out(setter, _widths(self.columns, setter.frame.measure), self.rows, self.row_height * MM)
        strips = [_band_strip(layout, band, setter.frame.depth) for band in layout.bands()]
        return [*strips, space(self.after * MM)]


@dataclass(frozen=True)
class FieldTable:
    """Pairs of label and value below each other; `label_width` in millimetres."""

    fields: Sequence[tuple[str, Text]]
    label_width: float = 32.0
    row_height: float = 9.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The rows of the form."""
        rows: list[Row] = [[label(name), Cell(value, where=name)] for name, value in self.fields]
        return Form((self.label_width, 0), rows, self.row_height).strips(setter)


@dataclass(frozen=True)
class Column:
    """A column of a grid: width in millimetres, 0 takes what is left; neighbours of one `group` share an upper head."""

    title: str
    width: float = 0.0
    align: Align = Align.CENTRE
    group: str = ""


# Rows below a page's rows: (rows on this page, rows so far, whether the table ends here) -> rows of texts.
PageFoot = Callable[[range, range, bool], Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Grid:
    """Rows of data under a head that is repeated on each page as 续表.

    `page_foot` gives sums below the rows of each page; `total` are the last rows. `row_height` in millimetres; empty
    rows for writing by hand are rows of empty texts. `where` names a row in a refusal: where(3) for the fourth one.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    total: Sequence[Row] = ()
    page_foot: PageFoot | None = None
    row_height: float = 8.0
    size: float = 0.0
    where: Callable[[int], str] | None = None

    def strips(self, setter: Typesetter) -> list[Strip]:
        """Head and rows."""
        return _Grid(self, setter).strips()


@dataclass
class _Grid:
    grid: Grid
    setter: Typesetter
    widths: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.widths = _widths([column.width for column in self.grid.columns], self.setter.frame.measure)

    def strips(self) -> list[Strip]:
        """The first head, then each row with its number; the totals belong to the foot when pages have feet."""
        strips = [replace(strip, keep=True, table=self) for strip in self._head()]
        for number, row in enumerate(self.grid.rows):
            where = self.grid.where(number) if self.grid.where else f"第{number + 1}行"
            for strip in self._set([row], where=where):
                strips.append(replace(strip, table=self, row=number))
        if self.grid.page_foot is None and self.grid.total:
            strips[-1] = replace(strips[-1], keep=True)
            strips += [replace(strip, table=self) for strip in self._set(self.grid.total, strong=True)]
        return [*strips, space(3 * MM)]

    @cached_property
    def foot_height(self) -> float:
        """Room for the sums of a page and, as the last page is not known beforehand, for the totals."""
        if self.grid.page_foot is None:
            return 0.0
        every = range(len(self.grid.rows))
        # The first page, one in between and the last may have different rows below them.
        cases = [(every, every, True), (every, every, False), (every[1:], every, True), (every[1:], every, False)]
        feet = [self.foot(here, so_far, last=last) for here, so_far, last in cases]
        return max(sum(strip.height for strip in foot) for foot in feet)

    def continued(self) -> list[Strip]:
        """续表 and the head."""
        size = self.setter.frame.table_size
        lines = self.setter.lines([Run("续表", Role.SONG, size)], self.setter.frame.measure, align=Align.RIGHT)
        return [*(text_strip(line, size * 1.6, keep=True) for line in lines), *self._head()]

    def foot(self, rows_here: range, rows_so_far: range, *, last: bool) -> list[Strip]:
        """The sums of this page, and the totals below the last one."""
        if self.grid.page_foot is None:
            return []
        rows: list[Row] = list(self.grid.page_foot(rows_here, rows_so_far, last))
        return self._set([*rows, *(self.grid.total if last else ())], strong=True)

    def _head(self) -> list[Strip]:
        columns = self.grid.columns
        if not any(column.group for column in columns):
            return self._set_heads([[label(column.title) for column in columns]])
        upper: list[Cell] = []
        for at, column in enumerate(columns):
            if not column.group:
                upper.append(label(column.title, rows=2))
            elif at == 0 or columns[at - 1].group != column.group:
                width = 1
                while at + width < len(columns) and columns[at + width].group == column.group:
                    width += 1
                upper.append(label(column.group, columns=width))
        return self._set_heads([upper, [label(column.title) for column in columns if column.group]])

    def _set_heads(self, rows: Sequence[Sequence[Cell]]) -> list[Strip]:
        return self._set_cells([[replace(cell, size=self.grid.size) for cell in row] for row in rows])

    def _set(self, rows: Sequence[Row], *, strong: bool = False, where: str = "") -> list[Strip]:
        return self._set_cells([self._cells(row, strong=strong, where=where) for row in rows])

    def _cells(self, row: Row, *, strong: bool, where: str) -> list[Cell]:
        cells: list[Cell] = []
        at, role, size = 0, Role.STRONG if strong else Role.SONG, self.grid.size
        for entry in row:
            if isinstance(entry, Cell):
                cell = entry if entry.size else replace(entry, size=size)
            else:
                column = self.grid.columns[at]
                place = f"{where}“{column.title}”" if where else column.title
                cell = Cell(entry, align=column.align, role=role, size=size, where=place)
            cells.append(cell)
            at += cell.columns
        return cells

    def _set_cells(self, rows: Sequence[Row]) -> list[Strip]:
        layout = _lay_out(self.setter, self.widths, rows, self.grid.row_height * MM)
        return [_band_strip(layout, band, self.setter.frame.depth) for band in layout.bands()]
