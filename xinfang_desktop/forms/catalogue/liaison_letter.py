"""信访事项联系函 (annex 7): to a unit whose duties a matter touches."""

from xinfang_desktop.forms.letter import Addressee, Fixed, Letter, Prose, Right, Section, SignOff

LIAISON_LETTER = Letter(
    key="liaison_letter",
    title="联系函",
    headline=("信访事项联系函",),
    articles=("《信访工作条例》第二十四条",),
    series="联系函",
    outside=True,
    version=2,
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "主送单位"),
        Prose(
            "lead",
            "首段",
            "现有{names_outside}反映的信访事项（编号：{number}），由{office.signature}牵头办理。"
            "该事项涉及贵单位职责，现将有关情况函告如下：",
        ),
        Section("一、基本情况"),
        Prose("basics", "基本情况", "{petition.claim}"),
        Section("二、协调联系事项"),
        Prose("request", "协调联系事项", lines=5),
        Fixed("请予以支持为感。"),
        SignOff(),
    ),
)
