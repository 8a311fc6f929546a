"""信访事项督办函: asks a body that handles a matter late or wrongly to put it right."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

SUPERVISION_LETTER = Letter(
    key="supervision_letter",
    title="督办函",
    headline=("信访事项督办函",),
    articles=("《信访工作条例》第四十条", "《信访工作条例》第三十条第三款"),
    series="督办",
    outside=True,
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "被督办单位", "{done.supervise.body}"),
        Prose(
            "lead",
            "首段",
            "{names_outside}反映的信访事项（编号：{number}）由你单位办理，"
            "现依照《信访工作条例》第四十条督办。",
        ),
        Section("一、信访诉求"),
        Prose("claim", "信访诉求", "{petition.claim}", lines=2),
        Section("二、督办原因"),
        Prose("reason", "督办原因", "{done.supervise.came_to}", lines=2),
        Section("三、督办要求和改进建议"),
        Prose(
            "demand",
            "督办要求和改进建议",
            "{done.supervise.words}请抓紧依法按政策办理，自收到本函之日起15日内书面反馈办理结果，"
            "并反馈采纳改进工作建议的情况。请保护信访人信息，"
            "不得将检举控告材料转给被检举、控告的人员或者单位，不得打击报复信访人。",
        ),
        SignOff(),
    ),
)
