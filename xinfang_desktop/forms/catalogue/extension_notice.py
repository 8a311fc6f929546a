"""延期告知书: a matter takes longer; it says why, who approved it and until when."""

from xinfang_desktop.forms.letter import Addressee, Fixed, Letter, Prose, Right, Section, SignOff

EXTENSION_NOTICE = Letter(
    key="extension_notice",
    title="延期告知书",
    headline=("信访事项延期办理告知书",),
    articles=("《信访工作条例》第三十四条",),
    series="延期告知",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose(
            "lead",
            "首段",
            "您反映的信访事项（编号：{number}），我单位于{petition.accepted_on}受理，"
            "原定于{done.due_before_extension}前办结。因情况复杂，需要延长办理期限，现告知如下：",
        ),
        Section("一、延期理由"),
        Prose("reason", "延期理由", "{done.extend.words}"),
        Section("二、延长的期限"),
        Prose(
            "until",
            "批准人和延长的期限",
            "根据《信访工作条例》第三十四条，经我单位负责人{done.extend.done_by}批准，"
            "延长至{done.extend.until_on}（延长不超过30日）。",
        ),
        Fixed("给您带来不便，请予谅解；您可以随时向{office.desk}询问。"),
        SignOff(),
    ),
)
