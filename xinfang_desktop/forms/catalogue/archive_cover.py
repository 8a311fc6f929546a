"""归档封面: the cover of a matter's file; like its title it does not say who accuses whom."""

from xinfang_desktop.forms.definition import Form, Label, Line, Signature, row

# fmt: off
ARCHIVE_COVER = Form(
    key="archive_cover",
    title="归档封面",
    headline="{office.name}信访档案",
    columns=(28.0, 30.0, 22.0, 26.0, 25.0, 34.0),
    rows=(
        row(Label("全宗号"), Label(""), Label("目录号"), Label(""), Label("案卷号"), Label(""),
            height=13),
        row(Label("题　　名"), Label("{names_outside}信访事项（{number}）材料", cols=5),
            height=54),
        row(Label("信访人"), Line("petitioner.name", printed="names_outside", cols=3),
            Label("人　　数"), Line("petition.headcount"), height=14),
        row(Label("信访事项类别"), Line("petition.kind"),
            Label("内容分类"), Line("petition.category", cols=3), height=14),
        row(Label("登记编号"), Label("{number}", cols=3),
            Label("收到日期"), Line("petition.received_on"), height=14),
        row(Label("责任单位"), Line("petition.responsible_body", cols=3),
            Label("办结日期"), Line("petition.concluded_on"), height=14),
        row(Label("件　　数"), Label("共　　　件"), Label("页　　数"), Label("共　　　页"),
            Label("保管期限"), Label(""), height=14),
        row(Label("本卷需要说明的情况"), Signature("", cols=5, dated=False), height=52),
        row(Label("立卷人"), Signature(cols=5), height=20),
        row(Label("检查人"), Signature(cols=5), height=20),
    ),
)
# fmt: on
