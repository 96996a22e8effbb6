"""Who is meant by a typed line of a sign-in sheet: serial numbers, runs of them, or names."""

import re
from collections.abc import Mapping

from village_desk.kit.errors import NotAllowed
from village_desk.kit.text import half_width
from village_desk.meetings.rules.counts import serials

_NUMBERS = re.compile(r"[\d\s\-~～—–至到]+")


def who(typed: str, names: Mapping[int, str]) -> tuple[int, ...]:
    """The serials in a line such as “1-20 22 王伟”, in rising order; `names` is the sheet, by serial.

    Raises NotAllowed for a number or a name that is not on the sheet, and for a name that stands there twice.
    """
    last = max(names, default=0)
    found: set[int] = set()
    for part in re.split(r"[\s,，、;；]+", half_width(typed).strip()):
        if not part:
            continue
        if _NUMBERS.fullmatch(part):
            found.update(serials(part, last))
            continue
        same = [serial for serial, name in names.items() if half_width(name) == part]
        if not same:
            raise NotAllowed(f"名单上没有“{part}”。", "请核对姓名；不在应到名单上的人请登记在“列席”里。")
        if len(same) > 1:
            numbers = "、".join(f"{serial}号" for serial in sorted(same))
            raise NotAllowed(f"名单上有{len(same)}个“{part}”（{numbers}）。", "请改填序号。")
        found.add(same[0])
    return tuple(sorted(found))


_CLOCK = re.compile(r"(\d{1,2})[:：.点时](\d{1,2})?分?")


def clock_time(typed: str) -> str:
    """19:40 from 19:40, 19.40, 19点40分 or 1940; "" from nothing. Raises NotAllowed for anything else."""
    plain = half_width(typed).strip()
    if not plain:
        return ""
    if plain.isdigit() and len(plain) in {3, 4}:
        plain = f"{plain[:-2]}:{plain[-2:]}"
    match = _CLOCK.fullmatch(plain)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise NotAllowed(f"“{typed.strip()}”不是一个时间。", "请写成19:40这样的几点几分，不知道的空着。")
    return f"{int(match[1])}:{int(match[2] or 0):02d}"
