"""A large sheet on several pages of A4, which are cut at the marks and glued together."""

import io
import re
from typing import Any

from village_desk.paper.pages import MM

_SHORT, _LONG = 210 * MM, 297 * MM
# What an office printer leaves white at each edge, and what two neighbours show both.
_EDGE, _OVERLAP = 6 * MM, 8 * MM
_MARK, _MARK_WIDTH = 7 * MM, 0.6
_LOOK_DPI = 36.0
# pdfium writes the moment and a number drawn by lot; the same sheet shall give the same bytes.
_MOMENT = (rb"/CreationDate\(D:\d{14}", b"/CreationDate(D:20000101000000")
_LOT = (rb"(/ID ?\[ ?<)[0-9A-Fa-f]{32}(> ?<)[0-9A-Fa-f]{32}", rb"\g<1>" + b"0" * 32 + rb"\g<2>" + b"0" * 32)


def is_large(pdf: bytes) -> bool:
    """True when a page is larger than A4."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        return any(_large(document.get_page_size(number)) for number in range(len(document)))
    finally:
        document.close()


def tiled(pdf: bytes) -> bytes:
    """The same pages, each that is larger than A4 divided into as few A4 pages as hold what is printed on it.

    Neighbours overlap by 8 mm; short marks at the edges of the overlap say where to cut and where to glue.
    """
    import pypdfium2

    source: Any = pypdfium2.PdfDocument(pdf)
    made: Any = pypdfium2.PdfDocument.new()
    try:
        for number in range(len(source)):
            if _large(source.get_page_size(number)):
                _divide(source, number, made)
            else:
                made.import_pages(source, [number])
        buffer = io.BytesIO()
        made.save(buffer)
    finally:
        made.close()
        source.close()
    content = buffer.getvalue()
    for pattern, instead in (_MOMENT, _LOT):
        content = re.sub(pattern, instead, content)
    return content


def _large(size: tuple[float, float]) -> bool:
    return min(size) > _SHORT + 2 or max(size) > _LONG + 2


def _divide(source: Any, number: int, made: Any) -> None:
    from pypdfium2 import PdfMatrix, raw

    left, bottom, right, top = _printed(source, number)
    # Upright or across, whichever needs fewer pages.
    shapes = ((_SHORT, _LONG), (_LONG, _SHORT))
    width, height = min(shapes, key=lambda shape: _many(right - left, shape[0]) * _many(top - bottom, shape[1]))
    columns, rows = _many(right - left, width), _many(top - bottom, height)
    across, down = width - 2 * _EDGE - _OVERLAP, height - 2 * _EDGE - _OVERLAP
    content = source.page_as_xobject(number, made)
    for row in range(rows):
        for column in range(columns):
            page = made.new_page(width, height)
            piece = content.as_pageobject()
            x, y = _EDGE - left - column * across, height - _EDGE - top + row * down
            piece.transform(PdfMatrix().translate(x, y))
            page.insert_obj(piece)
            for x1, y1, x2, y2 in _marks((column, row), (columns, rows), (width, height)):
                mark = raw.FPDFPageObj_CreateNewPath(x1, y1)
                raw.FPDFPath_LineTo(mark, x2, y2)
                raw.FPDFPageObj_SetStrokeWidth(mark, _MARK_WIDTH)
                raw.FPDFPath_SetDrawMode(mark, 0, True)  # fill no, stroke yes
                raw.FPDFPage_InsertObject(page.raw, mark)
            page.gen_content()
            page.close()


def _many(length: float, side: float) -> int:
    """How many pages of a side hold a length."""
    room = side - 2 * _EDGE - _OVERLAP
    return max(1, -int(-(length - _OVERLAP) // room))


def _printed(source: Any, number: int) -> tuple[float, float, float, float]:
    """The box of what is printed on a page, in points from its lower left corner."""
    from PIL import ImageOps

    page = source[number]
    width, height = page.get_size()
    scale = _LOOK_DPI / 72
    picture = page.render(scale=scale, grayscale=True).to_pil()
    page.close()
    box = ImageOps.invert(picture.convert("L")).getbbox()
    if box is None:
        return 0.0, 0.0, width, height
    left, upper, right, lower = (side / scale for side in box)
    return max(left - 2, 0.0), max(height - lower - 2, 0.0), min(right + 2, width), height - max(upper - 2, 0.0)


def _marks(
    place: tuple[int, int], many: tuple[int, int], size: tuple[float, float]
) -> list[tuple[float, float, float, float]]:
    """Short strokes at both ends of each line along which two neighbours meet: the middle of what both show."""
    (column, row), (columns, rows), (width, height) = place, many, size
    near, far = _EDGE + _OVERLAP / 2, _EDGE + _OVERLAP / 2
    found: list[tuple[float, float, float, float]] = []
    upright = [near] * (column > 0) + [width - far] * (column < columns - 1)
    level = [height - near] * (row > 0) + [far] * (row < rows - 1)
    for x in upright:
        found += [(x, _EDGE, x, _EDGE + _MARK), (x, height - _EDGE - _MARK, x, height - _EDGE)]
    for y in level:
        found += [(_EDGE, y, _EDGE + _MARK, y), (width - _EDGE - _MARK, y, width - _EDGE, y)]
    return found
