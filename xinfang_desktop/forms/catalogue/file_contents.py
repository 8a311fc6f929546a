"""卷内目录: lists the papers in the file of a matter, before it goes into the archive."""

from xinfang_desktop.forms.definition import Form, Label, row

# fmt: off
_ENTRY_HEIGHT = 14.0
ENTRIES = 15

FILE_CONTENTS = Form(
    key="file_contents",
    title="卷内目录",
    headline="卷内目录",
    heading_left="立卷单位：{office.signature}",
    heading="信访事项编号：{number}",
    columns=(13.0, 30.0, 26.0, 45.0, 22.0, 13.0, 16.0),
    rows=(
        row(Label("序号"), Label("文号"), Label("责任者"), Label("题名"), Label("日期"),
            Label("页号"), Label("备注"), height=11),
        *(row(Label(str(number)), *(Label(""),) * 6, height=_ENTRY_HEIGHT)
          for number in range(1, ENTRIES + 1)),
    ),
)
# fmt: on
