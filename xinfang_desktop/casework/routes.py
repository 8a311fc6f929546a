"""What a classification leads to (分类处置): by kind and route, in the words of the articles.

Read by whoever classifies, before anything is decided: how the matter is then handled, which time
limits run, which papers are written, which relief the petitioner has, and whether 复查 and 复核
exist. Articles are those of 《信访工作条例》 (2022).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from xinfang_desktop.models import Kind, OfficeProfile, Route


@dataclass(frozen=True)
class Consequence:
    """One thing that follows: what it is about, what follows, and what that rests on."""

    title: str
    text: str
    basis: str


_TELL = Consequence(
    "告知", "自收到之日起15日内书面告知信访人（姓名、住址不清的除外）。", "第二十三条"
)
_NO_REVIEW = Consequence(
    "复查复核", "没有复查、复核；这两项只有信访程序才有。", "第三十五条、第三十六条"
)
_TO_BE_ROUTED = Consequence(
    "处理途径",
    "还要在六种途径里定一种，定了才知道走哪个程序、适用哪些时限和救济。",
    "第三十一条",
)


def _other_procedure(text: str, item: str) -> tuple[Consequence, ...]:
    return (
        Consequence("怎样办理", text, f"第三十一条第{item}项"),
        _TELL,
        Consequence("办结时限", "按照所导入程序的规定，不适用60日。", "第三十四条"),
        Consequence("文书", "接收、处理途径告知书；不出具信访处理意见书。", "第二十三条"),
    )


_BY_KIND: Mapping[Kind, tuple[Consequence, ...]] = {
    Kind.SUGGESTION: (
        Consequence(
            "怎样办理",
            "认真研究论证；科学合理、现实可行的，采纳或者部分采纳，并予以回复。",
            "第二十九条",
        ),
        _TELL,
        Consequence("办结时限", "条例没有规定天数，不适用60日。", "第三十四条"),
        Consequence("文书", "2211流程办理单，处理结果为采纳、部分采纳或者未采纳。", "第二十九条"),
        _NO_REVIEW,
    ),
    Kind.ACCUSATION: (
        Consequence(
            "怎样办理",
            "由纪检监察机关或者有权处理的机关、单位依规依纪依法接收、受理、办理和反馈；"
            "属于纪检监察机关受理的，按照管理权限转送。",
            "第二十二条第二款、第三十条",
        ),
        Consequence(
            "保密",
            "这一件随即封存，只有可阅检举控告的账户能看；不得透露或者转给被检举、揭发的人员或者单位。",
            "第三十条第三款",
        ),
        Consequence(
            "告知",
            "自收到之日起15日内书面告知；纪检监察机关处理的，按照有关规定执行。",
            "第二十三条",
        ),
        Consequence("办结时限", "条例没有规定天数，不适用60日。", "第三十四条"),
        Consequence(
            "文书", "发往外单位的函件不写信访人姓名；不出具信访处理意见书。", "第三十条第三款"
        ),
        _NO_REVIEW,
    ),
    Kind.REMEDY: (),
}

_BY_ROUTE: Mapping[Route, tuple[Consequence, ...]] = {
    Route.JUDICIAL: _other_procedure(
        "涉法涉诉，按照诉讼、复议、刑事立案、法律监督等法定程序处理；走访的，引导其向政法部门提出。",
        "一",
    ),
    Route.ARBITRATION: _other_procedure("导入仲裁程序处理。", "二"),
    Route.PARTY: _other_procedure("导入党员申诉、申请复审等程序处理。", "三"),
    Route.ADMINISTRATIVE: _other_procedure(
        "导入行政复议、裁决、确认、许可、处罚等行政程序处理。", "四"
    ),
    Route.DUTY: (
        Consequence(
            "怎样办理",
            "属于申请查处违法行为、履行保护职责的，依法履行或者答复。",
            "第三十一条第五项",
        ),
        _TELL,
        Consequence("办结时限", "按照履行该项职责的法律规定，不适用60日。", "第三十四条"),
        Consequence("文书", "受理告知书、答复；不出具信访处理意见书。", "第二十三条"),
    ),
    Route.PETITION: (
        Consequence(
            "怎样办理",
            "听取陈述，调查核实，出具信访处理意见书；重大、复杂、疑难的，可以举行听证；"
            "可以依法调解、和解。",
            "第三十一条第六项、第三十三条",
        ),
        _TELL,
        Consequence(
            "办结时限",
            "自受理之日起60日内办结；情况复杂的，经本单位负责人批准可以延长，不得超过30日，"
            "并告知理由。",
            "第三十四条",
        ),
        Consequence(
            "文书",
            "受理告知书；信访处理意见书（支持、解释说明或者不支持），送达时填送达回证。",
            "第二十三条、第三十二条",
        ),
    ),
}


def consequences(
    kind: Kind | None, route: Route | None, office: OfficeProfile
) -> tuple[Consequence, ...]:
    """Tell what follows where a matter is of ``kind`` and, as a remedy, goes by ``route``."""
    if kind is None:
        return ()
    endorsed = Consequence("签批", f"交办和办结由{office.endorser(kind)}签批。", "制度附件1")
    if kind is not Kind.REMEDY:
        return (*_BY_KIND[kind], endorsed)
    if route is None:
        return (_TO_BE_ROUTED, endorsed)
    return (*_BY_ROUTE[route], *_relief(route, office), endorsed)


def _relief(route: Route, office: OfficeProfile) -> tuple[Consequence, ...]:
    """Tell of relief in the very words that the petitioner is told."""
    words = route.relief.format(body=office.signature)
    if route is not Route.PETITION:
        return Consequence("救济", words, f"第三十一条第{route.item}项"), _NO_REVIEW
    return (
        Consequence("救济", words, "第三十五条"),
        Consequence(
            "复查复核",
            "有：收到书面答复30日内可请求复查，收到复查意见30日内可请求复核，各自30日内作出意见。",
            "第三十五条、第三十六条",
        ),
    )
