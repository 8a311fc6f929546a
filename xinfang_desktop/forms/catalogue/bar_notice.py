"""不再受理告知书: review and re-examination are through, and nothing new is brought forward."""

from xinfang_desktop.forms.letter import Addressee, Fixed, Letter, Prose, Right, SignOff

BAR_NOTICE = Letter(
    key="bar_notice",
    title="不再受理告知书",
    headline=("信访事项不再受理告知书",),
    articles=("《信访工作条例》第三十六条第三款", "《信访工作条例》第三十七条"),
    series="不再受理",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "首段",
            "您于{petition.received_on}反映的信访事项（编号：{number}），"
            "我单位已登记并核对。主要诉求是：",
        ),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Prose(
            "history",
            "原处理、复查、复核情况",
            "经核对，该事项已作出信访处理意见（文号：　　　　）、"
            "复查意见（文号：　　　　）和复核意见（文号：　　　　）。",
        ),
        Prose(
            "ground",
            "不再受理的理由",
            "您对复核意见不服，仍以同一事实和理由提出投诉请求。"
            "根据《信访工作条例》第三十六条第三款的规定，不再受理。",
        ),
        Fixed(
            "您如果有新的事实和理由，可以依法另行提出，我单位将予以登记并依法处理；"
            "生活确有困难的，可以向我单位说明，我们将告知或者帮助您依法申请社会救助。"
        ),
        SignOff(),
    ),
)
