"""信访事项转送函: hands a matter to the body that has the authority for it."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

REFERRAL_LETTER = Letter(
    key="referral_letter",
    title="转送函",
    headline=("信访事项转送函",),
    articles=(
        "《信访工作条例》第二十二条",
        "《信访工作条例》第二十三条第三款",
        "《信访工作条例》第三十条第三款",
    ),
    series="转送",
    outside=True,
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "主送单位", "{done.transfer.body}"),
        Prose(
            "lead",
            "首段",
            "现将{names_outside}反映的信访事项（编号：{number}）转送你单位，请依法处理。",
        ),
        Section("一、信访诉求"),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Section("二、办理要求"),
        Prose(
            "duties",
            "办理要求",
            "请按照《信访工作条例》第二十三条的规定，自收到之日起15日内书面告知信访人接收情况"
            "以及处理途径和程序；不属于你单位职权范围的，在5个工作日内提出异议并详细说明理由，"
            "经核实同意后交还材料。",
        ),
        Prose(
            "secrecy",
            "保密要求",
            "请保护信访人信息；属于检举控告的，"
            "不得将材料和有关情况透露或者转给被检举、控告的人员或者单位。",
        ),
        Prose("enclosures", "附件", "附件：信访材料　　　　份。"),
        SignOff(),
    ),
)
