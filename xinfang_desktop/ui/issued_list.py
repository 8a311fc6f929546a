"""IssuedList (已出文书): the papers that went out in a matter, as evidence, and where each is now.

Each is shown with its number, day and hand; one that no longer says what the matter says is told.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from xinfang_desktop.casework import paper_states
from xinfang_desktop.casework.facts import facts_of
from xinfang_desktop.casework.matters import load_matter
from xinfang_desktop.casework.paper_states import PaperPlace
from xinfang_desktop.forms.definition import Form
from xinfang_desktop.models import IssuedPaper, Matter, PaperMove, PaperState, PetitionState

from .desk import Desk
from .issuing import Issuing
from .paper_moving import NEXT_KEY, OTHER_KEY, PaperMoving
from .widgets.cards import Card, EmptyAdvice
from .widgets.words import button, label, shortcut

OUTDATED = "登记内容后来有改动，与这份文书不一致"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_LOOKS = {PaperState.SENT: "warning", PaperState.LOST: "overdue", PaperState.VOID: "struck"}
_DONE = (PaperState.RETURNED, PaperState.SCANNED)


class IssuedList(QScrollArea):
    """The issued papers of one matter, the latest first; the arrows lead from one to the next.

    Signals:
        look_requested(paper): show the kept paper.
        reprint_requested(paper, record): print it, of this matter, once more, marked.
        continue_requested(paper): print only what was filled in since.
    """

    look_requested = Signal(object)
    reprint_requested = Signal(object, object)
    continue_requested = Signal(object)

    def __init__(self, desk: Desk, issuing: Issuing) -> None:
        super().__init__()
        self._desk = desk
        self._issuing = issuing
        self._record: Matter | None = None
        self._cards: list[PaperCard] = []
        self._at = 0
        self.moving = PaperMoving(desk, self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("已出文书")
        self.setProperty("help", "papers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.changed.connect(self._changed)
        shortcut(self, NEXT_KEY, self.go_on)
        shortcut(self, OTHER_KEY, self.ask)

    @property
    def cards(self) -> "Sequence[PaperCard]":
        """The papers shown."""
        return self._cards

    def show_matter(self, record: Matter) -> None:
        """List the papers of a matter, then those of the matters that were merged into it."""
        is_another = self._record is None or record.petition.id != self._record.petition.id
        self._record, self._cards = record, []
        self._at = 0 if is_another else self._at
        page = QWidget()
        page.setProperty("role", "desk")
        column = QVBoxLayout(page)
        self._desk.theme.space(column, 24, 20, 24, 20, gap=12)
        self._list(column, record)
        for merged in self._merged_into(record):
            before = column.count()
            if self._list(column, merged):
                head = label(f"并进来的 {merged.petition.number} 的文书", "section")
                column.insertWidget(before, head)
        if not self._cards:
            empty = EmptyAdvice(self._desk.theme)
            empty.say("还没有打印过文书", "按 F3 选文书，按 Ctrl+P 打印；印出的每一份都原样存档。")
            column.addWidget(empty)
        column.addStretch(1)
        had_focus = self.isAncestorOf(focused) if (focused := self.focusWidget()) else False
        self.setWidget(page)
        if had_focus:
            self._take(self._at)

    def go_on(self) -> None:
        """Ctrl+T: note the usual next step of the paper in hand."""
        self.moving.go_on(self._chosen)

    def ask(self) -> None:
        """Ctrl+Shift+T: ask where the paper in hand went, and when."""
        self.moving.ask(self._chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the paper in hand."""
        super().focusInEvent(event)
        self._take(self._at)

    # inside

    def _list(self, column: QVBoxLayout, record: Matter) -> bool:
        """Put the papers of one matter in a column; tells whether there are any."""
        in_use = record.petition.state is not PetitionState.MERGED
        listed = self._issuing.issued(record)
        places, stays = self._whereabouts(record) if listed else ({}, {})
        latest: set[str] = set()
        for paper, outdated in listed:
            is_latest = paper.form not in latest
            latest.add(paper.form)
            id = paper.id or 0
            card = PaperCard(self._desk, self._issuing.title(paper), paper, places[id])
            card.tell_stays(stays.get(id, []))
            if outdated and in_use:
                card.warn(OUTDATED)
            card.offer(self._acts(paper, places[id], record, goes_on=is_latest and in_use))
            card.entered.connect(partial(self._mark, len(self._cards)))
            card.walked.connect(self._walk)
            self._cards.append(card)
            column.addWidget(card)
        return bool(listed)

    def _merged_into(self, record: Matter) -> list[Matter]:
        """Read the matters that were merged into one: their papers went out under their numbers."""
        petition, viewer = record.petition.id, self._desk.viewer
        if petition is None:
            return []

        def read(session: Any) -> list[Matter]:  # noqa: ANN401 - the store's
            merged = facts_of(session, petition, viewer=viewer).doublets
            return [load_matter(session, number, viewer=viewer) for number in merged]

        return self._desk.read(read)

    @property
    def _chosen(self) -> list[PaperPlace]:
        return [card.place for card in self._cards[self._at : self._at + 1]]

    def _whereabouts(
        self, record: Matter
    ) -> tuple[dict[int, PaperPlace], dict[int, list[PaperMove]]]:
        petition, viewer = record.petition.id or 0, self._desk.viewer
        places = self._desk.read(
            lambda session: paper_states.places(session, petition, viewer=viewer)
        )
        stays: dict[int, list[PaperMove]] = {}
        for stay in self._desk.read(
            lambda session: paper_states.moves_of(session, petition, viewer=viewer)
        ):
            stays.setdefault(stay.paper_id, []).append(stay)
        return places, stays

    def _acts(
        self, paper: IssuedPaper, place: PaperPlace, record: Matter, *, goes_on: bool
    ) -> list[QWidget]:
        acts: list[QWidget] = []
        if place.following:
            words = f"记{place.following[0].label}"
            acts.append(button(words, lambda: self.moving.go_on([place]), key=NEXT_KEY))
            acts.append(button("别的去向", lambda: self.moving.ask([place]), key=OTHER_KEY))
        acts.append(button("查看", lambda: self.look_requested.emit(paper)))
        if paper.form in self._issuing.makers:
            acts.append(button("重印", lambda: self.reprint_requested.emit(paper, record)))
            if goes_on and isinstance(self._issuing.papers[paper.form], Form):
                acts.append(button("续打", lambda: self.continue_requested.emit(paper)))
        return acts

    def _mark(self, place: int) -> None:
        self._at = place

    def _walk(self, step: int) -> None:
        self._take(min(max(self._at + step, 0), len(self._cards) - 1))

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._cards):
            self._cards[place].setFocus()
            self.ensureWidgetVisible(self._cards[place], 0, 20)

    def _changed(self, kinds: frozenset[type]) -> None:
        if PaperMove in kinds and self._record is not None and self.isVisible():
            self.show_matter(self._record)


class PaperCard(Card):
    """One issued paper: what it is, where it is, where it was, and what may be done with it.

    Signals:
        entered(): the keyboard is on it.
        walked(step): on to the next one (1) or back (-1).
    """

    entered = Signal()
    walked = Signal(int)

    def __init__(self, desk: Desk, title: str, paper: IssuedPaper, place: PaperPlace) -> None:
        super().__init__(desk.theme)
        self._theme, self.place = desk.theme, place
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        desk.theme.space(head, gap=10)
        head.addWidget(label("　".join(filter(None, (title, paper.number))), "heading"))
        head.addStretch(1)
        head.addWidget(self._whereabouts(place))
        self.column.addLayout(head)
        told = f"{paper.issued_on:%Y-%m-%d}　{paper.issued_by}　共 {paper.pages} 页"
        self.column.addWidget(label(f"{told}　校验值 {paper.digest[:12]}", "small"))
        self.setAccessibleName(f"{title} {paper.number} {place.told}")

    def tell_stays(self, stays: Sequence[PaperMove]) -> None:
        """Say where it was so far."""
        if stays:
            told = " → ".join(map(_stay_in_words, stays))
            self.column.addWidget(label(f"去向：{told}", "small", wrap=True))

    def warn(self, sentence: str) -> None:
        """Say what is wrong with it."""
        self.column.addWidget(label(f"！{sentence}", "warning", wrap=True))

    def offer(self, acts: Sequence[QWidget]) -> None:
        """Offer what may be done with it."""
        row = QHBoxLayout()
        self._theme.space(row, gap=8)
        for act in acts:
            row.addWidget(act)
        row.addStretch(1)
        self.column.addLayout(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.walked.emit(step)
            return
        super().keyPressEvent(event)

    def _whereabouts(self, place: PaperPlace) -> QWidget:
        sign = {PaperState.SENT: "→ ", PaperState.LOST: "！"}.get(place.state, "")
        if place.state in _DONE:
            return label(f"✓ {place.told}", "done")
        return label(f"{sign}{place.told}", _LOOKS.get(place.state, "quiet"))


def _stay_in_words(stay: PaperMove) -> str:
    whom = f"给{stay.holder}" if stay.holder else ""
    why = f"（{stay.remarks}）" if stay.remarks else ""
    return f"{stay.moved_on.month}月{stay.moved_on.day}日{stay.state.label}{whom}{why}"
