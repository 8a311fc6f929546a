"""Start-up: nothing heavy before the password dialog is on the screen."""

import os
import subprocess
import sys
from pathlib import Path

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "reportlab", "docx", "cryptography", "sqlcipher3")

SHOW_THE_DIALOG = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from xinfang_desktop.ui import app
from xinfang_desktop.ui.preferences import KeptPreferences
from xinfang_desktop.ui.theme import Theme
application = QApplication([])
folder = Path(sys.argv[1])
start = app.Start(Theme(application, KeptPreferences(folder).now.look), folder)
dialog = start._unlock()
dialog.painted.disconnect()
dialog.painted.connect(application.quit)
dialog.show()
application.exec()
"""


def modules_after(program: str, *arguments: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport sys\nprint(*sys.modules)", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return {name.partition(".")[0] for name in told.stdout.split()}


def test_the_module_that_starts_the_window_imports_nothing_heavy() -> None:
    assert modules_after("import xinfang_desktop.ui.app").isdisjoint(HEAVY)


def test_the_password_dialog_is_painted_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    assert modules_after(SHOW_THE_DIALOG, str(tmp_path)).isdisjoint(HEAVY)
