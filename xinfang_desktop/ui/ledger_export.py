"""The shown list as a spreadsheet, beside the other exports; nothing there is overwritten."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from xinfang_desktop.paths import default_export_folder

from .desk import Desk
from .printing import free_path, made_folder

if TYPE_CHECKING:
    from xinfang_desktop.casework.search import Filter

ENDING = ".xlsx"
_EXPORTED = "已导出 {count} 件：{path}"


def export(desk: Desk, title: str, words: str, where: Filter) -> None:
    """Write the matters that ``words`` and the filter give, off the window's thread."""
    kept = desk.preferences.now.export_folder
    folder = Path(kept) if kept else default_export_folder()
    name = " ".join(filter(None, ("台账", title, desk.today().isoformat())))
    desk.run(partial(_write, desk, folder, name, words, where), desk.told.emit)


def _write(desk: Desk, folder: Path, name: str, words: str, where: Filter) -> str:
    from xinfang_desktop.reports.ledger import export_ledger

    path = free_path(made_folder(folder), name, ENDING)
    count = desk.read(
        lambda session: export_ledger(session, path, viewer=desk.viewer, words=words, **where)
    )
    return _EXPORTED.format(count=count, path=path)
