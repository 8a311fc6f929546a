"""备份: the last proven one, the two sticks, the list; looking into one, and restoring it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QProgressBar

from xinfang_desktop.models import Right
from xinfang_desktop.store.backup_records import BackupRecords, KnownStick, read_records
from xinfang_desktop.store.schedule import STICK_DAYS, age_in_words
from xinfang_desktop.ui import sticks
from xinfang_desktop.ui.backing_up import Progress, state_of
from xinfang_desktop.ui.backup_dialog import BackupDialog
from xinfang_desktop.ui.desk import Desk
from xinfang_desktop.ui.widgets.line import Line
from xinfang_desktop.ui.widgets.table import Table, TableColumn
from xinfang_desktop.ui.widgets.words import button, label, restyle, shortcut

from .section import Section

_COLUMNS = (
    TableColumn("时间", "2026-12-30 10:30"),
    TableColumn("位置", "某某某某备份盘"),
    TableColumn("件数", "100000 件"),
    TableColumn("大小", "1000.0 MB"),
    TableColumn("文件"),
)
_STICKS = (
    TableColumn("名称"),
    TableColumn("上次备份", "2026-12-30 10:30"),
    TableColumn("多久了", "还没有备份过"),
    TableColumn("现在", "没有插上"),
)
_ABOUT = "程序每半小时、每次退出时自动备份到本机（有改动才做），做完都打开核对过。"
_ABOUT_STICKS = (
    "请备两个U盘，起名如“A盘”“B盘”，轮流插上、分开存放。插着时，退出程序会自动备份到它。"
)
_ABOUT_PORTABLE = "换电脑用：一个文件装下全部数据和附件，在新电脑上用密码或恢复码打开。"
_PORTABLE = "可以带走的备份做好了：{name}"
_DONE = "备份做好并核对过：{count}件"
_NO_PLACE = "请先插上U盘，或选一个文件夹。"
_NO_NAME = "请给U盘起个名字，例如：A盘。"
_MOST = 200
_LOOK_MS = 150
OTHER = "选其他文件夹…"


@dataclass(frozen=True)
class BackupLine:
    """A backup as a line of the list."""

    path: Path
    moment: datetime
    where: str
    petitions: int | None
    size: int


class BackupsSection(Section):
    """The backups.

    Signals:
        restore_requested(path, secret): a backup is to take the place of the data.
        changed(): there is a new backup, or a new stick.
    """

    title = "备份"
    help_topic = "backup"
    restore_requested = Signal(object, str)
    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[BackupLine] = []
        self._sticks: tuple[KnownStick, ...] = ()
        self._there: dict[str, Path] = {}
        self._progress = Progress()
        self.state = label("", "heading", wrap=True)
        self.table = Table("已有的备份", _COLUMNS, desk.theme)
        self.stick_table = Table("备份U盘", _STICKS, desk.theme)
        self.place = QComboBox()
        self.place.setAccessibleName("U盘")
        self.name = Line("U盘名称", "例：A盘")
        self.name.entered.connect(self.name_stick)
        self.now_button = button("立即备份", self.back_up, role="strong", key="Ctrl+B")
        self.cancel_button = button("取消", self.cancel, key="Esc")
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("备份进度")
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._show_progress)
        self._lay_out()
        self._busy(False)
        self.table.opened.connect(self.open)
        self.stick_table.opened.connect(self.back_up_onto)
        self.place.activated.connect(self._place_chosen)
        shortcut(self, "Ctrl+B", self.back_up)

    @property
    def lines(self) -> list[BackupLine]:
        """The backups listed."""
        return self._lines

    @property
    def is_busy(self) -> bool:
        """Whether a backup is being made."""
        return self._look.isActive()

    def refresh(self) -> None:
        """Look at the records and at what is plugged in."""
        words, fine = state_of(self.desk.folder, self.desk.now())
        self.state.setText(f"{'✓' if fine else '！'} {words}")
        restyle(self.state, "state", "done" if fine else "warning")
        self.desk.run(self._read, self._show, self.refuse)
        self._offer_places()

    def take_focus(self) -> None:
        """Begin at the backup that can be made now."""
        (self.now_button if self.now_button.isVisible() else self.table).setFocus()

    def back_up(self) -> None:
        """Make one beside the database now, and onto the sticks that are plugged in."""
        if self.is_busy or not self.desk.may(Right.BACKUP):
            return
        store, now, progress = self.desk.store, self.desk.now(), self._begin()

        def work() -> object:
            from xinfang_desktop.store.backup import FOLDER, make_backup

            place = store.folder.root / FOLDER
            place.mkdir(mode=0o700, exist_ok=True)
            made = make_backup(store, place, now=now, say=progress.say)
            for root in sticks.waiting(store):
                made = sticks.back_up_onto(store, root, now=now, say=progress.say)
            return made

        self._run(work)

    def back_up_onto(self, row: int) -> None:
        """Make one onto the stick of a row."""
        if self.is_busy or not 0 <= row < len(self._sticks) or not self.desk.may(Right.BACKUP):
            return
        stick = self._sticks[row]
        root = self._there.get(stick.id)
        if root is None:
            self.refuse(f"{stick.name}没有插上，没有备份；请插好后按 F5 再试。")
            return
        store, now, progress = self.desk.store, self.desk.now(), self._begin()
        self._run(lambda: sticks.back_up_onto(store, root, now=now, say=progress.say))

    def name_stick(self, root: Path | None = None) -> None:
        """Give the chosen place a name, and make a first backup onto it."""
        chosen = self.place.currentData()
        root = root or (Path(chosen) if chosen and chosen != OTHER else None)
        name = self.name.text().strip()
        if self.is_busy or self.name.is_composing:
            return
        if root is None or not name:
            self.refuse(_NO_NAME if root else _NO_PLACE)
            return
        store, folder, now, progress = (
            self.desk.store,
            self.desk.folder,
            self.desk.now(),
            self._begin(),
        )

        def work() -> object:
            from xinfang_desktop.store.backup_records import name_stick

            name_stick(folder, root, name)
            return sticks.back_up_onto(store, root, now=now, say=progress.say)

        self._run(work)

    def make_portable(self, folder: Path | None = None) -> None:
        """Make the one file that moves to another machine."""
        place = folder or self._ask_folder("把便携备份放在哪里")
        if place is None or self.is_busy:
            return
        store, now, progress = self.desk.store, self.desk.now(), self._begin()

        def work() -> object:
            from xinfang_desktop.store.backup import make_backup

            return make_backup(store, place, now=now, portable=True, say=progress.say)

        self._run(work, _PORTABLE)

    def open(self, row: int) -> None:
        """Look into the backup of a row."""
        if 0 <= row < len(self._lines):
            self.look_into(self._lines[row].path)

    def look_into(self, path: Path) -> BackupDialog:
        """Look into a backup."""
        may = self.desk.may(Right.RESTORE)
        dialog = BackupDialog(self.desk.theme, path, self.desk.folder, may_restore=may, parent=self)
        dialog.restore_requested.connect(self.restore_requested)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def cancel(self) -> None:
        """Stop at the next step; nothing half is left."""
        self._progress.cancel()
        self.say("正在停下…")

    def escape(self) -> bool:
        """Stop the backup under way."""
        if self.is_busy:
            self.cancel()
        return self.is_busy

    def _open_file(self) -> None:
        start = str(self.desk.folder)
        path, _ = QFileDialog.getOpenFileName(self, "打开备份文件", start, "备份 (*.xfbak)")
        if path:
            self.look_into(Path(path))

    def _ask_folder(self, title: str) -> Path | None:
        path = QFileDialog.getExistingDirectory(self, title, str(Path.home()))
        return Path(path) if path else None

    def _begin(self) -> Progress:
        self._progress = Progress()
        return self._progress

    def _run(self, work: Callable[[], object], told: str = _DONE) -> None:
        self._busy(True)
        self.say("正在准备…")
        errand = self.desk.run(work, partial(self._made, told), self.refuse)
        errand.ended.connect(lambda: self._busy(False))

    def _made(self, told: str, made: object) -> None:
        self.say("")
        count = made.contents.petitions  # type: ignore[attr-defined]
        self.desk.told.emit(told.format(count=count, name=made.path.name))  # type: ignore[attr-defined]
        self.name.clear()
        self.refresh()
        self.changed.emit()

    def _busy(self, yes: bool) -> None:
        for part in (self.now_button, self._portable, self._name_button):
            part.setEnabled(not yes)
        self.cancel_button.setVisible(yes)
        self._bar.setVisible(yes)
        if yes:
            self._look.start()
        else:
            self._look.stop()

    def _show_progress(self) -> None:
        if self._progress.words and not self._progress.is_cancelled:
            self.say(f"{self._progress.words}…")

    def _read(self) -> tuple[list[BackupLine], BackupRecords, dict[str, Path]]:
        folder = self.desk.folder
        there = sticks.within_reach(folder)
        return backup_lines(folder, there), read_records(folder), there

    def _show(self, found: tuple[list[BackupLine], BackupRecords, dict[str, Path]]) -> None:
        self._lines, records, self._there = found
        self._sticks = records.sticks
        now = self.desk.now()
        self.stick_table.show_rows([_stick_words(one, self._there, now) for one in self._sticks])
        self.stick_table.fit_rows(4)
        self.stick_table.setVisible(bool(self._sticks))
        self.table.show_rows([_words(line) for line in self._lines])
        self.table.fit_rows(8)

    def _offer_places(self) -> None:
        kept = self.place.currentData()
        self.place.clear()
        for volume in sticks.volumes(self.desk.folder):
            self.place.addItem(volume.title, str(volume.root))
        self.place.addItem(OTHER, OTHER)
        self.place.setCurrentIndex(max(self.place.findData(kept), 0))

    def _place_chosen(self) -> None:
        if self.place.currentData() != OTHER:
            return
        if (place := self._ask_folder("选U盘或备份文件夹")) is not None:
            self.place.insertItem(0, str(place), str(place))
            self.place.setCurrentIndex(0)
            self.name.setFocus()

    def _lay_out(self) -> None:
        may = self.desk.may(Right.BACKUP)
        now = self.card("现在")
        self._portable = button("便携备份文件…", self.make_portable)
        now.column.addWidget(self.state)
        now.column.addWidget(label(_ABOUT, "quiet", wrap=True))
        now.column.addWidget(self._bar)
        now.column.addWidget(self.message)
        now.column.addLayout(self.acts(self.now_button, self._portable, self.cancel_button))
        now.column.addWidget(label(_ABOUT_PORTABLE, "small", wrap=True))
        carried = self.card("两个U盘")
        self._name_button = button("起名并备份一次", self.name_stick)
        carried.column.addWidget(label(_ABOUT_STICKS, "quiet", wrap=True))
        carried.column.addWidget(self.stick_table)
        form = self.form()
        form.addRow("U盘", self.place)
        form.addRow("名称", self.name)
        carried.column.addLayout(form)
        carried.column.addLayout(self.acts(self._name_button))
        listed = self.card("已有的备份", wide=True)
        look = button("查看、核对、恢复", lambda: self.open(self.table.currentRow()), key="Enter")
        listed.column.addWidget(self.table)
        listed.column.addLayout(self.acts(look, button("打开其他备份文件…", self._open_file)))
        for part in (now, carried, listed):
            self.column.addWidget(part)
        self.column.addStretch(1)
        for widget in (self.now_button, self._portable, carried):
            widget.setVisible(may)


def backup_lines(folder: Path, there: dict[str, Path]) -> list[BackupLine]:
    """Give the backups that can be reached, the latest first, from the records and the places."""
    from xinfang_desktop.store.backup import FOLDER, backups_in

    records = read_records(folder)
    names = {stick.id: stick.name for stick in records.sticks}
    lines = {
        Path(one.path): BackupLine(
            Path(one.path), one.moment, names.get(one.stick, ""), one.petitions, one.size
        )
        for one in records.made
        if one.is_there
    }
    places = {folder / FOLDER: ""}
    for id, root in there.items():
        places[root] = places[root / sticks.FOLDER] = names[id]
    for place, name in places.items():
        for path, moment in backups_in(place) if place.is_dir() else ():
            lines.setdefault(path, BackupLine(path, moment, name, None, path.stat().st_size))
    found = [_placed(line, folder / FOLDER) for line in lines.values()]
    return sorted(found, key=lambda line: line.moment, reverse=True)[:_MOST]


def _placed(line: BackupLine, own: Path) -> BackupLine:
    where = line.where or ("本机" if line.path.parent == own else "其他文件夹")
    return BackupLine(line.path, line.moment, where, line.petitions, line.size)


def _words(line: BackupLine) -> tuple[str, ...]:
    return (
        f"{line.moment:%Y-%m-%d %H:%M}",
        line.where,
        "" if line.petitions is None else f"{line.petitions} 件",
        f"{line.size / 2**20:.1f} MB",
        line.path.name,
    )


def _stick_words(stick: KnownStick, there: dict[str, Path], now: datetime) -> tuple[str, ...]:
    last = datetime.fromisoformat(stick.backed_up_at) if stick.backed_up_at else None
    late = last is not None and (now - last).days >= STICK_DAYS
    age = age_in_words(last, now=now).removesuffix("已备份") if last else "还没有备份过"
    return (
        stick.name,
        f"{last:%Y-%m-%d %H:%M}" if last else "",
        f"！{age}" if late else age,
        "插着" if stick.id in there else "没有插上",
    )
