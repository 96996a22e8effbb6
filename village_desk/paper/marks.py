"""Marks by which a printed sheet is found again: a QR code as one vector shape, and a check code in groups."""

from dataclasses import dataclass

from village_desk.paper.fonts import Role
from village_desk.paper.pages import MM, Pen, Strip, Typesetter

_QUIET = 2  # modules of white; the paper around is white as well
_TEXT_SIZE = 9.0
_GROUPS = 3


def grouped(code: str, size: int = 4) -> str:
    """A check code in groups, as people read it aloud: 1234 5678 9012."""
    plain = "".join(code.split())
    return " ".join(plain[start : start + size] for start in range(0, len(plain), size))


def qr_bars(content: str, side: float) -> list[tuple[float, float, float, float]]:
    """The dark runs of a QR code (error level M) in a square of `side` points, from its lower left corner."""
    import segno

    rows = [bytes(row) for row in segno.make(content, error="m", micro=False, boost_error=False).matrix]
    module = side / (len(rows) + 2 * _QUIET)
    bars: list[tuple[float, float, float, float]] = []
    for number, row in enumerate(rows):
        y = side - (number + 1 + _QUIET) * module
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                bars.append(((start + _QUIET) * module, y, (end - start) * module, module))
            start = max(end, start + 1)
    return bars


@dataclass(frozen=True)
class Mark:
    """A QR code with a check code beside it; `side` in millimetres, `caption` above the code.

    A code that comes in groups is set as it comes, three groups a line.
    """

    content: str
    code: str = ""
    caption: str = "核对码"
    side: float = 18.0

    @property
    def height(self) -> float:
        """Points."""
        return self.side * MM

    def width(self, setter: Typesetter) -> float:
        """Points that the mark takes with its text."""
        lines = [setter.line(text, Role.SONG, _TEXT_SIZE) for text in self._texts()]
        return self.height + 4 + max((line.width for line in lines if line), default=0.0)

    def draw(self, setter: Typesetter, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        side = self.height
        pen.bars([(x + left, top - side + y, width, high) for left, y, width, high in qr_bars(self.content, side)])
        texts = self._texts()
        y = top - side / 2 + (len(texts) - 1) * 0.7 * _TEXT_SIZE - 0.35 * _TEXT_SIZE
        for text in texts:
            line = setter.line(text, Role.SONG, _TEXT_SIZE)
            if line:
                pen.line(line, x + side + 4, y)
            y -= _TEXT_SIZE * 1.4

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The mark as a block of its own at the left."""

        def draw(pen: Pen, x: float, top: float) -> None:
            self.draw(setter, pen, x, top)

        return [Strip(self.height, draw)]

    def _texts(self) -> list[str]:
        if not self.code:
            return []
        groups = self.code.split()
        if len(groups) == 1:
            return [self.caption, grouped(self.code)]
        return [self.caption, *(" ".join(groups[at : at + _GROUPS]) for at in range(0, len(groups), _GROUPS))]
