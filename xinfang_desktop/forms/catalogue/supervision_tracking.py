"""跟踪督办情况表: goes with a supervision letter, and takes each reminder and what came of it."""

from xinfang_desktop.forms.definition import Form, Label, Line, Signature, Text, row

# fmt: off
_ENTRY = row(Label(""), Label(""), Label("", cols=4), Label(""), height=11)

SUPERVISION_TRACKING = Form(
    key="supervision_tracking",
    title="跟踪督办情况表",
    headline="信访事项跟踪督办情况表",
    heading_left="督办单位：{office.signature}",
    heading="信访事项编号：{number}",
    columns=(27.0, 24.0, 20.0, 16.0, 16.0, 24.0, 38.0),
    rows=(
        row(Label("信访人姓名"), Line("petitioner.name", printed="names_outside", cols=2),
            Label("人数"), Line("petition.headcount"),
            Label("信访日期"), Line("petition.received_on")),
        row(Label("责任单位"), Line("petition.responsible_body", cols=4),
            Label("承办人"), Line("petition.handler")),
        row(Label("受理日期"), Line("petition.accepted_on", empty="年　　月　　日", cols=2),
            Label("办理期限", cols=2), Label("　　　年　　月　　日前", cols=2)),
        row(Label("信访诉求"), Text("petition.claim", cols=6), height=26),
        row(Label("督办原因"), Signature(
            "违反规定受理、办理□　推诿□　敷衍□　拖延□　弄虚作假□　"
            "拒不执行信访处理意见□　其他□：", cols=6, dated=False), height=15),
        row(Label("督办要求和反馈期限"), Signature("督办人签名：", cols=6), height=24),
        row(Label("督办日期"), Label("督办方式"), Label("办理进展和反馈情况", cols=4),
            Label("记录人"), height=9),
        _ENTRY, _ENTRY, _ENTRY, _ENTRY,
        row(Label("办理结果", rows=2), Text("petition.conclusion", cols=6), height=18),
        row(Signature("承办人签名：", cols=6, joined=True), height=8),
        row(Label("督办意见"), Signature(cols=6), height=22),
    ),
    note="注：依照《信访工作条例》第四十条督办；责任单位应当在督办函载明的期限内反馈结果。",
)
# fmt: on
