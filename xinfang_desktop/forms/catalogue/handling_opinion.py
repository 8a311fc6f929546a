"""信访处理意见书: the answer to a matter, in the four parts of article 32.

What it tells about relief follows the route of the matter: review and re-examination exist for
信访程序 only.
"""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

HANDLING_OPINION = Letter(
    key="handling_opinion",
    title="信访处理意见书",
    headline=("信访处理意见书",),
    articles=(
        "《信访工作条例》第三十一条",
        "《信访工作条例》第三十二条",
        "《信访工作条例》第三十五条",
    ),
    series="处理意见",
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "信访人", "{names}"),
        Prose("lead", "首段", "您反映的信访事项（{number}），答复如下："),
        Section("一、投诉请求"),
        Prose("claim", "投诉请求", "{petition.claim}", lines=2),
        Section("二、事实和理由"),
        Prose("facts", "事实和理由", lines=2),
        Section("三、处理意见"),
        Prose("opinion", "处理意见", "{answer}", lines=1),
        Section("四、法律法规依据"),
        Prose("basis", "法律法规依据", lines=1),
        Prose("relief", "救济途径", "{relief}", lines=2),
        SignOff(),
    ),
)
