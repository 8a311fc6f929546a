"""What an identity document's number says, and what looks wrong about it: advice, never a barrier.

Article 19 asks for name and address only; nobody is turned away for want of a document. The
eighteen-digit numbers of residents, of residents from Hong Kong, Macao and Taiwan, and of foreign
permanent residents share one check (ISO 7064 MOD 11-2). County codes are not checked: they are
abolished and renamed, and the number stays.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from xinfang_desktop.models import DocumentType, Petitioner, Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91")
_CENTENARIANS = frozenset({"996", "997", "998", "999"})
"""Serial numbers of the old fifteen digits that were set aside for those born before 1900."""

_EARLIEST = date(1840, 1, 1)


@dataclass(frozen=True)
class IdentityFacts:
    """What a number says; ``modern`` is an old number in its eighteen digits."""

    sex: Sex | None = None
    born_on: date | None = None
    advice: tuple[str, ...] = ()
    modern: str = ""


@dataclass(frozen=True)
class _Shape:
    """How the numbers of a kind of document look, and what is said about any other."""

    pattern: re.Pattern[str]
    otherwise: str


_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_MANY_DIGITS = re.compile(r"[0-9X]{14,}")

_SHAPES = {
    DocumentType.HK_MO_PERMIT: _Shape(
        re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
        "港澳居民来往内地通行证号码一般是H或M加8位数字，请核对。",
    ),
    DocumentType.TW_PERMIT: _Shape(
        re.compile(r"[0-9]{8}|[0-9]{10}(\([A-Z0-9]{1,2}\)|[A-Z])?"),
        "台湾居民来往大陆通行证号码一般是8位数字，请核对。",
    ),
    DocumentType.PASSPORT: _Shape(
        re.compile(r"[A-Z0-9]{5,20}"),
        "护照号码一般是5至20位字母和数字，请核对。",
    ),
}
_OLD_FOREIGN = re.compile(r"[A-Z]{3}[0-9]{12}")

_LOOKS_LIKE: tuple[tuple[re.Pattern[str], DocumentType], ...] = (
    (re.compile(r"8[123]0000[0-9]{11}[0-9X]"), DocumentType.HK_MO_TW_RESIDENCE),
    (re.compile(r"9(?!1)[0-9]{16}[0-9X]"), DocumentType.FOREIGN_RESIDENCE),
    (re.compile(r"[A-Z]{3}[0-9]{12}"), DocumentType.FOREIGN_RESIDENCE),
    (re.compile(r"[HM][0-9]{8}([0-9]{2})?"), DocumentType.HK_MO_PERMIT),
    (re.compile(r"[EG][A-Z0-9][0-9]{7}"), DocumentType.PASSPORT),
)

_MOBILE = re.compile(r"(\+?86)?1[3-9][0-9]{9}")
_PHONES = (
    _MOBILE,
    re.compile(r"(\+?86)?0(10|2[0-9]|[3-9][0-9]{2})[0-9]{7,8}"),
    re.compile(r"[2-9][0-9]{6,7}"),
    re.compile(r"[48]00[0-9]{7}"),
    re.compile(r"(00|\+)?85[23][0-9]{8}"),
    re.compile(r"(00|\+)?8860?[0-9]{8,9}"),
    re.compile(r"1[0-9]{2}|1[0-9]{4}|95[0-9]{3}|96[0-9]{3,4}"),
)
_EXTENSION = re.compile(r"(转|-|#|分机)[0-9]{1,6}$")
_BETWEEN_PHONES = re.compile(r"[、，,;；/／或\n]+")


def plain(number: str) -> str:
    """Give a number without blanks and dashes, in half-width capitals, as it is compared."""
    half = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in half if not sign.isspace() and sign not in "-‐–—·.")


def read_document(type: DocumentType, number: str) -> IdentityFacts:
    """Read a document's number: sex and birth date where it tells them, and advice.

    Facts are given only by a number whose check holds, so that a slip fills in nothing.
    """
    compact = plain(number)
    return _READERS[type](compact) if compact else IdentityFacts()


def check_digit(first17: str) -> str:
    """Give the last sign that belongs to seventeen digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def modernised(number15: str) -> str:
    """Give an old fifteen-digit number in its eighteen digits."""
    century = "18" if number15[-3:] in _CENTENARIANS else "19"
    first17 = number15[:6] + century + number15[6:]
    return first17 + check_digit(first17)


def phone_advice(phone: str) -> tuple[str, ...]:
    """Say what looks wrong about a telephone number, or about each of several."""
    parts = _BETWEEN_PHONES.split(unicodedata.normalize("NFKC", phone).strip())
    return tuple(dict.fromkeys(advice for part in parts if (advice := _one_phone(part))))


def fill_in(petitioner: Petitioner) -> None:
    """Fill in sex and birth date from the number, where they are still blank."""
    facts = read_document(petitioner.document_type, petitioner.document_number)
    petitioner.sex = petitioner.sex or facts.sex
    petitioner.born_on = petitioner.born_on or facts.born_on


def _resident(number: str) -> IdentityFacts:
    if _FIFTEEN.fullmatch(number):
        return _fifteen(number)
    if not _EIGHTEEN.fullmatch(number):
        return _advise(_mistaken(number) or _miscounted(number))
    if not _PROVINCES.match(number):
        return _advise(_mistaken(number) or "身份证号码的前两位不是任何省份的代码，请核对。")
    facts = _eighteen(number)
    mistaken = _mistaken(number)
    return _with(facts, mistaken) if mistaken else facts


def _fifteen(number: str) -> IdentityFacts:
    modern = modernised(number)
    facts = _eighteen(modern)
    if not _PROVINCES.match(number):
        return _advise("身份证号码的前两位不是任何省份的代码，请核对。")
    if facts.born_on is None:
        return facts
    advice = "15位是旧版号码，现行身份证为18位，请核对是否已换证。"
    return IdentityFacts(facts.sex, facts.born_on, (*facts.advice, advice), modern)


def _residence(number: str) -> IdentityFacts:
    if not _EIGHTEEN.fullmatch(number):
        return _advise("港澳台居民居住证号码应为18位，以810000、820000或830000开头，请核对。")
    facts = _eighteen(number)
    if number.startswith("71"):
        return _with(facts, "台湾居民居住证号码应以830000开头，这个号码以71开头，请核对。")
    if not number.startswith(("810000", "820000", "830000")):
        return _with(facts, "港澳台居民居住证号码应以810000、820000或830000开头，请核对。")
    return facts


def _foreign(number: str) -> IdentityFacts:
    if _OLD_FOREIGN.fullmatch(number):
        return IdentityFacts()
    if not _EIGHTEEN.fullmatch(number) or not number.startswith("9"):
        return _advise(
            "外国人永久居留身份证号码应为以9开头的18位，旧版为3位字母加12位数字，请核对。"
        )
    return _eighteen(number)


def _shaped(type: DocumentType) -> Callable[[str], IdentityFacts]:
    shape = _SHAPES[type]

    def read(number: str) -> IdentityFacts:
        return IdentityFacts() if shape.pattern.fullmatch(number) else _advise(shape.otherwise)

    return read


def _other(_: str) -> IdentityFacts:
    return IdentityFacts()


_READERS: dict[DocumentType, Callable[[str], IdentityFacts]] = {
    DocumentType.RESIDENT_ID: _resident,
    DocumentType.HK_MO_TW_RESIDENCE: _residence,
    DocumentType.HK_MO_PERMIT: _shaped(DocumentType.HK_MO_PERMIT),
    DocumentType.TW_PERMIT: _shaped(DocumentType.TW_PERMIT),
    DocumentType.FOREIGN_RESIDENCE: _foreign,
    DocumentType.PASSPORT: _shaped(DocumentType.PASSPORT),
    DocumentType.OTHER: _other,
}


def _eighteen(number: str) -> IdentityFacts:
    if check_digit(number[:17]) != number[17]:
        return _advise("证件号码的最后一位与前17位对不上，可能抄错了一位，请核对。")
    born_on = _day(number[6:14])
    if born_on is None:
        return _advise("证件号码第7至14位不是真实的出生日期，请核对。")
    return IdentityFacts(Sex.MALE if int(number[16]) % 2 else Sex.FEMALE, born_on)


def _day(digits: str) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day >= _EARLIEST else None


def _mistaken(number: str) -> str | None:
    for pattern, type in _LOOKS_LIKE:
        if pattern.fullmatch(number):
            return f"这个号码像是{type.label}的号码，请核对证件种类。"
    return None


def _miscounted(number: str) -> str:
    if _MANY_DIGITS.fullmatch(number):
        return f"身份证号码应为18位，现在是{len(number)}位，请核对。"
    return "身份证号码应为18位数字，最后一位可以是X，请核对；如是其他证件，请改选证件种类。"


def _one_phone(part: str) -> str | None:
    digits = re.sub(r"[\s()\-‐–—.]", "", _EXTENSION.sub("", part))
    whole = re.sub(r"[\s()\-‐–—.]", "", part)
    if not whole or any(shape.fullmatch(text) for shape in _PHONES for text in (digits, whole)):
        return None
    if whole.isdigit() and whole.startswith("1") and len(whole) != 11:
        return f"手机号码应为11位，现在是{len(whole)}位，请核对。"
    return "联系电话不像手机号码，也不像固定电话号码，请核对。"


def _advise(advice: str) -> IdentityFacts:
    return IdentityFacts(advice=(advice,))


def _with(facts: IdentityFacts, advice: str) -> IdentityFacts:
    return IdentityFacts(facts.sex, facts.born_on, (*facts.advice, advice), facts.modern)
