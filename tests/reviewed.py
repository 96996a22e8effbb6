"""Text of printed sheets against the text that was reviewed, kept beside the tests of each room."""

import os
import re
from pathlib import Path

from village_desk.paper.text import pages_text


def agrees_with_reviewed(beside: str, name: str, pdf: bytes) -> None:
    """Compare with goldens/NAME.txt beside a test file; WRITE_GOLDENS=1 accepts what is printed now."""
    path = Path(beside).parent / "goldens" / f"{name}.txt"
    text = "\n-- 换页 --\n".join(pages_text(pdf)) + "\n"
    # The code of a sheet comes from a random id.
    text = re.sub(r"编码 ?\d{4} ?\d{4}", "编码", text)
    if os.environ.get("WRITE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
