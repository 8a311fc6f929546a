"""The sample month as matters, and matters made to be hard on a paper."""

from xinfang_desktop.casework.intake import read_records
from xinfang_desktop.models import Matter, Satisfaction, YesNo, blank_matter
from xinfang_desktop.paths import resource

from .office import OFFICE, petitioner, visit

RARE = "䶮㛃𬭛𫖯𬍛𠅤喆堃昇祎〇"


def sample_matters() -> list[Matter]:
    """Give every matter of the sample month, numbered as it would be registered."""
    text = resource("samples", "october-2026.json").read_text(encoding="utf-8")
    found = []
    for serial, record in enumerate(read_records(text), start=1):
        matter = record.given.to_matter(OFFICE)
        matter.petition.number = OFFICE.number_pattern.format(year=2026, serial=serial)
        found.append(matter)
    return found


def ordinary() -> Matter:
    """Give an ordinary matter with every blank filled."""
    matter = visit(petitioner(), number="镜访〔2026〕118号", headcount=3)
    matter.petition.reception_opinion = "已转建设处核实，三个工作日内答复。"
    return matter


def rare() -> Matter:
    """Give a matter full of rare characters."""
    matter = ordinary()
    matter.petitioner.name = RARE
    matter.petitioner.address = f"灵芝街道{RARE}路12号"
    matter.petition.claim = f"{RARE}\n" * 3
    return matter


def very_long() -> Matter:
    """Give a matter with more words than a page holds, in every blank that takes words."""
    matter = ordinary()
    matter.petition.claim = "".join(f"第{n}条，水渠漫水，减产{n * 37}斤。" for n in range(1, 260))
    matter.petition.reception_opinion = "".join(f"意见{n}：请核实后答复；" for n in range(1, 120))
    matter.petitioner.address = "灵芝街道" + "".join(f"第{n}号楼" for n in range(1, 80))
    return matter


def all_ticked() -> Matter:
    """Give a matter with a tick in every choice."""
    matter = ordinary()
    matter.follow_up.satisfaction = Satisfaction.MOSTLY_SATISFIED
    matter.petition.weekly_consultation = YesNo.YES
    matter.petition.supervised = YesNo.NO
    return matter


def empty() -> Matter:
    """Give the record of a blank paper."""
    return blank_matter(OFFICE)


KINDS = {
    "blank": empty,
    "ordinary": ordinary,
    "rare": rare,
    "very long": very_long,
    "all ticked": all_ticked,
}
