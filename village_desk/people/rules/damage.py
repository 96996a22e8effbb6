"""What spreadsheet programs do to numbers and dates, recognised cell by cell."""

import datetime as dt
import re

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{1,2}")
_FIRST_SERIAL = dt.date(1899, 12, 30)
# Numbers beyond 15 digits lose their tail in every spreadsheet program (IEEE 754 doubles).
MOST_DIGITS = 15
_DAY_RANGE = (1000, 73050)


def scientific(text: str) -> bool:
    """True for 4.10523E+17: the program stored a number and showed it shortened."""
    return bool(_SCIENTIFIC.fullmatch(text.strip()))


def damaged_number(value: float) -> bool:
    """True when a number cell has more digits than a spreadsheet keeps."""
    return abs(value) >= 1e15


def shown(value: float) -> str:
    """A number cell as the clerk sees it: 4.10523E+17, or plain digits when nothing is lost."""
    if damaged_number(value):
        mantissa, _, power = f"{value:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E+{int(power)}"
    return str(int(value)) if value == int(value) else repr(value)


def date_as_number(value: float) -> dt.date | None:
    """The day that a bare number would be as a date of the spreadsheet; None when it cannot be one.

    Both 1900-based counts agree from March 1900 on.
    """
    if value != int(value) or not _DAY_RANGE[0] <= value <= _DAY_RANGE[1]:
        return None
    return _FIRST_SERIAL + dt.timedelta(days=int(value))


def lost_zero_month(value: float) -> bool:
    """True for 1968.1: typed as 1968.10 or as 1968.1, a number cell no longer tells which."""
    return 1850 <= value < 2151 and abs(value * 10 - round(value * 10)) < 1e-9 and value != int(value)
