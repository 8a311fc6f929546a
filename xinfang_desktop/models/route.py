"""Route (处理途径): the six ways of article 31, and the relief that each of them leads to."""

from typing import Self

from .labelled import LabelledEnum

_PETITION_RELIEF = (
    "如不服本处理意见，可以自收到本意见书之日起30日内，请求{body}的上一级机关、单位复查。"
)
_ADMINISTRATIVE_RELIEF = (
    "如不服本决定，可以依法自知道该行政行为之日起60日内申请行政复议，"
    "或者自知道或者应当知道作出该行政行为之日起6个月内向人民法院提起行政诉讼。"
)
_OTHER_BODY = "本事项应当依法通过{way}解决，相关的救济途径和期限以受理机关、单位的告知为准。"


class Route(LabelledEnum):
    """How a matter of 申诉求决 is to be handled (《信访工作条例》第三十一条, items 1 to 6).

    ``item`` is the item of the article, ``relief`` what the petitioner is told about relief:
    review and re-examination exist for 信访程序 only (articles 35 and 36).
    """

    item: str
    relief: str

    JUDICIAL = (
        "judicial",
        "诉讼等司法途径",
        "一",
        _OTHER_BODY.format(way="诉讼、检察、公安等法定程序"),
    )
    ARBITRATION = "arbitration", "仲裁", "二", _OTHER_BODY.format(way="仲裁程序")
    PARTY = "party", "党员申诉等党内程序", "三", _OTHER_BODY.format(way="党内申诉、复审程序")
    ADMINISTRATIVE = "administrative", "行政程序", "四", _ADMINISTRATIVE_RELIEF
    DUTY = "duty", "履行法定职责", "五", _ADMINISTRATIVE_RELIEF
    PETITION = "petition", "信访程序", "六", _PETITION_RELIEF

    def __new__(cls, code: str, label: str, item: str = "", relief: str = "") -> Self:
        """Make a member with its item of article 31 and its words on relief."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.item, member.relief = label, item, relief
        return member
