"""上级平台: which fields go to a platform above, in which order and under which names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from xinfang_desktop.casework import platform
from xinfang_desktop.casework.cleaning import clean_text
from xinfang_desktop.casework.platform import PRESETS, SOURCES
from xinfang_desktop.models import Right
from xinfang_desktop.models.platform import PlatformField, PlatformTemplate
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import button, shortcut

from .section import Section

_COLUMNS = (
    TableColumn("序", "88"),
    TableColumn("平台上的名称"),
    TableColumn("取自", "处理（答复）意见的内容"),
)
_ROWS = 9
_TOLD = (
    "在信访件里按 Ctrl+U，照这里的顺序逐项复制到上级平台。名称和顺序请照平台的页面改；"
    "一个页面一个模板。"
)
_SAVED = "上级平台的模板已保存"
_NO_TITLE = "请写平台上的名称。"
_NO_NAME = "请写模板名称。"
_CHANGED = "改了还没有保存，按 Ctrl+S 保存。"
_SHIPPED = "已换成随程序的模板，还没有保存；按 Ctrl+S 保存，或按「改回原样」。"


class PlatformSection(Section):
    """The templates of the platforms; what is changed is kept by 保存.

    Signals:
        edited(): something was changed and not saved yet.
    """

    title = "上级平台"
    help_topic = "platform"
    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._kept: list[PlatformTemplate] = []
        self._at = 0
        self.templates = QComboBox()
        self.templates.setAccessibleName("模板")
        self.templates.activated.connect(self._show_template)
        self.name = Line("模板名称", "模板名称")
        self.table = _FieldTable("平台的项目", _COLUMNS, desk.theme)
        self.field_title = Line("平台上的名称", "平台上的名称")
        self.source = QComboBox()
        self.source.setAccessibleName("取自")
        for source in SOURCES.values():
            self.source.addItem(source.title, source.key)
        self._lay_out()
        self._connect()

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields shown, by their name there and what they are taken from."""
        return [(field.title, field.source) for field in self._template.fields]

    def refresh(self) -> None:
        """Show the templates as they are in the store."""
        self._show(list(self.desk.read(platform.templates)))
        self.say("")

    def take_focus(self) -> None:
        """Begin at the list of fields."""
        self.table.setFocus()

    def save(self) -> None:
        """Ctrl+S: keep the templates."""
        if self.name.is_composing or self.field_title.is_composing:
            return
        by, now, kept = self.desk.viewer.name, self.desk.now(), list(self._kept)
        done = self.desk.attempt(
            lambda session: platform.save_templates(session, kept, by=by, now=now)
        )
        if done is not None:
            self.refresh()
            self.desk.told.emit(_SAVED)

    def add(self) -> None:
        """Put a field below the one under the bar."""
        if field := self._typed():
            fields = list(self._template.fields)
            place = self._row + 1 if fields else 0
            fields.insert(place, field)
            self._put(fields, place)

    def change(self) -> None:
        """Give the field under the bar what is typed."""
        fields = list(self._template.fields)
        if not fields:
            self.add()
        elif field := self._typed():
            fields[self._row] = field
            self._put(fields, self._row)

    def remove(self) -> None:
        """Leave the field under the bar out."""
        fields = list(self._template.fields)
        if fields:
            del fields[self._row]
            self._put(fields, min(self._row, len(fields) - 1))

    def shift(self, step: int) -> None:
        """Move the field under the bar up (-1) or down (1)."""
        fields, row = list(self._template.fields), self._row
        if 0 <= row + step < len(fields):
            fields.insert(row + step, fields.pop(row))
            self._put(fields, row + step)

    def new_template(self) -> None:
        """Begin a template of the name typed, with the fields of the one shown."""
        if (name := self._name()) is None:
            return
        keys = {template.key for template in self._kept}
        key = next(key for place in range(1, 1000) if (key := f"own_{place}") not in keys)
        made = self._template.model_copy(update={"key": key, "title": name})
        self._kept.append(made)
        self._show(self._kept, len(self._kept) - 1)
        self._tell_changed()

    def rename_template(self) -> None:
        """Give the template shown the name typed."""
        if (name := self._name()) is not None:
            self._kept[self._at] = self._template.model_copy(update={"title": name})
            self._show(self._kept, self._at)
            self._tell_changed()

    def remove_template(self) -> None:
        """Leave the template shown out; the last one stays."""
        if len(self._kept) > 1:
            del self._kept[self._at]
            self._show(self._kept)
            self._tell_changed()

    def show_shipped(self) -> None:
        """Show the templates as they are shipped; they are kept by 保存."""
        self._show(list(PRESETS))
        self.say(_SHIPPED, "warning")
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a blank changes the field under the bar."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.field_title.hasFocus() or self.source.hasFocus():
                self.change()
            elif self.name.hasFocus():
                self.rename_template()
            return
        super().keyPressEvent(event)

    # inside

    @property
    def _template(self) -> PlatformTemplate:
        return self._kept[self._at]

    @property
    def _row(self) -> int:
        return max(self.table.currentRow(), 0)

    def _show(self, kept: list[PlatformTemplate], at: int = 0) -> None:
        self._kept, self._at = kept, at
        self.templates.clear()
        self.templates.addItems([template.title for template in kept])
        self._show_template(at)

    def _show_template(self, at: int) -> None:
        self._at = at
        self.templates.setCurrentIndex(at)
        self.name.setText(self._template.title)
        self._show_fields(0)

    def _show_fields(self, row: int) -> None:
        fields = self._template.fields
        self.table.show_rows(
            [
                (str(place), field.title, SOURCES[field.source].title)
                for place, field in enumerate(fields, start=1)
            ]
        )
        self.table.fit_rows(_ROWS)
        if fields:
            self.table.setCurrentCell(row, 1)
        self._show_field(row)

    def _show_field(self, row: int) -> None:
        if 0 <= row < len(self._template.fields):
            field = self._template.fields[row]
            self.field_title.setText(field.title)
            self.source.setCurrentIndex(self.source.findData(field.source))

    def _put(self, fields: Sequence[PlatformField], row: int) -> None:
        self._kept[self._at] = self._template.model_copy(update={"fields": tuple(fields)})
        self._show_fields(row)
        self._tell_changed()

    def _typed(self) -> PlatformField | None:
        title = clean_text(self.field_title.text())[0].strip()
        if not title:
            self.refuse(_NO_TITLE)
            self.field_title.setFocus()
            return None
        return PlatformField(source=str(self.source.currentData()), title=title)

    def _name(self) -> str | None:
        name = clean_text(self.name.text())[0].strip()
        if not name:
            self.refuse(_NO_NAME)
            self.name.setFocus()
            return None
        return name

    def _tell_changed(self) -> None:
        self.say(_CHANGED, "warning")
        self.edited.emit()

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(lambda row, *_: self._show_field(row))
        self.table.opened.connect(lambda _: self.field_title.setFocus())
        self.table.removed.connect(lambda _: self.remove())
        self.table.moved.connect(self.shift)
        self.source.activated.connect(self._name_after_source)
        shortcut(self, "Ctrl+S", self.save)

    def _name_after_source(self) -> None:
        """Name a field as its source is called, where its name was that of another source."""
        names = {source.title for source in SOURCES.values()} | {""}
        if self.field_title.text().strip() in names:
            self.field_title.setText(self.source.currentText())

    def _lay_out(self) -> None:
        theme = self.desk.theme
        card = self.card("逐项复制的项目和顺序")
        card.column.addWidget(self.note(_TOLD, "quiet"))
        head = QHBoxLayout()
        theme.space(head, gap=8)
        head.addWidget(self.templates)
        head.addWidget(self.name, 1)
        for act in (
            button("改名", self.rename_template),
            button("另存为新模板", self.new_template),
            button("删去模板", self.remove_template),
        ):
            head.addWidget(act)
        card.column.addLayout(head)
        card.column.addWidget(self.table)
        blanks = QHBoxLayout()
        theme.space(blanks, gap=8)
        blanks.addWidget(self.field_title, 1)
        blanks.addWidget(self.source, 1)
        card.column.addLayout(blanks)
        card.column.addLayout(
            self.acts(
                button("改这一项", self.change, key="Enter"),
                button("加在下面", self.add),
                button("上移", lambda: self.shift(-1), key="Alt+↑"),
                button("下移", lambda: self.shift(1), key="Alt+↓"),
                button("去掉", self.remove, key="Del"),
            )
        )
        card.column.addLayout(
            self.acts(
                button("保存", self.save, role="strong", key="Ctrl+S"),
                button("改回原样", self.refresh),
                button("用随程序的模板", self.show_shipped),
            )
        )
        card.column.addWidget(self.message)
        self.column.addWidget(card)
        self.column.addStretch(1)
        self.setEnabled(self.desk.may(Right.WORK))


class _FieldTable(Table):
    """Fields that Alt with an arrow moves.

    Signals:
        moved(step): up (-1) or down (1).
    """

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
            return
        super().keyPressEvent(event)
