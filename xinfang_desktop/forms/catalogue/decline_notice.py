"""不予受理告知书: a matter is not taken on; it says why, by which article, and where to turn to."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

DECLINE_NOTICE = Letter(
    key="decline_notice",
    title="不予受理告知书",
    headline=("信访事项不予受理告知书",),
    articles=(
        "《信访工作条例》第十九条第三款",
        "《信访工作条例》第二十三条",
        "《信访工作条例》第三十一条",
    ),
    series="不予受理",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "首段",
            "您反映的信访事项（编号：{number}），我单位已于{petition.received_on}收到并登记。"
            "经审查，现告知如下：",
        ),
        Section("一、信访诉求"),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Section("二、不予受理的理由和依据"),
        Prose("reason", "不予受理的理由", "{done.refuse.words}"),
        Prose("basis", "依据条款", "根据《信访工作条例》第{done.ground.article}条，不予受理。"),
        Section("三、您可以选择的途径"),
        Prose(
            "elsewhere",
            "可以选择的途径",
            "您可以依法向　　　　提出，联系方式：　　　　。",
        ),
        SignOff(),
    ),
)
