"""FilterBar: what every matter has one of, each as a quiet button that opens its values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .theme import Theme
from .widgets.flow import Flow
from .widgets.words import button, label, restyle

if TYPE_CHECKING:
    from xinfang_desktop.casework.filters import Facet, Filter

OTHERS = "others"
_OTHERS_TITLE = "其他"
_ROW_HEIGHT = 30
_MOST_ROWS = 12
_COUNTING = "正在数…"
_NONE = "这里没有可选的"
_KEYS = "空格 勾选 · Enter 用上 · Esc 收起"
_TOGGLES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CODE = Qt.ItemDataRole.UserRole


class FilterBar(QWidget):
    """The buttons in a row, and a way to let everything through again.

    Signals:
        changed(): the list is to be narrowed otherwise.
        counts_wanted(key): the values of this facet are shown and are to be counted.
    """

    changed = Signal()
    counts_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from xinfang_desktop.casework.filters import FACETS, FLAGS

        self._flags = FLAGS
        self.setAccessibleName("筛选")
        self._theme = theme
        self._facets = {facet.key: facet for facet in FACETS}
        self._chosen: dict[str, tuple[str, ...]] = {}
        self._buttons: dict[str, QPushButton] = {}
        self.values = Values(theme, self)
        row = Flow(self)
        theme.space(row, gap=8)
        for key, title in (*((one.key, one.title) for one in FACETS), (OTHERS, _OTHERS_TITLE)):
            row.addWidget(self._button(key, title))
        self.clear_button = button("清除筛选", self.clear, role="plain", key="Alt+0")
        row.addWidget(self.clear_button)
        self.values.decided.connect(self._decide)
        self._show()

    @property
    def where(self) -> Filter:
        """What the list is narrowed to."""
        flags = {flag: True for flag in self._chosen.get(OTHERS, ())}
        facets = {key: values for key, values in self._chosen.items() if key != OTHERS}
        return cast("Filter", {**facets, **flags})

    @property
    def words(self) -> str:
        """What the list is narrowed to, as it is read."""
        return "　".join(
            f"{self._title(key)}：{self._told(key)}"
            for key, chosen in self._chosen.items()
            if chosen
        )

    def clear(self) -> None:
        """Let everything through."""
        if any(self._chosen.values()):
            self._chosen.clear()
            self._show()
            self.changed.emit()

    def forget(self) -> None:
        """Let everything through, and announce nothing."""
        self._chosen.clear()
        self._show()

    def choose(self, key: str, values: tuple[str, ...]) -> None:
        """Narrow the list by a facet."""
        self._decide(key, values)

    def text(self, key: str) -> str:
        """Give what a button reads."""
        return self._buttons[key].text()

    def open(self, key: str) -> None:
        """Show the values of a facet below its button."""
        facet = self._facets.get(key)
        known = [(flag, title) for flag, title in self._flags.items()] if facet is None else []
        self.values.show_for(self._buttons[key], key, known, self._chosen.get(key, ()))
        self.counts_wanted.emit(key)

    def show_counts(self, key: str, counts: Mapping[str, int]) -> None:
        """Show how many each value of a facet has, where that facet is open."""
        if self.values.key != key or self.values.isHidden():
            return
        facet = self._facets.get(key)
        if facet is None:
            titled = [(flag, title, counts.get(flag, 0)) for flag, title in self._flags.items()]
        else:
            titled = [(code, facet.label(code), counts[code]) for code in _ordered(facet, counts)]
        self.values.fill(titled)

    def _button(self, key: str, title: str) -> QPushButton:
        made = QPushButton()
        made.setObjectName(key)
        made.setProperty("role", "chip")
        made.setAutoDefault(False)
        made.setCheckable(True)
        made.clicked.connect(partial(self._clicked, key))
        self._buttons[key] = made
        return made

    def _clicked(self, key: str) -> None:
        self._show()
        self.open(key)

    def _decide(self, key: str, values: tuple[str, ...]) -> None:
        if values != self._chosen.get(key, ()):
            self._chosen[key] = values
            if not values:
                del self._chosen[key]
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for key, made in self._buttons.items():
            chosen = self._chosen.get(key, ())
            told = f"{self._title(key)}：{self._told(key)}" if chosen else self._title(key)
            made.setText(f"{told} ▾")
            made.setAccessibleName(f"筛选 {told}")
            made.setChecked(bool(chosen))
        self.clear_button.setVisible(bool(self._chosen))

    def _title(self, key: str) -> str:
        return self._facets[key].title if key in self._facets else _OTHERS_TITLE

    def _told(self, key: str) -> str:
        chosen = self._chosen.get(key, ())
        facet = self._facets.get(key)
        labels = [facet.label(code) if facet else self._flags[code] for code in chosen]
        return "、".join(labels) if len(labels) < 3 else f"{labels[0]}等{len(labels)}项"


def _ordered(facet: Facet, counts: Mapping[str, int]) -> list[str]:
    """Give the values in their own order, else the months latest first and the rest by number."""
    listed = [choice.value for choices in facet.choices for choice in choices]
    if listed:
        return [code for code in dict.fromkeys((*listed, "")) if code in counts]
    if facet.key == "months":
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda code: (code == "", -counts[code], code))


class Values(QFrame):
    """The values of one facet below its button, to be ticked.

    Signals:
        decided(key, values): these are ticked now.
    """

    decided = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.key = ""
        self._theme = theme
        self._ticked: tuple[str, ...] = ()
        self.setObjectName("suggestions")
        self.list = QListWidget()
        self.list.setAccessibleName("可选的值")
        self.list.setProperty("role", "inside")
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._toggle)
        self.hint = label(_COUNTING, "small")
        column = QVBoxLayout(self)
        theme.space(column, 6, gap=4)
        column.addWidget(self.list)
        column.addWidget(self.hint)

    def show_for(
        self, below: QWidget, key: str, known: list[tuple[str, str]], ticked: tuple[str, ...]
    ) -> None:
        """Open below a button; the values come when they are counted."""
        self.key, self._ticked = key, ticked
        self.list.clear()
        self.hint.setText(_COUNTING)
        for code, title in known:
            self._add(code, title)
        self._size()
        self.move(below.mapToGlobal(QPoint(0, below.height() + self._theme.px(2))))
        self.show()
        self.list.setFocus()

    def fill(self, titled: list[tuple[str, str, int]]) -> None:
        """Show the values with their numbers; the bar stays where it was."""
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for code, title, number in titled:
            self._add(code, f"{title}　{number}")
        self.hint.setText(_KEYS if titled else _NONE)
        self.list.setCurrentRow(min(row, len(titled) - 1))
        self._size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space ticks, Enter uses what is ticked (or the one the bar is on), Esc puts away."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
            if event.key() in _TOGGLES and (item := self.list.currentItem()):
                self._key(item, is_space=event.key() == Qt.Key.Key_Space)
                return True
        return super().eventFilter(watched, event)

    def _key(self, item: QListWidgetItem, *, is_space: bool) -> None:
        if is_space:
            self._toggle(item)
            return
        if not self._ticked:
            self._toggle(item)
        self.hide()

    def _toggle(self, item: QListWidgetItem) -> None:
        code = str(item.data(_CODE))
        others = tuple(one for one in self._ticked if one != code)
        self._ticked = others if code in self._ticked else (*others, code)
        self._tick(item, code)
        self.decided.emit(self.key, self._ticked)

    def _add(self, code: str, text: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_CODE, code)
        item.setSizeHint(QSize(0, self._theme.px(_ROW_HEIGHT)))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        self._tick(item, code)
        self.list.addItem(item)

    def _tick(self, item: QListWidgetItem, code: str) -> None:
        ticked = code in self._ticked
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _size(self) -> None:
        rows = min(max(self.list.count(), 1), _MOST_ROWS)
        self.list.setFixedHeight(rows * self._theme.px(_ROW_HEIGHT) + 4)
        self.list.setFixedWidth(max(self.list.sizeHintForColumn(0) + 40, self._theme.px(220)))
        restyle(self, "state", "open")
        self.adjustSize()
