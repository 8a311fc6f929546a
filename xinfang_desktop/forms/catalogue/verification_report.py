"""核实情况说明 (annex 6): tells the superior bureau what a second look at a matter has found."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

VERIFICATION_REPORT = Letter(
    key="verification_report",
    title="核实情况说明",
    headline=("关于{names_outside}（编号{number}）", "信访事项核实情况说明"),
    articles=("《信访工作条例》第二十一条第二款", "《信访工作条例》第二十八条第一款"),
    outside=True,
    parts=(
        Right("签发人：{paper.signer}（需责任分管领导手签）"),
        Addressee("addressee", "主送机关", "{office.superior_bureau}"),
        Prose(
            "lead",
            "首段",
            "贵局转来的信访事项（编号：{petition.superior_number}），信访人评价为不满意。"
            "经我单位再次调查核实，现将有关情况汇报如下：",
        ),
        Section("一、基本情况"),
        Prose("basics", "基本情况", "{petition.claim}", lines=2),
        Section("二、调查核实情况"),
        Prose("account", "调查核实情况", "{verification.account}", lines=3),
        Section("三、目前处理沟通情况"),
        Prose(
            "contact",
            "目前处理沟通情况",
            "已与信访人{names_outside}进行了联系沟通，　　　　。",
        ),
        SignOff(),
    ),
)
