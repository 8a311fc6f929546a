"""Judging (查重判重): asks what was here before a matter, and keeps what is decided of it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from xinfang_desktop.casework import linking
from xinfang_desktop.casework.duplicates import Proposal
from xinfang_desktop.casework.earlier import Earlier, earlier
from xinfang_desktop.casework.side_by_side import SideBySide, side_by_side
from xinfang_desktop.models import Matter, PetitionLink, Relation

from .background import Errand
from .desk import Desk

SETTLE = 350
"""Milliseconds after the last key before earlier matters are looked for."""

_TAKEN_BACK = "对{number}的判定已收回"
_DECIDED = "已判{number}：{relation}"


class Judging(QObject):
    """What is known of the earlier matters like one that is being shown.

    Signals:
        told(earlier): other things are known.
        decided(number): the clerk decided of an earlier matter, or took a decision back.
        links_changed(): decisions of matters in the books were written, here or elsewhere.
    """

    told = Signal(object)
    decided = Signal(str)
    links_changed = Signal()

    def __init__(self, desk: Desk, record: Callable[[], Matter], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._record = desk, record
        self._known = Earlier()
        self._errand: Errand | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.look)
        desk.changed.connect(self._written)

    @property
    def known(self) -> Earlier:
        """What is known of the matter shown."""
        return self._known

    def forget(self) -> None:
        """Know nothing: another matter is shown."""
        self._know(Earlier())

    def look_soon(self) -> None:
        """Ask again as soon as no key was pressed for a moment."""
        self._settle.start()

    def look(self) -> None:
        """Ask again, off the window's thread; what was asked before is told no more."""
        self._settle.stop()
        if self._errand is not None:
            self._errand.drop()
        desk, record, viewer = self._desk, deepcopy(self._record()), self._desk.viewer
        today = desk.today()
        self._errand = desk.run(
            lambda: desk.read(lambda session: earlier(session, record, viewer=viewer, today=today)),
            self._know,
        )
        self._errand.ended.connect(self._forget_errand)

    def pair(self, proposal: Proposal) -> SideBySide | None:
        """Put the matter and an earlier one side by side; where that cannot be, say so."""
        record, viewer = self._record(), self._desk.viewer
        return self._desk.look(lambda s: side_by_side(s, record, proposal, viewer=viewer))

    def decide(self, number: str, relation: Relation | None) -> None:
        """Decide of an earlier matter; with no ``relation`` the decision is taken back.

        Of a matter that is being typed it is remembered with the draft; of one in the books it is
        written at once.
        """
        record = self._record()
        if record.petition.id is None:
            decisions = {**record.decisions, number: relation}
            record.decisions = {key: made for key, made in decisions.items() if made}
        elif not self._write(record.petition.number, number, relation):
            return
        self._know(self._known.with_decision(number, relation))
        self.look()
        self.decided.emit(number)

    # inside

    def _know(self, found: Earlier) -> None:
        self._known = found
        self.told.emit(found)

    def _forget_errand(self) -> None:
        self._errand = None

    def _write(self, own: str, number: str, relation: Relation | None) -> bool:
        viewer, now = self._desk.viewer, self._desk.now()

        def work(session: Any) -> bool:  # noqa: ANN401 - the store's, not ours
            linking.decide(session, own, number, relation, viewer=viewer, by=viewer.name, now=now)
            return True

        if not self._desk.attempt(work):
            return False
        told = _DECIDED if relation else _TAKEN_BACK
        name = relation.label if relation else ""
        self._desk.tell_undoable(told.format(number=number, relation=name))
        return True

    def _written(self, kinds: frozenset[type]) -> None:
        """Ask again, also when a decision was taken back or made elsewhere."""
        if PetitionLink in kinds:
            self.look_soon()
            self.links_changed.emit()
