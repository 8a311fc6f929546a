"""复核意见书: the last answer; it tells that the same facts and reasons are not taken up again."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

REEXAMINATION_OPINION = Letter(
    key="reexamination_opinion",
    title="复核意见书",
    headline=("信访事项复核意见书",),
    articles=("《信访工作条例》第三十六条",),
    series="复核意见",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "复核申请人", "{names}"),
        Prose(
            "lead",
            "复核请求和复查意见",
            "您因不服　　　　的复查意见（文号：　　　　），"
            "于{done.request_re_review.done_on}请求复核。经复核，答复如下：",
        ),
        Section("一、复核请求"),
        Prose("claim", "复核请求", lines=2),
        Section("二、复核查明的事实"),
        Prose("facts", "复核查明的事实", lines=2),
        Section("三、复核意见和依据"),
        Prose("opinion", "复核意见和依据", lines=2),
        Prose(
            "finality",
            "不再受理的告知",
            "对本复核意见不服，仍以同一事实和理由提出投诉请求的，"
            "根据《信访工作条例》第三十六条第三款的规定，不再受理。",
        ),
        SignOff(),
    ),
)
