"""Conditions of statements over the village file that SQLAlchemy has no words for."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

Texts = Column[Any] | ColumnElement[str] | InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


def among(column: Texts, texts: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column holds one of these texts, a whole village's ids if need be.

    They go over as one value: `in_` makes a variable of each, which costs more than the search and has a limit.
    """
    listed = func.json_each(json.dumps(list(texts))).table_valued("value")
    return column.in_(select(listed.c.value))
