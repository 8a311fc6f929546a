"""ViewsBar: the views of the ledger in a row, ready-made and kept, each with how many it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from xinfang_desktop.errors import OfficeError

from .desk import Desk
from .widgets.cards import Card
from .widgets.chips import Chips
from .widgets.flow import Flow
from .widgets.line import Line
from .widgets.words import button, label

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Filter
    from xinfang_desktop.casework.views import View

ResultT = TypeVar("ResultT")

ALL = "all"
SPECIAL = "special"
_KEPT = "kept-{id}"
_DELETED = "已删除视图「{name}」"
_SAVED = "已存为视图「{name}」"


class ViewsBar(QWidget):
    """One view is chosen at a time.

    Signals:
        chosen(view): another view is to be shown.
        keeping_wanted(): what is shown now is to be kept as a view.
    """

    chosen = Signal(object)
    keeping_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from xinfang_desktop.casework.views import READY, View

        self._desk = desk
        today = desk.today()
        self._views: dict[str, View] = {
            ready.key: View(ready.title, where=ready.where(today)) for ready in READY
        }
        titles = [(key, view.name) for key, view in self._views.items()]
        self.chips = Chips("视图", [*titles, (SPECIAL, "所选")], desk.theme)
        self.chips.show_choice(SPECIAL, visible=False)
        self.keep_button = button(
            "存为视图", self.keeping_wanted.emit, role="plain", key="Ctrl+Shift+S"
        )
        self.rename_button = button("改名", self.rename, role="plain")
        self.delete_button = button("删除", self.delete, role="plain")
        row = Flow(self)
        desk.theme.space(row, gap=8)
        for part in (self.chips, self.keep_button, self.rename_button, self.delete_button):
            row.addWidget(part)
        self.chips.chosen.connect(self._chosen)
        self._show_tools()

    @property
    def key(self) -> str:
        """The key of the view that is shown."""
        return self.chips.key

    @property
    def view(self) -> View:
        """The view that is shown."""
        return self._views[self.key]

    @property
    def filters(self) -> dict[str, View]:
        """Every view by its key, to be counted."""
        return {key: view for key, view in self._views.items() if key != SPECIAL}

    def refresh(self) -> None:
        """Read the kept views again; what day it is may have changed as well."""
        from xinfang_desktop.casework.views import READY, View, views

        today = self._desk.today()
        for ready in READY:
            self._views[ready.key] = View(ready.title, where=ready.where(today))
        kept = {_KEPT.format(id=view.id): view for view in self._desk.read(views)}
        for key in [key for key in self._views if key.startswith("kept-") and key not in kept]:
            del self._views[key]
            self.chips.take_away(key)
        for key, view in kept.items():
            self._views[key] = view
            self.chips.offer(key, view.name)
        self._show_tools()

    def show_special(self, title: str, where: Filter) -> str:
        """Show exactly these matters, under a title; a view that does so already is chosen."""
        from xinfang_desktop.casework.views import View

        known = (key for key, view in self._views.items() if _shows(view, where))
        key = next(known, SPECIAL)
        if key == SPECIAL:
            self._views[SPECIAL] = View(title, where=where)
            self.chips.rename(SPECIAL, title)
        self.mark(key)
        return key

    def mark(self, key: str) -> None:
        """Show that a view is chosen, and announce nothing."""
        self.chips.show_choice(SPECIAL, visible=key == SPECIAL)
        self.chips.mark(key)
        self._show_tools()

    def keep(self, view: View) -> None:
        """Ask for a name and keep what is shown under it; a view's own name changes that view."""
        own = self.view if self.view.id is not None else None
        dialog = NameDialog(self._desk, own.name if own else "", self)

        def save(name: str) -> None:
            same = own is not None and own.name == name
            self._save(replace(view, name=name, id=own.id if same and own else None), dialog)

        dialog.named.connect(save)
        dialog.open()

    def rename(self) -> None:
        """Give the view that is shown another name."""
        view_id = self.view.id
        if view_id is None:
            return
        dialog = NameDialog(self._desk, self.view.name, self)

        def save(name: str) -> None:
            from xinfang_desktop.casework.views import rename_view

            dialog.attempt(lambda: self._desk.do(lambda s: rename_view(s, view_id, name)))
            self.refresh()

        dialog.named.connect(save)
        dialog.open()

    def delete(self) -> None:
        """Throw the view that is shown away, and offer to have it back."""
        from xinfang_desktop.casework.views import delete_view

        view_id = self.view.id
        if view_id is None:
            return
        gone = self._desk.attempt(lambda session: delete_view(session, view_id))
        if gone is None:
            return
        self.mark(ALL)
        self.refresh()
        self.chosen.emit(self.view)
        self._desk.told_undoable.emit(
            _DELETED.format(name=gone.name), lambda: self._bring_back(replace(gone, id=None))
        )

    def _bring_back(self, view: View) -> None:
        from xinfang_desktop.casework.views import save_view

        if self._desk.attempt(lambda session: save_view(session, view)) is not None:
            self.refresh()

    def _save(self, view: View, dialog: NameDialog) -> None:
        from xinfang_desktop.casework.views import save_view

        kept = dialog.attempt(lambda: self._desk.do(lambda session: save_view(session, view)))
        if kept is not None:
            self.refresh()
            self.mark(_KEPT.format(id=kept.id))
            self._desk.told.emit(_SAVED.format(name=kept.name))
            self.chosen.emit(self.view)

    def _chosen(self, key: str) -> None:
        self.mark(key)
        self.chosen.emit(self._views[key])

    def _show_tools(self) -> None:
        from xinfang_desktop.models import Right

        may = self._desk.may(Right.WORK)
        is_kept = may and self.chips.key.startswith("kept-")
        self.keep_button.setVisible(may)
        self.rename_button.setVisible(is_kept)
        self.delete_button.setVisible(is_kept)


def _shows(view: View, where: Filter) -> bool:
    return view.where == where and not view.words and view.id is None


class NameDialog(QDialog):
    """Asks what a view is to be called; a name that is refused says why.

    Signals:
        named(name): this is the name.
    """

    named = Signal(str)

    def __init__(self, desk: Desk, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("视图的名称")
        self.setProperty("help", "ledger")
        self.line = Line("视图的名称", "如：城建未办结")
        self.line.setText(name)
        self.line.selectAll()
        self.warning = label("", "warning", wrap=True)
        self.warning.hide()
        self.act = button("保存", self._name, role="strong", key="Enter")
        self.line.entered.connect(self._name)
        card = Card(desk.theme, "视图的名称")
        card.column.addWidget(label("保存现在的查找词、筛选、各栏和排序。", "quiet", wrap=True))
        card.column.addWidget(self.line)
        card.column.addWidget(self.warning)
        foot = QHBoxLayout()
        desk.theme.space(foot, gap=8)
        foot.addStretch(1)
        foot.addWidget(button("取消", self.reject, key="Esc"))
        foot.addWidget(self.act)
        card.column.addLayout(foot)
        outside = QHBoxLayout(self)
        desk.theme.space(outside, 16)
        outside.addWidget(card)
        desk.theme.follow(self, lambda look: self.setMinimumWidth(look.px(420)))
        self.finished.connect(self.deleteLater)

    def attempt(self, act: Callable[[], ResultT]) -> ResultT | None:
        """Do what the name is for and close; a refusal is told here."""
        try:
            done = act()
        except OfficeError as error:
            self.warning.setText(f"！{error.sentence}")
            self.warning.show()
            self.line.setFocus()
            return None
        self.accept()
        return done

    def _name(self) -> None:
        self.named.emit(self.line.text().strip())
