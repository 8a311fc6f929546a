"""听证通知书: invites the petitioner to a hearing on a grave, complex or difficult matter."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

HEARING_NOTICE = Letter(
    key="hearing_notice",
    title="听证通知书",
    headline=("信访事项听证通知书",),
    articles=(
        "《信访工作条例》第三十一条第六项",
        "《信访工作条例》第三十六条第二款",
        "《信访工作条例》第二十条第三款",
        "《信访工作条例》第二十八条第三款",
    ),
    series="听证通知",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "首段",
            "您反映的信访事项（编号：{number}），我单位决定举行听证，请您参加。有关事项通知如下：",
        ),
        Section("一、听证事项"),
        Prose("claim", "听证事项", "{petition.claim}", lines=2),
        Section("二、时间、地点和人员"),
        Prose("meeting", "时间和地点", "时间：　　　　；地点：　　　　。"),
        Prose("people", "主持人和参加人", "主持人：　　　　；参加人：　　　　。"),
        Section("三、您的权利和注意事项"),
        Prose(
            "rights",
            "权利和注意事项",
            "您可以陈述事实和理由、提交证据；认为有关人员与本事项有直接利害关系的，可以要求其回避。"
            "多人共同提出的，请推选代表，代表不超过5人。"
            "不能按时参加的，请提前告知，联系电话：　　　　。",
        ),
        SignOff(),
    ),
)
