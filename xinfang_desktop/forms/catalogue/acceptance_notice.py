"""信访事项受理告知书: the office takes a matter on, and says who handles it and until when."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

ACCEPTANCE_NOTICE = Letter(
    key="acceptance_notice",
    title="受理告知书",
    headline=("信访事项受理告知书",),
    articles=("《信访工作条例》第二十三条", "《信访工作条例》第三十四条"),
    series="受理告知",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "受理决定",
            "您反映的信访事项（编号：{number}），我单位于{petition.received_on}收到。"
            "经审查，属于我单位职权范围，根据《信访工作条例》第二十三条，"
            "自{petition.accepted_on}起受理。",
        ),
        Section("一、信访诉求"),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Section("二、承办单位和办理期限"),
        Prose(
            "handling",
            "承办单位和联系方式",
            "由{petition.responsible_body}承办，承办人{petition.handler}，联系电话　　　　。"
            "您可以凭登记编号查询办理进展和结果。",
        ),
        Prose(
            "limit",
            "办理期限",
            "按信访程序办理的，自受理之日起60日内办结；情况复杂、经批准延长的，"
            "延长不超过30日，并告知您理由（《信访工作条例》第三十四条）。",
        ),
        SignOff(),
    ),
)
