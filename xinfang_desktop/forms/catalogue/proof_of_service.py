"""送达回证: proves that a paper was handed over, and on which day the time for relief began."""

from xinfang_desktop.forms.definition import Form, Label, Line, Signature, row

# fmt: off
_PAPER = row(Label("", cols=2), Label(""), Label(""), height=13)

PROOF_OF_SERVICE = Form(
    key="proof_of_service",
    title="送达回证",
    headline="信访事项送达回证",
    heading_left="送达单位（盖章）：{office.signature}",
    heading="信访事项编号：{number}",
    columns=(34.0, 50.0, 40.0, 41.0),
    rows=(
        row(Label("受送达人"), Line("petitioner.name", printed="names", cols=3), height=13),
        row(Label("送达地点"), Line("petitioner.address", printed="whereabouts"),
            Label("联系电话"), Line("petitioner.phone"), height=16),
        row(Label("送达文书名称", cols=2), Label("文号"), Label("份数"), height=10),
        _PAPER, _PAPER, _PAPER,
        row(Label("送达方式"),
            Signature("直接送达□　留置送达□　邮寄送达□　电子送达□　其他□：",
                      cols=3, dated=False), height=13),
        row(Label("受送达人签收"), Signature("受送达人签名（盖章）：", cols=3), height=32),
        row(Label("代收人签收"), Signature(
            "代收人签名：", head="与受送达人的关系：", cols=3), height=32),
        row(Label("拒收或者不能送达的事由和见证人"), Signature("见证人签名：", cols=3), height=38),
        row(Label("送达人"), Signature("送达人签名：", cols=3), height=26),
    ),
    note="注：请求复查、复核的期限自收到书面答复之日起算（《信访工作条例》第三十五、三十六条）。",
)
# fmt: on
