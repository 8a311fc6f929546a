"""“2211”信访流程办理单 (annex 3): goes with a matter from sign-in to the leaders' last word."""

from xinfang_desktop.forms.definition import Choice, Form, Inline, Label, Line, Signature, Text, row

# fmt: off
HEAD_ROWS = (
    row(Label("信访人姓名"), Line("petitioner.name", printed="names", cols=2),
        Label("人数"), Line("petition.headcount"),
        Label("联系电话"), Line("petitioner.phone"), height=9.5),
    row(Label("身份证号码"), Line("petitioner.document_number", cols=4),
        Label("信访日期"), Line("petition.received_on"), height=9.5),
    row(Label("单位及住址"), Line("petitioner.address", printed="whereabouts", cols=6),
        height=10),
    row(Label("信访件来源"),
        Choice("petition.source_level", cols=6, inline=(
            Inline("superior", "信访件编号：", "petition.superior_number"),)), height=9),
    row(Label("信访形式"), Choice("petition.channel", cols=6), height=9),
    row(Label("信访诉求", vertical=True), Text("petition.claim", cols=6), height=34),
)
"""The rows that the process sheet and the verification form have in common."""

COLUMNS = (26.0, 26.0, 20.0, 16.0, 16.0, 21.0, 40.0)

PROCESS_SHEET_2211 = Form(
    key="process_sheet_2211",
    title="2211流程办理单",
    headline="“2211”信访流程办理单",
    heading_left="单位名称（盖章）：{office.signature}",
    heading="单号：{paper.number}",
    series="2211",
    columns=COLUMNS,
    rows=(
        *HEAD_ROWS,
        row(Label("{office.desk}签收"), Signature("签名：", cols=3, dated=False),
            Signature("签收日期：　　　年　　月　　日", cols=3, dated=False), height=10),
        row(Label("{assigning_leader}交办签批"), Signature(cols=6), height=20),
        row(Text("petition.conclusion", caption="处理（答复）意见及结论：", cols=7), height=22),
        row(Signature("事项承办人签名：", cols=7, joined=True), height=8),
        row(Signature(head="事项分管领导审核意见：", cols=4),
            Signature(head="信访分管领导审核意见：", cols=3), height=24),
        row(Signature(head="{assigning_leader}办结签批意见：", cols=7), height=20),
        row(Label("{office.desk}回访", rows=3),
            Label("信访人意见"), Choice("follow_up.satisfaction", cols=5), height=8.5),
        row(Label("回访日期"), Line("follow_up.made_on", empty="年　　月　　日", cols=3),
            Signature("回访人签名：", cols=2, rows=2, dated=False), height=8.5),
        row(Label("回访方式"), Choice("follow_up.method", cols=3), height=8.5),
        row(Label("是否进入周会商", cols=2), Choice("petition.weekly_consultation", cols=2),
            Label("是否进入督查督办", cols=2), Choice("petition.supervised"), height=9),
    ),
    note="注：此件扫描录入信访统一平台“其他材料（信访人不可见）”栏。",
)
# fmt: on
