"""CalibrationDialog (打印校准): print the page of rulers, type in four measures, and it is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from xinfang_desktop.errors import OfficeError
from xinfang_desktop.forms.calibration import QUESTIONS, Fit, Measures, calibration_page, fit_from

from . import printing
from .desk import Desk
from .printer_fits import PrinterFits
from .widgets.cards import Card
from .widgets.words import button, label

TITLE = "打印校准"
_HOW = (
    "先打印校准页，用直尺量纸上标出的四处，把量得的毫米数填在下面。"
    "以后在这台打印机上打印的每一页都会照此摆正。"
)
_SENT = "校准页已送打印机。"
_KEPT = "「{name}」已校准：{fit}。"
_NONE = "不校准，按原样打印"


class CalibrationDialog(QDialog):
    """Calibrates one printer.

    Signals:
        calibrated(fit): a new correction is kept.
    """

    calibrated = Signal(object)

    def __init__(
        self, desk: Desk, fits: PrinterFits, printer: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._fits = fits
        self._printer = printer
        self.setWindowTitle(f"{TITLE} {printer}")
        self.message = label(told(fits.of(printer)), "quiet", wrap=True)
        self.warning = label("", "warning_box", wrap=True)
        self.fields = {
            name: _millimetres(f"{sign} {where}", due) for name, sign, where, due in QUESTIONS
        }
        self._lay_out()

    def print_page(self) -> None:
        """Print the page of rulers, as it is."""
        name = self._printer
        work = partial(_print_page, name)
        self._desk.background.run(work, lambda _: self.message.setText(_SENT), self._refused)

    def keep(self) -> None:
        """Work out the correction and keep it."""
        measures = Measures(**{name: field.value() for name, field in self.fields.items()})
        try:
            self._settle(fit_from(measures))
        except OfficeError as error:
            self._refused(error.sentence)

    def forget(self) -> None:
        """Print as drawn from now on."""
        self._settle(Fit())

    def _settle(self, fit: Fit) -> None:
        self._fits.keep(self._printer, fit)
        self._desk.told.emit(_KEPT.format(name=self._printer, fit=told(fit)))
        self.calibrated.emit(fit)
        self.accept()

    def _refused(self, sentence: str) -> None:
        self.warning.setText(f"！{sentence}")
        self.warning.show()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        card = Card(theme)
        card.column.addWidget(label(f"{TITLE}　{self._printer}", "heading", wrap=True))
        card.column.addWidget(label(_HOW, wrap=True))
        card.column.addWidget(button("打印校准页", self.print_page))
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for name, sign, where, due in QUESTIONS:
            form.addRow(f"{sign}　{where}（应为 {due:g}）", self.fields[name])
        card.column.addLayout(form)
        card.column.addWidget(self.message)
        card.column.addWidget(self.warning)
        card.column.addLayout(self._foot())
        outside = QVBoxLayout(self)
        theme.space(outside, 16)
        outside.addWidget(card)
        self.warning.hide()
        theme.follow(self, lambda look: self.setFixedWidth(look.px(560)))

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self._desk.theme.space(foot, gap=8)
        foot.addWidget(button(_NONE, self.forget))
        foot.addStretch(1)
        foot.addWidget(button("取消", self.reject, key="Esc"))
        keep = button("保存校准", self.keep, role="strong", key="Enter")
        keep.setDefault(True)
        foot.addWidget(keep)
        return foot


def told(fit: Fit) -> str:
    """Say a correction in words."""
    if fit == Fit():
        return "未校准，按原样打印"
    sideways = f"向{'右' if fit.dx >= 0 else '左'}移 {abs(fit.dx):g} 毫米"
    down = f"向{'下' if fit.dy >= 0 else '上'}移 {abs(fit.dy):g} 毫米"
    return f"{sideways}，{down}，大小 {fit.scale:.1%}"


def _print_page(name: str) -> str:
    printing.print_on(name, calibration_page(name), TITLE, copies=1, pages=None)
    return name


def _millimetres(name: str, due: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0, 400)
    field.setDecimals(1)
    field.setSingleStep(0.5)
    field.setSuffix(" 毫米")
    field.setValue(due)
    field.setAccessibleName(name)
    return field
