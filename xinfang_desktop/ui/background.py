"""Work off the window's thread, so that the window never stands still.

What comes back is delivered on the window's thread; a failure the clerk can act on comes as its
sentence, any other as the exception it is (and so to ``sys.excepthook``).

The threads are Python's. Qt's pool waits for its threads when it is destroyed, and a widget that
is destroyed holds the interpreter's lock while it does: the two would wait for each other. For the
same reason a thread never touches an object of a window, only a post box that outlives them all.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import cache

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

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

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._dropped = False

    def drop(self) -> None:
        """Let nobody hear of it any more."""
        self._dropped = True

    def tell(self, result: object, trouble: BaseException | None) -> None:
        """Say how it went (on the window's thread)."""
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
        self._post = _post_box()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="background")
        self._under_way: set[Future[None]] = set()
        self._is_over = False

    def run(
        self,
        work: Work,
        done: Callable[..., object] | None = None,
        failed: Callable[[str], object] | None = None,
    ) -> Errand:
        """Do ``work`` off this thread, then call ``done`` with its result, or ``failed``."""
        errand = Errand(self)
        if done is not None:
            errand.done.connect(done)
        if failed is not None:
            errand.failed.connect(failed)
        if not self._is_over:
            self._begin(errand, work)
        return errand

    def finish(self) -> None:
        """Wait for what is under way; its answers are still told."""
        wait(self._under_way)

    def let_go(self) -> None:
        """Wait for what is under way and tell nobody, because whoever asked is going.

        What is asked after that is not begun.
        """
        self._is_over = True
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self.children():
            if isinstance(child, Errand):
                child.drop()

    def _begin(self, errand: Errand, work: Work) -> None:
        future = self._threads.submit(_do, work, errand, self._post)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)


def _do(work: Work, errand: Errand, post: "_PostBox") -> None:
    """Work in the thread, and leave the answer in the post box."""
    try:
        result, trouble = work(), None
    except BaseException as raised:  # handed over to the window's thread, never lost
        result, trouble = None, raised
    post.left.emit((errand, result, trouble))


class _PostBox(QObject):
    """Where threads leave their answers; it belongs to no window."""

    left = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.left.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _deliver(self, answer: tuple[Errand, object, BaseException | None]) -> None:
        errand, result, trouble = answer
        if shiboken6.isValid(errand):
            errand.tell(result, trouble)


@cache
def _post_box() -> _PostBox:
    """Give the one post box, made on the window's thread."""
    return _PostBox()
