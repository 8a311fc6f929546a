"""The hand at the window: everything by key events, as a clerk without a mouse works."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.pdf_reading import text_by_pdfium
from tests.stories.hands import Registered
from tests.ui.keyboard import CTRL, SHIFT, focus, parts, press, write
from xinfang_desktop.casework import matters
from xinfang_desktop.forms.letter import Letter
from xinfang_desktop.models import Action
from xinfang_desktop.ui.asked import Asked, AskedChoice
from xinfang_desktop.ui.main_window import MainWindow
from xinfang_desktop.ui.matter_page import MatterPage
from xinfang_desktop.ui.print_dialog import PrintDialog

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
_FAR = 80
_FIELDS = {
    "来源": "petition.source_level",
    "上级编号": "petition.superior_number",
    "类别": "petition.kind",
    "被反映人": "petition.accused",
    "处理途径": "petition.route",
}
"""The fields beside the paper that a story may name, in the order in which they stand."""


class WindowHand:
    """One clerk at one window."""

    def __init__(self, window: MainWindow, qtbot: QtBot, folder: Path) -> None:
        self._window, self._qtbot, self._folder = window, qtbot, folder
        self.papers: list[str] = []
        window.desk.preferences.keep(export_folder=str(folder), printer=".pdf")

    # doing

    def call_superior(self, name: str) -> None:
        """Name the superior bureau, in the settings."""
        desk = self._window.desk
        profile = desk.office.model_copy(update={"superior_bureau": name})
        desk.do(lambda session: matters.save_office_profile(session, profile))

    def register(self, given: Registered) -> None:
        """Ctrl+N, type, Ctrl+S."""
        press(Qt.Key.Key_N, CTRL, on=self._window)
        self._fill("petitioner.name", given.name)
        self._fill("petitioner.phone", "13800001234")
        self._fill("petitioner.address", "灵芝街道解放村88号")
        self._fill("petition.received_on", f"{given.on:%Y%m%d}")
        self._fill("petition.claim", given.claim)
        self._fill("petition.channel", given.channel)
        for title, path in _FIELDS.items():
            if title in given.clauses:
                self._fill(path, given.clauses[title])
        press(Qt.Key.Key_S, CTRL)

    def act(self, act: str, on: date, by: str, clauses: Mapping[str, str]) -> None:
        """F10, or F11 and its letter; then blank after blank, and Ctrl+Enter."""
        self._open(act)
        panel = self._page.acting.panel
        given = {**clauses, "日期": f"{on.month}-{on.day}"}
        if by:
            given[panel.blank("by").title] = by
        self._walk_to(_blanks(panel)[0], back=True)
        seen: list[Asked] = []
        while (blank := next((one for one in _blanks(panel) if one not in seen), None)) is not None:
            self._walk_to(blank)
            if blank.title in given:
                self._answer(blank, given.pop(blank.title))
            seen.append(blank)
        assert not given, f"“{act}”不问{'、'.join(given)}"
        press(ENTER, CTRL)
        assert not panel.isVisible() or panel.concern, panel.trouble

    def confirm(self, words: str) -> None:
        """Enter on the button that the question puts the keyboard on."""
        assert focus().accessibleName() == words
        press(ENTER)
        assert not self._page.acting.is_open

    def take_back(self) -> None:
        """F11, End, Enter."""
        press(Qt.Key.Key_F11, on=self._page)
        assert self._page.acting.offers.listed[-1] is Action.TAKE_BACK
        press(Qt.Key.Key_End)
        press(ENTER)

    def why_not(self, act: str) -> str:
        """F11, and read what stands at it."""
        press(Qt.Key.Key_F11, on=self._page)
        offers = self._page.acting.offers
        row = [action.label for action in offers.listed].index(act)
        item = offers.list.item(row)
        told = str(item.data(Qt.ItemDataRole.AccessibleTextRole))
        press(ESC)
        return told

    def write_on_paper(self, paper: str, title: str, words: str) -> None:
        """F3, the paper, its blank; then Ctrl+S."""
        page = self._page
        self._choose_paper(paper)
        letter = page.view.paper
        assert isinstance(letter, Letter)
        path = next(letter.path(part) for part in letter.written if part.title == title)
        page.view.take_up(page.view.form.paths[0])
        self._reach(path)
        press(Qt.Key.Key_A, CTRL)
        write(words)
        press(Qt.Key.Key_S, CTRL)

    def print(self, paper: str) -> str:
        """Ctrl+P and Enter, into a PDF; the paper is issued by it."""
        page = self._page
        if page.view.paper.title != paper:
            self._choose_paper(paper)
        before = set(self._folder.iterdir())
        press(Qt.Key.Key_P, CTRL, on=page)
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PrintDialog))
        self._qtbot.waitUntil(dialog.act.isEnabled)
        with self._qtbot.waitSignal(dialog.printed, raising=False) as went:
            press(ENTER, on=dialog)
        assert went.signal_triggered, dialog.warning.text()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._window.activateWindow()
        self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        [made] = set(self._folder.iterdir()) - before
        text = text_by_pdfium(made.read_bytes())
        self.papers.append(text)
        return text

    # looking

    @property
    def stage(self) -> str:
        """The word of the head, which is also the present stage of the bar."""
        bar = self._page.way.bar.accessibleDescription()
        return bar.partition("现在：")[2].partition("，")[0]

    @property
    def following(self) -> str:
        """The words on the one strong button."""
        button = self._page.way.next
        return button.accessibleName().removeprefix("下一步：") if button.isVisible() else ""

    @property
    def offered(self) -> list[str]:
        """What F11 lists."""
        press(Qt.Key.Key_F11, on=self._page)
        listed = [action.label for action in self._page.acting.offers.listed]
        press(ESC)
        return listed

    @property
    def history(self) -> str:
        """Everything that stands under 经过."""
        page = self._page
        page.show_view("history")
        told = "\n".join(part.text() for part in parts(page.history, QLabel))
        press(ESC, on=page)
        return told

    # by key

    @property
    def _page(self) -> MatterPage:
        page = self._window.page("matter")
        assert isinstance(page, MatterPage)
        return page

    def _open(self, act: str) -> None:
        page = self._page
        if self.following == act:
            press(Qt.Key.Key_F10, on=page)
        else:
            press(Qt.Key.Key_F11, on=page)
            listed = [action.label for action in page.acting.offers.listed]
            assert act in listed, f"现在只能办{'、'.join(listed)}"
            press(Qt.Key(ord("A") + listed.index(act)))
        assert page.acting.panel.action is not None
        assert page.acting.panel.action.label == act

    def _answer(self, blank: Asked, value: str) -> None:
        if isinstance(blank, AskedChoice):
            place = [choice.label for choice in blank.choices].index(value)
            press(Qt.Key(ord("1") + place))
            return
        press(Qt.Key.Key_A, CTRL)
        for place, line in enumerate(value.split("\\n")):
            if place:
                press(ENTER, SHIFT)
            write(line)

    def _walk_to(self, blank: Asked, *, back: bool = False) -> None:
        key = Qt.Key.Key_Backtab if back else ENTER
        self._until(lambda: blank.isAncestorOf(focus()), lambda: press(key))

    def _fill(self, path: str, value: str) -> None:
        self._reach(path)
        here = focus()
        if isinstance(here, QComboBox):
            press(Qt.Key.Key_Home)
            self._until(lambda: here.currentText() == value, lambda: press(Qt.Key.Key_Down))
            return
        press(Qt.Key.Key_A, CTRL)
        write(value)

    def _reach(self, path: str) -> None:
        """Walk from blank to blank with Enter until the keyboard is on this one."""
        self._until(lambda: focus().objectName() == path, _go_on)

    def _choose_paper(self, title: str) -> None:
        page = self._page
        press(Qt.Key.Key_F3, on=page)
        listed = page.papers.view()
        press(Qt.Key.Key_Home, on=listed)
        self._until(
            lambda: listed.currentIndex().data() == title, lambda: press(Qt.Key.Key_Down, on=listed)
        )
        press(ENTER, on=listed)
        assert page.view.paper.title == title

    def _until(self, is_so: Callable[[], bool], step: Callable[[], object]) -> None:
        for _ in range(_FAR):
            if is_so():
                return
            step()
        raise AssertionError(f"走不到，停在{focus().accessibleName() or focus().objectName()}")


def _go_on() -> None:
    here = focus()
    press(ENTER, CTRL if isinstance(here, QPlainTextEdit) else Qt.KeyboardModifier.NoModifier)


def _blanks(panel: QWidget) -> list[Asked]:
    """The blanks as they stand, the last ones being who, on which day, at what time."""
    found = [one for one in parts(panel, Asked) if one.isVisible()]
    places = {one: one.mapTo(panel, QPoint()) for one in found}
    return sorted(found, key=lambda one: (places[one].y(), places[one].x()))
