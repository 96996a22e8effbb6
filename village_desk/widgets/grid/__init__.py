"""The grid of every list: whole rows, large lists at once, keyboard first, numbers copied unspoilt."""

from village_desk.widgets.grid.view import Grid

__all__ = ["Grid"]
