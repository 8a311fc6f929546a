"""What is copied for another program: briefly, and not into the system's own history of copies."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 60_000
"""For how long personal data stays on the clipboard."""

_NOT_TO_BE_KEPT = (
    (
        'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
        b"1",
    ),
    ("x-kde-passwordManagerHint", b"secret"),
)
"""What tells the clipboard histories of Windows and of Linux desktops to leave a text out."""


class BriefClipboard(QObject):
    """Puts a text on the clipboard and takes it away again, unless something else lies there."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.forget)

    def copy(self, text: str) -> None:
        """Put a text there."""
        content = QMimeData()
        content.setText(text)
        for kind, told in _NOT_TO_BE_KEPT:
            content.setData(kind, told)
        QGuiApplication.clipboard().setMimeData(content)
        self._text = text
        self._timer.start()

    def forget(self) -> None:
        """Take it away."""
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
        self._timer.stop()
