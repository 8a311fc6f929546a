"""办结报告: tells the body that assigned a matter how it was handled and answered."""

from xinfang_desktop.forms.letter import Addressee, Letter, Prose, Right, Section, SignOff

CONCLUSION_REPORT = Letter(
    key="conclusion_report",
    title="办结报告",
    headline=("关于信访事项办理情况的报告",),
    articles=("《信访工作条例》第二十二条第一款第三项",),
    series="办结报告",
    outside=True,
    parts=(
        Right("编号：{paper.number}"),
        Addressee("addressee", "主送机关", "{office.superior_bureau}"),
        Prose(
            "lead",
            "首段",
            "交由我单位办理的{names_outside}反映的信访事项（编号：{petition.superior_number}），"
            "已于{petition.concluded_on}办结，现将办理情况报告如下：",
        ),
        Section("一、基本情况"),
        Prose("basics", "基本情况", "{petition.claim}", lines=2),
        Section("二、调查核实情况"),
        Prose("facts", "调查核实情况", lines=2),
        Section("三、处理意见和落实情况"),
        Prose("opinion", "处理意见和落实情况", "{petition.conclusion}", lines=1),
        Section("四、答复和回访情况"),
        Prose(
            "answer",
            "答复和回访情况",
            "已于　　　　书面答复信访人，回访意见为{follow_up.satisfaction}。",
        ),
        SignOff(),
    ),
)
