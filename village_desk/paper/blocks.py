"""Text blocks of a sheet: titles, headings, paragraphs, lists of enclosures, lines to write on, issuer and date."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from village_desk.paper.fonts import Role
from village_desk.paper.pages import MM, Pen, Strip, Typesetter, baseline, nothing, space, text_strip, text_strips
from village_desk.paper.paragraph import Align, Line, Run
from village_desk.paper.title import balanced


@dataclass(frozen=True)
class Strong:
    """A piece of a paragraph that is to be noticed (黑体)."""

    text: str


Text = str | Sequence[str | Strong]


def runs_of(text: Text, role: Role, size: float) -> list[Run]:
    """The runs of a text with emphasized pieces."""
    if isinstance(text, str):
        return [Run(text, role, size)]
    return [
        Run(piece.text, Role.STRONG, size) if isinstance(piece, Strong) else Run(piece, role, size) for piece in text
    ]


@dataclass(frozen=True)
class Title:
    """A centred title, broken by sense into a trapezium; a newline breaks it by hand.

    `space_after` and `space_before` are in lines of the frame's pitch.
    """

    text: str
    size: float = 0.0
    space_before: float = 0.0
    space_after: float = 1.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The lines with the space around them, which fill whole lines of the grid together."""
        frame = setter.frame
        size = self.size or frame.title_size
        pitch = frame.title_pitch * size / frame.title_size
        lines: list[Line] = []
        for part in balanced(self.text, size, frame.measure):
            lines += setter.lines([Run(part, Role.TITLE, size)], frame.measure, align=Align.CENTRE, where=self.text)
        strips = [text_strip(line, pitch, keep=True) for line in lines]
        before = [Strip(self.space_before * frame.pitch, nothing, keep=True)] if self.space_before else []
        height = sum(strip.height for strip in strips)
        rounding = -height % frame.pitch if frame.title_pitch > frame.pitch else 0.0
        after = Strip(rounding + (self.space_after - (rounding > 0.4 * frame.pitch)) * frame.pitch, nothing, keep=True)
        return [*before, *strips, after] if after.height > 0 else [*before, *strips]


@dataclass(frozen=True)
class Heading:
    """A heading inside the text: level 1 黑体 (一、), 2 楷体 (（一）), 3 as the text (1.); stays with what follows."""

    text: str
    level: int = 1

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The lines, two characters in."""
        frame = setter.frame
        role = {1: Role.HEADING, 2: Role.KAI}.get(self.level, Role.BODY)
        lines = setter.lines([Run(self.text, role, frame.size)], frame.measure, first=2 * frame.size)
        return text_strips(lines, frame.pitch, keep=True)


@dataclass(frozen=True)
class Para:
    """A paragraph: `indent` of the first line and `hang` of the others in characters; `where` names it in a refusal.

    `pitch` of its lines in points; without one it follows the frame and the size.
    """

    text: Text
    indent: float = 2
    hang: float = 0
    align: Align = Align.JUSTIFY
    role: Role = Role.BODY
    size: float = 0.0
    keep: bool = False
    where: str = ""
    pitch: float = 0.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The lines; an empty paragraph is an empty line."""
        frame = setter.frame
        size = self.size or frame.size
        pitch = frame.pitch if not self.size or size >= frame.size else max(size * 1.5, frame.pitch * size / frame.size)
        pitch = self.pitch or pitch
        first = self.indent * size if self.align in {Align.JUSTIFY, Align.LEFT} else 0.0
        lines = setter.lines(
            runs_of(self.text, self.role, size),
            frame.measure,
            first=first,
            rest=self.hang * size,
            align=self.align,
            where=self.where,
        )
        return text_strips(lines, pitch, keep=self.keep) if lines else [space(pitch)]


@dataclass(frozen=True)
class HeadLine:
    """A line with one text at the left and one at the right, such as issuer and number above a table."""

    left: str
    right: str = ""
    size: float = 0.0
    role: Role = Role.SONG

    def strips(self, setter: Typesetter) -> list[Strip]:
        """One line, or two when both do not fit beside each other."""
        frame = setter.frame
        size = self.size or frame.table_size
        pitch = size * 1.6
        left, right = setter.line(self.left, self.role, size), setter.line(self.right, self.role, size)
        if left and right and left.width + right.width + size > frame.measure:
            lines = setter.lines([Run(self.left, self.role, size)], frame.measure, align=Align.LEFT)
            lines += setter.lines([Run(self.right, self.role, size)], frame.measure, align=Align.RIGHT)
            return text_strips(lines, pitch, keep=True)

        def draw(pen: Pen, x: float, top: float) -> None:
            if left:
                pen.line(left, x, baseline(top, pitch, size))
            if right:
                pen.line(right, x + frame.measure - right.width, baseline(top, pitch, size))

        return [Strip(pitch, draw, keep=True)]


@dataclass(frozen=True)
class Enclosures:
    """附件说明: one empty line below the text, two characters in, numbered when there are several (7.3.4)."""

    names: Sequence[str]

    def strips(self, setter: Typesetter) -> list[Strip]:
        """One entry a line; longer names hang behind their number."""
        frame = setter.frame
        strips = [space(frame.pitch)]
        for number, name in zip(count(1), self.names, strict=False):
            lead = f"{number}." if len(self.names) > 1 else ""
            text = ("附件：" if number == 1 else "") + lead + name
            hang = 5 + 0.75 * bool(lead)
            lines = setter.lines(
                [Run(text, Role.BODY, frame.size)],
                frame.measure,
                first=(2 if number == 1 else 5) * frame.size,
                rest=hang * frame.size,
                align=Align.LEFT,
            )
            strips += text_strips(lines, frame.pitch)
        return strips


@dataclass(frozen=True)
class Issuers:
    """Who signs, and the date, at the foot of the text (GB/T 9704-2012, 7.3.5).

    Sealed: the date ends four characters from the right, the issuers stand centred over it, and room is left for
    seals of 42 mm whose tops come within one line of the text. Without a seal: the issuer one empty line below the
    text and two characters from the right, the date two characters behind its beginning.
    The block never stands alone on a page.
    """

    names: Sequence[str]
    date: str
    sealed: bool = True

    def strips(self, setter: Typesetter) -> list[Strip]:
        """One strip, so that issuer, date and seal stay together."""
        frame = setter.frame
        size, pitch = frame.size, frame.pitch
        names = [line for name in self.names if (line := setter.line(name, Role.BODY, size))]
        date = setter.line(self.date, Role.BODY, size)
        date_width = date.width if date else 0.0
        above = 2.0 if self.sealed else 1.0
        below = 1.0 if self.sealed else 0.0
        columns = self._columns(names, date_width, frame.measure, size)
        rows = len(names) + 1 if columns is None else 2

        def draw(pen: Pen, x: float, top: float) -> None:
            y = top - above * pitch
            if columns is not None:
                for name, left in zip(names, columns, strict=True):
                    pen.line(name, x + left, baseline(y, pitch, size))
                y -= pitch
            else:
                for name in names:
                    pen.line(name, x + self._left(name, date_width, frame.measure, size), baseline(y, pitch, size))
                    y -= pitch
            if date:
                pen.line(date, x + self._date_left(names, date_width, frame.measure, size), baseline(y, pitch, size))

        return [Strip((above + rows + below) * pitch, draw)]

    def _left(self, name: Line, date_width: float, measure: float, size: float) -> float:
        if self.sealed:
            return min(measure - 4 * size - date_width / 2 - name.width / 2, measure - name.width)
        if date_width > name.width:
            return measure - 2 * size - date_width - 2 * size
        return measure - 2 * size - name.width

    def _date_left(self, names: Sequence[Line], date_width: float, measure: float, size: float) -> float:
        if self.sealed or not names:
            return measure - 4 * size - date_width
        return self._left(names[-1], date_width, measure, size) + 2 * size

    def _columns(self, names: Sequence[Line], date_width: float, measure: float, size: float) -> list[float] | None:
        """Joint issuers side by side, each with room for its own seal, when they fit (7.3.5.1)."""
        if not self.sealed or len(names) < 2:
            return None
        last = self._left(names[-1], date_width, measure, size)
        seal = 46 * MM
        columns = [last]
        for name in reversed(names[:-1]):
            wide = max(name.width, seal)
            columns.insert(0, columns[0] - wide - size + (wide - name.width) / 2)
        return columns if columns[0] >= 0 else None


@dataclass(frozen=True)
class Writing:
    """Ruled lines to write on by hand: how many, and their pitch in millimetres."""

    lines: int = 1
    pitch: float = 10.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The rules."""
        height = self.pitch * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top - height + 2, x + setter.frame.measure, top - height + 2)

        return [Strip(height, draw) for _ in range(self.lines)]


@dataclass(frozen=True)
class SignLine:
    """Places for hand signatures beside each other: 主持人（签字）：______; in more rows where it gets tight."""

    labels: Sequence[str]
    height: float = 14.0
    least: float = 24.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """A strip for each row; `height` of a row and the `least` length of a rule are in millimetres."""
        frame = setter.frame
        size = frame.table_size
        labels = [line for label in self.labels if (line := setter.line(label, Role.SONG, size))]
        for rows in range(1, len(labels) + 1):
            each = -(-len(labels) // rows)
            parts = [labels[start : start + each] for start in range(0, len(labels), each)]
            rule = min((frame.measure - sum(line.width + size for line in part)) / len(part) for part in parts)
            if rule >= self.least * MM:
                break
        return [self._strip(part, rule, size) for part in parts] if labels else []

    def _strip(self, labels: Sequence[Line], rule: float, size: float) -> Strip:
        height = self.height * MM

        def draw(pen: Pen, x: float, top: float) -> None:
            base = top - height + 5
            for label in labels:
                pen.line(label, x, base)
                x += label.width + 2
                pen.rule(x, base - 2, x + rule, base - 2)
                x += rule + size - 2

        return Strip(height, draw, keep=True)


@dataclass(frozen=True)
class Gap:
    """White space in millimetres; it vanishes at the top of a page."""

    height: float = 5.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The space."""
        return [space(self.height * MM)]


@dataclass(frozen=True)
class NewPage:
    """What follows begins a page."""

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The turn."""
        return [Strip(0, nothing, new_page=True)]


def ticked(options: Sequence[str], chosen: Sequence[str] = (), gap: str = "　") -> str:
    """☑党员群众建议　□村干部提议: all options, the chosen ones ticked."""
    return gap.join(("☑" if option in chosen else "□") + option for option in options)
