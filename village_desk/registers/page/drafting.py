"""How a notice is drafted from a page of this room, and the clerk taken to it."""

from collections.abc import Callable
from typing import Any

from village_desk.widgets.page import Page


def draft_and_go(page: Page, action: Callable[[Any], str], name: str) -> None:
    """Draft the notice that is called `name` and open it on the page of notices."""
    page.workplace.write(
        f"registers.{action.__name__}",
        action,
        lambda notice_id: page.asked_for.emit("notices", notice_id),
        said=f"已起草{name}，到“公开公示”里编号张贴。",
    )
