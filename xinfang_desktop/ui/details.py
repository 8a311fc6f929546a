"""Details (登记要素): what is registered with a matter and does not stand on its paper.

Each row is data: a path, its caption, and when it is asked for. The editors are bound by the same
paths as the blanks of the paper.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from xinfang_desktop.casework.categories import categories
from xinfang_desktop.casework.identity import read_document
from xinfang_desktop.forms.binding import Binding, bind
from xinfang_desktop.models import Channel, Kind, LabelledEnum, Matter, SourceLevel

from .paper.marks import SpansOf
from .paper.values import read_value, show_value
from .theme import Theme
from .widgets.line import Line
from .widgets.words import label, restyle

NOT_CHOSEN = "（未选）"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Detail:
    """One row; ``asked`` tells whether it is asked for in a matter."""

    path: str
    caption: str
    asked: Callable[[Matter], bool] = lambda _: True


def _is_accusation(matter: Matter) -> bool:
    return matter.petition.kind is Kind.ACCUSATION


def _is_remedy(matter: Matter) -> bool:
    return matter.petition.kind is Kind.REMEDY


DETAILS = (
    Detail("petition.channel", "信访形式"),
    Detail("petition.source_level", "来源"),
    Detail(
        "petition.superior_number",
        "上级编号",
        lambda matter: matter.petition.source_level is SourceLevel.SUPERIOR,
    ),
    Detail("petition.kind", "事项类别"),
    Detail("petition.accused", "被反映人", _is_accusation),
    Detail("petition.confidential", "要求保密", _is_accusation),
    Detail("petition.category", "内容分类"),
    Detail("petition.route", "处理途径", _is_remedy),
    Detail("petition.responsible_body", "责任单位"),
    Detail("petition.handler", "承办人"),
    Detail("petition.accepted_on", "受理日期"),
    Detail("petition.concluded_on", "办结日期"),
    Detail("petition.location", "问题属地"),
    Detail("petition.involved", "涉及人数"),
    Detail("petition.attending", "实到人数"),
    Detail("petition.agent", "代办人", lambda matter: matter.petition.channel is Channel.AGENT),
    Detail("petition.urgent", "重大紧急"),
    Detail(
        "petition.bypassing", "越级走访", lambda matter: matter.petition.channel is Channel.VISIT
    ),
    Detail("petitioner.document_type", "证件种类"),
    Detail("petitioner.unit", "工作单位"),
    Detail("petitioner.anonymous", "匿名"),
)


class Details(QWidget):
    """The rows, each with its editor.

    Signals:
        edited(path): a field of the record was changed by hand.
    """

    edited = Signal(str)

    def __init__(self, theme: Theme, today: date, rows: Sequence[Detail] = DETAILS) -> None:
        super().__init__()
        self._today = today
        self._rows = tuple(rows)
        self._record: Matter | None = None
        self._captions: dict[str, QLabel] = {}
        self._editors: dict[str, QWidget] = {}
        self._grid = QGridLayout(self)
        theme.space(self._grid, gap=6)
        self._grid.setColumnStretch(1, 1)
        for place, row in enumerate(self._rows):
            self._add(place, row)
        self._facts = label("", "small", wrap=True)
        self._grid.addWidget(self._facts, len(self._rows), 1)

    def show_record(self, record: Matter) -> None:
        """Show a record; showing is not editing."""
        self._record = record
        for row in self._rows:
            self._show(row.path)
        self._ask()

    def take_up(self, path: str) -> bool:
        """Put the keyboard on a row; False where there is none."""
        if path not in self._editors or self._editors[path].isHidden():
            return False
        self._editors[path].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def take_first(self) -> None:
        """Put the keyboard on the first row."""
        self.take_up(self._rows[0].path)

    def editor(self, path: str) -> QWidget:
        """Give the editor of a row."""
        return self._editors[path]

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text."""
        return any(one.is_composing for one in self._editors.values() if isinstance(one, Line))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead from row to row."""
        if event.key() in _ENTER:
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            return
        super().keyPressEvent(event)

    def facts_changed(self) -> None:
        """Say again what the identity number tells."""
        if self._record is None:
            return
        person = self._record.petitioner
        facts = read_document(person.document_type, person.document_number)
        told = (facts.sex.label if facts.sex else "", show_value(facts.born_on))
        born = f"{told[1]}生" if told[1] else ""
        words = "，".join(filter(None, (told[0], born)))
        self._facts.setText(f"证件所示：{words}" if words else "")
        self._facts.setVisible(bool(words))

    def mark(self, spans_of: SpansOf | None, *, but: Collection[str] = ()) -> tuple[str, ...]:
        """Mark the captions of the rows in which something is found, and give their paths.

        Rows that are not shown, and those of ``but``, which stand on the paper, are left out.
        """
        shown = {
            path: bind(Matter, path).shown(self._record)
            for path, editor in self._editors.items()
            if self._record is not None and path not in but and not editor.isHidden()
        }
        found = tuple(path for path in shown if spans_of and spans_of(path, shown[path]))
        for path, caption in self._captions.items():
            restyle(caption, "role", "marked" if path in found else "quiet")
        return found

    def _add(self, place: int, row: Detail) -> None:
        binding = bind(Matter, row.path)
        editor = _editor(binding)
        editor.setObjectName(row.path)
        editor.setAccessibleName(row.caption)
        caption = label(row.caption, "quiet")
        caption.setBuddy(editor)
        self._captions[row.path], self._editors[row.path] = caption, editor
        self._grid.addWidget(caption, place, 0)
        self._grid.addWidget(editor, place, 1)
        _listen(editor, partial(self._edited, row.path))

    def _edited(self, path: str) -> None:
        if self._record is None:
            return
        binding = bind(Matter, path)
        value = _value(self._editors[path], binding, self._today)
        binding.write(self._record, value)
        self._ask()
        self.edited.emit(path)

    def _show(self, path: str) -> None:
        assert self._record is not None
        _show(self._editors[path], bind(Matter, path).read(self._record))

    def _ask(self) -> None:
        assert self._record is not None
        for row in self._rows:
            asked = row.asked(self._record)
            self._captions[row.path].setVisible(asked)
            self._editors[row.path].setVisible(asked)
        self.facts_changed()


class CategoryChooser(QWidget):
    """内容分类 on its two levels.

    Signals:
        edited(): another class was chosen.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first, self._second = QComboBox(), QComboBox()
        self._first.setAccessibleName("内容分类一级")
        self._second.setAccessibleName("内容分类二级")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        grid.addWidget(self._first, 0, 0)
        grid.addWidget(self._second, 1, 0)
        self._parts = {category.name: category.parts for category in categories()}
        self._first.addItems([NOT_CHOSEN, *self._parts])
        self._first.activated.connect(self._first_chosen)
        self._second.activated.connect(lambda: self.edited.emit())
        self.setFocusProxy(self._first)

    def text(self) -> str:
        """The category as it is written in a matter."""
        if self._first.currentIndex() <= 0:
            return ""
        second = self._second.currentText() if self._second.currentIndex() > 0 else ""
        return "/".join(filter(None, (self._first.currentText(), second)))

    def show_text(self, category: str) -> None:
        """Show a category, also one that the table does not have."""
        first, _, second = category.partition("/")
        _choose(self._first, first)
        self._offer_second(first)
        _choose(self._second, second)

    def _first_chosen(self) -> None:
        self._offer_second(self._first.currentText())
        self.edited.emit()

    def _offer_second(self, first: str) -> None:
        self._second.clear()
        self._second.addItems([NOT_CHOSEN, *self._parts.get(first, ())])
        self._second.setVisible(bool(self._parts.get(first)))


def _choose(box: QComboBox, text: str) -> None:
    if text and box.findText(text) < 0:
        box.addItem(text)
    box.setCurrentIndex(max(box.findText(text), 0) if text else 0)


def _editor(binding: Binding) -> QWidget:
    if binding.path == "petition.category":
        return CategoryChooser()
    if binding.type is bool:
        return QCheckBox()
    if binding.choices:
        box = QComboBox()
        for choice in binding.choices:
            box.addItem(choice.label, choice)
        if binding.optional:
            box.insertItem(0, NOT_CHOSEN, None)
        return box
    return Line(binding.title)


def _listen(editor: QWidget, tell: Callable[[], object]) -> None:
    match editor:
        case CategoryChooser():
            editor.edited.connect(tell)
        case QCheckBox():
            editor.clicked.connect(lambda: tell())
        case QComboBox():
            editor.activated.connect(lambda: tell())
        case QLineEdit():
            editor.textEdited.connect(lambda: tell())


def _show(editor: QWidget, value: object) -> None:
    match editor:
        case CategoryChooser():
            editor.show_text(str(value or ""))
        case QCheckBox():
            editor.setChecked(bool(value))
        case QComboBox():
            editor.setCurrentIndex(max(editor.findData(value), 0))
        case QLineEdit() if editor.text() != show_value(value):
            editor.setText(show_value(value))


def _value(editor: QWidget, binding: Binding, today: date) -> object:
    match editor:
        case CategoryChooser():
            return editor.text()
        case QCheckBox():
            return editor.isChecked()
        case QComboBox():
            data = editor.currentData()
            return binding.type(data) if isinstance(data, str | LabelledEnum) and data else None
        case QLineEdit():
            return read_value(binding, editor.text(), today).value
    raise TypeError(type(editor).__name__)
