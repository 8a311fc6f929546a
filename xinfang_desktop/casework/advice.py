"""What is missing or doubtful in a record, and what the law asks for: said, never enforced.

A matter is saved however it is. The sentences stand beside the fields; printing and concluding
ask about what is missing.
"""

from collections.abc import Callable, Iterator
from datetime import date

from xinfang_desktop.models import Channel, Kind, Matter, Petitioner, Problem, Weight

from . import identity
from .categories import is_known
from .cleaning import unclean_paths

MOST_REPRESENTATIVES = 5
"""《信访工作条例》第二十条第三款: representatives of a group that visits."""

_IN_PERSON = (Channel.VISIT,)
_REACHED_BY_POST = (Channel.VISIT, Channel.LETTER)
_REACHED_BY_PHONE = (Channel.VISIT, Channel.PHONE)


def problems(matter: Matter, today: date) -> list[Problem]:
    """Give everything worth saying about ``matter``, the gaps first."""
    found = [problem for check in _CHECKS for problem in check(matter, today)]
    return sorted(found, key=lambda problem: list(Weight).index(problem.weight))


def _gaps(matter: Matter, today: date) -> Iterator[Problem]:
    petition, person = matter.petition, matter.petitioner
    if not person.name.strip() and not person.anonymous:
        yield _missing("petitioner.name", "请填写信访人姓名；不愿留名的，请勾选匿名。")
    if not petition.claim.strip():
        yield _missing("petition.claim", "请填写反映的内容和诉求。")
    if petition.received_on is None:
        yield _missing("petition.received_on", "请填写来访（收到）日期，各项时限从这一天起算。")
    if not person.anonymous:
        yield from _contact_gaps(matter)


def _contact_gaps(matter: Matter) -> Iterator[Problem]:
    channel, person = matter.petition.channel, matter.petitioner
    phone, address = person.phone.strip(), person.address.strip() or person.unit.strip()
    if not phone and not address:
        yield _missing("petitioner.phone", "电话和地址都没有，无法告知信访人，请至少填写一项。")
    elif not phone and channel in _REACHED_BY_PHONE:
        yield _missing("petitioner.phone", "请填写联系电话，回访时要用。")
    elif not address and channel in _REACHED_BY_POST:
        yield _missing("petitioner.address", "请填写信访人的单位或住址，书面告知时要用。")


def _days(matter: Matter, today: date) -> Iterator[Problem]:
    received_on, made_on = matter.petition.received_on, matter.follow_up.made_on
    if received_on and received_on > today:
        yield _advice("petition.received_on", "来访（收到）日期在今天之后，请核对。")
    if received_on and received_on.year < today.year - 1:
        yield _advice(
            "petition.received_on", "来访（收到）日期在一年多以前，请核对；补录的不必改。"
        )
    if made_on and made_on > today:
        yield _advice("follow_up.made_on", "回访日期在今天之后，请核对。")
    if made_on and received_on and made_on < received_on:
        yield _advice("follow_up.made_on", "回访日期早于来访（收到）日期，请核对。")


def _heads(matter: Matter, today: date) -> Iterator[Problem]:
    petition = matter.petition
    listed = sum(bool(person.name) for person in matter.petitioners)
    if petition.headcount is not None and petition.headcount < listed:
        yield _advice("petition.headcount", f"信访人数少于已填写的信访人（{listed}人），请核对。")
    headcount = petition.headcount or listed
    if petition.attending is not None and headcount and petition.attending > headcount:
        yield _advice("petition.attending", "实际来访人数多于信访人数，请核对。")
    if petition.involved is not None and petition.involved < headcount:
        yield _advice("petition.involved", "涉及人数少于信访人数，请核对。")
    for name in ("headcount", "involved", "attending"):
        if (value := getattr(petition, name)) is not None and value < 0:
            yield _advice(f"petition.{name}", "人数不能小于0，请核对。")


def _people(matter: Matter, today: date) -> Iterator[Problem]:
    for index, person in enumerate(matter.petitioners):
        place = f"petitioners[{index}]" if index else "petitioner"
        yield from _person(place, person, today)


def _person(place: str, person: Petitioner, today: date) -> Iterator[Problem]:
    facts = identity.read_document(person.document_type, person.document_number)
    for sentence in facts.advice:
        yield _advice(f"{place}.document_number", sentence)
    if facts.born_on and facts.born_on > today:
        yield _advice(f"{place}.document_number", "证件号码里的出生日期在今天之后，请核对。")
    if facts.sex and person.sex and facts.sex is not person.sex:
        yield _advice(f"{place}.sex", "性别与证件号码不一致，请核对。")
    if facts.born_on and person.born_on and facts.born_on != person.born_on:
        yield _advice(f"{place}.born_on", "出生日期与证件号码不一致，请核对。")
    for sentence in identity.phone_advice(person.phone):
        yield _advice(f"{place}.phone", sentence)


def _twice(matter: Matter, today: date) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, person in enumerate(matter.petitioners):
        number = identity.plain(person.document_number)
        if number and number in seen:
            yield _advice(
                f"petitioners[{index}].document_number", "证件号码与前面的信访人相同，请核对。"
            )
        seen.add(number)


def _sorting(matter: Matter, today: date) -> Iterator[Problem]:
    petition = matter.petition
    if petition.kind is None:
        yield _advice("petition.kind", "还没有选定信访事项类别，转送和统计时要用。")
    if not petition.category:
        yield _advice("petition.category", "还没有选定内容分类，统计时要用。")
    elif not is_known(petition.category):
        yield _advice("petition.category", "内容分类不在本单位的分类表里，统计时会归入其他。")


def _law(matter: Matter, today: date) -> Iterator[Problem]:
    petition = matter.petition
    counted = "attending" if petition.attending is not None else "headcount"
    listed = sum(bool(person.name) for person in matter.petitioners)
    present = max(getattr(petition, counted) or 0, listed)
    if petition.channel in _IN_PERSON and present > MOST_REPRESENTATIVES:
        yield _law_says(
            f"petition.{counted}",
            f"来访{present}人，请推选代表，代表不得超过{MOST_REPRESENTATIVES}人"
            "（《信访工作条例》第二十条）。",
        )
    if petition.kind is Kind.ACCUSATION:
        yield _law_says(
            "petition.kind",
            "按本单位规定，检举控告由主职领导签批；内容保密，不得透露或转给被检举、揭发的人员和单位"
            "（《信访工作条例》第三十条）。",
        )
    if petition.urgent:
        yield _law_says(
            "petition.urgent",
            "重大、紧急信访事项应当及时报告本级党委和政府，并在职责范围内依法及时采取措施"
            "（《信访工作条例》第二十五条）。",
        )


def _unstorable(matter: Matter, today: date) -> Iterator[Problem]:
    for path in unclean_paths(matter):
        yield _advice(path, "这里有不能保存的控制字符，保存时会去掉，其余文字不变。")


def _missing(path: str, text: str) -> Problem:
    return Problem(path, text, Weight.MISSING)


def _advice(path: str, text: str) -> Problem:
    return Problem(path, text, Weight.ADVICE)


def _law_says(path: str, text: str) -> Problem:
    return Problem(path, text, Weight.LAW)


_CHECKS: tuple[Callable[[Matter, date], Iterator[Problem]], ...] = (
    _gaps,
    _days,
    _heads,
    _people,
    _twice,
    _sorting,
    _law,
    _unstorable,
)
