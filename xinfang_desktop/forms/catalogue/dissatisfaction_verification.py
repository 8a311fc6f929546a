"""信访人不满意核实件 (annex 5): a concluded matter is looked into and handled once more."""

from xinfang_desktop.forms.definition import Form, Signature, Text, row

from .process_sheet_2211 import COLUMNS, HEAD_ROWS

# fmt: off
DISSATISFACTION_VERIFICATION = Form(
    key="dissatisfaction_verification",
    title="不满意核实件",
    headline="{number}信访件信访人不满意核实件",
    columns=COLUMNS,
    rows=(
        *HEAD_ROWS,
        row(Text("verification.requirement", caption="核实件要求：", cols=7), height=20),
        row(Text("verification.original_conclusion", printed="original_conclusion",
                 caption="原处理（答复）意见及结论：", cols=7), height=24),
        row(Signature(head="{assigning_leader}交办签批：", cols=7), height=18),
        row(Signature(head="事项分管领导批示意见：", cols=7), height=18),
        row(Signature(head="部长（主任）办理意见：", cols=7), height=18),
        row(Text("verification.account", caption="信访事项核实情况说明：（可另附页）", cols=7),
            height=22),
        row(Signature("事项承办人签名：", cols=7, joined=True), height=8),
    ),
)
# fmt: on
