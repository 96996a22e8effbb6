"""The text of a finished PDF, as searching and copying find it."""

from typing import Any


def pages_text(pdf: bytes) -> list[str]:
    """The text of each page in the order of drawing, lines parted by newlines."""
    import pypdfium2

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            layer = page.get_textpage()
            texts.append(layer.get_text_range().replace("\r\n", "\n"))
            layer.close()
            page.close()
        return texts
    finally:
        document.close()


def plain_text(pdf: bytes) -> str:
    """All text without line breaks and spaces, to look for sentences that run over lines."""
    return "".join("".join(text.split()) for text in pages_text(pdf))
