"""来访登记单 (annex 4): filled in while the petitioner is at the desk, then taken to leaders."""

from xinfang_desktop.forms.definition import Choice, Form, Label, Line, Signature, Text, row

# fmt: off
VISIT_REGISTRATION = Form(
    key="visit_registration",
    title="来访登记单",
    headline="{office.name}接待群众来访登记单",
    heading="编号：{number}",
    columns=(12, 24, 58, 27, 44),
    rows=(
        row(Label("信访人姓名", cols=2), Line("petitioner.name", printed="names"),
            Label("人数"), Line("petition.headcount")),
        row(Label("身份证号码", cols=2), Line("petitioner.document_number"),
            Label("联系电话"), Line("petitioner.phone")),
        row(Label("单位地址", cols=2), Line("petitioner.address", printed="whereabouts"),
            Label("来访日期"), Line("petition.received_on"), height=13),
        row(Label("反映内容及诉求摘要", cols=2), Text("petition.claim", cols=3), height=52),
        row(Label("{office.reception_caption}", cols=2, rows=2),
            Text("petition.reception_opinion", cols=3), height=19),
        row(Signature(cols=3, joined=True), height=9),
        row(Label("{office.matter_leader_caption}", cols=2), Signature(cols=3), height=26),
        row(Label("{office.principal_caption}", cols=2), Signature(cols=3), height=26),
        row(Label("回访", vertical=True, rows=3),
            Label("信访人意见"), Choice("follow_up.satisfaction", cols=3), height=9.5),
        row(Label("回访日期"), Line("follow_up.made_on", empty="年　　月　　日"),
            Signature("回访人签名：", cols=2, rows=2, dated=False), height=9.5),
        row(Label("回访方式"), Choice("follow_up.method"), height=9.5),
        row(Label("是否进入周会商", cols=2), Choice("petition.weekly_consultation"),
            Label("是否进入督查督办"), Choice("petition.supervised"), height=12),
    ),
    note="备注：请相关部室（单位）按此表处理完毕后，交{office.desk}",
)
# fmt: on
