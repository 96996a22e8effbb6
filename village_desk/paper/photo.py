"""A photo on paper with its caption, as large as the page allows."""

import io
from dataclasses import dataclass

from village_desk.paper.blocks import Para
from village_desk.paper.pages import MM, Pen, Strip, Typesetter
from village_desk.paper.paragraph import Align


@dataclass(frozen=True)
class Photo:
    """A JPEG or PNG with words below; `height` is the most that it takes, in millimetres."""

    content: bytes
    caption: str = ""
    height: float = 105.0

    def strips(self, setter: Typesetter) -> list[Strip]:
        """The picture and its caption, which stay on one page."""
        from reportlab.lib.utils import ImageReader

        image = ImageReader(io.BytesIO(self.content))
        wide, high = image.getSize()
        scale = min(setter.frame.measure / wide, self.height * MM / high)
        width, height = wide * scale, high * scale

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.image(image, x + (setter.frame.measure - width) / 2, top - height, width, height)

        below = Para(self.caption, indent=0, align=Align.CENTRE, where="照片").strips(setter) if self.caption else []
        return [Strip(height + 2 * MM, draw, keep=bool(below)), *below]
