"""Page frames (GB/T 9704-2012 and the board), strips of a page, and filling pages with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from village_desk.kit.private import covered
from village_desk.paper.fonts import Missing, Role
from village_desk.paper.paragraph import LONGEST_WORD, Align, Line, Run, set_lines

MM = 72 / 25.4

# The em box of a Chinese face stands this part of the size above the baseline.
_ABOVE_BASELINE = 0.88


class Numbering(StrEnum):
    """How pages are counted at the foot."""

    NONE = "none"
    OFFICIAL = "official"  # — 1 —, odd pages right, even pages left (GB/T 9704-2012, 7.5)
    OF_TOTAL = "of_total"  # 第1页 共3页


@dataclass(frozen=True)
class Frame:
    """A page: paper and margins in millimetres, size of the text and pitch of its lines in points."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    size: float
    pitch: float
    title_size: float
    title_pitch: float
    table_size: float
    numbering: Numbering

    @property
    def measure(self) -> float:
        """The width of the text in points."""
        return (self.width - self.left - self.right) * MM

    @property
    def depth(self) -> float:
        """The height of the text in points."""
        return (self.height - self.top - self.bottom) * MM


# GB/T 9704-2012, 5.2: 156 mm x 225 mm, 22 lines of 28 characters; 15.75 pt is the size that gives exactly 28.
OFFICIAL = Frame(210, 297, 37, 35, 28, 26, 15.75, 225 * MM / 22, 22, 35, 12, Numbering.OFFICIAL)
# Below the text of a board's sheet stands a mark of 18 mm.
BOARD = Frame(210, 297, 20, 26, 20, 20, 15.75, 27, 24, 36, 12, Numbering.OF_TOTAL)
FORM = Frame(210, 297, 20, 18, 24, 20, 12, 20, 18, 28, 12, Numbering.OF_TOTAL)
WIDE_FORM = replace(FORM, width=297, height=210, left=20, top=22)


@dataclass(frozen=True)
class _Written:
    """Operators of a page, written by us: reportlab formats every number anew, most of the time of a long table."""

    code: str

    def getCode(self) -> str:  # noqa: N802  # reportlab's name
        return self.code


@lru_cache(maxsize=65_536)
def _figure(number: float) -> str:
    from reportlab.lib.rl_accel import fp_str

    return str(fp_str(number))


class Pen:
    """Draws on one page; x from the left and y from the bottom of the paper, in points."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._thickness = (0, 0.0)
        self._space = (0, 0.0)

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a set line."""
        document = self._canvas._doc  # noqa: SLF001  # what its own texts are encoded for
        page, base = self._canvas.getPageNumber(), _figure(baseline)
        code = ["BT"]
        for segment in line.segments:
            code.append(f"1 0 0 1 {_figure(x + segment.x)} {base} Tm")
            # The space holds until it is set anew, also over other texts of the page; each page begins with none.
            held = self._space[1] if self._space[0] == page else 0.0
            if segment.space != held:
                code.append(f"{_figure(segment.space)} Tc")
            self._space = (page, segment.space)
            for font, text in segment.face.encoded(segment.text, document):
                code.append(f"{font} {_figure(segment.size)} Tf ({text}) Tj")
        code.append("ET")
        self._canvas.drawText(_Written(" ".join(code)))

    def rule(self, x1: float, y1: float, x2: float, y2: float, thickness: float = 0.5) -> None:
        """Draw a straight rule."""
        self._set_thickness(thickness)
        self._canvas.drawText(_Written(f"n {_figure(x1)} {_figure(y1)} m {_figure(x2)} {_figure(y2)} l S"))

    def box(self, x: float, y: float, width: float, height: float, thickness: float = 0.5) -> None:
        """Draw the frame of a box whose lower left corner is given."""
        self._set_thickness(thickness)
        self._canvas.drawText(_Written(f"n {_figure(x)} {_figure(y)} {_figure(width)} {_figure(height)} re S"))

    def _set_thickness(self, thickness: float) -> None:
        # Each page begins with a thickness of its own; a table of boxes needs to say it once.
        if self._thickness != (self._canvas.getPageNumber(), thickness):
            self._canvas.setLineWidth(thickness)
            self._thickness = (self._canvas.getPageNumber(), thickness)

    def image(self, image: Any, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture into a box whose lower left corner is given."""
        self._canvas.drawImage(image, x, y, width, height)

    def bars(self, bars: Sequence[tuple[float, float, float, float]]) -> None:
        """Fill rectangles (x, y, width, height) as one shape."""
        shape = self._canvas.beginPath()
        for x, y, width, height in bars:
            shape.rect(x, y, width, height)
        self._canvas.drawPath(shape, stroke=0, fill=1)


def baseline(top: float, pitch: float, size: float) -> float:
    """The baseline of a line whose strip begins at `top`: the em box stands in the middle of the pitch."""
    return top - (pitch - size) / 2 - size * _ABOVE_BASELINE


class Table(Protocol):
    """What a table does at the turn of a page."""

    @property
    def foot_height(self) -> float:
        """Points kept free below the rows of each page."""

    def continued(self) -> list["Strip"]:
        """The head for the next page."""

    def foot(self, rows_here: range, rows_so_far: range, *, last: bool) -> list["Strip"]:
        """Rows below those of this page."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of a page over its whole width that is not broken: `draw(pen, x, top)`, height in points.

    `keep` holds it on one page with the next strip; `blank` strips vanish at the top of a page; `split(room)` gives
    a part that fits into the room and the rest, or None. `table` and `row` tell which row of which table it is.
    From a `bottom` strip on, what stands on its page moves down to the end of the text.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    keep: bool = False
    blank: bool = False
    split: Callable[[float], tuple["Strip", "Strip"] | None] | None = None
    table: Table | None = None
    row: int = -1
    new_page: bool = False
    bottom: bool = False


@dataclass(frozen=True, slots=True)
class SetCell:
    """The words of a cell of a table, set for its width; heights in points."""

    lines: tuple[Line, ...]
    sign: tuple[Line, ...]
    pitch: float
    need: float


@dataclass
class Typesetter:
    """What blocks set their text with: the frame, the characters found missing, and the cells of tables set before.

    Numbers of persons in a text are covered unless `whole_numbers` is set.
    """

    frame: Frame
    whole_numbers: bool = False
    missing: list[Missing] = field(default_factory=list)
    cells: dict[tuple[Any, ...], SetCell] = field(default_factory=dict, repr=False)
    _known: dict[tuple[Any, ...], list[Line]] = field(default_factory=dict, repr=False)

    def lines(
        self,
        runs: Sequence[Run],
        width: float,
        *,
        first: float = 0.0,
        rest: float = 0.0,
        align: Align = Align.JUSTIFY,
        where: str = "",
        longest_word: float = LONGEST_WORD,
    ) -> list[Line]:
        """Set runs into lines; see paragraph.set_lines."""
        if not self.whole_numbers:
            runs = [run if (text := covered(run.text)) == run.text else replace(run, text=text) for run in runs]
        # Tables repeat their cells: names, kinds, empty places. A text that lacks a glyph is set anew each time,
        # because each of its places is told.
        key = (*runs, width, first, rest, align, longest_word)
        if key in self._known:
            return list(self._known[key])
        told = len(self.missing)
        made = set_lines(
            runs,
            width,
            first=first,
            rest=rest,
            align=align,
            where=where,
            missing=self.missing,
            longest_word=longest_word,
        )
        if len(self.missing) == told:
            self._known[key] = made
        return list(made)

    def line(self, text: str, role: Role, size: float) -> Line | None:
        """One line without an end, or None for an empty text."""
        lines = self.lines([Run(text, role, size)], 1e6, align=Align.LEFT)
        return lines[0] if lines else None


class Block(Protocol):
    """Anything that stands on a sheet below something else."""

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The pieces from top to bottom."""


def nothing(pen: Pen, x: float, top: float) -> None:
    """Draw nothing."""


def space(height: float) -> Strip:
    """White space that vanishes at the top of a page."""
    return Strip(height, nothing, blank=True)


def text_strip(line: Line, pitch: float, *, keep: bool = False) -> Strip:
    """One line of text in its pitch."""

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.line(line, x, baseline(top, pitch, line.size))

    return Strip(pitch, draw, keep=keep)


def text_strips(lines: Sequence[Line], pitch: float, *, keep: bool = False) -> list[Strip]:
    """The lines of a paragraph; two lines at least stay together at the turn of a page."""
    last = len(lines) - 1
    return [text_strip(line, pitch, keep=keep or (at in {0, last - 1} and at < last)) for at, line in enumerate(lines)]


@dataclass(slots=True)
class PlacedStrip:
    """A strip with the distance of its top from the top of the text, in points."""

    strip: Strip
    offset: float


def fill_pages(strips: Sequence[Strip], depth: float) -> list[list[PlacedStrip]]:
    """Put strips on pages of a depth (points): heads repeated, feet under tables, kept strips together."""
    filling = _Filling(depth)
    queue = list(strips)
    while queue:
        strip = queue.pop(0)
        if strip.new_page:
            filling.turn()
            continue
        if strip.blank and filling.empty:
            continue
        room = filling.room(strip.table)
        if strip.height <= room + 0.01 and (filling.empty or _chain(strip, queue, depth) <= room + 0.01):
            filling.put(strip)
            continue
        if strip.blank:
            filling.turn()
            continue
        parts = strip.split(room) if strip.split else None
        if parts:
            filling.put(parts[0])
            filling.turn(strip.table)
            queue.insert(0, parts[1])
        elif filling.empty:
            # Taller than a page: it hangs over rather than vanish; blocks see to it that this does not happen.
            filling.put(strip)
        else:
            filling.turn(strip.table)
            queue.insert(0, strip)
    filling.close_table(last=True)
    for page in filling.pages:
        _sink(page, depth)
    return filling.pages


def _sink(page: Sequence[PlacedStrip], depth: float) -> None:
    """Move what stands from a bottom strip on down to the end of the text."""
    at = next((at for at, placed in enumerate(page) if placed.strip.bottom), None)
    if at is None:
        return
    free = depth - max(placed.offset + placed.strip.height for placed in page if not placed.strip.blank)
    for placed in page[at:]:
        placed.offset += max(free, 0.0)


def _chain(strip: Strip, following: Sequence[Strip], depth: float) -> float:
    """The height that must fit on this page: the strip with all that it holds on to."""
    height = strip.height
    for other in following:
        if not strip.keep:
            break
        height += other.height
        strip = other
    return height if height <= depth * 0.8 else 0.0


class _Filling:
    def __init__(self, depth: float) -> None:
        self.pages: list[list[PlacedStrip]] = [[]]
        self.empty = True
        self._depth = depth
        self._used = 0.0
        self._table: Table | None = None
        self._table_start = self._page_start = self._next_row = 0

    def room(self, table: Table | None) -> float:
        return self._depth - self._used - (table.foot_height if table else 0.0)

    def put(self, strip: Strip) -> None:
        if self._table is not None and strip.table is not self._table:
            self.close_table(last=True)
        if strip.table is not None:
            if self._table is None:
                self._table, self._page_start = strip.table, 0
            if strip.row >= 0:
                self._next_row = strip.row + 1
        self._add(strip)

    def close_table(self, *, last: bool) -> None:
        if self._table is not None:
            here, so_far = range(self._page_start, self._next_row), range(self._next_row)
            for strip in self._table.foot(here, so_far, last=last):
                self._add(strip)
            self._page_start = self._next_row
            if last:
                self._table, self._next_row = None, 0

    def turn(self, table: Table | None = None) -> None:
        goes_on = table is not None and table is self._table
        self.close_table(last=not goes_on)
        self.pages.append([])
        self._used, self.empty = 0.0, True
        if goes_on and table is not None:
            for strip in table.continued():
                self._add(strip)
            # A repeated head is no content: what comes next may overflow but must not turn the page for ever.
            self.empty = True

    def _add(self, strip: Strip) -> None:
        self.pages[-1].append(PlacedStrip(strip, self._used))
        self._used += strip.height
        self.empty = False
