"""What may be chosen for a printer, and for a file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QSpinBox, QWidget

from .look import Look
from .printing import DUPLEX, ONE_SIDED
from .theme import Theme
from .widgets.line import Line
from .widgets.words import button, label

MOST_COPIES = 99


class _Options(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.form = QFormLayout(self)
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.setContentsMargins(0, 0, 0, 0)

        def apply(look: Look) -> None:
            self.form.setHorizontalSpacing(look.px(12))
            self.form.setVerticalSpacing(look.px(8))

        theme.follow(self, apply)


class PrinterOptions(_Options):
    """Copies, which pages, on one side or both, and how the printer is calibrated.

    Signals:
        calibration_requested(): the clerk wants to calibrate this printer.
    """

    calibration_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._copies = _number("份数", 1, MOST_COPIES)
        self._first = _number("从第几页", 1, 1)
        self._last = _number("到第几页", 1, 1)
        self.form.addRow("份数", self._copies)
        row = QHBoxLayout()
        theme.space(row, gap=8)
        for part in (self._first, label("到"), self._last, label("页")):
            row.addWidget(part)
        row.addStretch(1)
        self.form.addRow("第", row)
        self._sides = QComboBox()
        self._sides.setAccessibleName("单面或双面")
        self.form.addRow("单双面", self._sides)
        self._fit = label("", "small", wrap=True)
        fitting = QHBoxLayout()
        theme.space(fitting, gap=8)
        fitting.addWidget(self._fit, 1)
        fitting.addWidget(button("校准…", self.calibration_requested.emit))
        self.form.addRow("校准", fitting)
        self.show_sides([ONE_SIDED])

    @property
    def duplex(self) -> QPrinter.DuplexMode:
        """On one side, or on both."""
        mode = self._sides.currentData()
        return mode if isinstance(mode, QPrinter.DuplexMode) else ONE_SIDED

    def show_sides(self, modes: list[QPrinter.DuplexMode]) -> None:
        """Let one of the ways of this printer be chosen."""
        self._sides.clear()
        for mode in modes:
            self._sides.addItem(DUPLEX[mode], mode)
        self._sides.setEnabled(len(modes) > 1)

    def show_fit(self, words: str) -> None:
        """Show how the printer is calibrated."""
        self._fit.setText(words)

    @property
    def copies(self) -> int:
        """How many copies."""
        return self._copies.value()

    @property
    def pages(self) -> range:
        """Which pages, counted from 1."""
        first, last = sorted((self._first.value(), self._last.value()))
        return range(first, last + 1)

    def show_pages(self, pages: int) -> None:
        """Let all of them be chosen."""
        for number, value in ((self._first, 1), (self._last, pages)):
            number.setMaximum(pages)
            number.setValue(value)
            number.setEnabled(pages > 1)


class FileOptions(_Options):
    """The name and the folder."""

    def __init__(self, theme: Theme, folder: Path, name: str) -> None:
        super().__init__(theme)
        self._name = Line("文件名")
        self._name.setText(name)
        self._folder = Line("文件夹")
        self._folder.setText(str(folder))
        self._ending = label("", "quiet")
        names, places = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (names, (self._name, self._ending)),
            (places, (self._folder, button("更改…", self._change))),
        ):
            theme.space(row, gap=8)
            for part in parts:
                row.addWidget(part)
        self.form.addRow("文件名", names)
        self.form.addRow("文件夹", places)
        self.form.addRow("", label("已有同名文件时，自动加（2），不覆盖。", "small", wrap=True))

    @property
    def name(self) -> str:
        """The name without its ending."""
        return self._name.text().strip()

    @property
    def folder(self) -> Path:
        """The folder."""
        return Path(self._folder.text().strip()).expanduser()

    def set_folder(self, folder: Path) -> None:
        """Offer another folder."""
        self._folder.setText(str(folder))

    def show_ending(self, ending: str) -> None:
        """Show what the file's name ends with."""
        self._ending.setText(ending)

    def _change(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选择文件夹", str(self.folder))
        if chosen:
            self.set_folder(Path(chosen))


def _number(name: str, least: int, most: int) -> QSpinBox:
    number = QSpinBox()
    number.setRange(least, most)
    number.setAccessibleName(name)
    number.setMinimumWidth(72)
    return number
