"""Work off the window's thread, so that the window never stands still.

What comes back is delivered on the window's thread; a failure the clerk can act on comes as its
sentence, any other as the exception it is (and so to ``sys.excepthook``).
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from xinfang_desktop.errors import OfficeError

Work = Callable[[], object]


class Errand(QObject):
    """One piece of work under way.

    Signals:
        done(result): it is finished, here is what it gave.
        failed(sentence): it could not be done, this says why.
        ended(): it is over, well or not, and was not dropped.
    """

    done = Signal(object)
    failed = Signal(str)
    ended = Signal()
    _over = Signal(object, object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._dropped = False
        self._over.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def drop(self) -> None:
        """Let nobody hear of it any more."""
        self._dropped = True

    def start(self, pool: QThreadPool) -> None:
        """Begin as soon as the pool has a free thread."""
        pool.start(_Runnable(self._run))

    def _run(self) -> None:
        try:
            result, trouble = self._work(), None
        except BaseException as raised:  # handed over to the window's thread, never lost
            result, trouble = None, raised
        try:
            self._over.emit(result, trouble)
        except RuntimeError:  # the window is gone, and with it this errand
            return

    @Slot(object, object)
    def _deliver(self, result: object, trouble: BaseException | None) -> None:
        self.deleteLater()
        if self._dropped:
            return
        self.ended.emit()
        if isinstance(trouble, OfficeError):
            self.failed.emit(trouble.sentence)
        elif trouble is not None:
            raise trouble
        else:
            self.done.emit(result)


class Background(QObject):
    """The threads of one window."""

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._is_over = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)

    def run(
        self,
        work: Work,
        done: Callable[..., object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> Errand:
        """Do ``work`` off this thread, then call ``done`` with its result, or ``failed``."""
        errand = Errand(work, self)
        if done is not None:
            errand.done.connect(done)
        if failed is not None:
            errand.failed.connect(failed)
        if not self._is_over:
            errand.start(self._pool)
        return errand

    def finish(self) -> None:
        """Wait for what is under way; its answers are still told."""
        self._pool.waitForDone()

    def let_go(self) -> None:
        """Wait for what is under way and tell nobody, because whoever asked is going.

        What is asked after that is not begun.
        """
        self._is_over = True
        self._pool.waitForDone()
        for errand in self._errands():
            errand.drop()

    def _errands(self) -> list[Errand]:
        return [child for child in self.children() if isinstance(child, Errand)]


class _Runnable(QRunnable):
    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__()
        self._work = work

    def run(self) -> None:
        self._work()
