"""What lists and exports show of personal numbers and addresses, unless they are asked for in full.

No rule binds the office to one shape; these are the habits of the trade: of a document the first
three and the last four, which hides the birth date; of a mobile the first three and the last four;
of a landline the last four; of an address what is above the house. Names stay: it is the office's
own ledger. No mask ever touches a paper that the office issues.
"""

import re

_NUMBER = re.compile(r"[0-9](?:[ \-]?[0-9]){4,}")
_MOBILE_DIGITS = 11
_DOWN_TO = re.compile(
    r"^(?:.*?(?:村|社区|居委会|小区)|.*?(?:街道|镇|乡|开发区|园区))(?P<rest>.*)$", re.DOTALL
)
_HIDDEN = "***"
_SHOWN_OF_OTHERS = 6
"""Characters of an address that names neither village nor street."""


def document(number: str) -> str:
    """Hide the middle of a document number: 前3后4, less of a short one."""
    head, tail = (3, 4) if len(number) >= 14 else (1, 2)
    hidden = len(number) - head - tail
    return number[:head] + "*" * hidden + number[-tail:] if hidden > 2 else "*" * len(number)


def phone(number: str) -> str:
    """Hide the middle of mobile numbers and the beginning of landlines, of several each."""
    return _NUMBER.sub(lambda found: _one_phone(found[0]), number)


def address(text: str) -> str:
    """Hide what tells the house: all after the village, the community, or else the street."""
    found = _DOWN_TO.match(text)
    shown = found.start("rest") if found else _SHOWN_OF_OTHERS
    return text[:shown] + _HIDDEN if len(text) > shown else text


def _one_phone(number: str) -> str:
    digits = sum(sign.isdigit() for sign in number)
    is_mobile = digits == _MOBILE_DIGITS and number.startswith("1")
    shown, seen, masked = 3 if is_mobile else 0, 0, ""
    for sign in number:
        seen += sign.isdigit()
        hides = sign.isdigit() and shown < seen <= digits - 4
        masked += "*" if hides else sign
    return masked
