"""The foot of a sheet's text: small print below a thin rule at the bottom of its last page, and texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from village_desk.paper.blocks import Text, runs_of
from village_desk.paper.fonts import Role
from village_desk.paper.pages import MM, Block, Pen, Strip, Typesetter, baseline, space
from village_desk.paper.paragraph import Align, Line

_ABOVE_RULE = 3 * MM
_BELOW_RULE = 1.5 * MM
_RULE = 0.35 * MM  # the thin rule of the closing part of an official paper (GB/T 9704-2012, 7.4.1)
# A higher foot runs on over the page like other text.
_HIGHEST = 0.5


@dataclass(frozen=True)
class Foot:
    """Blocks below a thin rule that end at the bottom of the text, as the closing part of an official paper does.

    They stay on one page with what stands above them; what follows on the sheet moves down with them.
    """

    blocks: Sequence[Block]

    def strips(self, setter: Typesetter) -> list[Strip]:
        """Rule and blocks; nothing without blocks."""
        parts = [strip for block in self.blocks for strip in block.strips(setter)]
        if not parts:
            return []
        measure = setter.frame.measure

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.rule(x, top - _ABOVE_RULE, x + measure, top - _ABOVE_RULE, _RULE)

        strips = [Strip(_ABOVE_RULE + _BELOW_RULE, draw, keep=True, bottom=True), *parts]
        if sum(strip.height for strip in strips) > _HIGHEST * setter.frame.depth:
            return strips
        return [*(replace(strip, keep=True) for strip in strips[:-1]), strips[-1]]


@dataclass(frozen=True)
class Beside:
    """Short texts side by side in columns of one width, as many in a row as fit, such as telephone numbers."""

    texts: Sequence[Text]
    role: Role = Role.BODY
    size: float = 0.0
    pitch: float = 0.0
    where: str = ""

    def strips(self, setter: Typesetter) -> list[Strip]:
        """A strip for each row; a text that is wider than the measure is broken into lines."""
        frame = setter.frame
        size = self.size or frame.size
        pitch = self.pitch or size * 1.5
        set_texts = [
            setter.lines(runs_of(text, self.role, size), frame.measure, align=Align.LEFT, where=self.where)
            for text in self.texts
        ]
        lines = [line for found in set_texts for line in found]
        if not lines:
            return [space(pitch)] if self.texts else []
        many = max(1, min(len(lines), int((frame.measure + size) / (max(line.width for line in lines) + size))))
        return [_row(lines[start : start + many], frame.measure / many, pitch) for start in range(0, len(lines), many)]


def _row(lines: Sequence[Line], column: float, pitch: float) -> Strip:
    def draw(pen: Pen, x: float, top: float) -> None:
        for at, line in enumerate(lines):
            pen.line(line, x + at * column, baseline(top, pitch, line.size))

    return Strip(pitch, draw)
