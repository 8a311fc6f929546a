"""复查意见书: the answer of the next higher body to somebody who disagrees with an opinion."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

REVIEW_OPINION = Letter(
    key="review_opinion",
    title="复查意见书",
    headline=("信访事项复查意见书",),
    articles=("《信访工作条例》第三十五条", "《信访工作条例》第三十六条"),
    series="复查意见",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "复查申请人", "{names}"),
        Prose(
            "lead",
            "复查请求和原处理意见",
            "您因不服　　　　的信访处理意见（文号：　　　　），"
            "于{done.request_review.done_on}请求复查。经复查，答复如下：",
        ),
        Section("一、复查请求"),
        Prose("claim", "复查请求", lines=2),
        Section("二、复查查明的事实"),
        Prose("facts", "复查查明的事实", lines=2),
        Section("三、复查意见和依据"),
        Prose("opinion", "复查意见和依据", lines=2),
        Prose(
            "relief",
            "救济途径",
            "如不服本复查意见，可以自收到本意见书之日起30日内，请求我单位的上一级机关、单位复核。",
        ),
        SignOff(),
    ),
)
