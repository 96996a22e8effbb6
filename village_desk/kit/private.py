"""Numbers that no sheet prints whole unless it says so: identity numbers and bank cards, in any text."""

import re

from village_desk.kit.text import half_width

# Only a long run of figures is looked at more closely.
_LONG = re.compile(r"[0-9０-９](?:[ \-]?[0-9０-９]){13}")
# A place, a date of birth, three figures and a check figure (GB 11643-1999); it may be typed in groups.
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9](?:[ \-]?\d){5}[ \-]?(?:1[89]|20)\d\d[ \-]?(?:0[1-9]|1[0-2])[ \-]?(?:0[1-9]|[12]\d|3[01])"
    r"(?:[ \-]?\d){3}[ \-]?[\dXx](?![0-9])"
)
# 62 is the number under which Chinese banks give out cards (ISO/IEC 7812).
_CARD = re.compile(r"(?<![0-9])62\d\d(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?(?![0-9])")


def covered(text: str) -> str:
    """The text with 1101**********002X for an identity number and 尾号0018 for a bank card."""
    if _LONG.search(text) is None:
        return text
    plain = half_width(text)
    found = [(match, f"{_bare(match)[:4]}{'*' * 10}{_bare(match)[-4:]}") for match in _IDENTITY.finditer(plain)]
    found += [(match, f"尾号{_bare(match)[-4:]}") for match in _CARD.finditer(plain) if _checks(_bare(match))]
    for match, instead in sorted(found, key=lambda one: one[0].start(), reverse=True):
        text = text[: match.start()] + instead + text[match.end() :]
    return text


def _bare(match: re.Match[str]) -> str:
    return re.sub(r"[ \-]", "", match.group()).upper()


def _checks(number: str) -> bool:
    """The last figure of a card makes this sum end in nought (Luhn)."""
    figures = [int(figure) for figure in reversed(number)]
    return sum(one if at % 2 == 0 else sum(divmod(2 * one, 10)) for at, one in enumerate(figures)) % 10 == 0
