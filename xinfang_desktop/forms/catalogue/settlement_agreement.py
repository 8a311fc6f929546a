"""和解协议书: what two parties agree on by themselves; it takes no right away from anybody."""

from xinfang_desktop.forms.letter import Fixed, Letter, Prose, Right, Section, SignOff

SETTLEMENT_AGREEMENT = Letter(
    key="settlement_agreement",
    title="和解协议书",
    headline=("信访事项和解协议书",),
    articles=("《信访工作条例》第三十三条",),
    series="和解协议",
    outside=True,
    parts=(
        Right("编号：{paper.number}"),
        Prose(
            "parties",
            "双方当事人",
            "甲方（信访人）：{names_outside}\n乙方：　　　　",
        ),
        Prose(
            "lead",
            "首段",
            "甲方反映的信访事项（编号：{number}），经平等协商，双方自愿和解，达成如下协议：",
        ),
        Section("一、争议事项"),
        Prose("claim", "争议事项", "{petition.claim}", lines=2),
        Section("二、协议内容和履行期限"),
        Prose("terms", "协议内容", lines=2),
        Prose("performance", "履行期限", "履行期限：　　　　。"),
        Fixed("本协议一式三份，双方和见证单位各执一份，不影响双方依法享有的其他权利。"),
        Fixed("甲方（签名）：　　　　　　　乙方（签名盖章）："),
        SignOff("见证单位：{office.signature}"),
    ),
)
