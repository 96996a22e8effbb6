"""The pages of a finished PDF as pictures: the preview shows the very file that prints."""

import io
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A page in RGBA, 8 bits each, rows from the top without padding."""

    width: int
    height: int
    rgba: bytes

    def png(self) -> bytes:
        """The picture as a PNG file."""
        from PIL import Image

        buffer = io.BytesIO()
        Image.frombytes("RGBA", (self.width, self.height), self.rgba).convert("RGB").save(buffer, "PNG")
        return buffer.getvalue()


class Preview:
    """An opened PDF; close it when the pages are no longer shown."""

    def __init__(self, pdf: bytes) -> None:
        import pypdfium2

        self._document: Any = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._document.get_page_size(page)
        return float(width), float(height)

    def picture(self, page: int, dpi: float = 96.0) -> Picture:
        """A page, counted from 0, at so many dots an inch."""
        opened = self._document[page]
        bitmap = opened.render(scale=dpi / 72, rev_byteorder=True, prefer_bgrx=True)
        stride, row = bitmap.stride, bitmap.width * 4
        raw = bytes(bitmap.buffer)
        rgba = raw if stride == row else b"".join(raw[y * stride : y * stride + row] for y in range(bitmap.height))
        picture = Picture(bitmap.width, bitmap.height, rgba)
        bitmap.close()
        opened.close()
        return picture

    def close(self) -> None:
        """Give the file back."""
        self._document.close()


def pictures(pdf: bytes, dpi: float = 96.0) -> list[Picture]:
    """All pages at once."""
    preview = Preview(pdf)
    try:
        return [preview.picture(page, dpi) for page in range(len(preview))]
    finally:
        preview.close()
