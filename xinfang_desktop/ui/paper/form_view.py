"""FormView: a record edited in the shape of its paper.

The sheet is composed anew at every change, exactly as it will be printed, and drawn beneath the
editors; so what is seen is what comes out, line for line, down to the 续页.
"""

from collections.abc import Sequence
from datetime import date
from typing import assert_never

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from xinfang_desktop.forms.binding import Binding
from xinfang_desktop.forms.definition import AnyCell, Choice, Form, Label, Line, Signature, Text
from xinfang_desktop.forms.faces import Face
from xinfang_desktop.forms.letter import Letter, Prose
from xinfang_desktop.forms.papers import AnyPaper, compose_paper
from xinfang_desktop.forms.sheet import LINE_HEIGHT, MM_PER_POINT, Box, Page, Sheet
from xinfang_desktop.models import Matter, Problem, Weight
from xinfang_desktop.ui.look import Look
from xinfang_desktop.ui.theme import Theme

from .editors import ChoiceBlank, LineBlank, TextBlank
from .ink import Ink, editing_font
from .marks import Mark, SpansOf, Strip, marks, path_of
from .values import read_value, show_value

PIXELS_IN_MILLIMETRE = 3.3
"""The paper at 100 %."""

_EDGE = 24
_GAP = 1.0
_ASIDE = 4
"""Pixels between a blank and the hint beside it."""

_MARKS = {Weight.MISSING: "warning", Weight.ADVICE: "warning", Weight.LAW: "accent"}
_STYLE = """
QLineEdit[role="blank"], QPlainTextEdit[role="blank"] {{ background: transparent; border: none;
  border-radius: 0; padding: 0 3px; min-height: 0; color: {ink}; }}
QLineEdit[role="blank"]:focus, QPlainTextEdit[role="blank"]:focus {{ background: {paper};
  border: 2px solid {frame}; padding: 0 1px; }}
"""

Blank = LineBlank | TextBlank | ChoiceBlank


class FormView(QWidget):
    """The pages of one form, with an editor for each blank.

    Signals:
        edited(path): a field of the record was changed by hand.
        composed(sheet): the sheet was laid out anew.
        entered(path): this blank is in hand now.
        passed_end(): the clerk went on from the last blank.
    """

    edited = Signal(str)
    composed = Signal(object)
    entered = Signal(str)
    passed_end = Signal()

    def __init__(
        self,
        form: AnyPaper,
        record: Matter,
        *,
        today: date,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form = form
        self._record = record
        self._today = today
        self._theme = theme
        self._scale = PIXELS_IN_MILLIMETRE
        self._troubles: dict[str, str] = {}
        self._problems: dict[str, Problem] = {}
        self._read_only = False
        self._spans_of: SpansOf | None = None
        self._found: tuple[Mark, ...] = ()
        self._found_at = -1
        self._editors: dict[str, Blank] = {}
        self._in_hand = ""
        self._touched: set[str] = set()
        self._sizes: dict[Blank, int] = {}
        self._bubble = QLabel(self)
        self._bubble.setProperty("role", "warning_box")
        self._bubble.hide()
        self._sheet = compose_paper(form, record)
        self._make_editors()
        theme.follow(self, self._put_on)

    # what it holds

    @property
    def paper(self) -> AnyPaper:
        """The paper that is shown."""
        return self._form

    @property
    def record(self) -> Matter:
        """The record being edited."""
        return self._record

    @property
    def sheet(self) -> Sheet:
        """The paper as it would be printed now."""
        return self._sheet

    @property
    def is_composing(self) -> bool:
        """Whether the input method still holds text that has not been decided."""
        return any(editor.is_composing for editor in self._editors.values())

    @property
    def paths(self) -> tuple[str, ...]:
        """The blanks in reading order."""
        return tuple(self._editors)

    def editor(self, path: str) -> Blank:
        """Give the editor of a blank."""
        return self._editors[path]

    def show_record(self, record: Matter) -> None:
        """Show another record, or the same one again; showing is not editing."""
        if record is not self._record:
            self._touched.clear()
        self._record = record
        self._troubles.clear()
        for path, editor in self._editors.items():
            editor.show_text(show_value(self._form.bindings[path].read(record)))
        self.compose_again()

    def set_read_only(self, read_only: bool) -> None:
        """Let the blanks be looked at only."""
        self._read_only = read_only
        for editor in self._editors.values():
            editor.setEnabled(not read_only)
        self.update()

    def set_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the blanks that lack something or are doubtful."""
        self._problems = {problem.path: problem for problem in reversed(problems)}
        for path, editor in self._editors.items():
            editor.setToolTip(self._said_of(path))
        self._place_bubble()
        self.update()

    @property
    def troubles(self) -> list[Problem]:
        """Give what was typed and could not be read."""
        return [Problem(path, text) for path, text in self._troubles.items()]

    @property
    def advice(self) -> str:
        """What is said of the blank in hand."""
        return self._bubble.text() if self._bubble.isVisibleTo(self) else ""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The places that are marked, in reading order."""
        return self._found

    def mark(self, spans_of: SpansOf | None) -> None:
        """Mark what was looked for wherever it stands in a blank; None marks nothing any more."""
        self._spans_of, self._found_at = spans_of, -1
        self._find_marks()
        self.update()

    def show_mark(self, place: int) -> None:
        """Bring a place into sight, and frame it; -1 frames none."""
        self._found_at = place
        area = self._area
        if 0 <= place < len(self._found) and area is not None:
            strip = self._on_screen(self._found[place][0]).center().toPoint()
            area.ensureVisible(strip.x(), strip.y(), 50, self._theme.px(96))
        self.update()

    def take_up(self, path: str) -> bool:
        """Put the blank of ``path`` in hand; False where this paper has none."""
        editor = self._editors.get(path)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def point_out(self, path: str) -> None:
        """Say what a blank lacks although nobody touched it yet: it was asked for."""
        self._touched.add(path)
        self._place_bubble()

    # editors

    def _make_editors(self) -> None:
        match self._form:
            case Form():
                for cell in self._form.cells:
                    self._add_cell(cell)
            case Letter():
                for part in self._form.written:
                    blank = TextBlank(self) if isinstance(part, Prose) else LineBlank(self)
                    self._add(self._form.path(part), blank)
            case _:
                assert_never(self._form)
        editors = list(self._editors.values())
        for before, after in zip(editors, editors[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _add_cell(self, cell: AnyCell) -> None:
        match cell:
            case Line(path=path):
                self._add(path, LineBlank(self))
            case Text(path=path):
                self._add(path, TextBlank(self))
            case Choice(path=path):
                self._add(path, ChoiceBlank(self._form.bindings[path].choices, self))
            case Label() | Signature():
                return
            case _:
                assert_never(cell)

    def _add(self, path: str, editor: Blank) -> None:
        binding = self._form.bindings[path]
        editor.setObjectName(path)
        editor.setAccessibleName(binding.title)
        editor.show_text(show_value(binding.read(self._record)))
        editor.edited.connect(lambda: self._read(path))
        editor.left.connect(lambda step: self._leave(path, step))
        editor.entered.connect(lambda: self._enter(path))
        self._editors[path] = editor

    def _read(self, path: str) -> None:
        editor, binding = self._editors[path], self._form.bindings[path]
        self._touched.add(path)
        if isinstance(editor, ChoiceBlank):
            binding.write(self._record, editor.chosen)
        else:
            self._take(binding, editor.text())
        self.compose_again()
        self.edited.emit(path)

    def _take(self, binding: Binding, text: str) -> None:
        reading = read_value(binding, text, self._today)
        self._troubles.pop(binding.path, None)
        if reading.trouble:
            self._troubles[binding.path] = reading.trouble
        value = "" if reading.value is None and binding.type is str else reading.value
        binding.write(self._record, value)

    def _leave(self, path: str, step: int) -> None:
        paths = self.paths
        index = paths.index(path) + step
        if index >= len(paths):
            self.passed_end.emit()
        elif index >= 0:
            self.take_up(paths[index])

    def _enter(self, path: str) -> None:
        editor = self._editors[path]
        if self._in_hand != path:
            self._touched.add(self._in_hand)
        self._in_hand = path
        if isinstance(editor, LineBlank):
            if path not in self._troubles:
                editor.show_text(show_value(self._form.bindings[path].read(self._record)))
            if self._form.bindings[path].type is str:
                editor.end(False)
            else:
                editor.selectAll()
        self._show_whole(editor)
        self._place_bubble()
        self.entered.emit(path)

    def _show_whole(self, editor: QWidget) -> None:
        if (area := self._area) is not None:
            area.ensureWidgetVisible(editor, 0, self._theme.px(48))

    @property
    def _area(self) -> QScrollArea | None:
        """What the paper is scrolled in."""
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport else None
        return area if isinstance(area, QScrollArea) else None

    # laying out

    def compose_again(self) -> None:
        """Lay the sheet out from the record as it is now."""
        self._sheet = compose_paper(self._form, self._record)
        self._find_marks()
        self._arrange()
        self.composed.emit(self._sheet)

    def fit_width(self, width: int) -> None:
        """Make the paper as wide as ``width`` pixels allow, near its size at this look."""
        usual = PIXELS_IN_MILLIMETRE * self._theme.look.size / 100
        scale = min(max((width - 2 * _EDGE) / self._sheet.width, 2.6), usual * 1.12)
        if abs(scale - self._scale) > 0.01:
            self._scale = scale
            self._arrange()

    @property
    def head_offset(self) -> int:
        """How far down the title begins, in pixels, with a little air above it."""
        return max(round((self._sheet.margins.top - 7) * self._scale), 0)

    def _arrange(self) -> None:
        pages = len(self._sheet.pages)
        size = QSize(
            round(self._sheet.width * self._scale) + 2 * _EDGE,
            round(self._sheet.height * self._scale + _EDGE) * pages + _EDGE,
        )
        self.setFixedSize(size)
        for number, page in enumerate(self._sheet.pages):
            for box in page.boxes:
                if path := path_of(box):
                    self._fit(self._editors[path], box, number)
        self._place_bubble()
        self.update()

    def _fit(self, editor: Blank, box: Box, page: int) -> None:
        editor.setGeometry(self._inner(box, page))
        em = box.size * MM_PER_POINT * self._scale
        match editor:
            case ChoiceBlank():
                editor.place(self._places(box, editor.geometry().topLeft(), page))
            case _:
                font = editing_font(em)
                if font.pixelSize() != self._sizes.get(editor):
                    self._sizes[editor] = font.pixelSize()
                    editor.setFont(font)
                    editor.setStyleSheet(f"font-size: {font.pixelSize()}px;")

    def _inner(self, box: Box, page: int) -> QRect:
        gap = _GAP * self._scale if box.ruled else 0.0
        captioned = isinstance(box.cell, Text) and box.cell.caption
        drop = box.size * MM_PER_POINT * LINE_HEIGHT * self._scale if captioned else 0.0
        corner = self._corner(page)
        rect = QRectF(
            corner.x() + box.x * self._scale + gap,
            corner.y() + box.y * self._scale + gap + drop,
            box.width * self._scale - 2 * gap,
            box.height * self._scale - 2 * gap - drop,
        )
        return rect.toRect()

    def _places(self, box: Box, origin: QPoint, page: int) -> list[QRectF]:
        """Find where each choice stands: from its first character to its tick box."""
        places: list[QRectF] = []
        corner = self._corner(page)
        for line in box.lines:
            x = start = line.x
            for piece in line.pieces:
                x += piece.width
                if piece.face is Face.BOX:
                    left = corner.x() + start * self._scale - origin.x()
                    height = line.size * MM_PER_POINT * self._scale * 1.4
                    top = corner.y() + line.baseline * self._scale - origin.y() - height * 0.78
                    places.append(QRectF(left, top, (x - start) * self._scale, height))
                    start = x + line.size * MM_PER_POINT
        return places

    def _corner(self, page: int) -> QPoint:
        return QPoint(_EDGE, _EDGE + round((self._sheet.height * self._scale + _EDGE) * page))

    # drawing

    def _put_on(self, look: Look) -> None:
        roles = look.roles
        self.setStyleSheet(
            _STYLE.format(ink=roles.paper_ink, paper=roles.paper, frame=roles.in_hand)
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        for number, page in enumerate(self._sheet.pages):
            self._paint_page(painter, number, page)

    def _paint_page(self, painter: QPainter, number: int, page: Page) -> None:
        corner = self._corner(number)
        size = QSize(
            round(self._sheet.width * self._scale), round(self._sheet.height * self._scale)
        )
        sheet = QRect(corner, size)
        for spread in range(6, 0, -1):
            shade = QColor(self._theme.colour("shadow"))
            shade.setAlphaF(shade.alphaF() / 7)
            painter.fillRect(sheet.adjusted(-spread // 2, 0, spread // 2, spread), shade)
        painter.fillRect(sheet, self._theme.colour("paper"))
        if not self._read_only:
            self._paint_blanks(painter, number, page)
        self._paint_marks(painter, number)
        painter.save()
        painter.translate(corner)
        Ink(painter, self._scale, self._theme.colour("paper_ink")).page(page)
        painter.restore()
        self._paint_hints(painter, number, page)

    def _find_marks(self) -> None:
        spans_of = self._spans_of
        self._found = marks(self._sheet, spans_of) if spans_of is not None else ()

    def _on_screen(self, strip: Strip) -> QRectF:
        corner, scale = self._corner(strip.page), self._scale
        return QRectF(
            corner.x() + strip.x * scale,
            corner.y() + strip.y * scale,
            strip.width * scale,
            strip.height * scale,
        )

    def _paint_marks(self, painter: QPainter, number: int) -> None:
        """Lay colour and a line under what was looked for; the place in hand has a frame."""
        ink = self._theme.colour("paper_ink")
        for place, mark in enumerate(self._found):
            for strip in mark:
                if strip.page != number:
                    continue
                rect = self._on_screen(strip)
                painter.fillRect(rect, self._theme.colour("paper_mark"))
                painter.setPen(QPen(ink, 1))
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())
                if place == self._found_at:
                    painter.setPen(QPen(self._theme.colour("in_hand"), 2))
                    painter.drawRect(rect.adjusted(-2, -1, 2, 1))

    def _paint_blanks(self, painter: QPainter, number: int, page: Page) -> None:
        for box in page.boxes:
            if path := path_of(box):
                rect = self._inner(box, number)
                painter.fillRect(rect, self._theme.colour("blank"))
                painter.setPen(QPen(self._line_colour(path), 2 if self._said_of(path) else 1))
                painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _line_colour(self, path: str) -> QColor:
        if path in self._troubles:
            return self._theme.colour("overdue")
        if problem := self._problems.get(path):
            return self._theme.colour(_MARKS[problem.weight])
        return self._theme.colour("blank_line")

    def _paint_hints(self, painter: QPainter, number: int, page: Page) -> None:
        """Say quietly, on the screen only, which cells are for a pen."""
        if number:
            return
        painter.setFont(self.font())
        painter.setPen(self._theme.colour("paper_quiet"))
        corner = self._corner(0)
        for box in page.boxes:
            if _is_for_a_pen(box):
                rect = self._inner(box, 0)
                painter.drawText(
                    rect.adjusted(6, 4, 0, 0),
                    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop,
                    "打印后手签",
                )
        if not self._record.petition.number:
            self._paint_number_hint(painter, corner)

    def _paint_number_hint(self, painter: QPainter, corner: QPoint) -> None:
        if not self._sheet.pages[0].head:
            return
        heading = self._sheet.pages[0].head[-1]
        rect = QRectF(
            corner.x() + self._sheet.margins.left * self._scale,
            corner.y() + heading.y * self._scale,
            (heading.line.x - self._sheet.margins.left - 3) * self._scale,
            heading.height * self._scale - 3,
        )
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "保存时自动编号"
        )

    # what is said of a blank

    def _said_of(self, path: str) -> str:
        problem = self._problems.get(path)
        return self._troubles.get(path) or (problem.text if problem else "")

    def _place_bubble(self) -> None:
        path = next((path for path, one in self._editors.items() if one.hasFocus()), "")
        words = self._said_of(path) if path and not self._is_awaited(path) else ""
        self._bubble.setVisible(bool(words))
        if words:
            self._bubble.setText(words)
            self._bubble.adjustSize()
            self._bubble.move(self._place_beside(path))
            self._bubble.raise_()

    def _is_awaited(self, path: str) -> bool:
        """Whether a blank is empty only because nobody came to write in it yet."""
        problem = self._problems.get(path)
        is_missing = problem is not None and problem.weight is Weight.MISSING
        return is_missing and path not in self._troubles and path not in self._touched

    def _place_beside(self, path: str) -> QPoint:
        """Find where the hint covers least: not the blank written next, and few of the others."""
        blank, size = self._editors[path].geometry(), self._bubble.size()
        x = min(blank.x(), self.width() - size.width() - _EDGE)
        places = (
            QPoint(x, blank.bottom() + _ASIDE),
            QPoint(x, blank.top() - size.height() - _ASIDE),
            QPoint(blank.right() + _ASIDE, blank.top()),
            QPoint(blank.left() - size.width() - _ASIDE, blank.top()),
        )
        after = self.paths[self.paths.index(path) + 1 :][:1]

        def covered(place: QPoint) -> tuple[bool, int]:
            hint = QRect(place, size)
            under = [
                one for one, editor in self._editors.items() if hint.intersects(editor.geometry())
            ]
            return any(one in after for one in under), len(under)

        fitting = [place for place in places if self.rect().contains(QRect(place, size))]
        return min(fitting or places[:1], key=covered)


def _is_for_a_pen(box: Box) -> bool:
    """Whether a cell is empty but for the room to sign."""
    cell = box.cell
    return isinstance(cell, Signature) and cell.dated and not cell.head and box.height > 15
