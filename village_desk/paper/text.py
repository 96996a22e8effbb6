"""The text of a finished PDF in the order in which it was set, as tests and goldens read it."""

import re
from collections.abc import Iterator
from typing import Any

from village_desk.paper.paragraph import CLOSING

# Between two cells of a row there is more white than this part of the type size.
_CELL_GAP = 0.6
_BLANK_HALF = 0.6
_SAME_LINE = 0.5


def pages_text(pdf: bytes) -> list[str]:
    """The text of each page: a newline where a line ends, a tab between texts that stand apart on one line.

    The reading order of PDF readers is a guess from the positions, which takes narrow tables for upright writing;
    this keeps the order of drawing instead.
    """
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            layer = page.get_textpage()
            # pdfium adds spaces of its own where pieces meet.
            texts.append(re.sub(r" *([\n\t]|$)", r"\1", re.sub(" +", " ", "".join(_joined(page, layer)))))
            layer.close()
            page.close()
        return texts
    finally:
        document.close()


def plain_text(pdf: bytes) -> str:
    """All text without line breaks and spaces, to look for sentences that run over lines."""
    return "".join("".join(text.split()) for text in pages_text(pdf))


def _joined(page: Any, layer: Any) -> Iterator[str]:
    from pypdfium2 import raw

    end = baseline = 0.0
    last = ""
    for piece in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=layer):
        text, size = piece.extract(), piece.get_font_size()
        _, _, _, _, x, y = piece.get_matrix().get()
        if last and abs(y - baseline) > _SAME_LINE * size:
            yield "\n"
        elif last and not -size < x - end < size * (_CELL_GAP + _BLANK_HALF * (last in CLOSING)):
            yield "\t"
        yield text
        end = x + size * len(text) if not text.strip() else piece.get_bounds()[2]
        baseline, last = y, text[-1:]
