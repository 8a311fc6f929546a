"""GoingBack: what going on with the other version means, said once before it is done."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from xinfang_desktop.store.going_back import (
    KeptData,
    OnBehalf,
    go_back,
    kept_data,
    registered_since,
)
from xinfang_desktop.store.migrations import LATEST
from xinfang_desktop.versions import Installed

from .desk import Desk
from .widgets.words import button, label

PROGRAM = "版本切换"
_BACK = "回到上一版 {version}"
_FORWARD = "用新版 {version}"
_OLD_DATA = "换回升级前的数据"
_RESTART = "本程序会关闭，{version} 随即打开，要重新输入密码。以后打开的都是它，可随时换回来。"
_SAME = "两版用的数据一样，登记的内容都在。"
_UPGRADES = "打开时会先把数据做一份副本再升级，升级前的留着。"
_PUT_BACK = "数据换回升级前（{when}）的样子，现在的数据另存在数据文件夹的 kept 里，不会删除。"
_SINCE = "升级后登记的{count}件不在升级前的数据里：要紧的请先打印或导出台账，换回后补登。"
_NONE_SINCE = "升级后没有新登记，一件不少。"
_ONLY_READ = "没有留着升级前的数据：那一版只能查看，不能登记。"


class GoingBack(QDialog):
    """Asks once; ``installed`` is None where only the data go back, and not the program."""

    def __init__(self, desk: Desk, installed: Installed | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("信访案头")
        title, act, words = _told(desk, installed)
        self.go = button(act, self.accept, role="strong", key="Enter")
        self.go.setDefault(True)
        self.stay = button("不换", self.reject, role="plain", key="Esc")
        theme = desk.theme
        sheet = QFrame()
        sheet.setProperty("role", "sheet")
        column = QVBoxLayout(sheet)
        theme.space(column, 28, 24, 28, 20, gap=12)
        column.addWidget(label(title, "title"))
        self.words = label("\n".join(words), wrap=True)
        self.words.setAccessibleName("说明")
        column.addWidget(self.words)
        column.addStretch(1)
        foot = QHBoxLayout()
        theme.space(foot, gap=8)
        foot.addWidget(self.stay)
        foot.addStretch(1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        outside = QVBoxLayout(self)
        theme.space(outside, 20)
        outside.addWidget(sheet)
        theme.fix(self, width=560)
        theme.follow(self, lambda look: self.setMinimumHeight(look.px(320)))
        self.stay.setFocus()


def change_version(
    installed: Installed, folder: Path, *, now: datetime, on_behalf: OnBehalf
) -> None:
    """Give the other version the data it can work on, and start it.

    Raises:
        OfficeError: the data did not go back, or the other version did not start.
    """
    schema = installed.schema_of(installed.other)
    if schema < LATEST and kept_data(folder, schema=schema):
        go_back(folder, schema=schema, now=now, program=PROGRAM, on_behalf=on_behalf)
    installed.choose(installed.other)
    installed.start(installed.other)


def use_old_data(folder: Path, *, now: datetime, on_behalf: OnBehalf) -> None:
    """Put the data of before an upgrade in place, for this version to work on.

    Raises:
        OfficeError: nothing was kept, or the disk refuses.
    """
    go_back(folder, schema=LATEST, now=now, program=PROGRAM, on_behalf=on_behalf)


def _told(desk: Desk, installed: Installed | None) -> tuple[str, str, list[str]]:
    if installed is None:
        kept = kept_data(desk.folder, schema=LATEST)
        return _OLD_DATA, _OLD_DATA, _told_of_data(desk, kept)
    title = (_BACK if installed.running == installed.current else _FORWARD).format(
        version=installed.other
    )
    restart = _RESTART.format(version=installed.other)
    schema = installed.schema_of(installed.other)
    if schema == LATEST:
        return title, title, [restart, _SAME]
    if schema > LATEST:
        return title, title, [restart, _UPGRADES]
    return title, title, [restart, *_told_of_data(desk, kept_data(desk.folder, schema=schema))]


def _told_of_data(desk: Desk, kept: KeptData | None) -> list[str]:
    if kept is None:
        return [_ONLY_READ]
    count = registered_since(desk.store, kept)
    since = _SINCE.format(count=count) if count else _NONE_SINCE
    return [_PUT_BACK.format(when=f"{kept.kept_at:%Y-%m-%d %H:%M}"), since]
